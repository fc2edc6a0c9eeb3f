"""What of requests, of remedies and of fees the forms count."""

from django.db.models import BooleanField, Case, F, Q, Value, When

from casework.tables import Flow, Line, Source
from disclosure.outcomes import RULINGS


def _whether(condition: Q) -> Case:
    """True or false, and never NULL."""
    return Case(
        When(condition, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


REQUESTS = Source(
    facts={
        "extended": _whether(Q(extension__gt=0)),
        "late": _whether(Q(closed_on__gt=F("due_on"))),
    }
)
REMEDIES = Source("filed_on", "decided_on", {"agency": F("case__agency")})
FEES = Source("notified_on", "paid_on", {"agency": F("case__agency")}, "amount")


def of(**facts) -> dict[str, frozenset]:
    """One value of each fact, or several."""
    return {
        name: frozenset(values)
        if isinstance(values, tuple | set | frozenset)
        else frozenset({values})
        for name, values in facts.items()
    }


def leaf(code: str, label: str, edition: str, unit: str) -> Line:
    """The row of the outcomes that the edition counts there."""
    return Line(code, label, (Flow.FINISHED,), ruled(edition, code), unit=unit)


def ruled(edition: str, *codes: str) -> dict[str, frozenset]:
    """The outcomes that the edition counts in these rows."""
    return of(
        outcome={
            outcome.value
            for outcome, ruling in RULINGS.items()
            if getattr(ruling, edition) in codes
        }
    )
