"""What anyone may see of a request: the look-up by reference number and query code."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from casework.compiled import Compiled
from casework.models import Attempts, Try
from casework.references import read, tidy
from casework.workflow import REGISTER
from disclosure import codes
from disclosure.models import Outcome, RequestEvent, Status
from disclosure.reasons import reasons, remedies
from disclosure.workflow import workflow

BY_ADDRESS = (30, timedelta(minutes=10))
BY_NUMBER = (10, timedelta(hours=24))
"""How many tries in which time; of a number, only those that failed."""

NEXT = {
    Status.REGISTERED: _("The office will confirm receipt with you."),
    Status.HANDLING: _("The office is handling your request and will reply in time."),
    Status.CORRECTING: _("Please correct your request by the day given in the notice."),
    Status.PAYING: _("Please pay the fee as the notice says."),
    Status.REVIEW: _("The office is handling your request and will reply in time."),
    Status.SIGNED: _("The reply is about to be sent to you."),
    Status.CLOSED: _("The request has been dealt with."),
}


class LookUpForm(forms.Form):
    number = forms.CharField(
        label=_("reference number"),
        max_length=60,
        help_text=_("For example BJ-2026-0001-75, as printed on your receipt slip."),
        error_messages={"required": _("Enter the reference number.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    code = forms.CharField(
        label=_("query code"),
        max_length=60,
        help_text=_("Ten letters and digits, on the same slip."),
        error_messages={"required": _("Enter the query code.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_number(self):
        try:
            return read(self.cleaned_data["number"])
        except ValueError:
            message = _("This is not a reference number. Please compare it again.")
            raise ValidationError(message, "number") from None

    def clean_code(self):
        return tidy(self.cleaned_data["code"])


def _network(address: str) -> str:
    """The neighbourhood that counts as one: /24, or /64 of the newer addresses."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 64), strict=False))


def _find(request, number: str, code: str) -> tuple | None:
    """The request, unless something is wrong or tried too often: then nothing, alike.

    The try is counted before anything is told, by one statement and therefore in some
    order: of all who try at once, as many are let through as one after the other.
    """
    found = codes.find(number, code)
    (limit, window), (number_limit, number_window) = BY_ADDRESS, BY_NUMBER
    network = _network(request.META.get("REMOTE_ADDR", ""))
    here, failed = Attempts.objects.tried(
        timezone.now(),
        Try(f"look-up:{network}", window),
        Try(f"look-up:{number}", number_window, weight=0 if found else 1),
    )
    return found if here <= limit and failed < number_limit else None


@require_http_methods(["GET", "HEAD", "POST"])
def status(request):
    """The public look-up. By post, so that nothing stands in an address or a log."""
    form = LookUpForm(request.POST or None)
    case = None
    if form.is_valid():
        case = _find(request, **form.cleaned_data)
        if not case:
            message = _(
                "No request was found for this number and code, or they were tried too "
                "often. Please compare both with your slip, try again later or call us."
            )
            form.add_error(None, ValidationError(message, "not_found"))
    # What is typed into the address goes nowhere: not into the page either.
    context = {"form": form, "phone": settings.OFFICE_PHONE, "here": request.path}
    if case:
        phone = case.agency__phone or settings.OFFICE_PHONE
        context |= {"seen": public(case), "phone": phone}
    answer = render(request, "disclosure/status.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


_EVENTS = Compiled(
    lambda pk: RequestEvent.objects.filter(case=pk).values_list("step", "on"), like=0
)
_TOLD = {REGISTER} | {step.name for step in workflow.steps.values() if step.public}
_REPLIED = {"serve", "reply_on_the_spot"}
# Told as stages of their own.
_STAGES = {REGISTER, "confirm"} | {
    step.name for step in workflow.steps.values() if step.target == Status.CLOSED
}


@dataclass(frozen=True)
class Stage:
    """A part of the way of a request: what, whether it is over, and when."""

    label: str
    state: Literal["done", "now", "ahead"]
    on: date | None = None
    until: date | None = None


def _stages(case, events: list) -> Iterator[Stage]:
    """The way of a request, from its registration to its end.

    Between receipt and handling stands whatever has happened besides.
    """
    status = case.status
    received, closed = status != Status.REGISTERED, status == Status.CLOSED
    replied = any(event.step in _REPLIED for event in events)
    for event in events:
        if event.step == REGISTER:
            yield Stage(pgettext_lazy("stage", "Registered"), "done", event.on)
    if received:
        yield Stage(pgettext_lazy("stage", "Received"), "done", case.received_on)
    else:
        yield Stage(_("Receipt to be confirmed"), "now")
    for event in events:
        if event.step not in _STAGES:
            yield Stage(workflow.label(event.step), "done", event.on)
    if status == Status.CORRECTING:
        until = case.correction_until
        yield Stage(_("Waiting for your correction"), "now", until=until)
    elif status == Status.PAYING:
        yield Stage(_("Waiting for your payment"), "now")
    if replied or not closed:
        handled = status in (Status.HANDLING, Status.REVIEW)
        done = closed or status == Status.SIGNED
        handling = "now" if handled else "done" if done else "ahead"
        yield Stage(_("Being handled"), handling)
        reply = "done" if closed else "now" if status == Status.SIGNED else "ahead"
        until = None if closed else case.due_on
        yield Stage(pgettext_lazy("stage", "Reply"), reply, case.closed_on, until)
    yield Stage(
        pgettext_lazy("stage", "Done"), "now" if closed else "ahead", case.closed_on
    )


def public(case) -> dict:
    """All that anyone may know; the template gets this, and not the case."""
    events = [event for event in _EVENTS.rows(case.pk) if event.step in _TOLD]
    return {
        "number": case.number,
        "status": Status(case.status).label,
        "next": NEXT[case.status],
        "stages": list(_stages(case, events)),
        "received_on": case.received_on,
        "due_on": case.due_on,
        "provisional": case.due_provisional,
        "reasons": list(reasons(case)),
        "correction_until": case.correction_until
        if case.status == Status.CORRECTING
        else None,
        "outcome": Outcome(case.outcome).label if case.outcome else "",
        "closed_on": case.closed_on,
        "remedies": remedies(case.outcome, case.closed_on) if case.closed_on else "",
    }
