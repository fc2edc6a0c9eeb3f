"""What the pages of a request do alike in the admin and at the desk."""

from collections.abc import Iterator
from datetime import date

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import masking
from casework.case_pages import CasePages
from casework.models import CalendarDay
from casework.seals import unseal
from disclosure import codes
from disclosure.deadlines import correction_due, fee_due, regime_on
from disclosure.letters.kinds import letters
from disclosure.models import ApplicantKind, DisclosureRequest, Status
from disclosure.outcomes import RULINGS
from disclosure.reasons import reasons
from disclosure.workflow import HANDLE, REVEAL, workflow

AT_MOST = 20
"""How many requests of the same applicant a page names."""


class RequestPages(CasePages):
    workflow = workflow
    desk_name = "disclosure:request"

    def reasons(self, case):
        return reasons(case)

    def page(self, request, case):
        calendar = CalendarDay.objects.as_calendar()
        handles = request.user.has_perm(HANDLE)
        return {
            "dates": list(dates(case, calendar)),
            "consultations": consultations(case, calendar),
            "basis": basis(case),
            "letters": letters(case, timezone.localdate()) if handles else (),
        }

    # The identity and the slip, which no other kind of case has

    def take_step(self, request, case, name):
        if name == "issue_code" and self.workflow.admits(
            case, request.user, self.workflow.steps[name].permission
        ):
            return self.slip(request, case)
        return super().take_step(request, case, name)

    def step_form(self, request, case, step):
        form = super().step_form(request, case, step)
        if step.name == "reveal":
            # Each time that it is seen is an event, also when the form comes again.
            del form.fields["submission"]
        return form

    def step_taken(self, request, step, case):
        if step.name != "reveal":
            return super().step_taken(request, step, case)
        context = {
            "title": step.label,
            "case": case,
            "lamp": self.lamp(case),
            "identity": unseal(case.identity_sealed),
        }
        return self.show(request, "disclosure/identity", context)

    def slip(self, request, case):
        """The receipt slip; its code is made when asked for, and shown this once."""
        context = {
            "title": workflow.label("issue_code"),
            "case": case,
            "lamp": self.lamp(case),
        }
        if request.method != "POST":
            return self.show(request, "disclosure/issue", context)
        today = timezone.localdate()
        case, code = codes.issue(case, by=request.user, on=today)
        context |= {
            "case": case,
            "code": code,
            "today": today,
            "reasons": list(reasons(case)),
            "look_up": request.build_absolute_uri(reverse("disclosure:status")),
            "back": self.address(case),
        }
        return TemplateResponse(request, "disclosure/slip.html", context)


def masked(case: DisclosureRequest) -> dict[str, str]:
    """What is personal of the applicant, as whoever only reads it sees it."""
    natural = case.applicant_kind == ApplicantKind.NATURAL_PERSON
    return {
        "applicant": masking.mask_name(case.applicant) if natural else case.applicant,
        "identity_number": case.identity_masked,
        "phone": masking.mask_phone(case.phone),
        "email": masking.mask_email(case.email),
        "address": masking.mask_address(case.address),
    }


def same_applicant(case: DisclosureRequest, user):
    """Other requests of the same applicant that the person may see, the latest ones:
    who asks, and how often, is for those who may see an identity."""
    seen = DisclosureRequest.objects.visible_to(user)
    if not case.identity_hash or not user.has_perm(REVEAL):
        return seen.none()
    same = seen.filter(identity_hash=case.identity_hash).exclude(pk=case.pk)
    return same.select_related("agency")[:AT_MOST]


def basis(case: DisclosureRequest) -> str:
    """The articles that the outcome rests on."""
    ruling = RULINGS.get(case.outcome)
    if not ruling:
        return ""
    old = case.received_on and regime_on(case.received_on).code == "2007"
    return ruling.basis_2007 if old else ruling.basis_2019


def dates(case: DisclosureRequest, calendar) -> Iterator[tuple[str, date]]:
    """The other last days that count in the present status, and what for."""
    unasked = case.status == Status.HANDLING and not case.correction_asked_on
    if unasked and (day := correction_due(case.received_on, calendar)):
        yield _("ask for a correction by"), day
    if case.status == Status.CORRECTING:
        yield _("to be corrected by"), case.correction_until
    for fee in case.fees.all():
        if fee.notified_on and not fee.paid_on:
            yield _("to be paid by"), fee_due(fee.notified_on, calendar)


def consultations(case: DisclosureRequest, calendar) -> list:
    """The consultations, each with the last day for the opinion."""
    rows = list(case.consultations.all())
    regime = regime_on(case.received_on) if case.received_on else None
    for row in rows:
        row.limit = regime and row.facts.limit(regime, calendar)
    return rows
