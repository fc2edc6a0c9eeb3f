"""Reminding bodies by e-mail of the figures that they have not sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.models import Agency, User
from reports.logged import log
from reports.models import Submission
from reports.reminders import People
from reports.returns.days import internal, statutory
from reports.returns.deeds import HANDLE, held, may_approve


@dataclass
class Outcome:
    """Who was reminded, and who was not, and why."""

    reminded: list[Agency] = field(default_factory=list)
    failed: list[tuple[Agency, str]] = field(default_factory=list)


def remind(agencies: Iterable[Agency], year: int, by: User, on: date) -> Outcome:
    """A message to each of them that has not sent its figures; one a day.

    ValidationError where no mail can be sent at all.
    """
    agencies = list(agencies)
    if on.year <= year:
        message = _("The year of these figures is not over yet.")
        raise ValidationError(message, "year_not_over")
    if not all(may_approve(by, agency) for agency in agencies):
        raise PermissionDenied
    if not (settings.EMAIL_URL and settings.SITE_ADDRESS):
        message = _("No mail can be sent: ask whoever runs the system to set it up.")
        raise ValidationError(message, "no_mail")
    people, outcome, post = People(), Outcome(), get_connection()
    try:
        post.open()
        for agency in agencies:
            _remind(agency, year, by, on, people.of(agency, HANDLE), post, outcome)
        post.close()
    except (OSError, SMTPException) as error:
        # The server is gone: it would be for the others too.
        done = {*outcome.reminded, *(agency for agency, _why in outcome.failed)}
        why = str(error) or type(error).__name__
        outcome.failed += [(agency, why) for agency in agencies if agency not in done]
    return outcome


def _remind(
    agency: Agency,
    year: int,
    by: User,
    on: date,
    to: list[str],
    post: BaseEmailBackend,
    outcome: Outcome,
):
    """Held while it is sent, so that of two who remind at once one does."""
    with held(agency, year, by) as submission:
        if submission.submitted_on or submission.reminded_on == on:
            return
        if not to:
            why = _("nobody to write to (no e-mail address, or no permission)")
            outcome.failed.append((agency, why))
            return
        try:
            _letter(submission, agency, to, post).send()
        except SMTPRecipientsRefused as refusal:
            outcome.failed.append((agency, _said(refusal)))
            return
        submission.reminded_on = on
        submission.save(update_fields=["reminded_on"])
        log(by, submission, "reminded_on")
        outcome.reminded.append(agency)


def _said(refusal: SMTPRecipientsRefused) -> str:
    """What the server said of each address: none of them is known to it."""
    return "; ".join(
        f"{address}: {code} {why.decode(errors='replace')}"
        for address, (code, why) in refusal.recipients.items()
    )


def _letter(
    submission: Submission, agency: Agency, to: list[str], post: BaseEmailBackend
) -> EmailMessage:
    year = submission.year
    with override(settings.LANGUAGE_CODE):
        page = reverse("reports:return", args=[year, agency.code])
        said = {
            "agency": agency,
            "year": year,
            "submission": submission,
            "internal": internal(year),
            "statutory": statutory(year, agency.kind),
            "address": settings.SITE_ADDRESS + page,
        }
        subject = _("Please send the figures of %(year)s: %(agency)s") % said
        text = render_to_string("returns.txt", said, using="text")
    return EmailMessage(subject, text, to=to, connection=post)
