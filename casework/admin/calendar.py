"""The pages of the calendar: its years, the State Council's notice, what it moves."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.forms import NoticeForm
from casework.models import CalendarDay
from casework.months import sheets, working_days
from casework.recalculation import CHANGE_CALENDAR, moves, recalculate, sums
from casework.workdays import FIRST, LAST, SpecialDay, WorkCalendar

SHOWN = 100
"""How many of the cases that move are told by number."""


def difference(old: set[SpecialDay], new: set[SpecialDay]) -> str:
    """What a new notice changes, as the log keeps it: +2027-02-14 班 −2027-02-20 休."""

    def told(sign, days):
        kinds = {(day.day, "班" if day.working else "休") for day in days}
        return [f"{sign}{day} {kind}" for day, kind in sorted(kinds)]

    return " ".join([*told("+", new - old), *told("−", old - new)])


class RecalculationForm(forms.Form):
    note = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept with each case that moves."),
    )


@admin.register(CalendarDay)
class CalendarAdmin(admin.ModelAdmin):
    """By years: no day is added, changed or deleted but by entering a notice."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        """In the place of the stock pages, of which each is about a single row."""
        view, name = self.admin_site.admin_view, "casework_calendarday"
        return [
            path("", view(self.changelist_view), name=f"{name}_changelist"),
            path("recalculate/", view(self.moves_view), name=f"{name}_recalculate"),
            path("<int:year>/", view(self.year_view), name=f"{name}_change"),
            path("<int:year>/notice/", view(self.notice_view), name=f"{name}_notice"),
        ]

    def page(self, request, template, title, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "may_change": self.has_change_permission(request),
            **context,
        }
        return TemplateResponse(
            request, f"admin/casework/calendarday/{template}.html", context
        )

    def may_look(self, request, year=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if year and not FIRST.year < year <= LAST.year:
            raise Http404

    def may_enter(self, request, year=None):
        if not request.user.has_perm(CHANGE_CALENDAR):
            raise PermissionDenied
        self.may_look(request, year)

    # The years

    def changelist_view(self, request, extra_context=None):
        self.may_look(request)
        calendar, today = CalendarDay.objects.as_calendar(), timezone.localdate()
        kinds = Counter(
            (day.notice_year, day.working) for day in calendar.special.values()
        )
        # The first of October is a day of rest in each notice.
        national = CalendarDay.objects.filter(day__month=10, day__day=1)
        notices = dict(national.values_list("day__year", "notice"))
        years = [
            {
                "year": year,
                "known": calendar.knows(year),
                "rests": kinds[year, False],
                "make_up": kinds[year, True],
                "working": working_days(year, calendar),
                "notice": notices.get(year, ""),
            }
            for year in sorted(calendar.years | {today.year, today.year + 1})[::-1]
        ]
        return self.page(
            request,
            "years",
            self.opts.verbose_name_plural,
            years=years,
            awaited=calendar.awaited(today),
            next=calendar.awaited(today) or today.year + 1,
        )

    def year_view(self, request, year):
        self.may_look(request, year)
        calendar = CalendarDay.objects.as_calendar()
        entries = LogEntry.objects.filter(
            content_type=get_content_type_for_model(CalendarDay), object_id=year
        )
        return self.page(
            request,
            "year",
            _("Calendar of %(year)s") % {"year": year},
            year=year,
            sheets=sheets(year, calendar),
            working=working_days(year, calendar),
            known=calendar.knows(year),
            entries=entries.select_related("user"),
        )

    # The notice: typed, shown as a calendar with what it moves, and only then entered

    def notice_view(self, request, year):
        self.may_enter(request, year)
        known = CalendarDay.objects.of_notice(year)
        title = _("The State Council's notice for %(year)s") % {"year": year}
        if request.method != "POST":
            form = NoticeForm(year, initial=NoticeForm.as_typed(known))
            return self.page(request, "notice", title, year=year, form=form)
        form = NoticeForm(year, request.POST)
        if not form.is_valid() or "change" in request.POST:
            return self.page(request, "notice", title, year=year, form=form)
        if "enter" in request.POST:
            return self.enter(request, year, form)
        calendar = self.calendar_with(year, form.days())
        return self.page(
            request,
            "preview",
            title,
            year=year,
            form=form,
            sheets=sheets(year, calendar),
            december=[day for day in form.days() if day.day.year < year],
            working=working_days(year, calendar),
            **self.told(moves(request.user, calendar)),
        )

    @staticmethod
    def calendar_with(year, days) -> WorkCalendar:
        """The calendar as it would be with these days for the year's notice."""
        special = CalendarDay.objects.as_calendar().special.values()
        others = [day for day in special if day.notice_year != year]
        return WorkCalendar.of([*others, *days])

    @staticmethod
    def told(found) -> dict:
        return {
            "moves": found[:SHOWN],
            "more": max(len(found) - SHOWN, 0),
            "sums": sums(found),
        }

    @transaction.atomic
    def enter(self, request, year, form):
        special = CalendarDay.objects.as_calendar().special.values()
        old = {day for day in special if day.notice_year == year}
        notice = form.cleaned_data["notice"]
        CalendarDay.objects.enter(year, form.days(), notice)
        LogEntry.objects.create(
            user=request.user,
            content_type=get_content_type_for_model(CalendarDay),
            object_id=year,
            object_repr=str(year),
            action_flag=CHANGE,
            change_message=f"{notice} {difference(old, set(form.days()))}".strip(),
        )
        text = _("The calendar of %(year)s has been entered.") % {"year": year}
        self.message_user(request, text, messages.SUCCESS)
        if moves(request.user):
            return HttpResponseRedirect(
                reverse("admin:casework_calendarday_recalculate")
            )
        return HttpResponseRedirect(
            reverse("admin:casework_calendarday_change", args=[year])
        )

    # The cases that the calendar moves

    def moves_view(self, request):
        self.may_enter(request)
        form = RecalculationForm(
            request.POST or None,
            initial={"note": _("The working-day calendar has changed.")},
        )
        if form.is_valid():
            found = recalculate(
                by=request.user,
                on=timezone.localdate(),
                note=form.cleaned_data["note"],
            )
            text = ngettext(
                "%(count)d case has been recalculated.",
                "%(count)d cases have been recalculated.",
                len(found),
            )
            self.message_user(request, text % {"count": len(found)}, messages.SUCCESS)
            return HttpResponseRedirect(
                reverse("admin:casework_calendarday_changelist")
            )
        return self.page(
            request,
            "moves",
            _("Due dates that the calendar moves"),
            form=form,
            **self.told(moves(request.user)),
        )
