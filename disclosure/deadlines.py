"""The Regulation's time limits, by version; the day of receipt, by channel.

The Regulation on Open Government Information (政府信息公开条例) in its two versions:
State Council Order 492, in force from 2008-05-01, and Order 711, from 2019-05-15.
Neither has a transitional clause: by convention, the day of receipt chooses.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from casework.clocks import Clock, Deadline, Stop, Stretch, WorkingDays
from casework.workdays import SpecialDay, WorkCalendar

SUBMITTED, ARRIVED, CONFIRMED = "submitted_on", "arrived_on", "confirmed_on"
"""The day of handing in, of arriving (of signing for it), of confirming receipt."""


@dataclass(frozen=True)
class Regime:
    """One version of the Regulation; numbers of days are working days."""

    code: str
    since: date
    base: int
    """To reply (art. 24 of 2007; art. 33 of 2019)."""
    extension: int
    """At most this many more (the same articles)."""
    correction: int | None
    """To ask for a correction, from receipt (art. 30 of 2019; none in 2007)."""
    opinion: int | None
    """For a consulted party, from its receipt (arts. 32, 34 of 2019; none in 2007)."""
    not_counted: frozenset[str]
    """Whose consultation is not counted (art. 24 para. 3 of 2007; art. 33 para. 3)."""
    receipt: dict[str, str]
    """Which day is the day of receipt (收到申请之日), by channel."""


_BY_HAND_AND_POST = {
    "in_person": SUBMITTED,
    "registered_post": ARRIVED,
    "ems": ARRIVED,
    "ordinary_letter": CONFIRMED,
    # Addressed to another unit or person of the organ: as an ordinary letter.
    "other_unit": CONFIRMED,
    "fax": CONFIRMED,
    "online": CONFIRMED,
}
REGIMES = (
    # Order 711: arts. 30 to 34
    Regime(
        "2019",
        date(2019, 5, 15),
        base=20,
        extension=20,
        correction=7,
        opinion=15,
        not_counted=frozenset({"third_party", "agency"}),
        receipt=_BY_HAND_AND_POST | {"email": CONFIRMED},
    ),
    # Order 492: art. 24; letter 国办公开办函〔2015〕207号 for the day of receipt
    Regime(
        "2007",
        date(2008, 5, 1),
        base=15,
        extension=15,
        correction=None,
        opinion=None,
        not_counted=frozenset({"third_party"}),
        receipt=_BY_HAND_AND_POST | {"email": ARRIVED},
    ),
)
FIRST_DAY = REGIMES[-1].since
FEE_TERM = WorkingDays(20)
"""To pay the information processing fee, from the day after receipt of the notice
(国办函〔2020〕109号)."""


def regime_on(day: date) -> Regime:
    """The version in force on the day; ValueError before the Regulation."""
    for regime in REGIMES:
        if day >= regime.since:
            return regime
    raise ValueError(f"{day} is before the Regulation came into force")


def receipt_rule(channel: str, submitted_on: date, arrived_on: date | None) -> str:
    """Which day counts as receipt: SUBMITTED, ARRIVED or CONFIRMED."""
    return regime_on(arrived_on or submitted_on).receipt[channel]


def received_on(
    channel: str,
    submitted_on: date,
    arrived_on: date | None = None,
    confirmed_on: date | None = None,
) -> date | None:
    """The day of receipt (收到申请之日), from which every limit counts.

    None while it is an act of the office, confirming, that has not been done. An
    arrival that was not noted is taken to be the day of submission.
    """
    rule = receipt_rule(channel, submitted_on, arrived_on)
    if rule == CONFIRMED:
        return confirmed_on
    return submitted_on if rule == SUBMITTED else arrived_on or submitted_on


@dataclass(frozen=True)
class Consulted:
    """A consultation: whom, sent, received by them, answered."""

    kind: str
    sent_on: date
    delivered_on: date | None = None
    answered_on: date | None = None

    def limit(self, regime: Regime, calendar: WorkCalendar) -> date | None:
        """The last day for the opinion; None where the version sets no limit.

        Until it is known when the letter arrived, it is taken to have arrived on the
        day it was sent, the earliest possible: a date too early is safe, one too late
        is not.
        """
        if regime.opinion is None:
            return None
        return calendar.add(self.delivered_on or self.sent_on, regime.opinion)

    def stop(self, regime: Regime, calendar: WorkCalendar) -> Stop | None:
        """The time not counted: from the day after sending to the day of the opinion,
        or to the last day for it, whichever is first (a convention; the law says only
        "the time needed"). None while it has no end yet."""
        ends = (self.answered_on, self.limit(regime, calendar))
        until = min((day for day in ends if day), default=None)
        return Stop(self.sent_on, until, self.kind) if until else None


@dataclass(frozen=True)
class Facts:
    """What the reply limit of one request depends on."""

    channel: str
    submitted_on: date
    arrived_on: date | None = None
    confirmed_on: date | None = None
    correction_asked_on: date | None = None
    correction_until: date | None = None
    corrected_on: date | None = None
    fee_notified_on: date | None = None
    fee_paid_on: date | None = None
    extension: int = 0
    consultations: tuple[Consulted, ...] = ()

    @property
    def received_on(self) -> date | None:
        return received_on(
            self.channel, self.submitted_on, self.arrived_on, self.confirmed_on
        )


def correction_due(received: date, calendar: WorkCalendar) -> date | None:
    """The last day to ask for a correction (art. 30); None where there is no limit."""
    window = regime_on(received).correction
    return calendar.add(received, window) if window else None


def last_day_to_ask(received: date, calendar: WorkCalendar) -> date:
    """The last day on which asking for a correction stops the limit.

    In the 2007 version, which sets none, it is by convention that of the limit itself:
    a limit that has run out is not started anew.
    """
    regime = regime_on(received)
    return calendar.add(received, regime.correction or regime.base)


def asked_in_time(received: date, asked_on: date, calendar: WorkCalendar) -> bool:
    """Whether a correction notice stops the limit.

    The Regulation does not say what a notice after the 7th working day does. By
    convention it does not restart the limit, and the case is flagged.
    """
    return asked_on <= last_day_to_ask(received, calendar)


def fee_due(notified_on: date, calendar: WorkCalendar) -> date:
    """The last day to pay, from the day the applicant received the notice."""
    return FEE_TERM.after(notified_on, calendar)


def deadline(facts: Facts, calendar: WorkCalendar) -> Deadline:
    """The last day to reply, and why.

    A corrected request starts the limit anew (art. 30); so does a paid fee. While a
    correction, a payment or, in the 2007 version, an opinion is awaited, there is none.
    What began only after the limit had run out changes nothing: it undoes no delay.
    """
    consultations = [_plain(row) for row in facts.consultations]
    why: dict = {"facts": _plain(facts) | {"consultations": consultations}}
    received = facts.received_on
    if received is None:
        return Deadline(None, False, why | {"waiting": "confirmation"})

    regime = regime_on(received)
    why |= {"regime": regime.code, "received_on": received.isoformat()}
    stops, endless = _stops(facts.consultations, regime, calendar)
    term = WorkingDays(regime.base + facts.extension)
    clock, started_by = Clock(received, term, stops), "received"
    waiting = None
    if facts.correction_asked_on:
        if not asked_in_time(received, facts.correction_asked_on, calendar):
            why["late_correction_notice"] = True
        elif facts.corrected_on is None:
            waiting = "correction"
        else:
            clock, started_by = replace(clock, start=facts.corrected_on), "corrected"
    if facts.fee_notified_on:
        if facts.fee_notified_on > clock.due(calendar):
            why["late_fee_notice"] = True
        elif facts.fee_paid_on is None:
            waiting = waiting or "payment"
        elif facts.fee_paid_on > clock.start:
            clock, started_by = replace(clock, start=facts.fee_paid_on), "paid"
    if any(sent_on < clock.due(calendar) for sent_on in endless):
        waiting = waiting or "opinion"
    if waiting:
        return Deadline(None, False, why | {"waiting": waiting})

    due = clock.due(calendar)
    unknown = calendar.unknown(clock.start, due)
    why |= {
        "start": clock.start.isoformat(),
        "started_by": started_by,
        "base": regime.base,
        "extension": facts.extension,
        "stops": [
            [stop.after.isoformat(), stop.until.isoformat(), stop.reason]
            for stop in stops
            if max(stop.after, clock.start) < min(stop.until, due)
        ],
        "special": [
            [day.day.isoformat(), day.working, day.festival]
            for day in calendar.between(clock.start, due)
        ],
        "due": due.isoformat(),
        "unknown_years": unknown,
    }
    return Deadline(due, bool(unknown), why)


def _stops(
    consultations: Iterable[Consulted], regime: Regime, calendar: WorkCalendar
) -> tuple[tuple[Stop, ...], list[date]]:
    """The times not counted, in order; and since when those run that have no end."""
    stops, endless = [], []
    for consulted in consultations:
        if consulted.kind in regime.not_counted:
            stop = consulted.stop(regime, calendar)
            if stop:
                stops.append(stop)
            else:
                endless.append(consulted.sent_on)
    return tuple(sorted(stops)), endless


def stretches(why: dict) -> Iterator[Stretch]:
    """The days that a stored deadline counted and left out, in runs, as it did then."""
    if "due" not in why:
        return
    special = [
        SpecialDay(date.fromisoformat(day), working, festival)
        for day, working, festival in why["special"]
    ]
    stops = tuple(
        Stop(date.fromisoformat(after), date.fromisoformat(until), reason)
        for after, until, reason in why["stops"]
    )
    term = WorkingDays(why["base"] + why["extension"])
    clock = Clock(date.fromisoformat(why["start"]), term, stops)
    yield from clock.stretches(WorkCalendar.of(special))


def _plain(row: Facts | Consulted) -> dict:
    """With days as text: what a JSON column gives back unchanged."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in vars(row).items()
    }
