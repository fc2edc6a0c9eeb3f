"""The published annual reports, for everyone: pages, files, open data.

All is told of what was frozen at publication: neither a draft nor what has become of
the cases since can be seen here.
"""

from io import BytesIO

from django.db.models.fields.json import KT
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casework.exports import attached
from disclosure.letters.rendering import CONTENT_TYPE
from reports.annual.files import WRITERS, csv, documents, paper
from reports.downloads import FORMATS
from reports.models import AnnualReport

TYPES = FORMATS | {"docx": CONTENT_TYPE}
ALL = {"csv": csv, "json": documents}
"""What makes the open data of a year, by the ending of the file."""


def _listed(**narrower):
    """Of each body and year the latest version, as it was called then; 404 if none."""
    reports = AnnualReport.objects.latest().filter(**narrower)
    found = reports.order_by("-year", "agency__path").values(
        "year", "version", "published_on", "agency__code", name=KT("frozen__agency")
    )
    return [
        one | {"address": reverse("report", args=[one["year"], one["agency__code"]])}
        for one in found
    ]


@require_safe
def years(request):
    """Every report, the latest year first."""
    return render(request, "reports/published_years.html", {"reports": _listed()})


@require_safe
def of_year(request, year: int):
    reports = _listed(year=year)
    if not reports:
        raise Http404
    context = {"year": year, "reports": reports, "kinds": ALL}
    return render(request, "reports/published_year.html", context)


@require_safe
def all_of_year(request, year: int, kind: str):
    """Open data: the latest version of every report of the year."""
    reports = AnnualReport.objects.latest().filter(year=year).defer("members")
    if kind not in ALL or not reports.exists():
        raise Http404
    pieces = ALL[kind](reports.order_by("agency__path").iterator(chunk_size=20))
    answer = StreamingHttpResponse(pieces, content_type=TYPES[kind])
    return attached(answer, f"annual-reports-{year}.{kind}")


def _versions(year: int, code: str) -> list[AnnualReport]:
    """Those that were published, the latest first, without what they say: of the body
    that has the code; or else of the one that had it then, as it is printed there."""
    told = ("year", "version", "published_on", "published_at", "digest", "approver")
    reports = AnnualReport.objects.published().filter(year=year).only(*told)
    found = reports.order_by("-version")
    return list(
        found.filter(agency__code=code) or found.filter(frozen__agency_code=code)
    )


def _wanted(request, versions: list[AnnualReport]) -> AnnualReport:
    """The version that the address names, or the latest one."""
    version = request.GET.get("version")
    for report in versions:
        if version in (None, str(report.version)):
            return report
    raise Http404


@require_safe
def report(request, year: int, code: str):
    versions = _versions(year, code)
    shown = _wanted(request, versions)
    context = {
        "report": shown,
        "frozen": shown.frozen,
        "paper": paper(shown),
        "latest": versions[0],
        "versions": versions,
        "files": WRITERS,
        "code": code,
    }
    return render(request, "reports/published_report.html", context)


@require_safe
def file(request, year: int, code: str, kind: str):
    shown = _wanted(request, _versions(year, code))
    if kind not in WRITERS:
        raise Http404
    kept = BytesIO()
    WRITERS[kind](shown, kept)
    answer = HttpResponse(kept.getvalue(), content_type=TYPES[kind])
    return attached(answer, f"annual-report-{year}-{code}-{shown.version}.{kind}")
