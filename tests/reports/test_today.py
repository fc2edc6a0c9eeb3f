"""The desk's first page, the piles that have one, and the reminders to print."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import CalendarDay
from reports.desk import piles
from tests.clients import logged_in
from tests.factories import (
    CHIEF,
    CLERK,
    VIEW,
    make_agency,
    make_many,
    make_request,
)
from tests.items import OFFICE, make_assigned, make_item, make_office, make_session

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def city():
    return make_agency(kind="city_office")


@pytest.fixture
def unit(city):
    return make_agency(parent=city)


@pytest.fixture
def session(city):
    return make_session(city)


def overdue(agency, **fields):
    return make_request(agency=agency, received=TODAY - timedelta(days=60), **fields)


# The first page


def test_whoever_logs_in_comes_to_the_desk(city):
    client = logged_in(VIEW, agency=city)

    assert client.get("/desk/").status_code == 200
    assert 'href="/desk/"' in Client().get("/").content.decode()
    assert 'href="/desk/"' in client.get("/admin/").content.decode()


@pytest.mark.parametrize("permissions", [(), ("casework.change_user",)])
def test_who_may_see_no_case_is_led_to_the_registers(city, permissions):
    response = logged_in(*permissions, agency=city).get("/desk/")

    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_every_pile_opens_as_many_cases_as_it_says(city, unit, session):
    office = make_office(session)
    for status in ("registered", "handling", "correcting", "paying", "review"):
        make_request(status, agency=unit, received=TODAY)
    overdue(city)
    make_item(session, office)
    make_item(session, office, status="filed")
    make_assigned([(unit, "lead"), (city, "co_handler")], session, office)
    client = logged_in(*CHIEF, *OFFICE, agency=city)

    found = [pile for pile in piles(client.user, TODAY) if pile.count]

    assert len(found) > 10
    for pile in found:
        page = client.get(pile.heap.address).context["page"]
        assert len(page) == pile.count, pile.heap.name
        assert pile.heap.address.replace("&", "&amp;") in (
            client.get("/desk/").content.decode()
        )


def test_every_figure_of_a_unit_opens_its_cases(city, unit):
    overdue(unit)
    make_request(agency=city, received=TODAY)
    client = logged_in(*CLERK, agency=city)

    units = client.get("/desk/").context["units"]

    assert [agency for agency, _cells in units] == [city, unit]
    for _agency, cells in units:
        for cell in cells:
            assert len(client.get(cell.address).context["page"]) == cell.count


def test_three_people_have_three_first_pages(city, unit):
    own, above = overdue(unit), overdue(city)

    def shown(agency):
        html = logged_in(VIEW, agency=agency).get("/desk/").content.decode()
        return [case.number in html for case in (own, above)]

    assert shown(unit) == [True, False]
    assert shown(city) == [True, True]
    assert shown(make_agency()) == [False, False]


def test_the_missing_calendar_is_told(city):
    client = logged_in(VIEW, agency=city)
    assert client.get("/desk/").context["awaited"] == TODAY.year

    for year in (TODAY.year, TODAY.year + 1):
        CalendarDay.objects.create(
            day=TODAY.replace(year=year, month=5, day=1),
            working=False,
            festival="labour_day",
        )

    assert client.get("/desk/").context["awaited"] is None


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "address", ["/desk/", "/desk/reminders/", "/desk/today/consulting/"]
)
def test_more_cases_and_more_units_take_no_more_queries(city, unit, session, address):
    client = logged_in(*CHIEF, *OFFICE, agency=city)
    one = overdue(unit)
    make_assigned([(unit, "lead")], session)
    client.get(address)
    few = queries(client, address)

    others = [make_agency(parent=city) for _number in range(6)]
    make_many(one, 30, agency=others)

    assert queries(client, address) == few


# Piles that no list can find


def test_a_pile_of_its_own_is_of_who_it_concerns(city, unit, session):
    make_assigned([(unit, "lead"), (city, "co_handler")], session)
    task = ("proposals.view_assignment",)

    def status(name, *permissions):
        client = logged_in(*permissions, agency=unit)
        return client.get(f"/desk/today/{name}/").status_code

    assert status("opinions", *task) == 200
    assert status("opinions", VIEW) == 404
    assert status("opinions") == 403
    # Of the office that assigns; in a list; nowhere.
    assert status("feedback", *task, "proposals.view_proposal") == 404
    assert status("unsigned", *task, "proposals.handle_assignment") == 404
    assert status("nothing", *task) == 404


def test_three_people_have_three_piles(city, unit, session):
    make_assigned([(unit, "lead"), (city, "co_handler")], session)

    found = [
        len(
            logged_in("proposals.view_assignment", agency=place)
            .get("/desk/today/opinions/")
            .context["rows"]
        )
        for place in (unit, city, make_agency())
    ]

    assert found == [1, 1, 0]


# Reminders to print


def sheets(client, address="/desk/reminders/"):
    """Of each sheet, for whom it is and which cases it names."""
    response = client.get(address)
    assert response.status_code == 200
    return {
        sheet.agency: [row["case"] for row in sheet.rows]
        for sheet in response.context["sheets"]
    }


def test_a_sheet_names_what_is_pressing_of_a_unit_and_all_beneath(city, unit, session):
    CalendarDay.objects.create(day=TODAY, working=True, festival="national_day")
    calendar = CalendarDay.objects.as_calendar()

    def due_in(days, agency):
        return make_request(agency=agency, received=calendar.add(TODAY, days - 20))

    late = overdue(city)
    item = make_assigned([(unit, "lead")], session)
    task = item.assignments.get()
    soon = due_in(5, unit)
    due_in(6, unit)
    overdue(unit, status="closed", closed=TODAY)
    client = logged_in(VIEW, *OFFICE, agency=city)

    both = sorted([item, task], key=lambda case: case.number)
    assert sheets(client, f"/desk/reminders/{city.code}/") == {
        city: [*both, late, soon]
    }
    assert sheets(client, f"/desk/reminders/{unit.code}/") == {unit: [task, soon]}
    assert sheets(client) == {city: [item, late], unit: [task, soon]}


def test_a_sheet_tells_nothing_personal(city):
    case = overdue(city)

    page = logged_in(VIEW, agency=city).get(f"/desk/reminders/{city.code}/")

    html = page.content.decode()
    assert case.number in html
    assert case.subject not in html
    assert case.applicant not in html


def test_three_people_may_print_three_sheets(city, unit):
    def status(agency):
        client = logged_in(VIEW, agency=agency)
        return client.get(f"/desk/reminders/{unit.code}/").status_code

    assert [status(place) for place in (unit, city, make_agency())] == [200, 200, 404]
    assert logged_in(VIEW, agency=unit).get("/desk/reminders/XXXX/").status_code == 404
    overdue(unit)
    found = [
        list(sheets(logged_in(VIEW, agency=place)))
        for place in (unit, city, make_agency())
    ]
    assert found == [[unit], [unit], []]
