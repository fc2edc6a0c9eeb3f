"""What the admin of every kind of case does: scope, lights, steps, record, history."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.admin.filters import AgencyFilter, DeadlineFilter, YearFilter
from casework.admin.lists import CaseList
from casework.admin.scope import ScopedAdmin
from casework.case_pages import CasePages
from casework.forms import CaseForm, CorrectForm, DayInput, StepForm, conflicts
from casework.lamps import lamp
from casework.models import CalendarDay
from casework.workflow import Stale

AT_ONCE = 200
"""How many cases one bulk action takes on."""


class CaseAdmin(CasePages, ScopedAdmin):
    """The admin of one kind of case; subclasses name its workflow and its columns."""

    skin = "admin"
    form = CaseForm
    record_fields: tuple[str, ...] = ()
    """The columns of the record, which are typed and can be corrected."""
    search_fields = ("folded",)
    search_help_text = _("Words of the number or the subject, all of them.")
    list_filter = (DeadlineFilter, AgencyFilter, "status", YearFilter)
    first_year: int
    """The first year of which there are cases."""
    list_select_related = ()
    sortable_by = ("received", "due")
    # The desk counts; here each agency would be a count of its own.
    show_facets = admin.ShowFacets.NEVER
    bulk_steps: tuple[str, ...] = ()
    """The steps that can be taken for many cases at once."""
    change_form_template = "admin/casework/case_form.html"

    # Scope

    @property
    def lookups(self):
        """What the filters ask for."""
        return {
            f"{entry}__exact" if isinstance(entry, str) else entry.parameter_name
            for entry in self.list_filter
        }

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    # The list

    def get_changelist(self, request, **kwargs):
        return CaseList

    def get_list_display(self, request):
        today, calendar = timezone.localdate(), CalendarDay.objects.as_calendar()

        @admin.display(description=_("deadline"))
        def deadline(case):
            return lamp(case, today, calendar)

        first, *others = self.list_display
        return [first, deadline, *others, "received", "due"]

    def action_checkbox(self, case):
        """Django's own is a form field, and a third of the time of a page."""
        box = '<input type="checkbox" class="action-select" name="{}" value="{}" {}>'
        label = format_html('aria-label="{}"', case.number)
        return format_html(box, ACTION_CHECKBOX_NAME, case.pk, label)

    @admin.display(
        description=pgettext_lazy("legal date", "received on"), ordering="received_on"
    )
    def received(self, case):
        return case.received_on and case.received_on.isoformat()

    @admin.display(description=_("due on"), ordering="due_on")
    def due(self, case):
        return case.due_on and case.due_on.isoformat()

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        for name in self.bulk_steps:
            step = self.workflow.steps[name]
            if request.user.has_perm(step.permission):
                deed = partial(type(self)._bulk, name=name)
                actions[f"bulk_{name}"] = (deed, f"bulk_{name}", step.label)
        return actions

    def _bulk(self, request, queryset, *, name):
        """Ask once for the day and the facts, then knock at the door for each case."""
        step = self.workflow.steps[name]
        today = timezone.localdate()
        taking = "take" in request.POST
        form = StepForm(
            self.workflow, step, None, request.user, today,
            request.POST if taking else None,
        )  # fmt: skip
        cases = list(queryset.order_by("pk")[: AT_ONCE + 1])
        if len(cases) > AT_ONCE:
            text = _("Choose at most %(count)d cases at once.")
            self.message_user(request, text % {"count": AT_ONCE}, messages.ERROR)
            return None
        if taking and form.is_valid():
            self._take_each(request, step, cases, form.facts())
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "opts": self.opts,
            "form": form,
            "cases": cases,
            "action": f"bulk_{name}",
        }
        return TemplateResponse(request, "admin/casework/bulk.html", context)

    def _take_each(self, request, step, cases, facts):
        taken = 0
        for case in cases:
            try:
                self.workflow.take(step.name, case, by=request.user, **facts)
                taken += 1
            except ValidationError as refusal:
                text = _("%(number)s was left as it is: %(reason)s")
                values = {"number": case.number, "reason": " ".join(refusal.messages)}
                self.message_user(request, text % values, messages.WARNING)
        text = _("%(step)s: done for %(taken)d of %(all)d.")
        values = {"step": step.label, "taken": taken, "all": len(cases)}
        self.message_user(request, text % values, messages.SUCCESS)

    # The record

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        told = {"refusal": refusal, "by": request.user, "today": timezone.localdate()}
        return type(form.__name__, (form,), told)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.get_internal_type() == "DateField":
            kwargs["widget"] = DayInput()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        """An agency takes a case for good: its number says whose it is."""
        return ("agency",) if obj else ()

    def save_model(self, request, obj, form, change):
        given = form.cleaned_data
        deed = {
            "by": request.user,
            "on": timezone.localdate(),
            "submission": given["submission"],
        }
        if change:
            fields = {
                name: getattr(obj, name)
                for name in (*self.record_fields, *self.derived(form))
                if name != "agency"
            }
            note, version = given["reason"], given["seen_version"]
            saved = self.workflow.correct(
                obj, note=note, version=version, **deed, **fields
            )
        else:
            saved = self.workflow.open(obj, **deed)
        obj.pk, obj.number = saved.pk, saved.number

    def derived(self, form) -> tuple[str, ...]:
        """Further columns that the form filled in on the instance."""
        return ()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What the door refuses comes back in the form, with all that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.refusal = refusal
            answer = super().changeform_view(
                request, object_id, form_url, extra_context
            )
            answer.status_code = 409 if isinstance(refusal, Stale) else 200
            return answer

    def save_related(self, request, form, formsets, change):
        """Nothing: rows come through steps."""

    def log_addition(self, request, obj, message):
        """Nothing: the door keeps the record."""

    def log_change(self, request, obj, message):
        """Nothing: the door keeps the record."""

    # Steps

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/step/<slug:name>/",
                view(self.step_view),
                name=f"{name}_step",
            ),
            path("<int:pk>/correct/", view(self.correct_view), name=f"{name}_correct"),
            path(
                "<int:pk>/correct/<slug:rows>/<int:row>/",
                view(self.correct_view),
                name=f"{name}_correct",
            ),
            *super().get_urls(),
        ]

    def step_view(self, request, pk, name):
        return self.take_step(request, self.get_object(request, pk), name)

    def correct_view(self, request, pk, rows="", row=None):
        """Mend what a step recorded wrongly, of the case or of one of its rows."""
        case = self.get_object(request, pk)
        if not self.has_change_permission(request, case):
            raise PermissionDenied
        if rows:
            if rows not in self.workflow.rows:
                raise Http404
            row = get_object_or_404(getattr(case, rows), pk=row)
        today = timezone.localdate()
        data = request.POST if request.method == "POST" else None
        form = CorrectForm(self.workflow, case, row, request.user, today, data)
        if form.is_valid() and form.correct():
            self.message_user(request, _("The record was corrected."))
            return HttpResponseRedirect(self.address(case))
        return self.deed_page(request, case, form, _("Correct what was recorded"))

    # The page of a case

    def frame(self, request):
        return {**self.admin_site.each_context(request), "opts": self.opts}

    def address(self, case):
        return self.in_register(case)

    def render_change_form(self, request, context, add=False, obj=None, **kwargs):
        if obj:
            if context["errors"]:
                # What was typed stands in the form; the page tells what is kept.
                obj = context["original"] = self.get_queryset(request).get(pk=obj.pk)
            context |= {
                "desk": self.at_desk(obj),
                **self.head(request, obj),
                **self.page(request, obj),
            }
            if isinstance(getattr(request, "refusal", None), Stale):
                context["conflicts"] = conflicts(context["adminform"].form)
        return super().render_change_form(request, context, add=add, obj=obj, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """The record is on the page of the case itself."""
        case = self.get_object(request, unquote(object_id))
        return HttpResponseRedirect(f"{self.address(case)}#history")
