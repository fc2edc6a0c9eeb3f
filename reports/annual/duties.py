"""What a person's bodies still have to do for last year's report, and of the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Agency, User
from reports.annual.publishing import CHANGE_TEXTS, PUBLISH
from reports.models import AnnualReport, PlanTask, Submission
from reports.plan import HANDLE as REPORT_PROGRESS
from reports.returns.days import internal, statutory
from reports.returns.deeds import APPROVE, HANDLE, kept

SOON = timedelta(days=30)
"""How long before its last day a task of the plan is told."""


@dataclass(frozen=True)
class Duty:
    """So much of a body is still to be done by a day; where it is done."""

    agency: Agency
    count: int
    label: str
    by: date
    address: str
    late: bool


def duties(user: User, today: date) -> list[Duty]:
    """Of the bodies that the person works in; what the others do is theirs."""
    return [
        Duty(agency, count, label, by, address, today > by)
        for agency in user.workplaces
        for wanted in (_silent, _unsent, _unpublished, _undone)
        for count, label, by, address in wanted(user, agency, today)
    ]


Lines = Iterator[tuple[int, str, date, str]]


def _silent(user: User, agency: Agency, today: date) -> Lines:
    """How many right beneath have not sent their figures."""
    if not user.has_perm(APPROVE):
        return
    year = today.year - 1
    sent = Submission.objects.filter(year=year, submitted_on__isnull=False)
    beneath = agency.children.there_in(year)
    if count := beneath.exclude(pk__in=sent.values("agency")).count():
        label = ngettext(
            "body has not sent its figures of %(year)s",
            "bodies have not sent their figures of %(year)s",
            count,
        )
        address = f"{reverse('reports:returns')}?year={year}&agency={agency.code}"
        yield count, label % {"year": year}, internal(year), address


def _unsent(user: User, agency: Agency, today: date) -> Lines:
    """Its own figures; the topmost body sends them to nobody."""
    if not agency.parent_id or not user.has_perm(HANDLE):
        return
    year = today.year - 1
    submission = kept(agency, year)
    if submission.submitted_on:
        return
    if submission.returned_on:
        label = _("figures of %(year)s, returned to be mended")
    else:
        label = _("figures of %(year)s to be sent")
    address = reverse("reports:return", args=[year, agency.code])
    yield 1, label % {"year": year}, internal(year), address


def _unpublished(user: User, agency: Agency, today: date) -> Lines:
    """The first version; a correction is due by no law."""
    year = today.year - 1
    may_write, may_publish = user.has_perm(CHANGE_TEXTS), user.has_perm(PUBLISH)
    versions = AnnualReport.objects.filter(agency=agency, year=year)
    first = versions.order_by("version").values("published_on").first()
    if first and first["published_on"]:
        return
    if first and (may_write or may_publish):
        label = _("annual report of %(year)s to be finished and published")
        address = reverse("reports:annual", args=[year, agency.code])
    elif not first and may_write:
        label = _("annual report of %(year)s to be begun")
        address = reverse("reports:annuals")
    else:
        return
    yield 1, label % {"year": year}, statutory(year, agency.kind), address


def _undone(user: User, agency: Agency, today: date) -> Lines:
    """What falls to it of the plans, and is due soon or overdue."""
    if not user.has_perm(REPORT_PROGRESS):
        return
    undone = PlanTask.objects.filter(unit=agency, due_on__lte=today + SOON).exclude(
        progress=PlanTask.Progress.DONE
    )
    by_year = undone.order_by("year").values_list("year")
    for year, count, by in by_year.annotate(Count("pk"), Min("due_on")):
        label = ngettext(
            "task of the work plan of %(year)s to be done",
            "tasks of the work plan of %(year)s to be done",
            count,
        )
        address = f"{reverse('reports:plan')}?year={year}&unit={agency.code}"
        yield count, label % {"year": year}, by, address
