"""What a row of a ledger tells of a request: what was done to it, and when."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.sheets import Whole
from casework.sheets.entries import Entry
from casework.workflow import Deed
from disclosure.models import Consultation, DisclosureRequest, Fee, Remedy
from disclosure.outcomes import Outcome

_ENDINGS = {
    Outcome.NOT_CORRECTED: "lapse",
    Outcome.FEE_UNPAID: "lapse_unpaid",
    Outcome.WITHDRAWN: "withdraw",
    Outcome.OTHER: "close",
}
"""The steps that end a request without a reply."""

_ORDER = {
    step: place
    for place, step in enumerate(
        (
            "confirm", "consult", "letter_delivered", "ask_correction", "correct",
            "notify_fee", "pay", "record_opinion", "extend", "submit_draft", "sign",
            "serve", "reply_on_the_spot", *_ENDINGS.values(), "charge_costs",
            "file_remedy", "decide_remedy",
        )
    )
}  # fmt: skip
"""Of what was done on one day, what comes first."""


def deeds(told: dict[str, Any]) -> list[Deed]:
    """What was done to the request of a row, in the order in which it was."""
    found = [*_own(told), *_consultations(told), *_fees(told), *_remedies(told)]
    return sorted(found, key=lambda deed: (deed.on, _ORDER[deed.step]))


def _own(told: dict[str, Any]) -> Iterator[Deed]:
    if day := told["confirmed_on"]:
        yield Deed("confirm", day, {}, "confirmed_on")
    if day := told["correction_asked_on"]:
        until = {"correction_until": told["correction_until"]}
        yield Deed("ask_correction", day, until, "correction_asked_on", tuple(until))
    if day := told["corrected_on"]:
        yield Deed("correct", day, {}, "corrected_on")
    if day := told["extended_on"]:
        extension = {"extension": told["extension"] or 0}
        yield Deed("extend", day, extension, "extended_on", tuple(extension))
    yield from _ending(told)


def _ending(told: dict[str, Any]) -> Iterator[Deed]:
    outcome, signed, served = told["outcome"], told["signed_on"], told["served_on"]
    ending = _ENDINGS.get(outcome)
    drafted = {} if ending else {"draft_outcome": outcome}
    if signed:
        yield Deed("submit_draft", signed, drafted, "outcome")
        # Where the ledger has no such column, it may stay unsaid.
        number = {name: told[name] for name in ("document_number",) if name in told}
        yield Deed("sign", signed, number, "signed_on", tuple(number))
    if ending:
        yield Deed(ending, served, {}, "served_on")
    elif signed and served:
        yield Deed("serve", served, {}, "served_on")
    elif served:
        yield Deed("reply_on_the_spot", served, drafted, "served_on")


def _consultations(told: dict[str, Any]) -> Iterator[Deed]:
    column = "consultations"
    for row, entry in enumerate(in_order(told[column])):
        kind = {"kind": entry.kind}
        yield Deed("consult", entry.days[0], kind, column)
        if day := entry.between:
            yield Deed("letter_delivered", day, {}, column, row=row)
        if day := _ended(entry, column):
            opinion = {"opinion": "".join(entry.more)} if entry.more else {}
            yield Deed("record_opinion", day, opinion, column, row=row)


def _fees(told: dict[str, Any]) -> Iterator[Deed]:
    column = "fees"
    for entry in told[column]:
        told_quantity, more, *_rest = (*entry.more, "", "")
        quantity = _whole(told_quantity, column)
        if entry.kind == Fee.Kind.COST:
            facts = {"quantity": quantity, "amount": more}
            day = entry.last or entry.days[0]
            yield Deed("charge_costs", day, facts, column)
            continue
        facts = {"kind": entry.kind, "quantity": quantity}
        facts["earlier"] = _whole(more, column) or 0
        yield Deed("notify_fee", entry.days[0], facts, column)
        if day := entry.last:
            yield Deed("pay", day, {}, column)


def _whole(text: str, column: str) -> int | None:
    try:
        return Whole().clean(text)
    except ValidationError as refusal:
        raise ValidationError({column: refusal}) from None


def _remedies(told: dict[str, Any]) -> Iterator[Deed]:
    column = "remedies"
    for row, entry in enumerate(in_order(told[column])):
        yield Deed("file_remedy", entry.days[0], {"kind": entry.kind}, column)
        if day := _ended(entry, column):
            result = {"result": "".join(entry.more)}
            yield Deed("decide_remedy", day, result, column, row=row)


def _ended(entry: Entry, column: str) -> date | None:
    """The day of the answer or the decision, if there is one."""
    if entry.more and not entry.last:
        message = _("“%(said)s” has no day on which it was said.")
        params = {"said": " ".join(entry.more)}
        raise ValidationError({column: ValidationError(message, "no_day", params)})
    return entry.last


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By their first days."""
    return sorted(entries, key=lambda entry: (entry.days[0], entry.kind))


def told(case: DisclosureRequest) -> dict[str, Any]:
    """What a row would tell of the request as it is kept, but for the identity: of
    that the fingerprint."""
    return {
        "agency": case.agency,
        "channel": case.channel,
        "applicant_kind": case.applicant_kind,
        "applicant": case.applicant,
        "identity_number": case.identity_hash,
        "subject": case.subject,
        "submitted_on": case.submitted_on,
        "arrived_on": case.arrived_on,
        "confirmed_on": case.confirmed_on,
        "correction_asked_on": case.correction_asked_on,
        "correction_until": case.correction_until,
        "corrected_on": case.corrected_on,
        "consultations": in_order(map(consulted, case.consultations.all())),
        "extension": case.extension,
        "extended_on": case.extended_on,
        "signed_on": case.signed_on,
        "document_number": case.document_number,
        "served_on": case.closed_on,
        "outcome": case.outcome or (case.signed_on and case.draft_outcome) or "",
        "fees": list(map(charged, case.fees.all())),
        "remedies": in_order(map(remedied, case.remedies.all())),
    }


def consulted(row: Consultation) -> Entry:
    days = _said(row.sent_on, row.answered_on)
    if row.delivered_on:
        days = (row.sent_on, row.delivered_on, row.answered_on)
    return Entry(row.kind, days, _said(row.opinion))


def charged(row: Fee) -> Entry:
    of_cost = row.kind == Fee.Kind.COST
    more = (row.quantity, row.amount if of_cost else row.earlier)
    days = _said(row.notified_on, row.paid_on)
    return Entry(row.kind, days, tuple(map(str, more)))


def remedied(row: Remedy) -> Entry:
    days = _said(row.filed_on, row.decided_on)
    return Entry(row.kind, days, _said(row.result))


def _said(*values) -> tuple:
    return tuple(value for value in values if value)
