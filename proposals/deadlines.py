"""The time limits of suggestions and proposals, by the rules of their session.

National law knows two, and only for suggestions: three months, or six where the matter
is wide and difficult, both from the day of assignment (代表法 art. 51; in the text of
2015, art. 42). Everything else is local: columns of the session, and no law.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from casework.clocks import (
    ONE_DAY,
    Clock,
    Days,
    Deadline,
    Months,
    Stretch,
    WorkingDays,
)
from casework.workdays import WorkCalendar

Unit = Literal["days", "working_days", "months"]
TERMS = {"days": Days, "working_days": WorkingDays, "months": Months}
STATUTORY = {"reply": (3, "months"), "difficult": (6, "months")}
"""Of suggestions, and of nothing else."""


@dataclass(frozen=True, eq=False)
class Limit:
    """So many days, working days or months, after the day that starts it."""

    count: int
    unit: Unit

    def __eq__(self, other):
        """Also with one that says itself in words."""
        if not isinstance(other, Limit):
            return NotImplemented
        return (self.count, self.unit) == (other.count, other.unit)

    def __hash__(self):
        return hash((self.count, self.unit))

    def nominal(self, day: date, calendar: WorkCalendar) -> date:
        """The end, before any move to a working day."""
        term = TERMS[self.unit](self.count)
        if isinstance(term, Months):
            return term.nominal(day)
        if isinstance(term, Days):
            return date.fromordinal(day.toordinal() + self.count)
        return term.after(day, calendar)


@dataclass(frozen=True)
class Rules:
    """The limits that hold for the items of a session; None where there is none."""

    returning: Limit | None = None
    """To ask that a wrong assignment be taken back (退办)."""
    contact: Limit | None = None
    """To speak with the author for the first time."""
    opinion: Limit | None = None
    """For the opinion of a co-handling unit (会办)."""
    reply: Limit | None = None
    difficult: Limit | None = None
    """To reply to what is wide and difficult, from assignment and not from the end of
    the other limit."""
    again: Limit | None = None
    """To handle again what the author was dissatisfied with."""
    feedback: Limit | None = None
    """For the author, from the service of the reply."""
    reply_by: date | None = None
    """A fixed day in the place of the limit to reply, for items of the session; it
    says nothing of what is assigned after it."""


@dataclass(frozen=True)
class Facts:
    """What the limit of a unit depends on."""

    role: str
    assigned_on: date | None
    in_session: bool = True
    extended_on: date | None = None
    """When the longer limit was recorded."""
    again_on: date | None = None
    """When it was assigned for the second time, the author being dissatisfied."""


@dataclass(frozen=True)
class End:
    """When a limit runs out: as it is counted, at the outermost, and when to warn.

    An end on a day of rest moves to the next working day (民法典 art. 203, by analogy).
    The laws on deputies say nothing of it: therefore the warning is given for the
    working day before.
    """

    nominal: date
    last: date
    warn: date


def ends(nominal: date, calendar: WorkCalendar) -> End:
    working = calendar.is_working(nominal)
    warn = nominal if working else calendar.add(nominal, -1)
    return End(nominal, calendar.on_or_after(nominal), warn)


def end(limit: Limit, start: date, calendar: WorkCalendar) -> End:
    return ends(limit.nominal(start, calendar), calendar)


def rule(facts: Facts, rules: Rules) -> tuple[str, date | None, Limit | date | None]:
    """Which of the rules holds for a unit: its name, its start, and what it says."""
    if facts.again_on:
        return "again", facts.again_on, rules.again
    if facts.role == "co_handler":
        return "opinion", facts.assigned_on, rules.opinion
    if facts.extended_on:
        return "difficult", facts.assigned_on, rules.difficult
    day = rules.reply_by if facts.in_session else None
    if day and facts.assigned_on and facts.assigned_on < day:
        return "reply", facts.assigned_on, day
    return "reply", facts.assigned_on, rules.reply


# Items of a session are assigned on few days, and every step asks for the limit again.
@lru_cache(4096)
def deadline(facts: Facts, rules: Rules, calendar: WorkCalendar) -> Deadline:
    """The last day of a unit, and why; none where the session sets no limit."""
    name, start, limit = rule(facts, rules)
    why: dict = {
        "facts": {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in vars(facts).items()
        },
    }
    if start is None:
        return Deadline(None, False, why | {"waiting": "assignment"})
    why |= {"rule": name, "start": start.isoformat()}
    if limit is None:
        return Deadline(None, False, why | {"waiting": "no_limit"})
    fixed = isinstance(limit, date)
    found = ends(limit, calendar) if fixed else end(limit, start, calendar)
    unknown = calendar.unknown(start, found.last)
    why |= {
        "limit": None if fixed else [limit.count, limit.unit],
        "nominal": found.nominal.isoformat(),
        "warn": found.warn.isoformat(),
        "due": found.last.isoformat(),
        "special": [
            [day.day.isoformat(), day.working, day.festival]
            for day in calendar.between(min(found.warn, found.nominal), found.last)
        ],
        "unknown_years": unknown,
    }
    return Deadline(found.last, bool(unknown), why)


def stretches(why: dict, calendar: WorkCalendar) -> Iterator[Stretch]:
    """The days of a stored limit, in runs: each counts, but for those of rest after its
    end; where working days are counted, as the calendar counts them now."""
    start, nominal, due = (
        date.fromisoformat(why[day]) for day in ("start", "nominal", "due")
    )
    count, unit = why["limit"] or (None, None)
    yield Stretch(start, start, "start")
    if unit == "working_days":
        yield from Clock(start, WorkingDays(count)).stretches(calendar)
        return
    numbers = (1, (nominal - start).days) if unit == "days" else None
    yield Stretch(start + ONE_DAY, nominal, "counted", numbers=numbers)
    for number in range(nominal.toordinal() + 1, due.toordinal() + 1):
        day = date.fromordinal(number)
        yield Stretch(day, day, *_moved(day, calendar))


def _moved(day: date, calendar: WorkCalendar) -> tuple[str, str]:
    """What a day is to which, or over which, the end moves."""
    special = calendar.special.get(day)
    festival = special.festival if special else ""
    if calendar.is_working(day):
        return "make_up" if special else "counted", festival
    return "holiday" if special else "weekend", festival


def counts_for_next(filed_on: date, cut_off: tuple[int, int]) -> bool:
    """Whether an item filed between sessions belongs to the next session's figures:
    what is filed after the cut-off day of its year (5 December is the national custom).
    """
    return (filed_on.month, filed_on.day) > cut_off
