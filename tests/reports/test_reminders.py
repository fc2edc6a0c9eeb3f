"""The ladder of reminders, day by day, and whom they go to."""

from datetime import date

import pytest

from proposals.workflow import tasks
from reports.kinds import ITEMS, REQUESTS, TASKS
from reports.models import Reminder
from reports.reminders import due, letters, rung
from tests.factories import (
    APPROVE,
    HANDLE,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)
from tests.items import make_assigned, make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Due on Monday 2026-03-30.
        ("2026-03-20", None),
        ("2026-03-21", None),  # a Saturday
        ("2026-03-23", "5"),
        ("2026-03-24", "5"),  # caught up
        ("2026-03-26", "2"),
        ("2026-03-27", "2"),
        ("2026-03-28", None),
        ("2026-03-30", "0"),
        ("2026-03-31", "overdue"),
        ("2026-04-06", None),  # the holiday of Tomb-Sweeping Day
        ("2026-04-07", "overdue"),
    ],
)
def test_the_ladder_before_a_monday(day, expected):
    calendar = make_calendar(2026)

    assert rung(date(2026, 3, 30), date.fromisoformat(day), calendar) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Due on Friday 2026-10-09; 1 to 7 October are a holiday, 20 September and 10
        # October are make-up working days.
        ("2026-09-27", None),
        ("2026-09-28", "5"),
        ("2026-09-29", "5"),
        ("2026-09-30", "2"),
        ("2026-10-01", None),
        ("2026-10-07", None),
        ("2026-10-08", "2"),
        ("2026-10-09", "0"),
        ("2026-10-10", "overdue"),
        ("2026-10-11", None),
    ],
)
def test_the_ladder_across_a_holiday(day, expected):
    calendar = make_calendar(2026)

    assert rung(date(2026, 10, 9), date.fromisoformat(day), calendar) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # The ninth to the eleventh of June 2016 were a holiday, Sunday the twelfth a
        # make-up working day: due by then, to be ready by Wednesday the eighth.
        ("2016-05-31", None),
        ("2016-06-01", "5"),
        ("2016-06-06", "2"),
        ("2016-06-08", "0"),
        ("2016-06-10", None),
        ("2016-06-12", "0"),
        ("2016-06-13", "overdue"),
    ],
)
def test_the_ladder_leads_to_the_day_that_is_warned_of(day, expected):
    due, ready_by = date(2016, 6, 12), date(2016, 6, 8)
    said = rung(due, date.fromisoformat(day), make_calendar(2016), ready_by)
    assert said == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-27", "0"), ("2026-03-28", None), ("2026-03-30", "overdue")],
)
def test_a_last_day_of_rest_is_told_on_the_working_day_before(day, expected):
    """As a day that the rules of a session name."""
    calendar = make_calendar(2026)

    assert rung(date(2026, 3, 28), date.fromisoformat(day), calendar) == expected


DAY = date(2026, 3, 31)


@pytest.fixture
def calendar():
    return make_calendar(2026)


@pytest.fixture
def agency():
    return make_agency()


def keys(day, calendar):
    return [one.key[1:3] for one in due(day, calendar)]


def test_what_was_sent_is_not_due_again_unless_the_last_day_moves(calendar, agency):
    case = make_request(agency=agency)
    assert keys(DAY, calendar) == [(case.number, "overdue")]
    sent = {"kind": "request", "number": case.number, "rung": "overdue"}
    sent |= {"message": "0" * 32}

    row = Reminder.objects.create(due_on=date(2026, 3, 29), sent_at=None, **sent)
    assert keys(DAY, calendar) == [(case.number, "overdue")]
    row.due_on = case.due_on
    row.save()
    assert keys(DAY, calendar) == [(case.number, "overdue")]
    row.sent_at = "2026-03-31T00:00:00Z"
    row.save()
    assert keys(DAY, calendar) == []


@pytest.mark.parametrize("status", ["closed", "correcting", "paying", "registered"])
def test_what_is_closed_or_stopped_is_not_reminded_of(calendar, agency, status):
    make_request(status, agency=agency)

    assert keys(DAY, calendar) == []


def test_units_and_who_assigns_are_reminded_of_items():
    calendar = make_calendar(2016)
    session = make_session()
    unit = make_agency(parent=session.agency)
    case = make_assigned([(unit, "lead")], session)
    day = date(2016, 6, 13)  # a Monday, after 2016-06-10, which was the Dragon Boat's

    found = [(one.kind, one.case, one.rung) for one in due(day, calendar)]

    task = case.assignments.get()
    assert task.due_on == case.due_on
    expected = rung(case.due_on, day, calendar)
    assert found == [(TASKS, task, expected), (ITEMS, case, expected)]
    tasks.take("sign_for", task, by=make_person(unit, session), on=day)


def make_person(unit, session):
    return make_user(
        "proposals.view_assignment", "proposals.handle_assignment", agency=unit
    )


def addressed(day, calendar):
    return [(one.kind, one.agency, one.to, one.cc) for one in letters(day, calendar)]


@pytest.mark.parametrize(
    ("day", "heads"),
    [(date(2026, 3, 30), []), (DAY, ["head@example.com"])],
)
def test_the_unit_is_told_and_its_head_when_it_is_overdue(calendar, agency, day, heads):
    above = make_agency()
    make_request(agency=agency)
    make_user(HANDLE, agency=agency, email="b@example.com")
    make_user(HANDLE, agency=agency, email="a@example.com")
    make_user(APPROVE, agency=agency, email="head@example.com")
    # None of these: without permission, elsewhere, inactive, without an address.
    make_user(agency=agency, email="c@example.com")
    make_user(HANDLE, APPROVE, agency=above, email="d@example.com")
    make_user(HANDLE, agency=agency, email="e@example.com", is_active=False)
    make_user(HANDLE, agency=agency)
    make_user("proposals.handle_assignment", agency=agency, email="f@example.com")

    to = ["a@example.com", "b@example.com"]
    assert addressed(day, calendar) == [(REQUESTS, agency, to, heads)]


def test_where_nobody_handles_the_head_is_told_alone(calendar, agency):
    make_request(agency=agency)
    make_user(APPROVE, agency=agency, email="head@example.com")

    assert addressed(date(2026, 3, 30), calendar) == [(REQUESTS, agency, [], [])]
    expected = [(REQUESTS, agency, ["head@example.com"], [])]
    assert addressed(DAY, calendar) == expected


def test_a_day_of_rest_has_none(calendar, agency):
    make_request(agency=agency)

    assert list(due(date(2026, 4, 4), calendar)) == []
