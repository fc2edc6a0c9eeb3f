"""What must be done today: the piles of open cases, as the lists show them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.models import CalendarDay
from disclosure.models import DisclosureRequest


@dataclass(frozen=True)
class Pile:
    """So many cases, and the light by which the list finds them."""

    label: str
    count: int
    light: str


def piles(user, today: date) -> list[Pile]:
    """The work that waits, the most urgent first, of the cases that the person sees."""
    cases = DisclosureRequest.objects.visible_to(user)
    calendar = CalendarDay.objects.as_calendar()
    return [
        Pile(label, found.count(), light)
        for label, found, light in (
            (_("overdue"), cases.overdue(today), "overdue"),
            (_("due today"), cases.due_between(today, today), "today"),
            (_("to be confirmed today"), cases.unconfirmed(), "unconfirmed"),
            (
                _("due within 2 working days"),
                cases.due_between(today, calendar.add(today, 2)),
                "2",
            ),
            (
                _("due within 5 working days"),
                cases.due_between(today, calendar.add(today, 5)),
                "5",
            ),
            (_("clock stopped"), cases.waiting(), "waiting"),
            (_("provisional date"), cases.provisional(), "provisional"),
        )
    ]
