"""A year of the working-day calendar as it is shown: its months, its festivals."""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import pgettext_lazy

from casework.models import CalendarDay
from casework.workdays import SpecialDay, WorkCalendar

MARKS = {False: pgettext_lazy("day", "off"), True: pgettext_lazy("day", "on")}


@dataclass(frozen=True)
class Cell:
    """One day of a month's sheet; `mark` is empty unless a notice names the day."""

    day: date
    working: bool
    mark: str = ""
    festival: str = ""


def sheets(year: int, calendar: WorkCalendar) -> list[tuple]:
    """The year's months: the first day of each, and its weeks from Monday."""

    def weeks(month):
        return [
            [_cell(day, calendar) if day.month == month else None for day in week]
            for week in Calendar().monthdatescalendar(year, month)
        ]

    return [(date(year, month, 1), weeks(month)) for month in range(1, 13)]


def _cell(day: date, calendar: WorkCalendar) -> Cell:
    special = calendar.special.get(day)
    if not special:
        return Cell(day, calendar.is_working(day))
    return Cell(day, special.working, MARKS[special.working], _name(special))


def _name(special: SpecialDay) -> str:
    return CalendarDay.Festival(special.festival).label


def working_days(year: int, calendar: WorkCalendar) -> int:
    return calendar.count(date(year - 1, 12, 31), date(year, 12, 31))


@dataclass(frozen=True)
class Holiday:
    """Days of rest in a row for one festival, and the days that make up for them."""

    festival: str
    first: date
    last: date
    make_up: tuple[date, ...] = ()

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def holidays(year: int, calendar: WorkCalendar) -> Iterator[Holiday]:
    """The festivals of the year that have days of rest, in order.

    A festival whose holiday goes on in the next year is told with its days of this one.
    """
    special = calendar.between(date(year, 1, 1), date(year, 12, 31))
    rests = [day for day in special if not day.working]
    # New Year's Day comes twice in a year that ends with the next one's holiday.
    for (_notice, festival), found in groupby(
        rests, lambda day: (day.notice_year, day.festival)
    ):
        days = list(found)
        make_up = tuple(
            day.day
            for day in special
            if day.working
            and (day.notice_year, day.festival) == (days[0].notice_year, festival)
        )
        yield Holiday(_name(days[0]), days[0].day, days[-1].day, make_up)
