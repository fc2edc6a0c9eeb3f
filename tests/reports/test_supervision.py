"""Supervision at the desk: what of a year a person sees of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from reports.supervision import VIEW
from tests.clients import logged_in
from tests.factories import make_agency
from tests.registers import YEAR, make_check, make_inspection, make_problem, make_score

PAGE = reverse("reports:supervision")


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


def shown(page):
    """How many inspections, problems, checks and scores."""
    context = page.context
    return [
        len(context["inspections"]),
        sum(len(problems) for _one, problems in context["inspections"]),
        len(context["checks"]),
        sum(len(level.scores) for level in context["levels"]),
    ]


@pytest.mark.parametrize(
    ("place", "seen"),
    [("own", [1, 1, 0, 1]), ("above", [1, 2, 1, 2]), ("other", [0, 0, 0, 0])],
)
def test_three_people(office, place, seen):
    bureau = make_agency(parent=office)
    inspection = make_inspection(office)
    for unit in (office, bureau):
        make_problem(inspection, unit)
        make_score(unit)
    make_check(office)
    places = {"own": bureau, "above": office, "other": make_agency(parent=office)}
    assert shown(logged_in(*VIEW, agency=places[place]).get(PAGE)) == seen


@pytest.mark.parametrize("missing", VIEW)
def test_whoever_may_not_see_all_of_it_sees_nothing(office, missing):
    client = logged_in(*({*VIEW} - {missing}), agency=office)
    assert client.get(PAGE).status_code == 403


def test_the_year_is_chosen(office):
    make_check(office, year=2016)
    make_check(office, year=2016, quarter=2)
    make_score(office, year=2018)
    make_inspection(office, held_on=date(2017, 8, 8))
    client = logged_in(*VIEW, agency=office)
    found = {year: shown(client.get(f"{PAGE}?year={year}")) for year in (2016, 2017)}
    assert found == {2016: [0, 0, 2, 0], 2017: [1, 0, 0, 0]}
    assert client.get(PAGE).context["form"].years == [2018, 2017, 2016]
    assert client.get(PAGE).context["year"] == 2018


def test_the_average_of_a_level(office):
    for score in (80, "85.55", 90):
        make_score(make_agency(parent=office), score)
    make_score(make_agency(kind="county", parent=office), 70)
    county, department = logged_in(*VIEW, agency=office).get(PAGE).context["levels"]
    assert (len(county.scores), county.average) == (1, 70)
    assert (len(department.scores), department.average) == (3, Decimal("85.18"))
    assert [one.score for one in department.scores] == [90, Decimal("85.55"), 80]


@pytest.mark.parametrize("rows", [1, 20])
def test_many_rows_ask_no_more(office, rows, django_assert_num_queries):
    for row in range(rows):
        unit = make_agency(parent=office)
        make_problem(make_inspection(office, name=f"自查{row}"), unit)
        make_score(unit)
        make_check(unit)
    client = logged_in(*VIEW, agency=office)
    client.get(PAGE)
    with django_assert_num_queries(12):
        assert client.get(f"{PAGE}?year={YEAR}").status_code == 200
