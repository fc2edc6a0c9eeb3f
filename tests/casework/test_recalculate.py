"""The command that shows what the calendar moves, and moves it in somebody's name."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casework.models import CalendarDay
from casework.recalculation import CHANGE_CALENDAR
from casework.workdays import SpecialDay
from casework.workflow import RECALCULATE
from disclosure.models import RequestEvent
from tests.factories import (
    CLERK,
    make_agency,
    make_calendar,
    make_request,
    make_user,
    special_days,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A request, and after it a day of rest that moves its due date by one day."""
    make_calendar(2025, 2026)
    case = make_request()
    closure = SpecialDay(date(2026, 3, 10), False, "national_day")
    CalendarDay.objects.enter(2026, [*special_days(2026), closure])
    return case


def command(*arguments) -> str:
    out = StringIO()
    call_command("recalculate", *arguments, stdout=out)
    return out.getvalue()


def recalculated():
    return RequestEvent.objects.filter(step=RECALCULATE)


def test_it_only_shows_unless_told_to_apply(case):
    told = command()

    assert case.number in told
    assert "2026-03-30 → 2026-03-31" in told
    assert recalculated().count() == 0


def test_it_applies_in_the_name_of_a_person_and_once(case):
    officer = make_user(CHANGE_CALENDAR, agency=case.agency)

    command("--apply", "--user", officer.username, "--note", "国务院通知")
    command("--apply", "--user", officer.username)

    event = recalculated().get()
    assert (event.case, event.by, event.note) == (case, officer, "国务院通知")
    case.refresh_from_db()
    assert case.due_on == date(2026, 3, 31)


def test_it_leaves_what_the_person_does_not_see(case):
    stranger = make_user(CHANGE_CALENDAR, agency=make_agency())

    command("--apply", "--user", stranger.username)

    assert recalculated().count() == 0


@pytest.mark.parametrize("who", ["", "nobody", "clerk", "gone"])
def test_it_refuses_whoever_may_not(case, who):
    make_user(*CLERK, agency=case.agency, username="clerk")
    make_user(CHANGE_CALENDAR, agency=case.agency, username="gone", is_active=False)

    with pytest.raises(CommandError):
        command("--apply", *(["--user", who] if who else []))

    assert recalculated().count() == 0
