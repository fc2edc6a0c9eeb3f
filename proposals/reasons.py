"""The words in which the last day of an item or of a unit is explained."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from casework.models import CalendarDay
from casework.reasons import Month, Reason, last_day, months, written
from proposals.deadlines import STATUTORY, stretches
from proposals.models import Body

LOCAL = gettext_lazy("Local rule of the session, not national law")
LAW = {
    "2015": gettext_lazy("Law on Deputies (2015 text), art. 42"),
    "2025": gettext_lazy("Law on Deputies (2025 text), art. 51"),
}
LAW_OF_2025 = date(2025, 3, 11)
BY_ANALOGY = gettext_lazy("Civil Code, art. 203, by analogy")
CONVENTION = gettext_lazy(
    "Convention: the laws on deputies say nothing of days of rest"
)
WAITING = {
    "assignment": gettext_lazy("Not assigned yet: no time limit runs."),
    "no_limit": gettext_lazy("The session sets no limit for this."),
}
STARTS = {
    "reply": gettext_lazy("Assigned on %(day)s: from that day the limit counts."),
    "opinion": gettext_lazy(
        "Assigned to the co-handling unit on %(day)s: from that day the limit counts."
    ),
    "difficult": gettext_lazy(
        "Wide and difficult: the longer limit also counts from the assignment, on "
        "%(day)s, and not from the end of the other one."
    ),
    "again": gettext_lazy("Assigned for the second time on %(day)s."),
}
TERMS = {
    "days": ngettext_lazy(
        "%(count)d day, the first one not counted.",
        "%(count)d days, the first one not counted.",
        "count",
    ),
    "working_days": ngettext_lazy(
        "%(count)d working day, the first one not counted.",
        "%(count)d working days, the first one not counted.",
        "count",
    ),
    "months": ngettext_lazy(
        "%(count)d month, to the day of the same number or the month's last.",
        "%(count)d months, to the day of the same number or the month's last.",
        "count",
    ),
}


def reasons(why: dict, body: str) -> Iterator[Reason]:
    """Why the last day is what it is, from what was stored when it was reckoned."""
    if "start" in why:
        yield Reason(str(STARTS[why["rule"]]) % {"day": written(why["start"])})
    if "waiting" in why:
        yield Reason(str(WAITING[why["waiting"]]))
        return
    if "due" not in why:
        return
    yield _limit(why, body)
    if why["nominal"] != why["due"]:
        yield from _moved(why)
    yield from last_day(why)


def calendar(why: dict) -> list[Month]:
    """Every day from the assignment to the last one, and what became of it."""
    if "due" not in why:
        return []
    days = stretches(why, CalendarDay.objects.as_calendar())
    return months(days, date.fromisoformat(why["due"]))


def _limit(why: dict, body: str) -> Reason:
    if why["limit"] is None:
        text = _("The session has set a fixed day: %(day)s.")
        return Reason(text % {"day": written(why["nominal"])}, str(LOCAL))
    count, unit = why["limit"]
    return Reason(str(TERMS[unit] % {"count": count}), basis(why, body))


def basis(why: dict, body: str) -> str:
    """What the limit rests on: national law knows two, and only of suggestions."""
    statutory = STATUTORY.get(why["rule"]) == tuple(why["limit"] or ())
    if body != Body.CONGRESS or not statutory:
        return str(LOCAL)
    new = date.fromisoformat(why["start"]) >= LAW_OF_2025
    return str(LAW["2025" if new else "2015"])


def _moved(why: dict) -> Iterator[Reason]:
    """An end on a day of rest: the outer limit, and the day to be ready by."""
    names = [
        CalendarDay.Festival(festival).label
        for day, _working, festival in why["special"]
        if day == why["nominal"]
    ]
    text = _("%(day)s is a day of rest: the last day moves to the next working day.")
    if names:
        text = _(
            "%(day)s is a day of rest (%(festival)s): the last day moves to the next "
            "working day."
        )
    values = {"day": written(why["nominal"]), "festival": "".join(map(str, names))}
    yield Reason(text % values, str(BY_ANALOGY))
    text = _("Be ready by %(day)s, the working day before.")
    yield Reason(text % {"day": written(why["warn"])}, str(CONVENTION))
