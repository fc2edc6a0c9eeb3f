"""When a time limit runs out, and the days that it counted.

The day of the event is not counted; the whole of the last day belongs to the limit
(民法典 arts. 201 and 203, by analogy). Dates in, dates out: nothing here knows today.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Literal

from casework.workdays import WorkCalendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """A term of working days (工作日)."""

    count: int

    def after(self, day: date, calendar: WorkCalendar) -> date:
        return calendar.add(day, self.count)


@dataclass(frozen=True)
class Days:
    """A term of calendar days (日); an end on a day of rest moves to the next
    working day."""

    count: int

    def after(self, day: date, calendar: WorkCalendar) -> date:
        return calendar.on_or_after(day + self.count * ONE_DAY)


@dataclass(frozen=True)
class Months:
    """A term of calendar months (月), ending on the same day or the month's last.

    An end on a day of rest moves to the next working day.
    """

    count: int

    def nominal(self, day: date) -> date:
        """The end before any move to a working day."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.count, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))

    def after(self, day: date, calendar: WorkCalendar) -> date:
        return calendar.on_or_after(self.nominal(day))


@dataclass(frozen=True, order=True)
class Stop:
    """A time that is not counted: after the one day, up to and with the other."""

    after: date
    until: date
    reason: str = ""


_after = attrgetter("after")


@dataclass(frozen=True)
class Stretch:
    """Days in a row that a limit treats alike, and their numbers in the count."""

    first: date
    last: date
    kind: Literal[
        "counted", "make_up", "weekend", "holiday", "stopped", "start", "before"
    ]  # fmt: skip
    detail: str = ""
    numbers: tuple[int, int] | None = None


@dataclass(frozen=True)
class Clock:
    """A limit of working days that starts on a day and does not count its stops.

    Overlapping stops are counted once. A stop that begins only after the limit has run
    out changes nothing: it does not undo a delay.
    """

    start: date
    term: WorkingDays
    stops: tuple[Stop, ...] = ()

    def due(self, calendar: WorkCalendar) -> date:
        """The last day of the limit."""
        due = calendar.add(self.start, self.term.count)
        stops = self.stops
        if not stops:
            return due
        if len(stops) > 1:
            stops = sorted(stops, key=_after)
        number = calendar.number
        reached, excluded = number(self.start), 0
        last = reached + self.term.count
        for stop in stops:
            # What an earlier stop has left out is not left out again.
            after, until = number(stop.after), number(stop.until)
            if after < reached:
                after = reached
            if after >= last + excluded:
                break
            if until > after:
                excluded += until - after
                reached = until
        return calendar.add(due, excluded)

    def stretches(self, calendar: WorkCalendar) -> Iterator[Stretch]:
        """Every day after the start up to the due day, in runs of the same kind."""
        due, number = self.due(calendar), 0
        run: Stretch | None = None
        day = self.start
        while day < due:
            day += ONE_DAY
            kind, detail = self._kind(day, calendar)
            number += kind in ("counted", "make_up")
            if run and (run.kind, run.detail) == (kind, detail):
                run = replace(run, last=day)
            else:
                if run:
                    yield run
                run = Stretch(day, day, kind, detail)
            if kind in ("counted", "make_up"):
                first = run.numbers[0] if run.numbers else number
                run = replace(run, numbers=(first, number))
        if run:
            yield run

    def _kind(self, day: date, calendar: WorkCalendar) -> tuple[str, str]:
        special = calendar.special.get(day)
        festival = special.festival if special else ""
        if not calendar.is_working(day):
            return ("holiday", festival) if special else ("weekend", "")
        reasons = {stop.reason for stop in self.stops if stop.after < day <= stop.until}
        if reasons:
            return "stopped", "+".join(sorted(reasons))
        return ("make_up", festival) if special else ("counted", "")


@dataclass(frozen=True)
class Light:
    """How a case stands on a day: what kind of lamp, and how many working days."""

    code: Literal[
        "unconfirmed", "waiting", "later", "soon", "urgent", "today", "overdue",
        "on_time", "late",
    ]  # fmt: skip
    days: int = 0


SOON, URGENT = 5, 2
"""Working days before the due day at which the lamp changes (a convention)."""


def light(
    due: date | None,
    closed: date | None,
    today: date,
    calendar: WorkCalendar,
    *,
    started: bool = True,
) -> Light:
    """The lamp of a case whose limit may not have started, or may be waiting."""
    if closed:
        late = calendar.count(due, closed) if due else 0
        return Light("late", late) if due and closed > due else Light("on_time")
    if not started:
        return Light("unconfirmed")
    if due is None:
        return Light("waiting")
    if today > due:
        return Light("overdue", calendar.count(due, today))
    left = calendar.count(today, due)
    if today == due:
        return Light("today")
    code = "urgent" if left <= URGENT else "soon" if left <= SOON else "later"
    return Light(code, left)


@dataclass(frozen=True)
class Deadline:
    """What a clock says: the due day, if it can be told, and all that it rests on.

    `why` is plain data that can be stored, and from which the same days can be counted
    again later, whatever has become of the calendar in the meantime.
    """

    due: date | None
    provisional: bool
    why: dict
