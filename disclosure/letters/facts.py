"""What each letter tells of a request, and what of it is missing."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import CalendarDay
from disclosure.deadlines import FEE_TERM, REGIMES
from disclosure.letters import wording
from disclosure.letters.wording import DECISIONS, in_words
from disclosure.models import (
    ApplicantKind,
    Channel,
    Consultation,
    DisclosureRequest,
    Fee,
    Outcome,
)

LATEST = REGIMES[0]
"""The version of the Regulation that the letters are worded for."""


class Fact(NamedTuple):
    """Something that a letter tells, and what it is called when it is missing."""

    name: str
    value: Any
    label: str = ""
    needed: bool = True

    @property
    def missing(self) -> bool:
        return self.needed and self.value in (None, "", 0, ())


def _of(record: models.Model, *names: str) -> Iterator[Fact]:
    """Columns of a record, called as they are everywhere; a text is its lines."""
    for name in names:
        field, value = record._meta.get_field(name), getattr(record, name)
        if isinstance(field, models.TextField):
            value = _lines(value)
        yield Fact(name, value, field.verbose_name)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _as(name: str, record: models.Model, column: str) -> Fact:
    """A column of a record, under the name by which the letter tells it."""
    (fact,) = _of(record, column)
    return fact._replace(name=name)


def _last_day(day: date | None, provisional: bool) -> str:
    """The day, and that it may yet move where its calendar is not known."""
    moving = "（该年度节假日安排公布后有变动的，以变动后的日期为准）"
    return f"{in_words(day)}{moving if provisional else ''}" if day else ""


def _you(case) -> str:
    return "您" if case.applicant_kind == ApplicantKind.NATURAL_PERSON else "贵单位"


def _request(case) -> Iterator[Fact]:
    """What every letter tells: who writes, and about which request."""
    phone = _as("phone", case.agency, "phone")
    yield phone._replace(value=phone.value or settings.OFFICE_PHONE)
    yield _as("agency", case.agency, "name")
    yield from _of(case, "number", "subject", "description", "received_on")


def _to_applicant(case) -> Iterator[Fact]:
    yield from _of(case, "applicant")
    yield Fact("you", _you(case))
    yield from _request(case)


def receipt(case: DisclosureRequest, row: None, today: date) -> Iterator[Fact]:
    """It promises what the law does on the day of receipt, whatever came after."""
    promised = ""
    if received := case.received_on:
        calendar = CalendarDay.objects.as_calendar()
        last = calendar.add(received, LATEST.base)
        promised = _last_day(last, bool(calendar.unknown(received, last)))
    yield from _to_applicant(case)
    yield Fact("date", today)
    yield Fact("channel", Channel(case.channel).label)
    yield Fact("base", LATEST.base)
    yield _as("promised", case, "due_on")._replace(value=promised)


def correction(case: DisclosureRequest, row: None, today: date) -> Iterator[Fact]:
    yield from _to_applicant(case)
    yield _as("date", case, "correction_asked_on")
    yield from _of(case, "correction_until", "correction_points")


def extension(case: DisclosureRequest, row: None, today: date) -> Iterator[Fact]:
    """Its reason is what was noted when the limit was extended."""
    reason = ""
    if case.extended_on:
        taken = case.events.filter(step="extend").order_by("-pk")
        reason = taken.values_list("note", flat=True).first() or ""
    yield from _to_applicant(case)
    yield _as("date", case, "extended_on")
    yield from _of(case, "extension")
    due = _last_day(case.due_on, case.due_provisional)
    yield _as("due", case, "due_on")._replace(value=due)
    yield Fact("reason", _lines(reason), _("reason"))


def consultation(
    case: DisclosureRequest, row: Consultation | None, today: date
) -> Iterator[Fact]:
    """It names no applicant: a third party is asked about the information."""
    row = row or Consultation()
    yield from _request(case)
    yield from _of(row, "party")
    yield _as("date", row, "sent_on")
    yield Fact("opinion_days", LATEST.opinion)


def fee(case: DisclosureRequest, row: None, today: date) -> Iterator[Fact]:
    row = next(iter(case.rows("fees")), None) or Fee()
    tariff = wording.TARIFFS.get(row.kind)
    yield from _to_applicant(case)
    yield _as("date", row, "notified_on")
    yield _as("tariff", row, "kind")._replace(value=tariff and tariff.text)
    yield from _of(row, "quantity")
    amount = _as("amount", row, "amount")
    yield amount._replace(value=amount.value and f"{amount.value:.2f}")
    counted = tariff and tariff.counted.format(pieces=row.quantity, earlier=row.earlier)
    yield Fact("counted", counted, needed=False)
    yield Fact("article", tariff and tariff.article, needed=False)
    yield Fact("fee_days", FEE_TERM.count)


def reply(case: DisclosureRequest, row: None, today: date) -> Iterator[Fact]:
    outcome, on = case.outcome or case.draft_outcome, case.signed_on or case.closed_on
    decision = DECISIONS.get(outcome)
    yield from _to_applicant(case)
    yield _as("date", case, "signed_on")._replace(value=on)
    yield from _of(case, "document_number")
    corrected = case.corrected_on and in_words(case.corrected_on)
    corrected = f"，于{corrected}收到补正后的申请" if corrected else ""
    yield Fact("corrected", corrected, needed=False)
    earlier = _earlier(case)
    repeated = outcome == Outcome.REPEATED
    yield _as("earlier", case, "repeats")._replace(value=earlier, needed=repeated)
    said = decision and decision.text.format(you=_you(case), earlier=earlier)
    yield _as("decision", case, "draft_outcome")._replace(value=said)
    yield Fact("basis", decision and wording.basis(decision), needed=False)
    (grounds,) = _of(case, "grounds")
    yield grounds._replace(needed=bool(decision and decision.needs_grounds))
    agency = case.agency
    organs = (agency.reconsideration_organ, agency.court)
    yield Fact("remedies", on and wording.remedies(outcome, on, *organs), needed=False)


def _earlier(case) -> str:
    """The request that this one repeats, if it has been dealt with."""
    earlier = case.repeats
    if not (earlier and earlier.closed_on):
        return ""
    return f"登记编号：{earlier.number}，{in_words(earlier.closed_on)}办结"
