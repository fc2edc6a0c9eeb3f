"""What becomes of the requests of a benchmark, as rows of the tables."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from random import Random
from typing import NamedTuple

from benchmarks.office import Office
from benchmarks.words import subject
from casework.folding import fold
from casework.references import reference
from casework.seals import fingerprint, seal
from casework.workdays import WorkCalendar
from disclosure.deadlines import (
    ARRIVED,
    CONFIRMED,
    Consulted,
    Facts,
    deadline,
    receipt_rule,
    regime_on,
)
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
from disclosure.outcomes import CLOSINGS

FIRST, LAST = date(2016, 1, 1), date(2025, 12, 31)
"""The ten years; what stands at the end of the last day is what the tables hold."""
LATE, EXTENDED, CONSULTED, CORRECTED, CHARGED, CONTESTED, FORGOTTEN = (
    0.03, 0.1, 0.05, 0.03, 0.01, 0.01, 0.002,
)  # fmt: skip
"""Of all requests; a forgotten one stays open for years."""
OUTCOMES = dict.fromkeys(Outcome, 1) | {
    Outcome.DISCLOSED: 40,
    Outcome.ALREADY_PUBLIC: 15,
    Outcome.NONEXISTENT: 15,
    Outcome.OTHER_ORGAN: 10,
    Outcome.PARTLY_DISCLOSED: 5,
}
CHANNELS = dict.fromkeys(Channel, 5) | {
    Channel.ONLINE: 40,
    Channel.IN_PERSON: 20,
    Channel.EMS: 15,
}
KINDS = dict.fromkeys(ApplicantKind, 2) | {
    ApplicantKind.NATURAL_PERSON: 75,
    ApplicantKind.BUSINESS: 15,
}
EACH = 5
"""Requests of one applicant, in the middle."""


class Rows(NamedTuple):
    """A request with what belongs to it, each as values by column."""

    request: dict
    consultation: dict | None
    fee: dict | None
    remedy: dict | None


def serial_key(code: str, year: int) -> str:
    """Under which the door counts an agency's requests of a year."""
    return f"{DisclosureRequest._meta.label_lower}:{code}:{year}"


