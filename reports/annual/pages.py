"""The desk's pages of annual reports: begun, written, checked, published, compared."""

from collections.abc import Iterator
from functools import wraps
from io import BytesIO

from django.contrib import messages
from django.contrib.admin.models import ADDITION, DELETION
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework.desk.rights import for_those_with
from casework.exports import attached
from casework.models import Agency
from casework.tables import Line
from disclosure.letters.rendering import CONTENT_TYPE
from reports.annual.differences import differences
from reports.annual.draft import Draft
from reports.annual.files import WRITERS, paper
from reports.annual.findings import HOLDS
from reports.annual.forms import BeginForm, ReasonsForm, TextsForm
from reports.annual.publishing import (
    CHANGE_TEXTS,
    LANGUAGE,
    PUBLISH,
    fingerprint,
    intact,
    publish,
)
from reports.documents import as_docx
from reports.logged import log
from reports.models import AnnualReport
from reports.printed import shown
from reports.registers import YearForm
from reports.verdicts import SHAPES
from reports.views import address
from reports.yearly import Yearly

VIEW = "reports.view_annualreport"
MARKS = SHAPES | {"warns": "!"}


def versions(request, year: int, code: str) -> QuerySet[AnnualReport]:
    """Those that the person may see; what they counted is read when it is asked for."""
    found = AnnualReport.objects.visible_to(request.user).defer("members")
    return found.filter(year=year, agency__code=code).select_related("agency")


def last(found: QuerySet[AnnualReport]) -> AnnualReport:
    report = found.order_by("version").last()
    if report is None:
        raise Http404
    return report


def seen(request, year: int, code: str) -> AnnualReport:
    """The version that the address names, or the last one."""
    found = versions(request, year, code)
    if version := request.GET.get("version"):
        found = found.filter(version=version if version.isdecimal() else 0)
    return last(found)


def held(request, year: int, code: str) -> AnnualReport:
    """The last version, locked if it is to be changed; 404 once it is published."""
    found = versions(request, year, code)
    if request.method == "POST":
        found = found.select_for_update(of=["self"])
    report = last(found)
    if report.published_on:
        raise Http404
    return report


def by_form(view):
    """A deed of a form that was sent. Who comes to its address otherwise, as by way of
    the log-in, is led to the version, and sends it again."""

    @wraps(view)
    def guarded(request, year: int, code: str):
        if request.method != "POST":
            return redirect("reports:annual", year, code)
        return view(request, year, code)

    return guarded


def page_of(report: AnnualReport) -> str:
    return reverse("reports:annual", args=[report.year, report.agency.code])


@for_those_with(VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request):
    """The versions of a year that the person may see, and how another one begins."""
    may = request.user.has_perm(CHANGE_TEXTS)
    begun = {
        "year": timezone.localdate().year - 1,
        "agency": next(iter(request.user.workplaces), None),
    }
    form = BeginForm(
        request.user, request.POST or None, initial=begun, auto_id="begin_%s"
    )
    if request.method == "POST" and may and form.is_valid():
        return redirect(page_of(_begun(request, form.cleaned_data)))
    found = AnnualReport.objects.visible_to(request.user)
    years = {begun["year"], *found.order_by().values_list("year", flat=True)}
    year = YearForm(request.GET, sorted(years, reverse=True))
    found = found.filter(year=year.shown).select_related("agency")
    context = {
        "reports": found.defer("frozen", "members", "texts"),
        "year": year,
        "form": form if may else None,
    }
    return render(request, "reports/annual/list.html", context)


@transaction.atomic
def _begun(request, wanted: dict) -> AnnualReport:
    """The report that there is already, or a new one."""
    agency, year = wanted.pop("agency"), wanted.pop("year")
    _alone_with(agency)
    report = AnnualReport.objects.filter(agency=agency, year=year).first()
    if report is None:
        report = AnnualReport.begin(agency, year, request.user, **wanted)
        report.full_clean()
        report.save()
        log(request.user, report, deed=ADDITION)
    return report


def _alone_with(agency: Agency):
    """Wait for whoever else begins a version of the body's reports."""
    Agency.objects.select_for_update(of=["self"]).get(pk=agency.pk)


@for_those_with(VIEW)
@require_safe
def report(request, year: int, code: str):
    """A version as it stands: what is found, where its figures come from, the paper."""
    return _shown(request, seen(request, year, code))


def _shown(request, report: AnnualReport, reasons=None, status: int = 200):
    found = AnnualReport.objects.filter(agency=report.agency, year=report.year)
    context = {
        "report": report,
        "versions": found.values_list("version", "published_on"),
        "last": not found.filter(version__gt=report.version).exists(),
    }
    if report.published_on:
        context |= _published(report) | {
            "differences": differences(report, request.user)
        }
    else:
        draft = Draft(report)
        if reasons is None and request.user.has_perm(PUBLISH):
            reasons = ReasonsForm(draft)
        context |= _drafted(draft, reasons)
    return render(request, "reports/annual/report.html", context, status=status)


def _published(report: AnnualReport) -> dict:
    """Of what was frozen."""
    checks = report.frozen["checks"]
    return {
        "paper": paper(report),
        "findings": [
            (one, MARKS[one["state"]], None) for one in checks if one["state"] != HOLDS
        ],
        "holding": [one for one in checks if one["state"] == HOLDS],
        "files": WRITERS,
        "intact": intact(report),
        "sources": report.frozen["sources"],
    }


