"""Requests as the rows of a ledger that goes out, by the hundred thousand."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from itertools import islice

from django.db import connection, transaction
from django.db.models import Case, CharField, F, QuerySet, When
from django.db.models.functions import Cast

from casework.bulk import uncollected
from casework.masking import mask_name
from casework.models import Agency
from casework.seals import unseal
from casework.sheets.entries import Entries
from disclosure.ledger import charged, consulted, remedied
from disclosure.models import (
    ApplicantKind,
    Channel,
    Consultation,
    DisclosureRequest,
    Fee,
    Outcome,
    Remedy,
    Status,
)
from disclosure.workflow import workflow

MASK = "******"
"""What stands in a ledger in the place of an identity number."""
CHUNK = 5000


def _day(name: str) -> Cast:
    """The day as both databases write it: no date is made of it on the way."""
    return Cast(name, CharField())


_VALUES = {
    "case": F("pk"),
    "no": F("number"),
    "whose": F("agency"),
    "by": F("channel"),
    "kind": F("applicant_kind"),
    "who": F("applicant"),
    "identity": F("identity_sealed"),
    "what": Case(
        When(subject__endswith="…", then=F("description")),
        default=F("subject"),
        output_field=CharField(),
    ),
    "submitted": _day("submitted_on"),
    "arrived": _day("arrived_on"),
    "confirmed": _day("confirmed_on"),
    "asked": _day("correction_asked_on"),
    "until": _day("correction_until"),
    "corrected": _day("corrected_on"),
    "longer": F("extension"),
    "extended": _day("extended_on"),
    "signed": _day("signed_on"),
    "document": F("document_number"),
    "served": _day("closed_on"),
    "end": Case(
        When(outcome="", signed_on__isnull=False, then=F("draft_outcome")),
        default=F("outcome"),
        output_field=CharField(),
    ),
    "received": _day("received_on"),
    "due": _day("due_on"),
    "state": F("status"),
}
_WRITTEN = Entries(())
_ROWS: tuple[tuple[type, Callable], ...] = (
    (Consultation, consulted),
    (Fee, charged),
    (Remedy, remedied),
)


def computed() -> list[str]:
    """What the last columns are called, which no import reads."""
    names = ("received_on", "due_on", "status")
    return [DisclosureRequest._meta.get_field(name).verbose_name for name in names]


def chunks(found: QuerySet, *, by, on: date, reason="") -> Iterator[list[list]]:
    """The rows, in the order in which the requests were registered."""
    names = dict(Agency.objects.values_list("pk", "name"))
    channels, kinds, ends, states = (
        {value: str(label) for value, label in choices.choices}
        for choices in (Channel, ApplicantKind, Outcome, Status)
    )
    natural = ApplicantKind.NATURAL_PERSON
    masked = not by.has_perm(workflow.permission("change"))
    rows = found.order_by("pk").values_list(*_VALUES.values()).iterator(CHUNK)

    def lines(some: list[tuple]) -> list[list]:
        asked, charges, remedies = (
            _entries(model, entry, some[0][0], some[-1][0]) for model, entry in _ROWS
        )
        return [
            [
                number,
                names[whose],
                channels[channel],
                kinds[kind],
                mask_name(who) if masked and kind == natural else who,
                (unseal(identity) if reason else MASK) if identity else "",
                what,
                *before,
                asked.get(pk, ""),
                longer or "",
                extended,
                signed,
                document,
                served,
                ends.get(end, ""),
                charges.get(pk, ""),
                remedies.get(pk, ""),
                received,
                due,
                states[state],
            ]
            for (
                pk, number, whose, channel, kind, who, identity, what, *before,
                longer, extended, signed, document, served, end, received, due,
                state,
            ) in some
        ]  # fmt: skip

    with _one_transaction(reason):
        while True:
            with uncollected():
                some = list(islice(rows, CHUNK))
                chunk = lines(some) if some else None
            if not chunk:
                return
            if reason:
                cases = found.filter(pk__range=(some[0][0], some[-1][0]))
                # Before it is told, and for good: who breaks off has read it.
                with transaction.atomic():
                    workflow.note("reveal", cases, by=by, on=on, note=reason)
            yield chunk


def _one_transaction(reason: str):
    """In a transaction PostgreSQL gives the first rows at once; SQLite would keep
    everybody else from writing. What is revealed is recorded by itself."""
    if connection.vendor == "postgresql" and not reason:
        return transaction.atomic()
    return nullcontext()


def _entries(model, entry, first: int, last: int) -> dict[int, str]:
    """The related rows of a stretch of requests, as one cell for each of them."""
    found: dict[int, list] = {}
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model.objects.filter(case__pk__range=(first, last)).order_by("pk")
    for row in rows.values_list(*names, named=True):
        found.setdefault(row.case_id, []).append(entry(row))
    return {case: _WRITTEN.render(entries) for case, entries in found.items()}
