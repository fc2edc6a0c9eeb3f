"""How a day is written, in each language."""

from datetime import date

import pytest
from django.utils import translation

from casework.clocks import Clock, Stop, WorkingDays
from casework.models import CalendarDay
from casework.reasons import KINDS, months, written
from casework.workdays import WorkCalendar
from tests.factories import special_days


@pytest.mark.parametrize(
    ("language", "text"), [("zh-hans", "2016年6月12日"), ("en", "June 12, 2016")]
)
@pytest.mark.parametrize("day", ["2016-06-12", date(2016, 6, 12)])
def test_a_day_is_written_in_the_language_of_the_reader(language, text, day):
    with translation.override(language):
        assert written(day) == text


KINDS_OF = {
    "2026-09-15": "counted",
    "2026-09-17": "stopped",
    "2026-09-19": "weekend",
    "2026-09-20": "make_up",
    "2026-09-25": "holiday",
}


def test_each_day_of_a_limit_is_told_by_month():
    """Twelve working days over the National Day of 2026, but for a stop of two."""
    stop = Stop(date(2026, 9, 16), date(2026, 9, 18), "x")
    clock = Clock(date(2026, 9, 14), WorkingDays(12), (stop,))
    calendar = WorkCalendar.of(special_days(2026))
    due = clock.due(calendar)

    told = months(clock.stretches(calendar), due, lambda stretch: stretch.kind)

    days = {day.day: day for month in told for day in month.days}
    assert [month.first for month in told] == [date(2026, 9, 1), date(2026, 10, 1)]
    assert [day.number for day in days.values() if day.number] == list(range(1, 13))
    assert [day.day for day in days.values() if day.last] == [due]
    kinds = {day: days[day].kind for day in map(date.fromisoformat, KINDS_OF)}
    assert kinds == {date.fromisoformat(day): kind for day, kind in KINDS_OF.items()}


def test_what_becomes_of_a_day_is_told_with_its_festival():
    calendar = WorkCalendar.of(special_days(2026))
    clock = Clock(date(2026, 9, 18), WorkingDays(6))

    [month] = months(clock.stretches(calendar), clock.due(calendar))

    told = {day.day.day: (day.mark, day.text) for day in month.days}
    festival = CalendarDay.Festival
    assert told[25][0] == festival.MID_AUTUMN.label
    assert str(festival.NATIONAL.label) in told[20][1]
    assert told[19][1] == KINDS["weekend"]
