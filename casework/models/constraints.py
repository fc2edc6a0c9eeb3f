"""What the database holds every kind of case to, each with words of its own."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CheckConstraint, F, Q


def closed_means_decided(prefix: str, message: Any) -> CheckConstraint:
    """A case is closed exactly if it has its closing date and its outcome."""
    return CheckConstraint(
        name=f"{prefix}_closed_means_decided",
        condition=(
            Q(status="closed", closed_on__isnull=False) & ~Q(outcome="")
            | ~Q(status="closed") & Q(closed_on=None, outcome="")
        ),
        violation_error_code="closed_means_decided",
        violation_error_message=message,
    )


def in_order(prefix: str, *days: tuple[str, str, Any]) -> Iterator[CheckConstraint]:
    """No later day comes before its earlier one: the names of both, and the message."""
    for later, earlier, message in days:
        yield CheckConstraint(
            name=f"{prefix}_{later}_after_{earlier}",
            condition=Q((earlier, None))
            | Q((later, None))
            | Q((f"{later}__gte", F(earlier))),
            violation_error_code=f"{later}_before_{earlier}",
            violation_error_message=message,
        )
