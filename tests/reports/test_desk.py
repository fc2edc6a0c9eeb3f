"""The piles on the desk, and the first page that shows them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disclosure.workflow import workflow
from reports.desk import piles
from tests.clients import logged_in
from tests.factories import (
    CHIEF,
    CLERK,
    VIEW,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 30)  # the last day of what came on 2026-03-02
LIGHTS = ["overdue", "today", "unconfirmed", "2", "5", "waiting", "provisional"]


def counts(user, today=TODAY):
    return {pile.light: pile.count for pile in piles(user, today)}


def none(**some):
    return dict.fromkeys(LIGHTS, 0) | some


@pytest.fixture
def calendar():
    return make_calendar(2026)


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def clerk(agency):
    return make_user(*CLERK, agency=agency)


def test_the_piles_have_an_order_the_most_urgent_first(clerk):
    assert list(counts(clerk)) == LIGHTS


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2026, 2, 27), none(overdue=1)),
        (date(2026, 3, 2), none(today=1, **{"2": 1, "5": 1})),
        (date(2026, 3, 3), none(**{"2": 1, "5": 1})),
        (date(2026, 3, 4), none(**{"2": 1, "5": 1})),
        (date(2026, 3, 5), none(**{"5": 1})),
        (date(2026, 3, 9), none(**{"5": 1})),
        (date(2026, 3, 10), none()),
        # Due in January, of which nothing is known yet.
        (date(2026, 12, 10), none(provisional=1)),
    ],
)
def test_a_request_lies_on_the_piles_of_its_last_day(
    calendar, agency, clerk, received, expected
):
    make_request(agency=agency, received=received)

    assert counts(clerk) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("registered", none(unconfirmed=1)),
        ("correcting", none(waiting=1)),
        ("paying", none(waiting=1)),
        ("closed", none()),
    ],
)
def test_a_request_without_a_last_day_waits_or_is_done(
    calendar, agency, clerk, status, expected
):
    make_request(status, agency=agency)

    assert counts(clerk) == expected


def test_what_is_due_today_is_no_longer_there_when_it_is_done(calendar, agency):
    chief = make_user(*CHIEF, agency=agency)
    case = make_request(agency=agency)
    assert counts(chief)["today"] == 1

    workflow.take("withdraw", case, by=chief, on=TODAY)

    assert counts(chief) == none()


def test_three_people_have_three_desks(calendar):
    above = make_agency()
    own = make_agency(parent=above)
    make_request(agency=own)
    make_request(agency=above)

    assert [
        counts(make_user(VIEW, agency=place))["today"]
        for place in (own, above, make_agency())
    ] == [1, 2, 0]
    assert counts(make_user(VIEW)) == none()


# The first page


def test_the_first_page_shows_the_piles_and_opens_their_lists(agency):
    today = timezone.localdate()
    make_request("registered", agency=agency, received=today)
    client = logged_in(*CLERK, agency=agency)

    response = client.get("/admin/")

    shown = response.context["piles"]
    assert {pile.light: pile.count for pile in shown} == counts(client.user, today)
    html = response.content.decode()
    for light in LIGHTS:
        assert f'href="/admin/disclosure/disclosurerequest/?light={light}"' in html


@pytest.mark.parametrize("permissions", [(), ("casework.change_user",)])
def test_who_may_not_see_requests_has_no_piles(agency, permissions):
    make_request(agency=agency)

    response = logged_in(*permissions, agency=agency).get("/admin/")

    assert response.status_code == 200
    assert "piles" not in response.context
    assert "disclosurerequest" not in response.content.decode()


def test_a_fuller_desk_takes_no_more_queries(agency):
    today = timezone.localdate()
    client = logged_in(*CLERK, agency=agency)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/")
        return len(captured)

    make_request(agency=agency, received=today)
    client.get("/admin/")
    one = queries()
    for days in range(29):
        make_request(agency=agency, received=today - timedelta(days=days))

    assert queries() == one
