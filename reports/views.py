"""The desk's pages of the yearly totals: the form, the cases behind a figure, files."""

from io import BytesIO
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casework.desk.rights import for_those_with
from casework.exports import attached
from casework.models import Agency
from casework.pages import Order, Page
from casework.sheets import csv_lines
from casework.tables import Flow
from disclosure.annual_forms.sources import FEES, REMEDIES, REQUESTS
from disclosure.filters import RequestFilter
from disclosure.models import DisclosureRequest
from disclosure.workflow import workflow
from proposals.figures import POPULATION_NOTE, SOURCES, kind
from proposals.models import Assignment, Proposal
from reports import item_figures, other_figures
from reports.charts import drawn
from reports.downloads import FORMATS, as_csv, as_json, as_xlsx, heading, subheading
from reports.printed import blocks, shown, split, split_title
from reports.registers import Listing
from reports.sources import REGISTERS
from reports.trends import Trend, compared, makers
from reports.verdicts import verdicts
from reports.yearly import FIRST_YEAR, Yearly

VIEW = workflow.permission("view")
SPLITS = {
    "level": _("level of organ"),
    "category": _("category of items"),
    "group": _("delegation or sector"),
}


def for_staff(view):
    """Only for who is logged in and may see requests."""
    return require_safe(for_those_with(VIEW)(view))


def years() -> range:
    """The years that there may be figures of, the latest first."""
    return range(timezone.localdate().year, FIRST_YEAR - 1, -1)


def chosen(request) -> Yearly:
    """The year and the agency of the address; without them, last year's report of the
    highest agency that the person sees. A session of another year or place is none."""
    agencies = Agency.objects.visible_to(request.user)
    code = request.GET.get("agency")
    agency = get_object_or_404(agencies, code=code) if code else agencies.first()
    year = request.GET.get("year", str(timezone.localdate().year - 1))
    by = request.GET.get("by", "level")
    if agency is None or year not in map(str, years()) or by not in item_figures.BY:
        raise Http404
    session = None
    if wanted := request.GET.get("session"):
        found = item_figures.sessions(int(year), agency, request.user)
        session = found.filter(pk=wanted if wanted.isdecimal() else 0).first()
    alone = "alone" in request.GET
    return Yearly(int(year), agency, alone, request.user, session=session, by=by)


def address(yearly: Yearly, **more) -> str:
    """The choice as it stands in an address."""
    said = {"year": yearly.year, "agency": yearly.agency.code}
    if yearly.alone:
        said["alone"] = 1
    if yearly.session:
        said["session"] = yearly.session.pk
    if yearly.by != "level":
        said["by"] = yearly.by
    return urlencode(said | more)


def tally_address(yearly: Yearly) -> str:
    """What narrows the list of tallies to those that were counted."""
    place = (
        {"agency__id__exact": yearly.agency.pk}
        if yearly.alone
        else {"beneath": yearly.agency.code}
    )
    return urlencode({"year": yearly.year} | place)


def choices(request, yearly: Yearly) -> dict:
    """What is chosen, and what else may be."""
    return {
        "yearly": yearly,
        "subheading": subheading(yearly),
        "years": years(),
        "agencies": Agency.objects.visible_to(request.user),
        "address": address(yearly),
    }


@for_staff
def totals(request):
    yearly = chosen(request)
    context = choices(request, yearly) | {
        "heading": heading(yearly),
        "tally_address": tally_address(yearly),
        "formats": FORMATS,
        "sessions": item_figures.sessions(yearly.year, yearly.agency, request.user),
        "splits": SPLITS,
        "form_blocks": list(blocks(yearly, yearly.statutory)),
        "items": [
            (kind(found.body), found, list(blocks(yearly, found.parts)))
            for found in yearly.items
        ],
        "population": POPULATION_NOTE,
        "other_blocks": list(blocks(yearly, other_figures.PARTS)),
        "split": split(yearly) if _is_split(yearly) else None,
        "split_title": split_title(yearly),
        "verdicts": verdicts(yearly),
    }
    return render(request, "reports/totals.html", context)


def _is_split(yearly: Yearly) -> bool:
    """Of one body alone there are no levels to tell apart."""
    if yearly.by == "level":
        return len(yearly.bodies.agencies) > 1
    return bool(yearly.splits)


def _in_order(yearly: Yearly, source, line, records) -> tuple[Order, QuerySet]:
    """The records that a line counts by the day for which it does, a part of an index:
    by the first day what is new, and by the last day all else."""
    order = Order(source.start if line.flows == (Flow.NEW,) else source.end)
    if line.flows in ((Flow.NEW,), (Flow.FINISHED,)):
        records = order.in_year(records, yearly.year)
    return order, records


