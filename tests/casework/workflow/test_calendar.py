"""What a change of the calendar does to the cases."""

from datetime import date

import pytest

from casework.models import CalendarDay
from casework.workdays import SpecialDay, WorkCalendar
from disclosure.workflow import workflow
from tests.factories import make_calendar, make_request, special_days
from tests.refusals import stored

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 9)


def with_a_change(day, working):
    """The notice of 2026, with one day changed."""
    days = [special for special in special_days(2026) if special.day != day]
    return [*days, SpecialDay(day, working, "qingming")]


@pytest.mark.parametrize(
    ("day", "working", "due"),
    [
        (date(2026, 3, 20), False, date(2026, 3, 31)),  # a day of rest more: later
        (date(2026, 3, 21), True, date(2026, 3, 27)),  # a make-up day more: earlier
    ],
)
def test_a_change_of_the_calendar_moves_open_cases_and_no_others(
    chief, day, working, due
):
    make_calendar(2026)
    (agency,) = chief.workplaces
    moving = make_request(agency=agency)
    staying = [
        make_request("closed", agency=agency),
        make_request("correcting", agency=agency),
        make_request(agency=agency, received=date(2026, 4, 7)),
    ]
    before = [stored(case) for case in staying]
    coming = WorkCalendar.of(with_a_change(day, working))
    preview = [(case, said.due) for case, said in workflow.moved(calendar=coming)]
    assert list(workflow.moved()) == []

    CalendarDay.objects.enter(2026, with_a_change(day, working))
    assert [(case, said.due) for case, said in workflow.moved()] == preview
    assert preview == [(moving, due)]

    for _twice in range(2):
        for case in (moving, *staying):
            workflow.recalculate(case, by=chief, on=DAY, note="通知调整")
    assert [stored(case) for case in staying] == before
    event = moving.events.last()
    assert moving.events.count() == 2
    assert (event.step, event.note) == ("recalculate", "通知调整")
    assert event.changes == {"due_on": ["2026-03-30", due.isoformat()]}


def test_a_provisional_day_becomes_final(chief):
    make_calendar(2025)
    case = make_request(agency=chief.workplaces[0])
    assert (case.due_on, case.due_provisional) == (date(2026, 3, 30), True)
    make_calendar(2026)
    final = workflow.recalculate(case, by=chief, on=DAY, note="通知已发布")
    assert (final.due_on, final.due_provisional) == (date(2026, 3, 30), False)
    assert final.events.last().changes == {"due_provisional": [True, False]}
