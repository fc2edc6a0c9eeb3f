"""The desk's first page, the piles that no list can find, and reminders to print."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.lamps import lamp
from casework.models import Agency, CalendarDay
from casework.pages import Order, Page
from reports import desk, reminders
from reports.annual.duties import duties
from reports.kinds import KINDS


def sees_cases(user) -> bool:
    return any(user.has_perm(kind.view) for kind in KINDS)


def for_staff(view):
    """Only for who is logged in and may see one kind of case at least."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not sees_cases(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_safe(login_required(guarded))


@require_safe
@login_required
def today(request):
    """What must be done; whoever may see no case has the registers only."""
    user, day = request.user, timezone.localdate()
    if not sees_cases(user):
        return redirect("admin:index")
    with CalendarDay.objects.held() as calendar:
        found = desk.piles(user, day)
        kinds, limits = desk.limits(found)
        units = desk.by_unit(user, day)
        full = [pile for pile in found if pile.count]
        context = {
            "day": day,
            "awaited": calendar.awaited(day),
            "deeds": [pile for pile in full if pile.heap.part == desk.DEEDS],
            "yearly": duties(user, day),
            "waiting": [pile for pile in full if pile.heap.part == desk.WAITING],
            "kinds": kinds,
            "limits": limits,
            "soonest": _shown(desk.soonest(user), day, calendar),
            "lists": [(kind, kind.list(light="open")) for kind in kinds],
            "units": units,
            # The summary on paper leaves out who has nothing pressing.
            "pressed": {
                agency
                for agency, cells in units
                if any(cell.count for cell in cells if not cell.calm)
            },
            "unit_kinds": desk.unit_kinds(user),
            "unit_columns": desk.UNIT_COLUMNS,
            "places": user.workplaces,
        }
    return render(request, "reports/today.html", context)


def _shown(pairs, day, calendar) -> list[dict]:
    return [
        {
            "kind": kind,
            "case": case,
            "address": kind.page(case),
            "lamp": lamp(case, day, calendar),
        }
        for kind, case in pairs
    ]


@for_staff
def pile(request, heap):
    """The cases of a pile that no list can be narrowed to."""
    day = timezone.localdate()
    with CalendarDay.objects.held() as calendar:
        own = (found for found in desk.heaps(day, calendar) if found.narrows is None)
        found = next((found for found in own if found.name == heap), None)
        if found is None or not found.concerns(request.user):
            raise Http404
        cases = found.question(found.kind.visible_to(request.user))
        page = Page(
            cases.prefetch_related("agency"),
            Order("due_on"),
            request.GET.get("page", ""),
        )
        pairs = [(found.kind, case) for case in page]
        context = {"heap": found, "page": page, "rows": _shown(pairs, day, calendar)}
    return render(request, "reports/pile.html", context)


@for_staff
def reminder_sheet(request, code):
    """The reminder of a unit and all beneath it."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), code=code)
    day = timezone.localdate()
    return _sheets(request, day, [reminders.sheet(request.user, agency, day)])


@for_staff
def reminder_sheets(request):
    """Those of all units that have something, a page each."""
    day = timezone.localdate()
    return _sheets(request, day, reminders.sheets(request.user, day))


def _sheets(request, day, sheets):
    context = {"day": day, "sheets": sheets, "sender": request.user.workplaces}
    return render(request, "reports/reminder_sheets.html", context)
