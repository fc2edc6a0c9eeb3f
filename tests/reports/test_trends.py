"""How a year went: each number is that of the form, and opens its cases."""

from datetime import date

import pytest

from casework.models import User
from reports.trends import compared, makers
from reports.yearly import FIRST_YEAR, Yearly
from tests.factories import make_agency, make_request, make_user
from tests.items import make_assigned, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_agency(code="BJ")


@pytest.fixture
def year(office):
    """Three requests of the office and a unit, one closed late; one of last year."""
    unit = make_agency(parent=office, code="GTJ")
    for agency, submitted_on, closed_on in (
        (office, date(2026, 3, 2), None),
        (unit, date(2026, 3, 31), date(2026, 4, 20)),
        (unit, date(2026, 4, 1), date(2026, 7, 1)),
        (unit, date(2025, 3, 3), date(2025, 3, 10)),
    ):
        status = "closed" if closed_on else "handling"
        make_request(status, agency, submitted_on, closed=closed_on)
    return Yearly(2026, office)


def values(trend):
    return {
        name: dict(zip(trend.places, (point.value for point in points), strict=True))
        for name, points in trend.series.items()
    }


def made(yearly, code):
    return makers(yearly)[code]()


def counted(trend):
    """What is not nought, by series and place."""
    return {
        (name, place): value
        for name, places in values(trend).items()
        for place, value in places.items()
        if value
    }


def test_requests_by_the_month_in_which_they_were_received(year):
    months = made(year, "received")
    assert len(months.places) == 12
    assert list(months.series) == ["2025", "2026"]
    march, april = months.places[2:4]
    assert counted(months) == {
        ("2025", march): 1, ("2026", march): 2, ("2026", april): 1,
    }  # fmt: skip
    assert months.totals == [1, 3]


def test_requests_by_the_month_in_which_they_were_closed(year):
    months = made(year, "closed")
    in_time, late = months.series
    assert counted(months) == {
        (in_time, months.places[3]): 1,
        (late, months.places[6]): 1,
    }


def test_units_stand_with_the_largest_first(year):
    units = made(year, "units")
    received, closed = units.series
    assert list(values(units)[received].values()) == [2, 1]
    assert list(values(units)[closed].values()) == [2, 0]


def test_outcomes_are_the_rows_of_the_form(year):
    outcomes = made(year, "outcomes")
    figures = year.figures
    assert outcomes.totals[-1] == figures["T3.3.7", "C3.3"] == 2
    assert all(any(p.value for p in points) for _place, points in outcomes.rows)


def test_the_first_year_has_none_before_it(office):
    assert Yearly(FIRST_YEAR, office).before is None
    assert list(made(Yearly(FIRST_YEAR, office), "received").series) == ["2008"]


def test_the_year_before_is_counted_by_the_form_of_this_one(office):
    last = Yearly(2019, office).before
    assert (last.year, last.form.edition) == (2018, Yearly(2019, office).form.edition)


def test_figures_of_the_year_before_by_another_form_open_nothing(office):
    make_request("closed", office, date(2018, 3, 1), closed=date(2018, 3, 9))
    points = made(Yearly(2019, office), "outcomes").series["2018"]
    assert {point.behind for point in points} == {None}


def test_both_years_are_compared(year):
    said = {one.label: (one.last, one.this, one.difference) for one in compared(year)}
    assert said[year.form.named("T3.1")] == (1, 3, 2)
    assert said[year.form.named("T3.3.7")] == (1, 2, 1)


def test_what_a_person_does_not_see_is_not_counted(year, office):
    stranger: User = make_user(agency=make_agency())
    assert not made(Yearly(2026, office, user=stranger), "received")


def test_items_by_unit_and_by_category(office):
    session = make_session(office)
    units = [make_agency(parent=office) for _unit in range(2)]
    make_assigned([(units[0], "lead")], session, category="城建")
    make_assigned([(units[0], "lead"), (units[1], "co_handler")], session)
    yearly = Yearly(2016, office)

    assert set(makers(yearly)) >= {"tasks-congress", "categories-congress"}
    tasks = made(yearly, "tasks-congress")
    assert list(counted(tasks).values()) == [2]
    assert tasks.places == (units[0].name,)
    categories = made(yearly, "categories-congress")
    handled, _replied = categories.series
    assert sorted(values(categories)[handled].values()) == [1, 1]


@pytest.mark.parametrize("agencies", [1, 20])
def test_the_number_of_queries_does_not_grow(
    office, agencies, django_assert_max_num_queries
):
    session = make_session(
        office, opened_on=date(2026, 2, 1), closed_on=date(2026, 2, 5)
    )
    for _number in range(agencies):
        unit = make_agency(parent=office)
        make_request("handling", unit, date(2026, 3, 2))
        make_assigned([(unit, "lead")], session)
    yearly = Yearly(2026, office)
    with django_assert_max_num_queries(40):
        assert len([make() for make in makers(yearly).values()]) == 6
        compared(yearly)
