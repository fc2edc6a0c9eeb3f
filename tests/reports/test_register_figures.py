"""The figures of the registers, and that each opens the rows that it counts."""

import pytest
from django.db.models import Sum

from reports.register_figures import PARTS
from reports.yearly import Yearly
from tests.factories import make_agency
from tests.registers import (
    YEAR,
    make_check,
    make_inspection,
    make_problem,
    make_score,
    make_task,
)

LINES = {line.code: line for part in PARTS for line in part.lines if line.flows}


@pytest.fixture
def office(db):
    """A city office with a county and two bureaus, and something in each register."""
    office = make_agency(kind="city_office")
    county = make_agency(kind="county", parent=office)
    bureaus = [make_agency(parent=office) for _bureau in range(2)]
    for unit, heading, progress in (
        (county, "一", "planned"),
        (bureaus[0], "一", "done"),
        (bureaus[0], "二", "under_way"),
        (bureaus[1], "二", "done"),
    ):
        make_task(office, unit, heading=heading, progress=progress)
    make_task(office, year=YEAR - 1)
    inspection = make_inspection(office)
    make_problem(inspection, county, righted_on=inspection.held_on)
    make_problem(inspection, bureaus[1])
    make_check(office, 1, sites=40, found=4, righted=3)
    make_check(office, 2, sites=41, found=2, righted=2)
    make_check(county, 2, sites=5)
    for unit in (county, *bureaus):
        make_score(unit)
    return office


def test_each_figure_by_level(office):
    figures = Yearly(YEAR, office).figures
    columns = ("total", "city_office", "county", "department")
    codes = [*LINES, "R.problems_righted_rate"]
    assert {code: [figures[code, c] for c in columns] for code in codes} == {
        # The same heading may stand at two levels.
        "R.plan_headings": [2, 0, 1, 2],
        "R.plan_tasks": [4, 0, 1, 3],
        "R.plan_done": [2, 0, 0, 2],
        "R.plan_units": [3, 0, 1, 2],
        "R.self_inspections": [1, 1, 0, 0],
        "R.problems_found": [2, 0, 1, 1],
        "R.problems_righted": [1, 0, 1, 0],
        "R.website_checks": [3, 2, 1, 0],
        "R.website_quarters": [2, 2, 1, 0],
        "R.sites_checked": [86, 81, 5, 0],
        "R.website_problems": [6, 6, 0, 0],
        "R.website_problems_righted": [5, 5, 0, 0],
        "R.assessed": [3, 0, 1, 2],
        "R.problems_righted_rate": [50, None, 100, 0],
    }


def test_every_figure_is_what_is_behind_it(office):
    yearly = Yearly(YEAR, office)
    wrong = []
    for part, row, column, value, _tallies in yearly:
        if row.code not in LINES:
            continue
        behind = yearly.behind(row.code, column.code)
        found = behind.count()
        if row.distinct:
            name = part.source.agency if row.distinct == "agency" else row.distinct
            found = len({getattr(record, name) for record in behind})
        elif row.measure != "records":
            found = behind.aggregate(total=Sum(row.measure))["total"] or 0
        if found != value:
            wrong.append((row.code, column.code, value, found))
    assert wrong == []


def test_what_is_counted_once_need_not_add_up_over_levels(office):
    checks = Yearly(YEAR, office).checks
    assert [one.row for one in checks if one.holds is False] == []
