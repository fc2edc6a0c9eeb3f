"""What may be done to a request, in which order, and what the Regulation asks of it."""

from django.utils.translation import gettext_lazy as _

from casework.models import CalendarDay
from casework.workflow import SAME, Step, Workflow
from casework.workflow.guards import ended_as, limit_not_over, refusal
from disclosure import fees
from disclosure.deadlines import asked_in_time, fee_due, last_day_to_ask, regime_on
from disclosure.models import DisclosureRequest, Fee, Outcome, Status

HANDLE = "disclosure.handle_disclosurerequest"
APPROVE = "disclosure.approve_disclosurerequest"
REVEAL = "disclosure.reveal_applicant"

OPEN = (
    Status.HANDLING,
    Status.CORRECTING,
    Status.PAYING,
    Status.REVIEW,
    Status.SIGNED,
)
RUNNING = (Status.HANDLING, Status.REVIEW, Status.SIGNED)
ANY = (Status.REGISTERED, *OPEN, Status.CLOSED)


def initial(case):
    """Received at once where the law does not wait for an act of the office."""
    return Status.HANDLING if case.received_on else Status.REGISTERED


def not_asked_before(case):
    """Once only: 一次性告知 (art. 30)."""
    if case.correction_asked_on:
        return refusal("asked_before", _("A correction is asked for only once."))
    return None


def asked_while_it_counts(case, on, facts):
    """A later notice needs a reason, is flagged, and does not restart the limit."""
    calendar = CalendarDay.objects.as_calendar()
    if facts["note"].strip() or asked_in_time(case.received_on, on, calendar):
        return None
    return refusal(
        "asked_late",
        _(
            "To stop the clock, a correction is asked for by %(day)s. A later notice "
            "does not stop it; record it with a reason."
        ),
        day=last_day_to_ask(case.received_on, calendar),
    )


def period_ahead(case, on, facts):
    if facts["correction_until"] > on:
        return None
    return refusal("period_past", _("The period for correcting must lie ahead."))


def correction_period_over(case, on, facts):
    if on > case.correction_until:
        return None
    return refusal(
        "period_running",
        _("The applicant may still correct the request, until %(day)s."),
        day=case.correction_until,
    )


def payment_period_over(case, on, facts):
    (fee,) = case.rows("fees")
    last = fee_due(fee.notified_on, CalendarDay.objects.as_calendar())
    if on > last:
        return None
    return refusal(
        "period_running", _("The applicant may still pay, until %(day)s."), day=last
    )


def extension_within_cap(case, on, facts):
    cap = regime_on(case.received_on).extension
    if 0 < facts["extension"] <= cap:
        return None
    return refusal(
        "extension_cap",
        _("The extension may be from 1 to %(cap)s working days."),
        cap=cap,
    )


def not_extended_before(case):
    """One extension (a convention: the law speaks of one extended period)."""
    if case.extended_on:
        return refusal("extended_before", _("The limit has been extended already."))
    return None


def not_charged_before(case):
    """One tariff for a request, never both (国办函〔2020〕109号 art. 3)."""
    if case.rows("fees"):
        return refusal("charged_before", _("A request is charged for once."))
    return None


def fee_in_force(case):
    if case.received_on >= fees.FIRST_DAY:
        return None
    return refusal(
        "no_tariff",
        _("The processing fee is charged for requests received from 2021-01-01."),
    )


def earlier_pieces(case):
    """How many requests of the same applicant were received earlier in the month.

    By the day of receipt: a convention, since the measures do not say which day counts.
    """
    if not case.identity_hash:
        return {}
    received = case.received_on
    earlier = DisclosureRequest.objects.filter(
        agency=case.agency,
        identity_hash=case.identity_hash,
        received_on__range=(received.replace(day=1), received),
        pk__lt=case.pk,
    )
    return {"earlier": earlier.count()}