class Stories:
    """All requests in the order in which they came; `serials` counts them as the door
    does."""

    def __init__(self, office: Office, size: int, calendar: WorkCalendar):
        self.office, self.size, self.calendar = office, size, calendar
        self.dice = Random(size)
        self.serials: dict[str, int] = {}
        self.sealed = seal("610302199001010014")
        self.deadline = lru_cache(maxsize=1 << 14)(self._deadline)
        self.fold = lru_cache(maxsize=1 << 14)(fold)

    def __iter__(self) -> Iterator[Rows]:
        days = (LAST - FIRST).days + 1
        agencies = self.dice.choices(
            self.office.agencies, self.office.weights, k=self.size
        )
        channels = self._drawn(CHANNELS)
        kinds, outcomes = self._drawn(KINDS), self._drawn(OUTCOMES)
        for place, agency, channel, kind, outcome in zip(
            count(), agencies, channels, kinds, outcomes, strict=False
        ):
            day = FIRST + timedelta(days=place * days // self.size)
            yield self._told(place, agency, day, channel, kind, outcome)

    def _drawn(self, weights: dict) -> list[str]:
        values = [value.value for value in weights]
        return self.dice.choices(values, weights.values(), k=self.size)

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share

    def _days(self, most: int) -> timedelta:
        return timedelta(days=self.dice.randrange(most + 1))

    def _deadline(self, facts: Facts):
        """The due day, whether it is provisional, and why, for an open and for a closed
        case."""
        said = deadline(facts, self.calendar)
        why = [json.dumps(said.why | {"settled": done}) for done in (False, True)]
        return said.due, said.provisional, why

    def _told(self, place, agency, day, channel, kind, outcome) -> Rows:
        pk = place + 1
        facts, consulted = self._facts(day, channel)
        received = facts.received_on
        row = self._request(pk, agency, day, kind, facts)
        due, provisional, why = self.deadline(facts)
        closed = self._closing(received, due)
        fee = self._fee(pk, facts) if facts.fee_notified_on else None
        remedy = None
        if closed:
            row |= self._ending(outcome, received, closed)
            if self._chance(CONTESTED):
                remedy = self._remedy(pk, closed)
        else:
            row |= self._standing(facts, received, due)
        row |= {
            "received_on": received,
            "due_on": due,
            "due_provisional": provisional,
            "due_why": why[closed is not None],
        }
        consultation = consulted and self._consultation(pk, consulted)
        return Rows(row, consultation, fee, remedy)

    def _facts(self, day: date, channel: str) -> tuple[Facts, Consulted | None]:
        """What the clock reads, of a request that came on the day."""
        arrived = confirmed = None
        rule = receipt_rule(channel, day, None)
        if rule == ARRIVED:
            arrived = self._past(day + self._days(3))
        elif rule == CONFIRMED and (LAST - day).days > self.dice.randrange(5):
            confirmed = self._past(day + self._days(2))
        facts = Facts(channel, day, arrived, confirmed)
        received = facts.received_on
        if received is None:
            return facts, None
        if self._chance(EXTENDED):
            facts = replace(facts, extension=regime_on(received).extension)
        elif self._chance(CORRECTED):
            asked = self._past(received + self._days(4))
            answered = asked + timedelta(days=15)
            facts = replace(
                facts,
                correction_asked_on=asked,
                correction_until=asked + timedelta(days=30),
                corrected_on=answered if answered <= LAST else None,
            )
        elif self._chance(CHARGED):
            notified = self._past(received + self._days(9))
            paid = notified + self._days(20)
            facts = replace(
                facts,
                fee_notified_on=notified,
                fee_paid_on=paid if paid <= LAST else None,
            )
        elif self._chance(CONSULTED):
            sent = self._past(received + self._days(4))
            delivered, answered = (sent + timedelta(days=n) for n in (3, 13))
            consulted = Consulted(
                Consultation.Kind.THIRD_PARTY,
                sent,
                delivered if delivered <= LAST else None,
                answered if answered <= LAST else None,
            )
            return replace(facts, consultations=(consulted,)), consulted
        return facts, None

    def _past(self, day: date) -> date:
        return min(day, LAST)

    def _closing(self, received: date | None, due: date | None) -> date | None:
        """The day on which it ended, if it has ended."""
        if not due or self._chance(FORGOTTEN):
            return None
        if self._chance(LATE):
            closed = due + timedelta(days=1) + self._days(60)
        else:
            closed = due - self._days(min((due - received).days, 20))
        return closed if closed <= LAST else None

    def _request(self, pk, agency, day, kind, facts) -> dict:
        key = serial_key(agency.code, day.year)
        self.serials[key] = serial = self.serials.get(key, 0) + 1
        number = reference(agency.code, day.year, serial)
        about = subject(self.dice, pk, self.size)
        person = self.dice.randrange(self.size // EACH + 1)
        return {
            "id": pk,
            "number": number,
            "agency_id": agency.pk,
            "subject": about,
            # Folding goes character by character: the parts may be folded apart.
            "folded": number.replace("-", "").lower() + self.fold(about),
            "version": 1,
            "channel": facts.channel,
            "submitted_on": day,
            "arrived_on": facts.arrived_on,
            "confirmed_on": facts.confirmed_on,
            "applicant_kind": kind,
            "applicant": f"申请人{person}",
            "identity_sealed": self.sealed,
            "identity_hash": fingerprint("identity", str(person)),
            "description": f"请公开：{about}。",
            "supply_form": "electronic",
            "supply_route": "email",
            "correction_asked_on": facts.correction_asked_on,
            "correction_until": facts.correction_until,
            "corrected_on": facts.corrected_on,
            "extension": facts.extension,
            "extended_on": facts.received_on if facts.extension else None,
        }

    def _ending(self, outcome: str, received: date, closed: date) -> dict:
        row = {"status": Status.CLOSED.value, "closed_on": closed, "outcome": outcome}
        if outcome in CLOSINGS:
            return row
        return row | {
            "draft_outcome": outcome,
            "drafted_on": received,
            "signed_on": closed,
            "document_number": "宝政公开〔2025〕12号",
            "service": DisclosureRequest.Service.POSTED.value,
        }

    def _standing(self, facts: Facts, received: date | None, due: date | None) -> dict:
        """How far an open one has come."""
        if received is None:
            status = Status.REGISTERED
        elif facts.correction_asked_on and not facts.corrected_on:
            status = Status.CORRECTING
        elif facts.fee_notified_on and not facts.fee_paid_on:
            status = Status.PAYING
        else:
            status = self.dice.choice((Status.HANDLING,) * 3 + (Status.REVIEW,))
            if status is Status.REVIEW and self._chance(0.3):
                status = Status.SIGNED
        row = {"status": status.value}
        if status in (Status.REVIEW, Status.SIGNED):
            row |= {"draft_outcome": Outcome.DISCLOSED.value, "drafted_on": received}
        if status is Status.SIGNED:
            row["signed_on"] = LAST
        return row

    def _consultation(self, pk: int, consulted: Consulted) -> dict:
        answered = consulted.answered_on
        return {
            "case_id": pk,
            "kind": consulted.kind.value,
            "party": "某某建设有限公司",
            "sent_on": consulted.sent_on,
            "delivered_on": consulted.delivered_on,
            "answered_on": answered,
            "opinion": Consultation.Opinion.AGREES.value if answered else "",
        }

    def _fee(self, pk: int, facts: Facts) -> dict:
        return {
            "case_id": pk,
            "kind": Fee.Kind.BY_VOLUME.value,
            "quantity": 40,
            "amount": 100,
            "notified_on": facts.fee_notified_on,
            "paid_on": facts.fee_paid_on,
        }

    def _remedy(self, pk: int, closed: date) -> dict:
        filed = self._past(closed + self._days(60))
        decided = filed + timedelta(days=30) + self._days(90)
        ended = decided <= LAST
        return {
            "case_id": pk,
            "kind": self.dice.choice(Remedy.Kind.values),
            "body": "宝鸡市人民政府",
            "filed_on": filed,
            "decided_on": decided if ended else None,
            "result": self.dice.choice(Remedy.Result.values) if ended else "",
        }
