"""What a change of the calendar moves: by which way, of whom, once, and all or none."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.models import CalendarDay
from casework.recalculation import CHANGE_CALENDAR, moves, recalculate, sums
from casework.workdays import SpecialDay, WorkCalendar
from casework.workflow import RECALCULATE
from disclosure.models import DisclosureRequest, RequestEvent
from tests.factories import (
    CLERK,
    make_agency,
    make_calendar,
    make_request,
    make_user,
    special_days,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 9)
DUE = date(2026, 3, 30)
"""Of a request of the factories, by the calendar of 2026."""
CLOSURE = SpecialDay(date(2026, 3, 10), False, "national_day")
MADE_UP = SpecialDay(date(2026, 3, 14), True, "national_day")


@pytest.fixture(autouse=True)
def the_calendar():
    make_calendar(2025, 2026)


def with_days(*days):
    return WorkCalendar.of([*special_days(2025, 2026), *days])


def enter(*days):
    CalendarDay.objects.enter(2026, [*special_days(2026), *days])


@pytest.mark.parametrize(
    ("days", "way", "due"),
    [
        ([CLOSURE], "later", date(2026, 3, 31)),
        ([MADE_UP], "earlier", date(2026, 3, 27)),
    ],
)
def test_a_day_of_rest_moves_later_and_a_make_up_day_earlier(days, way, due):
    case = make_request()
    assert case.due_on == DUE

    (move,) = moves(calendar=with_days(*days))

    assert (move.case, move.way, move.deadline.due) == (case, way, due)
    assert [count for _label, count in sums([move])] == [1]


def test_a_closed_case_does_not_move():
    make_request("closed")

    assert moves(calendar=with_days(CLOSURE)) == []


def test_a_provisional_date_may_become_final_on_the_same_day():
    case = make_request(received=date(2027, 3, 1))
    assert case.due_provisional
    known = WorkCalendar.of(
        [*special_days(2026), SpecialDay(date(2027, 5, 1), False, "labour_day")]
    )

    (move,) = moves(calendar=known)

    assert (move.way, move.case.due_provisional, move.deadline.provisional) == (
        "same",
        True,
        False,
    )


def test_a_case_that_waits_does_not_move():
    make_request("correcting")

    assert moves(calendar=with_days(CLOSURE)) == []


def test_what_is_shown_before_is_what_is_done_and_done_once():
    case = make_request()
    officer = make_user(CHANGE_CALENDAR, agency=case.agency)
    enter(CLOSURE)
    shown = [(move.case, move.deadline.due) for move in moves(officer)]

    done = recalculate(by=officer, on=DAY, note="新历")
    again = recalculate(by=officer, on=DAY, note="新历")

    assert [(move.case, move.deadline.due) for move in done] == shown
    assert again == []
    case.refresh_from_db()
    assert case.due_on == date(2026, 3, 31)
    event = case.events.get(step=RECALCULATE)
    assert (event.by, event.on, event.note) == (officer, DAY, "新历")
    assert event.changes["due_on"] == ["2026-03-30", "2026-03-31"]


def test_it_needs_the_permission_to_change_the_calendar():
    case = make_request()
    clerk = make_user(*CLERK, agency=case.agency)
    enter(CLOSURE)

    with pytest.raises(PermissionDenied):
        recalculate(by=clerk, on=DAY, note="新历")

    case.refresh_from_db()
    assert case.due_on == DUE


def test_only_what_the_person_sees_is_moved():
    above = make_agency()
    own, below, other = (
        make_request(agency=agency)
        for agency in (above, make_agency(parent=above), make_agency())
    )
    officer = make_user(CHANGE_CALENDAR, agency=above)
    enter(CLOSURE)

    moved = {move.case for move in recalculate(by=officer, on=DAY, note="新历")}

    assert moved == {own, below}
    other.refresh_from_db()
    assert other.due_on == DUE
    assert [move.case for move in moves()] == [other]


def test_all_are_moved_or_none():
    case = make_request()
    unsound = make_request(agency=case.agency)
    DisclosureRequest.objects.filter(pk=unsound.pk).update(subject="")
    officer = make_user(CHANGE_CALENDAR, agency=case.agency)
    enter(CLOSURE)
    count = RequestEvent.objects.count()

    with pytest.raises(ValidationError):
        recalculate(by=officer, on=DAY, note="新历")

    case.refresh_from_db()
    assert (case.due_on, RequestEvent.objects.count()) == (DUE, count)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, rows):
    agency = make_agency()
    for _row in range(rows):
        make_request(agency=agency)
    officer = make_user(CHANGE_CALENDAR, agency=agency)
    calendar = with_days(CLOSURE)

    with django_assert_num_queries(11):
        assert len(moves(officer, calendar)) == rows
