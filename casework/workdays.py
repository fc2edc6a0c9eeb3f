"""Which days count: weekdays, less the holidays, plus the make-up working days.

A *working day* (工作日) is a day that is neither a statutory day of rest nor a weekly
rest day, or a weekend day that the State Council's yearly notice makes one.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, compress

FIRST = date(1980, 1, 1)
LAST = date(2100, 12, 31)
"""The days that the calendar reaches; a date outside is refused where it is typed."""

# All of them, in order, and whether they are weekdays: made once, for all calendars.
_ORIGIN = FIRST.toordinal()
_DAYS = tuple(map(date.fromordinal, range(_ORIGIN, LAST.toordinal() + 1)))
_WEEKDAYS = bytes(day.weekday() < 5 for day in _DAYS)

NOTICE_MONTH = 11
"""In which the State Council's notice for the next year is given out, as a rule."""
NEW_YEAR_FROM = (12, 25)
"""The first day that the next year's notice may name (a convention, on the safe side):
since 2004, no break or make-up day of New Year lay before 29 December."""


def notice_year(day: date) -> int:
    """The year whose notice names it: New Year's Day may take days of December."""
    return day.year + ((day.month, day.day) >= NEW_YEAR_FROM)


@dataclass(frozen=True)
class SpecialDay:
    """A day that the yearly notice names: a day of rest, or a make-up working day."""

    day: date
    working: bool
    festival: str

    @property
    def notice_year(self) -> int:
        return notice_year(self.day)


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """The working days, from the special days of the years that are known.

    Only itself is equal to it, so that what follows from it can be kept.
    In a year that is not known, plain weekends rest; whoever asks can tell by `knows`.
    Days outside FIRST to LAST raise ValueError.
    """

    special: Mapping[date, SpecialDay]
    years: frozenset[int]

    @classmethod
    def of(cls, days: Iterable[SpecialDay]) -> "WorkCalendar":
        """The calendar of these special days; the years of their notices are known."""
        special = {day.day: day for day in days}
        return cls(special, frozenset(day.notice_year for day in special.values()))

    @cached_property
    def _works(self) -> bytearray:
        """Of every day, in order, whether it works."""
        works = bytearray(_WEEKDAYS)
        for day in self.special.values():
            if FIRST <= day.day <= LAST:
                works[day.day.toordinal() - _ORIGIN] = day.working
        return works

    @cached_property
    def _numbers(self) -> array:
        """Of every day, how many have worked by its end: counting is a subtraction."""
        return array("i", accumulate(self._works))

    @cached_property
    def _working(self) -> tuple[date, ...]:
        """The days that work, by their numbers: adding is a look and not a walk."""
        return tuple(compress(_DAYS, self._works))

    @cached_property
    def _special_days(self) -> tuple[date, ...]:
        return tuple(sorted(self.special))

    def knows(self, year: int) -> bool:
        """Whether the State Council's notice for the year has been entered."""
        return year in self.years

    def unknown(self, first: date, last: date) -> list[int]:
        """The years of whose notices the days from first to last depend, if not in."""
        years = range(notice_year(first), notice_year(last) + 1)
        return [year for year in years if year not in self.years]

    def awaited(self, today: date) -> int | None:
        """The year whose notice should be in by now and is not: the next year's from
        November, when the State Council gives it out, else this year's."""
        due = today.year + (today.month >= NOTICE_MONTH)
        return next((y for y in (today.year, due) if not self.knows(y)), None)

    def is_working(self, day: date) -> bool:
        if day in self.special:
            return self.special[day].working
        return day.weekday() < 5

    def add(self, day: date, count: int) -> date:
        """The count-th working day after the day; before it, if count is negative.

        Nothing is counted for zero: the answer is the day itself.
        """
        if not FIRST <= day <= LAST:
            raise ValueError(f"{day} is outside the calendar")
        if count == 0:
            return day
        place = day.toordinal() - _ORIGIN
        index = self._numbers[place] + count - 1
        if count < 0:
            index += 1 - self._works[place]
        if not 0 <= index < len(self._working):
            raise ValueError(f"{count} working days from {day} leave the calendar")
        return self._working[index]

    def number(self, day: date) -> int:
        """How many days of the calendar have worked by the end of the day."""
        place = day.toordinal() - _ORIGIN
        if 0 <= place < len(_DAYS):
            return self._numbers[place]
        return 0 if day < FIRST else len(self._working)

    def count(self, after: date, until: date) -> int:
        """How many working days lie after the one day, up to and with the other."""
        return max(self.number(until) - self.number(after), 0)

    def on_or_after(self, day: date) -> date:
        """The day itself if it works, else the next one that does."""
        return day if self.is_working(day) else self.add(day, 1)

    def between(self, first: date, last: date) -> "tuple[SpecialDay, ...]":
        """The special days from the first day to the last, in order."""
        days = self._special_days
        chosen = days[bisect_left(days, first) : bisect_right(days, last)]
        return tuple(self.special[day] for day in chosen)