def _drafted(draft: Draft, reasons: ReasonsForm | None) -> dict:
    """As it stands now, each finding with the field of its reason."""
    asked = reasons.findings if reasons else ()
    return {
        "paper": draft.paper,
        "yearly": draft.yearly,
        "address": address(draft.yearly),
        "findings": [
            (one, MARKS[one.state], reasons[one.code] if one.code in asked else None)
            for one in draft.findings
            if one.state != HOLDS
        ],
        "holding": [one for one in draft.findings if one.state == HOLDS],
        "blocking": draft.blocking,
        "sources": draft.origins,
        "reasons": reasons,
        "shown": fingerprint(draft),
    }


@for_those_with(VIEW, CHANGE_TEXTS)
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def write(request, year: int, code: str):
    """The texts of a version; what another person has saved meanwhile is shown first,
    and nothing typed is lost."""
    report = held(request, year, code)
    stored = dict(report.texts)
    form = TextsForm(request.POST or None, instance=report)
    theirs = []
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["changes"] == form.initial["changes"]:
            form.save()
            log(request.user, report, *form.changed_fields)
            messages.success(request, _("The texts are saved."))
            return redirect(page_of(report))
        theirs = _theirs(form, stored)
        form.data = form.data.copy()
        form.data["changes"] = form.initial["changes"]
    draft = form.draft
    context = {
        "report": report,
        "form": form,
        "stale": theirs,
        "names": list(_names(draft.yearly)),
        "cancel": page_of(report),
    } | _examples(draft.yearly)
    return render(
        request, "reports/annual/write.html", context, status=409 if theirs else 200
    )


def _theirs(form: TextsForm, stored: dict) -> list[tuple]:
    """The sections of which another text is stored now than was sent."""
    return [
        (form[name].label, stored.get(code, form.draft.suggested.get(code, "")))
        for name, code in form.texts.items()
        if form.said(name) != form[name].initial
    ] or [(_("The report"), "")]


def _names(yearly: Yearly) -> Iterator[tuple]:
    """Of each part the figures that a text can name, with what they are now, and the
    columns in which they stand beside the total."""
    for part in yearly.form.parts:
        lines = [line for line in part.lines if not line.heading]
        yield (
            part.label,
            [
                (line.code, yearly.form.named(line.code), shown(value))
                for line in lines
                for value in [yearly.figures[line.code, part.total]]
            ],
            list(dict.fromkeys(c for line in lines for c in _beside(yearly, line))),
        )


def _beside(yearly: Yearly, line: Line) -> list[Line]:
    part = yearly.parts[line.code]
    return [one for one in yearly.columns(part, line) if one.code != part.total]


def _examples(yearly: Yearly) -> dict[str, str]:
    """How a figure of this edition is named: itself, in a column, and in words."""
    line = yearly.received
    column = next(iter(_beside(yearly, line)), None)
    return {
        "row": f"{{{line.code}}}",
        "beside": f"{{{line.code}@{column.code}}}" if column else "",
        "worded": f"{{{line.code}=20余}}",
    }


@for_those_with(VIEW, PUBLISH)
@by_form
@transaction.atomic
def reasons(request, year: int, code: str):
    """Why it is to be published although checks fail."""
    report = held(request, year, code)
    form = ReasonsForm(Draft(report), request.POST)
    if not form.is_valid():
        return _shown(request, report, form, status=400)
    if form.cleaned_data["changes"] != report.changes:
        message = _("Another person has changed this version meanwhile. Please check.")
        form.add_error(None, ValidationError(message, "stale"))
        return _shown(request, report, form, status=409)
    report.reasons = form.reasons()
    report.changes += 1
    report.save()
    log(request.user, report, "reasons")
    messages.success(request, _("The reasons are saved."))
    if left := len(form.findings) - len(report.reasons):
        message = ngettext(
            "%(count)d check that fails has no reason yet.",
            "%(count)d checks that fail have no reason yet.",
            left,
        )
        messages.warning(request, message % {"count": left})
    return redirect(page_of(report))


@for_those_with(VIEW, PUBLISH)
@by_form
def publication(request, year: int, code: str):
    """Freeze what the approver was shown."""
    report, told = last(versions(request, year, code)), request.POST
    same = told.get("changes", "") == str(report.changes)
    shown = told.get("shown", "") if same else ""
    try:
        publish(report, request.user, timezone.localdate(), shown)
    except AnnualReport.DoesNotExist:  # thrown away in this moment
        raise Http404 from None
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
    else:
        messages.success(request, _("The report is published."))
    return redirect(page_of(report))


@for_those_with(VIEW, CHANGE_TEXTS)
@by_form
@transaction.atomic
def revise(request, year: int, code: str):
    """Begin the version that corrects the published one."""
    found = versions(request, year, code)
    _alone_with(last(found).agency)
    report = last(found)
    if report.published_on:
        report = AnnualReport.begin(report.agency, year, request.user)
        report.save()
        log(request.user, report, deed=ADDITION)
    return redirect("reports:annual_texts", year, code)


@for_those_with(VIEW, CHANGE_TEXTS)
@by_form
@transaction.atomic
def discard(request, year: int, code: str):
    """Throw a version away that nobody has published."""
    report = held(request, year, code)
    log(request.user, report, deed=DELETION)
    report.delete()
    messages.success(request, _("The draft is thrown away."))
    return redirect("reports:annuals")


@for_those_with(VIEW)
@require_safe
def document(request, year: int, code: str):
    """The draft as a Word file, which says that it is one."""
    report = seen(request, year, code)
    if report.published_on:
        raise Http404
    file = BytesIO()
    with translation.override(LANGUAGE):
        as_docx(Draft(report).paper, file, draft=True)
    answer = HttpResponse(file.getvalue(), content_type=CONTENT_TYPE)
    name = f"draft-{year}-{code}-{report.version}.docx"
    return attached(answer, name)
