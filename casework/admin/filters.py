"""What every list of cases can be narrowed by: light, and agency and beneath."""

from functools import partial

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Agency, CalendarDay


class DeadlineFilter(admin.SimpleListFilter):
    """Cases by their light; each answer is a question of the queryset."""

    title = _("deadline")
    parameter_name = "light"

    def lookups(self, request, model_admin):
        return [
            ("unconfirmed", _("to be confirmed today")),
            ("overdue", _("overdue")),
            ("today", _("due today")),
            ("2", _("due within 2 working days")),
            ("5", _("due within 5 working days")),
            ("waiting", _("clock stopped")),
            ("provisional", _("provisional date")),
            ("open", _("open, all")),
            ("on_time", _("closed in time")),
            ("late", _("closed late")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()

        def within(days):
            last = CalendarDay.objects.as_calendar().add(today, days)
            return queryset.due_between(today, last)

        questions = {
            "unconfirmed": queryset.unconfirmed,
            "overdue": partial(queryset.overdue, today),
            "today": partial(queryset.due_between, today, today),
            "2": partial(within, 2),
            "5": partial(within, 5),
            "waiting": queryset.waiting,
            "provisional": queryset.provisional,
            "open": queryset.open,
            "on_time": queryset.closed_in_time,
            "late": queryset.closed_late,
        }
        return questions[self.value()]() if self.value() in questions else queryset


class AgencyFilter(admin.SimpleListFilter):
    """An agency and everything beneath, of those that the person may see."""

    title = _("agency and beneath")
    parameter_name = "beneath"

    def lookups(self, request, model_admin):
        agencies = Agency.objects.visible_to(request.user)
        return [(agency.code, agency.name) for agency in agencies]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        agencies = Agency.objects.visible_to(request.user)
        chosen = get_object_or_404(agencies, code=self.value())
        return queryset.filter(agency__in=agencies.beneath(chosen))