@for_staff
def behind(request):
    """The records that a figure counts, which a person may narrow further."""
    yearly = chosen(request)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    try:
        records = yearly.behind(row, column)
    except KeyError:
        raise Http404 from None
    figure = yearly.placed[row, column]
    part, line = figure.part, figure.row
    order, records = _in_order(yearly, part.source, line, records)
    at = request.GET.get("page", "")
    if part.source in REGISTERS:
        template = "reports/rows_behind.html"
        found = {"page": Listing.of(records, request.user)}
    elif part.source in SOURCES:
        template = "reports/items_behind.html"
        found = _items_behind(request, order, records, at)
    else:
        template = "reports/requests_behind.html"
        found = _requests_behind(request, part.source, order, records, at)
    context = found | {
        "yearly": yearly,
        "subheading": subheading(yearly),
        "row": line,
        "name": yearly.form.named(row),
        "column": figure.column,
        "value": shown(figure.value),
        "totals": [(tally.agency, shown(tally.value)) for tally in figure.tallies],
        "address": address(yearly),
        "paging": urlencode(
            [(name, value) for name, value in request.GET.items() if name != "page"]
        ),
    }
    return render(request, template, context)


def _requests_behind(request, source, order: Order, records, at: str) -> dict:
    """The requests that a figure counts, or of which it counts remedies or fees."""
    if source is REQUESTS:
        narrowed = RequestFilter(request.GET, records, request=request)
        page = Page(
            # Not joined: the planner would begin with the agencies.
            records.prefetch_related("agency"),
            order,
            at,
            narrowed.narrow,
        )
    else:
        visible = DisclosureRequest.objects.visible_to(request.user)
        narrowed = RequestFilter(request.GET, visible, request=request)
        if any(request.GET.get(name) for name in narrowed.filters):
            records = records.filter(case__in=narrowed.qs)
        page = Page(records.select_related("case__agency"), order, at)
    return {
        "remedies": source is REMEDIES,
        "fees": source is FEES,
        "page": page,
        "filter": narrowed,
    }


def _items_behind(request, order: Order, records, at: str) -> dict:
    """The items that a figure counts, or of which it counts tasks, forms, promises."""
    own = records.model is Proposal
    related = ["session", "agency"] if own else ["case__session", "case__agency"]
    if records.model is Assignment:
        related.append("agency")
    return {"own": own, "page": Page(records.select_related(*related), order, at)}


@for_staff
def download(request):
    yearly = chosen(request)
    form = request.GET.get("format", "csv")
    if form not in FORMATS:
        raise Http404
    if form == "csv":
        answer = HttpResponse("".join(as_csv(yearly)), content_type=FORMATS[form])
    elif form == "json":
        answer = HttpResponse(as_json(yearly), content_type=FORMATS[form])
    else:
        file = BytesIO()
        as_xlsx(yearly, file)
        answer = HttpResponse(file.getvalue(), content_type=FORMATS[form])
    name = f"yearly-totals-{yearly.year}-{yearly.agency.code}.{form}"
    return attached(answer, name)


# Charts


@for_staff
def statistics(request):
    """The year beside the one before, and its trends as tables and pictures."""
    yearly = chosen(request)
    trends = [make() for make in makers(yearly).values()]
    context = choices(request, yearly) | {
        "before": yearly.year - 1,
        "unfinished": yearly.year == timezone.localdate().year,
        "compared": compared(yearly),
        "trends": [(trend, _linked(yearly, trend)) for trend in trends],
    }
    return render(request, "reports/statistics.html", context)


def _linked(yearly: Yearly, trend: Trend) -> list[tuple]:
    """The rows of a trend, each number with the address of what it counts."""
    return [
        (
            place,
            [
                (point.value, point.behind and address(yearly, **point.behind))
                for point in points
            ],
        )
        for place, points in trend.rows
    ]


def _trend(request, code: str) -> Trend:
    make = makers(chosen(request)).get(code)
    if make is None:
        raise Http404
    return make()


@for_staff
def chart(request, code: str):
    """A picture by itself, so that its styles are none of the page's policy."""
    answer = HttpResponse(drawn(_trend(request, code)), content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer


@for_staff
def series(request, code: str):
    trend = _trend(request, code)
    rows = ((place, *(one.value for one in points)) for place, points in trend.rows)
    lines = csv_lines([(trend.heading, *trend.series), *rows])
    answer = HttpResponse("".join(lines), content_type=FORMATS["csv"])
    return attached(answer, f"{code}.csv")
