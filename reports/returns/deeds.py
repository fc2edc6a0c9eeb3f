"""Sending a body's figures, giving them back, and choosing where they come from."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Agency, User
from reports.annual.parts import snapshot
from reports.logged import log
from reports.models import Submission
from reports.returns.places import blank, entered, unequal
from reports.yearly import Yearly

VIEW = "reports.view_submission"
HANDLE = "reports.handle_submission"
APPROVE = "reports.approve_submission"


def may_handle(by: User, agency: Agency) -> bool:
    return by.has_perm(HANDLE) and by.sees(agency)


def may_approve(by: User, agency: Agency) -> bool:
    """Of a body beneath one's own place: nobody gives back what is one's own."""
    own = any(place.pk == agency.pk for place in by.workplaces)
    return by.has_perm(APPROVE) and by.sees(agency) and not own


def kept(agency: Agency, year: int) -> Submission:
    """The submission as it stands; one that is not kept yet, if there is none."""
    found = Submission.objects.filter(agency=agency, year=year).first()
    return found or Submission(agency=agency, year=year)


@contextmanager
def held(agency: Agency, year: int, by: User) -> Iterator[Submission]:
    """The submission, locked until all is done; made, if there is none yet."""
    with transaction.atomic():
        Submission.objects.get_or_create(agency=agency, year=year)
        rows = Submission.objects.visible_to(by).select_for_update(of=["self"])
        yield rows.get(agency=agency, year=year)


@contextmanager
def open_to(agency: Agency, year: int, by: User) -> Iterator[Submission]:
    """The same, for who may fill it in, as long as it has not been sent."""
    if not may_handle(by, agency):
        raise PermissionDenied
    with held(agency, year, by) as submission:
        if submission.submitted_on:
            message = _("These figures have been sent already.")
            raise ValidationError(message, "sent")
        yield submission


def choose(agency: Agency, year: int, by: User, source: str, alone: bool) -> Submission:
    """Where the body's figures come from. Numbers that were entered stay, and count as
    long as they are what is chosen."""
    with open_to(agency, year, by) as submission:
        submission.source = source
        submission.alone = alone and source == Submission.Source.TOTALS
        submission.full_clean(["agency"], validate_unique=False)
        submission.save()
        log(by, submission, "source", "alone")
    return submission


def submit(agency: Agency, year: int, by: User, on: date) -> Submission:
    """The figures as they stand are confirmed and kept.

    ValidationError, with the place of each, for what is blank or does not add up.
    """
    with open_to(agency, year, by) as submission:
        if agency.parent_id is None:
            message = _("No body stands above this one: there is nobody to send to.")
            raise ValidationError(message, "nobody_above")
        if on.year <= year:
            message = _("The year of these figures is not over yet.")
            raise ValidationError(message, "year_not_over")
        yearly = Yearly(year, agency)
        if wrong := list(_unready(submission, yearly)):
            raise ValidationError(wrong)
        submission.submitted_on, submission.submitted_at = on, timezone.now()
        submission.submitted_by = str(by)
        submission.returned_on = None
        submission.figures = snapshot(yearly)
        submission.save()
        log(by, submission, "submitted_on", "figures")
    return submission


def _unready(submission: Submission, yearly: Yearly) -> Iterator[ValidationError]:
    totals = submission.enters_totals
    agency, year = yearly.agency, yearly.year
    yield from blank(year, totals, entered(agency, year))
    if totals:
        yield from unequal(yearly)


def give_back(agency: Agency, year: int, by: User, on: date, remark: str) -> Submission:
    """Back to the body (退回), with what it is to mend."""
    if not may_approve(by, agency):
        raise PermissionDenied
    with held(agency, year, by) as submission:
        if not submission.submitted_on:
            message = _("These figures have not been sent.")
            raise ValidationError(message, "not_sent")
        if not remark.strip():
            message = _("Write what is to be mended.")
            raise ValidationError({"remark": ValidationError(message, "required")})
        submission.submitted_on = submission.submitted_at = None
        submission.returned_on, submission.remark = on, remark.strip()
        submission.save()
        about = {"name": str(_("remark of the office above")), "object": remark.strip()}
        log(by, submission, "returned_on", **about)
    return submission
