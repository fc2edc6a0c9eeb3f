"""Which open cases a change of the calendar moves, and moving them: all or none."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.clocks import Deadline
from casework.models import Case
from casework.workdays import WorkCalendar
from casework.workflow import Workflow

CHANGE_CALENDAR = "casework.change_calendarday"
"""Who may change the calendar may also move the cases that it moves."""

WAYS = {
    "earlier": pgettext_lazy("due date", "earlier"),
    "later": pgettext_lazy("due date", "later"),
    "same": _("same day"),
    "starts": _("clock starts"),
    "stops": _("clock stops"),
}


@dataclass(frozen=True)
class Move:
    """An open case whose stored due date is not what the calendar says."""

    case: Case
    deadline: Deadline

    @property
    def way(self) -> str:
        """One of WAYS; the same day if only the word "provisional" comes or goes."""
        old, new = self.case.due_on, self.deadline.due
        if old == new:
            return "same"
        if old is None or new is None:
            return "starts" if old is None else "stops"
        return "earlier" if new < old else "later"

    @property
    def label(self) -> str:
        return WAYS[self.way]

    @property
    def certainty(self) -> str:
        """What becomes of the word "provisional", if anything does."""
        match self.case.due_provisional, self.deadline.provisional:
            case True, False:
                return _("provisional → final")
            case False, True:
                return _("final → provisional")
        return ""


def moves(by=None, calendar: WorkCalendar | None = None) -> list[Move]:
    """What a calendar would move of the open cases that the person sees, or of all.

    The calendar is that of today, unless one that may come is given. Those that move to
    another day come first.
    """
    found = [
        Move(case, deadline)
        for workflow in Workflow.all.values()
        for case, deadline in workflow.moved(_cases(workflow, by), calendar)
    ]
    return sorted(found, key=lambda move: (move.way == "same", move.case.number))


def _cases(workflow: Workflow, by):
    cases = workflow.model.objects.select_related("agency")
    return cases.visible_to(by) if by else cases


def sums(found: list[Move]) -> list[tuple[str, int]]:
    """How many go which way, by the labels of WAYS."""
    counted = Counter(move.way for move in found)
    return [(label, counted[way]) for way, label in WAYS.items() if counted[way]]


@transaction.atomic
def recalculate(*, by, on: date, note: str) -> list[Move]:
    """Read the clock again wherever it says something else: an event on each case.

    PermissionDenied for whoever may not change the calendar.
    """
    if not by.has_perm(CHANGE_CALENDAR):
        raise PermissionDenied
    found = moves(by)
    for move in found:
        workflow = Workflow.all[type(move.case)]
        workflow.recalculate(move.case, by=by, on=on, note=note)
    return found