def notified_while_it_counts(case, on, facts):
    """A fee notice belongs into the time to reply; a later one does not restart it."""
    if facts["note"].strip() or case.due_on is None or on <= case.due_on:
        return None
    return refusal(
        "notified_late",
        _(
            "To stop the clock, a fee notice is given by %(day)s. A later notice does "
            "not stop it; record it with a reason."
        ),
        day=case.due_on,
    )


def cost_only(case):
    """Costs were charged under the Regulation of 2007 only (art. 27)."""
    if regime_on(case.received_on).code == "2007":
        return None
    return refusal(
        "no_cost_fee", _("Costs are charged only for requests under the 2007 version.")
    )


def repetition_linked(case, on, facts):
    """Not asked of a ledger of the past, which does not say what was repeated."""
    repeated = facts["whole"] and facts["draft_outcome"] == Outcome.REPEATED
    if not repeated or case.repeats_id:
        return None
    return refusal(
        "not_linked", _("Link the earlier request before calling this one repeated.")
    )


def opinions_in(case, on, facts):
    """The organ decides when every opinion is in, or its time is over (art. 32).

    The version of 2007 gives no time: there it may decide without, and says why.
    """
    regime = regime_on(case.received_on)
    calendar = CalendarDay.objects.as_calendar()
    for row in case.rows("consultations"):
        if row.answered_on:
            continue
        limit = row.facts.limit(regime, calendar)
        if (on <= limit) if limit else not facts["note"].strip():
            return refusal(
                "opinion_open", _("An opinion that was asked for is still outstanding.")
            )
    return None


def on_the_day_of_receipt(case, on, facts):
    if on in (case.received_on, case.corrected_on):
        return None
    return refusal(
        "not_on_the_spot", _("An on-the-spot reply is given on the day of receipt.")
    )


def another_request(case, on, facts):
    if facts["repeats"].pk != case.pk:
        return None
    return refusal("itself", _("A request cannot repeat itself."))


def as_drafted(case):
    return {"outcome": case.draft_outcome}


