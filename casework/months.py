"""A year of the working-day calendar as it is shown: its months, its festivals."""

from calendar import Calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

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
    """Days of rest in a row, for one festival or several that a notice joins, and the
    days that make up for them."""

    festivals: tuple[str, ...]
    first: date
    last: date
    make_up: tuple[date, ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def holidays(year: int, calendar: WorkCalendar) -> Iterator[Holiday]:
    """The holidays that have a day in the year, be it one that is worked for them.

    That of New Year's Day is whole, on whichever side of it the year begins.
    """
    near = calendar.between(date(year - 1, 12, 1), date(year + 1, 1, 31))
    rests = [_run(group) for _start, group in groupby(_numbered(near), itemgetter(0))]
    worked = {number: [] for number in range(len(rests))}
    for day in near:
        if day.working:
            of = [n for n, run in enumerate(rests) if _key(day) in map(_key, run)]
            if of:
                nearest = min(of, key=lambda n: abs(rests[n][0].day - day.day))
                worked[nearest].append(day.day)
    for run, make_up in zip(rests, worked.values(), strict=True):
        if any(day.year == year for day in (*make_up, run[0].day, run[-1].day)):
            names = tuple(dict.fromkeys(map(_name, run)))
            yield Holiday(names, run[0].day, run[-1].day, tuple(make_up))


def _numbered(days: Iterable[SpecialDay]) -> Iterator[tuple[int, SpecialDay]]:
    """The days of rest; those in a row have one number."""
    rests = (day for day in days if not day.working)
    return ((day.day.toordinal() - place, day) for place, day in enumerate(rests))


def _run(group: Iterable[tuple[int, SpecialDay]]) -> list[SpecialDay]:
    return [day for _number, day in group]


def _key(day: SpecialDay) -> tuple[int, str]:
    return day.notice_year, day.festival
