"""How a deadline light reads: a shape and words, so that colour is never needed."""

from datetime import date

from django.utils.functional import lazystr
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from casework.clocks import Light, light
from casework.workdays import WorkCalendar

SHAPES = {
    "unconfirmed": "✉",
    "waiting": "‖",
    "later": "○",
    "soon": "△",
    "urgent": "▲",
    "today": "◆",
    "overdue": "■",
    "on_time": "✓",
    "late": "✗",
}
_LEFT = ngettext_lazy("%(days)d working day left", "%(days)d working days left", "days")
_OVER = ngettext_lazy(
    "overdue by %(days)d working day", "overdue by %(days)d working days", "days"
)
_LATE = ngettext_lazy(
    "closed %(days)d working day late", "closed %(days)d working days late", "days"
)
WORDS = {
    "unconfirmed": _("to be confirmed today"),
    "waiting": _("clock stopped"),
    "later": _LEFT,
    "soon": _LEFT,
    "urgent": _LEFT,
    "today": _("due today"),
    "overdue": _OVER,
    "on_time": pgettext_lazy("light", "closed in time"),
    "late": _LATE,
}


def words(lamp: Light, own: dict | None = None) -> str:
    """What the light says, or what a kind of case says of it."""
    if lamp.code in ("overdue", "late") and lamp.days == 0:
        return lazystr(_("past its last day"))
    return (WORDS | (own or {}))[lamp.code] % {"days": lamp.days}


def _light(case, today: date, calendar: WorkCalendar) -> Light:
    started = case.received_on is not None
    return light(case.due_on, case.done_on, today, calendar, started=started)


def saying(case, today: date, calendar: WorkCalendar) -> str:
    """The light of a case in words alone, for what has neither shape nor colour."""
    return str(words(_light(case, today, calendar), case.lights))


def lamp(case, today: date, calendar: WorkCalendar) -> str:
    """The light of a case, to be shown."""
    shown = _light(case, today, calendar)
    noted = case.due_provisional and not case.done_on
    return format_html(
        '<span class="lamp lamp-{}"><span aria-hidden="true">{}</span> {}</span>{}',
        shown.code,
        SHAPES[shown.code],
        words(shown, case.lights),
        format_html(' <span class="lamp-note">{}</span>', _("provisional"))
        if noted
        else "",
    )