workflow = Workflow(
    DisclosureRequest,
    Step(
        "confirm", _("Confirm receipt"),
        (Status.REGISTERED,), Status.HANDLING, HANDLE, "confirmed_on",
        public=True, onward=True,
    ),
    Step(
        "correct", _("Corrected request received"),
        (Status.CORRECTING,), Status.HANDLING, HANDLE, "corrected_on",
        public=True, onward=True,
    ),
    Step(
        "pay", _("Fee paid"),
        (Status.PAYING,), Status.HANDLING, HANDLE, "paid_on",
        mends="fees", public=True, onward=True,
    ),
    Step(
        "submit_draft", _("Submit draft reply"),
        (Status.HANDLING,), Status.REVIEW, HANDLE, "drafted_on",
        ("draft_outcome", "grounds"), optional=frozenset({"grounds"}),
        guards=(repetition_linked,),
        onward=True,
    ),
    Step(
        "sign", _("Sign reply"),
        (Status.REVIEW,), Status.SIGNED, APPROVE, "signed_on", ("document_number",),
        guards=(opinions_in,),
        onward=True,
    ),
    Step(
        "serve", _("Serve reply"),
        (Status.SIGNED,), Status.CLOSED, HANDLE, "closed_on", ("service",),
        sets=as_drafted, public=True, onward=True,
    ),
    Step(
        "return_draft", _("Return for rework"),
        (Status.REVIEW,), Status.HANDLING, APPROVE,
        reason=True,
    ),
    Step(
        "reply_on_the_spot", _("Reply on the spot"),
        (Status.HANDLING,), Status.CLOSED, HANDLE, "closed_on",
        ("draft_outcome", "grounds"), optional=frozenset({"grounds"}),
        sets=as_drafted, guards=(on_the_day_of_receipt, repetition_linked), public=True,
    ),
    Step(
        "ask_correction", _("Ask for correction"),
        (Status.HANDLING,), Status.CORRECTING, HANDLE, "correction_asked_on",
        ("correction_until", "correction_points"),
        preconditions=(not_asked_before,), guards=(asked_while_it_counts, period_ahead),
        public=True,
    ),
    Step(
        "lapse", _("Not corrected in time: deemed abandoned"),
        (Status.CORRECTING,), Status.CLOSED, HANDLE, "closed_on",
        sets=ended_as(Outcome.NOT_CORRECTED), guards=(correction_period_over,),
        public=True,
    ),
    Step(
        "consult", _("Consult third party or other organ"),
        (Status.HANDLING, Status.REVIEW), SAME, HANDLE, "sent_on", ("kind", "party"),
        adds="consultations", public=True,
    ),
    Step(
        "letter_delivered", _("Consultation letter received by them"),
        OPEN, SAME, HANDLE, "delivered_on",
        mends="consultations",
    ),
    Step(
        "record_opinion", _("Opinion received"),
        OPEN, SAME, HANDLE, "answered_on", ("opinion",),
        mends="consultations", public=True,
    ),
    Step(
        "extend", _("Extend the limit"),
        RUNNING, SAME, APPROVE, "extended_on", ("extension",),
        reason=True, public=True,
        preconditions=(not_extended_before,),
        guards=(extension_within_cap, limit_not_over),
    ),
    Step(
        "notify_fee", _("Fee notice received by applicant"),
        (Status.HANDLING,), Status.PAYING, HANDLE, "notified_on",
        ("kind", "quantity", "earlier"), suggests=earlier_pieces,
        optional=frozenset({"earlier"}), adds="fees",
        preconditions=(fee_in_force, not_charged_before),
        guards=(notified_while_it_counts,),
        choices={"kind": (Fee.Kind.BY_PIECE, Fee.Kind.BY_VOLUME)}, public=True,
    ),
    Step(
        "lapse_unpaid", _("Fee not paid in time: deemed abandoned"),
        (Status.PAYING,), Status.CLOSED, HANDLE, "closed_on",
        sets=ended_as(Outcome.FEE_UNPAID), guards=(payment_period_over,), public=True,
    ),
    Step(
        "charge_costs", _("Costs collected (2007 version)"),
        (*RUNNING, Status.CORRECTING, Status.CLOSED), SAME, HANDLE, "paid_on",
        ("quantity", "amount"),
        adds="fees", preconditions=(cost_only, not_charged_before),
        sets=lambda case: {"kind": Fee.Kind.COST},
    ),
    Step(
        "link", _("Link the earlier request that this repeats"),
        ANY, SAME, HANDLE, "", ("repeats",),
        guards=(another_request,),
    ),
    Step(
        "attach", _("Attach a file"),
        ANY, SAME, HANDLE, "added_on", ("title", "file"),
        adds="attachments",
    ),
    Step(
        "withdraw", _("Withdrawn by the applicant"),
        OPEN, Status.CLOSED, HANDLE, "closed_on",
        sets=ended_as(Outcome.WITHDRAWN), public=True,
    ),
    Step(
        "close", _("Close for another reason"),
        OPEN, Status.CLOSED, APPROVE, "closed_on",
        sets=ended_as(Outcome.OTHER), reason=True, public=True,
    ),
    Step(
        "file_remedy", _("Remedy sought"),
        (*OPEN, Status.CLOSED), SAME, HANDLE, "filed_on", ("kind", "body"),
        adds="remedies",
    ),
    Step(
        "decide_remedy", _("Remedy decided"),
        (*OPEN, Status.CLOSED), SAME, HANDLE, "decided_on", ("result",),
        mends="remedies",
    ),
    Step(
        "issue_code", _("Issue receipt slip with query code"),
        ANY, SAME, HANDLE, "", ("code_hash",),
    ),
    # Noted by what draws it up, and open from no status: nobody takes it by hand.
    Step("letter", _("Letter drawn up"), (), SAME, HANDLE),
    Step("reveal", _("See the applicant's identity"), ANY, SAME, REVEAL, reason=True),
    initial=initial,
    initials=(Status.REGISTERED, Status.HANDLING),
    closed=Status.CLOSED,
)  # fmt: skip
