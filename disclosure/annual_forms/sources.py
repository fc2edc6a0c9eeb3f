"""What of requests, of remedies and of fees the forms count."""

from django.db.models import F, Q

from casework.tables import Flow, Line, Source, only, whether
from disclosure.outcomes import RULINGS

REQUESTS = Source(
    facts={
        "extended": whether(Q(extension__gt=0)),
        "late": whether(Q(closed_on__gt=F("due_on"))),
    }
)
REMEDIES = Source("filed_on", "decided_on", "case__agency")
FEES = Source("notified_on", "paid_on", "case__agency", amounts=("amount",))


def ruled(edition: str, *codes: str) -> dict[str, frozenset]:
    """The outcomes that the edition counts in these rows."""
    outcomes = {
        outcome.value
        for outcome, ruling in RULINGS.items()
        if getattr(ruling, edition) in codes
    }
    return only(outcome=outcomes)


def leaf(edition: str, code: str, label: str, unit: str) -> Line:
    """The row of the outcomes that the edition counts there."""
    return Line(code, label, (Flow.FINISHED,), ruled(edition, code), unit=unit)
