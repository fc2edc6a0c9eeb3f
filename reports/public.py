"""What anyone may reckon and look up: the working days, and when something is due."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.models import CalendarDay
from casework.months import holidays, sheets, working_days
from casework.workdays import FIRST, LAST
from reports.forms import ItemTermForm, RequestTermForm


@require_safe
def calendar(request, year: int | None = None):
    """The working-day calendar of a year, this one if none is named."""
    this = timezone.localdate().year
    year = this if year is None else year
    if not FIRST.year < year <= LAST.year:
        raise Http404
    days = CalendarDay.objects.as_calendar()
    context = {
        "year": year,
        "known": days.knows(year),
        # The State Council's next notice may name the last days of December.
        "december": days.knows(year) and not days.knows(year + 1),
        "sheets": sheets(year, days),
        "working": working_days(year, days),
        "holidays": list(holidays(year, days)),
        "years": sorted(days.years | {this, this + 1, year}, reverse=True),
    }
    return render(request, "reports/calendar.html", context)


@require_safe
def calculator(request):
    """When a request or an item is due, by the rules that hold for the cases."""
    context = {}
    for name, kind in (("of_request", RequestTermForm), ("of_item", ItemTermForm)):
        asked = request.GET.keys() & kind.base_fields
        form = kind(request.GET if asked else None)
        answer = form.answer() if form.is_valid() else None
        context[name] = {"form": form, "answer": answer}
    return render(request, "reports/calculator.html", context)
