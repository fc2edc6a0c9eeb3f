"""The words in which a due date is explained, and the remedies that a reply leaves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.clocks import ONE_DAY, Stretch
from casework.models import CalendarDay
from casework.reasons import (
    NOTICES,
    Month,
    Reason,
    last_day,
    months,
    told,
    with_names,
    written,
)
from disclosure.deadlines import (
    ARRIVED,
    CONFIRMED,
    SUBMITTED,
    receipt_rule,
    regime_on,
    stretches,
)
from disclosure.models import Channel, Consultation, DisclosureRequest, Outcome
from disclosure.outcomes import CLOSINGS, RECONSIDERATION_FIRST

BASE = {
    "2007": gettext_lazy("Regulation of 2007, art. 24"),
    "2019": gettext_lazy("Regulation of 2019, art. 33"),
}
RECEIPT = {
    "2007": gettext_lazy("Letter 国办公开办函〔2015〕207号"),
    "2019": gettext_lazy("Regulation of 2019, art. 31"),
}
# To another unit of the organ: art. 31 does not mention it, the letter of 2015 did.
BY_ANALOGY = gettext_lazy("Convention: as an ordinary letter, art. 31")
RECEIVED = {
    SUBMITTED: gettext_lazy("Received on %(day)s, the day it was handed in."),
    ARRIVED: gettext_lazy("Received on %(day)s, the day it arrived or was signed for."),
    CONFIRMED: gettext_lazy("Received on %(day)s, the day receipt was confirmed."),
}
CORRECTION = {
    "2007": gettext_lazy("Convention: the Regulation of 2007 does not say"),
    "2019": gettext_lazy("Regulation of 2019, art. 30"),
}
NOT_COUNTED = {
    "2007": gettext_lazy(
        "Regulation of 2007, art. 24; from which day to which: convention"
    ),
    "2019": gettext_lazy(
        "Regulation of 2019, art. 33; from which day to which: convention"
    ),
}
FEE = gettext_lazy("Fee measures 国办函〔2020〕109号")
WAITING = {
    "confirmation": gettext_lazy(
        "Receipt has not been confirmed: no time limit runs yet."
    ),
    "correction": gettext_lazy(
        "The applicant has been asked to correct the request: the limit starts when "
        "the corrected request is received."
    ),
    "payment": gettext_lazy(
        "The fee has not been paid yet: the limit starts anew after payment."
    ),
    "opinion": gettext_lazy(
        "A third party has been asked for its opinion: that time is not counted."
    ),
}
STOPPED = gettext_lazy("not counted: consultation")


def reasons(case: DisclosureRequest) -> Iterator[Reason]:
    """Why the due date is what it is, from what was stored when it was reckoned.

    Says nothing of who asks or who was consulted, so that it can be shown to anyone.
    """
    why = case.due_why
    yield _receipt(why)
    if why.get("late_correction_notice"):
        text = _(
            "Correction was asked for too late: by convention this does not stop or "
            "restart the limit."
        )
        yield Reason(text, str(CORRECTION[why["regime"]]))
    if why.get("late_fee_notice"):
        text = _(
            "The fee notice was given after the limit had run out: by convention this "
            "does not restart it."
        )
        yield Reason(text, str(FEE))
    if "due" in why:
        yield from _limit(why)
    elif "regime" in why:
        sources = {"correction": CORRECTION[why["regime"]], "payment": FEE}
        source = sources.get(why["waiting"], BASE[why["regime"]])
        yield Reason(str(WAITING[why["waiting"]]), str(source))


def _receipt(why: dict) -> Reason:
    """Which day is the day of receipt, if it has come."""
    facts = why["facts"]
    submitted_on, arrived_on = (
        day and date.fromisoformat(day)
        for day in (facts["submitted_on"], facts["arrived_on"])
    )
    version = regime_on(arrived_on or submitted_on).code
    by_analogy = version == "2019" and facts["channel"] == Channel.OTHER_UNIT
    source = str(BY_ANALOGY if by_analogy else RECEIPT[version])
    if "received_on" not in why:
        return Reason(str(WAITING[why["waiting"]]), source)
    rule = receipt_rule(facts["channel"], submitted_on, arrived_on)
    return Reason(RECEIVED[rule] % {"day": written(why["received_on"])}, source)


def _limit(why: dict) -> Iterator[Reason]:
    """From when, how long, and which days do not count."""
    basis = str(BASE[why["regime"]])
    if why["started_by"] == "corrected":
        text = _(
            "The limit starts anew with the corrected request, received on %(day)s."
        )
        source = str(CORRECTION[why["regime"]])
        yield Reason(text % {"day": written(why["start"])}, source)
    elif why["started_by"] == "paid":
        text = _("The limit starts anew after the fee was paid, on %(day)s.")
        yield Reason(text % {"day": written(why["start"])}, str(FEE))
    text = _("%(count)d working days to reply, counted from the day after.")
    yield Reason(text % {"count": why["base"]}, basis)
    if why["extension"]:
        text = ngettext(
            "Extended by %(count)d working day.",
            "Extended by %(count)d working days.",
            why["extension"],
        )
        yield Reason(text % {"count": why["extension"]}, basis)
    for after, until, kind in why["stops"]:
        text = _(
            "Not counted: consultation (%(kind)s), after %(after)s up to %(until)s."
        )
        values = {
            "kind": Consultation.Kind(kind).label,
            "after": written(after),
            "until": written(until),
        }
        yield Reason(text % values, str(NOT_COUNTED[why["regime"]]))
    yield from _special_days(why)
    yield from last_day(why)


def _special_days(why: dict) -> Iterator[Reason]:
    for working, text in (
        (False, _("Days of rest within the limit: %(days)s.")),
        (True, _("Make-up working days, which count: %(days)s.")),
    ):
        days = [
            _("%(day)s (%(festival)s)")
            % {"day": written(day), "festival": CalendarDay.Festival(festival).label}
            for day, works, festival in why["special"]
            # The first day is not counted, whatever it is.
            if works is working and day > why["start"]
        ]
        if days:
            yield Reason(text % {"days": _("; ").join(days)}, str(NOTICES))


@dataclass(frozen=True)
class Counted:
    """A run of days as it is shown: from, to, which numbers of the count, and why."""

    first: date
    last: date
    numbers: str
    kind: str
    text: str


def counted(case: DisclosureRequest) -> Iterator[Counted]:
    """The days of the limit, one run after another."""
    for stretch in stretches(case.due_why):
        numbers = "–".join(str(n) for n in sorted(set(stretch.numbers or ())))
        yield Counted(
            stretch.first, stretch.last, numbers, stretch.kind, _told(stretch)
        )


def _told(stretch: Stretch) -> str:
    if stretch.kind != "stopped":
        return told(stretch)
    kinds = stretch.detail.split("+")
    return with_names(STOPPED, [Consultation.Kind(kind).label for kind in kinds])


def calendar(case: DisclosureRequest) -> list[Month]:
    """Every day from receipt to the last one, and what became of it."""
    if "due" not in case.due_why:
        return []
    return months(_every(case.due_why), date.fromisoformat(case.due_why["due"]), _told)


def _every(why: dict) -> Iterator[Stretch]:
    received, start = (date.fromisoformat(why[day]) for day in ("received_on", "start"))
    if received < start:
        yield Stretch(received, start - ONE_DAY, "before")
    yield Stretch(start, start, "start")
    yield from stretches(why)


RECONSIDERATION_FIRST_SINCE = date(2024, 1, 1)
"""行政复议法 (2023) art. 23 para. 1 no. 4."""


def reconsideration_first(outcome: str, decided_on: date) -> bool:
    """Whether a reply of this day cannot be taken to court at once."""
    since = RECONSIDERATION_FIRST_SINCE
    return outcome in RECONSIDERATION_FIRST and decided_on >= since


def remedies(outcome: str, decided_on: date) -> str:
    """Which remedies an ending of this day leaves, or nothing if none was decided."""
    if outcome in (Outcome.WITHDRAWN, Outcome.OTHER):
        return ""
    if outcome in CLOSINGS:
        return _(
            "If you disagree that the request is no longer handled, you may apply for "
            "administrative reconsideration within 60 days of learning of it, or go to "
            "court within 6 months."
        )
    if reconsideration_first(outcome, decided_on):
        return _(
            "If you disagree, you must first apply for administrative reconsideration, "
            "within 60 days of receiving the reply; only after it can you go to court, "
            "within 15 days of receiving the decision."
        )
    return _(
        "If you disagree, you may apply for administrative reconsideration within 60 "
        "days of receiving the reply, or go to court within 6 months."
    )
