"""Totals of bodies whose cases are elsewhere: each counted, and nothing twice."""

from datetime import date
from decimal import Decimal

import pytest

from reports.models import Submission, Tally
from reports.yearly import LEVELS, Yearly
from tests.factories import make_agency, make_request

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 4)


@pytest.fixture
def office():
    return make_agency(kind="city_office")


@pytest.fixture
def county(office):
    return make_agency(kind="county", parent=office)


@pytest.fixture
def school(county):
    return make_agency(kind="department", parent=county)


@pytest.fixture(autouse=True)
def requests(office, county, school):
    """One in each."""
    for agency in (office, county, school):
        make_request("handling", agency, DAY)


def enter(agency, year=2025, alone=False, column="C3.3", **values):
    Submission.objects.get_or_create(
        agency=agency, year=year, source="totals", alone=alone
    )
    for code, value in values.items():
        Tally.objects.create(
            agency=agency,
            year=year,
            code=code.replace("_", "."),
            column=column,
            value=value,
        )


def counted(office, year=2025, row="T3.1"):
    figures = Yearly(year, office).figures
    return tuple(figures[row, column] for column in ("C3.3", *LEVELS))


def test_without_totals_cases_are_counted(office):
    assert counted(office) == (3, 1, 2, 0)


def test_a_body_with_totals_is_counted_by_them_and_so_is_all_beneath_it(office, county):
    enter(county, T3_1=40)
    assert counted(office) == (41, 1, 40, 0)


def test_totals_of_a_body_alone_leave_what_is_beneath_it(office, county):
    enter(county, alone=True, T3_1=40)
    assert counted(office) == (42, 1, 41, 0)


def test_of_two_the_upper_one_counts(office, county, school):
    enter(school, T3_1=7)
    assert counted(office) == (9, 1, 8, 0)
    enter(county, T3_1=40)
    assert counted(office) == (41, 1, 40, 0)


def test_what_was_not_entered_is_nought(office, county):
    enter(county, T3_3_7=40)
    assert counted(office) == (1, 1, 0, 0)


def test_each_column_is_entered_by_itself(office, county):
    enter(county, column="C3.1", T3_1=30)
    enter(county, column="C3.3", T3_1=40)
    figures = Yearly(2025, office).figures
    assert (figures["T3.1", "C3.1"], figures["T3.1", "C3.3"]) == (31, 41)


def test_totals_of_another_year_say_nothing_of_this_one(office, county):
    enter(county, 2024, T3_1=40)
    assert counted(office) == (3, 1, 2, 0)
    assert counted(office, 2024) == (40, 0, 40, 0)


def test_what_a_total_carried_over_is_compared_with_the_year_after(office, county):
    enter(county, 2024, T3_4=2)
    (found,) = [
        one
        for one in Yearly(2025, office).checks
        if (one.identity.code, one.place) == ("T3.last", "C3.3")
    ]
    assert (found.left, found.right) == (0, 2)


def test_amounts_may_have_decimals_and_counts_are_whole(office, county):
    enter(county)
    for code, value in (("T6.fee_notices", 2), ("T6.fee_notified_amount", "31.5")):
        Tally.objects.create(agency=county, year=2025, code=code, value=value)
    figures = Yearly(2025, office).figures
    notices = figures["T6.fee_notices", "total"]
    assert (notices, type(notices)) == (2, int)
    assert figures["T6.fee_notified_amount", "total"] == Decimal("31.5")


def test_reported_numbers_of_what_is_held_by_a_total_do_not_count_beside_it(
    office, county, school
):
    for agency in (office, county, school):
        Tally.objects.create(agency=agency, year=2025, code="T2.5.1.decisions", value=5)
    row = "T2.5.1.decisions", "total"
    assert Yearly(2025, office).figures[row] == 15
    enter(county)
    assert Yearly(2025, office).figures[row] == 10
    (figure,) = [f for f in Yearly(2025, office) if (f.row.code, f.column.code) == row]
    assert [tally.agency for tally in figure.tallies] == [office, county]


def test_numbers_under_a_counted_row_say_nothing_without_a_submission(office, county):
    Tally.objects.create(agency=county, year=2025, code="T3.1", column="C3.3", value=40)
    assert counted(office) == (3, 1, 2, 0)


def test_the_cases_behind_a_figure_are_those_beside_the_totals(office, county):
    enter(county, T3_1=40)
    yearly = Yearly(2025, office)
    assert [case.agency for case in yearly.behind("T3.1", "C3.3")] == [office]
    assert list(yearly.behind("T3.1", "county")) == []


def test_a_body_that_entered_totals_has_them_as_its_own(county):
    enter(county, T3_1=40)
    assert Yearly(2025, county).figures["T3.1", "C3.3"] == 40
