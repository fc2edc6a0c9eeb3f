"""The pages of suggestions and proposals: the list, an item, to whom it is assigned."""

from datetime import date

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from casework.admin import SheetAdmin
from casework.admin.lists import CaseList
from casework.lamps import lamp
from casework.models import CalendarDay
from proposals.admin.cases import AssignedAdmin, first_contact
from proposals.admin.filters import (
    AssignedFilter,
    CategoryFilter,
    CommitmentFilter,
    KeyFilter,
    LightFilter,
    SessionFilter,
    UnitFilter,
)
from proposals.deadlines import end
from proposals.forms import AssignForm, AssignManyForm, ItemForm, ItemStepForm
from proposals.models import Assignment, Proposal, Role, Status
from proposals.models.assignments import handling
from proposals.reasons import reasons
from proposals.resources import ProposalResource
from proposals.workflow import ASSIGN, HANDLE, items, tasks
from proposals.workflow.items import latest_round

CONTENT = pgettext_lazy("item", "Content")


class ItemList(CaseList):
    """Each item with the units that reply, in one query for the whole page."""

    def get_results(self, request):
        super().get_results(request)
        units = Assignment.objects.select_related("agency")
        prefetch_related_objects(self.result_list, Prefetch("assignments", units))


@admin.register(Proposal)
class ItemAdmin(SheetAdmin, AssignedAdmin):
    workflow = items
    resource = ProposalResource
    form = ItemForm
    step_form_class = ItemStepForm
    list_display = ("number", "official", "subject", "name", "status", "lead_unit")
    list_filter = (
        LightFilter,
        SessionFilter,
        UnitFilter,
        "status",
        AssignedFilter,
        KeyFilter,
        CommitmentFilter,
        CategoryFilter,
    )
    list_select_related = ("agency", "session")
    bulk_steps = ("close",)
    record_fields = (
        "subject",
        "text",
        "category",
        "in_session",
        "key_leader",
        "author_consents",
        "submitted_on",
    )
    change_form_template = "admin/proposals/item.html"
    change_list_template = "admin/proposals/items.html"

    # The list

    def get_changelist(self, request, **kwargs):
        return ItemList

    @admin.display(description=_("official number"))
    def official(self, case):
        return case.official_number or "—"

    @admin.display(description=_("session"))
    def name(self, case):
        return case.session.name

    @admin.display(description=_("replying unit"))
    def lead_unit(self, case):
        names = [task.agency.name for task in handling(case).replying]
        return "、".join(names) or "—"

    # The record

    def get_readonly_fields(self, request, obj=None):
        """The number of an item says to which session it came."""
        return ("session",) if obj else ()

    def get_fieldsets(self, request, obj=None):
        typing = obj is None or self.has_change_permission(request, obj)
        authors = () if obj else ("authors",)
        sections = [
            (None, {"fields": ("session", "submitted_on", "in_session", *authors)}),
            (CONTENT, {"fields": ("subject", "category", "text")}),
            (_("Particulars"), {"fields": ("key_leader", "author_consents")}),
        ]
        if typing:
            why = (("reason",),) if obj else ()
            title = _("Correction of the record") if obj else None
            sections.append((title, {"fields": (*why, "seen_version", "submission")}))
        return sections

    def save_model(self, request, obj, form, change):
        """A new item comes with its authors, all or nothing."""
        super().save_model(request, obj, form, change)
        if change:
            return
        case = self.model.objects.get(pk=obj.pk)
        if case.rows("authors"):
            return  # the same form, sent twice
        deed = {"by": request.user, "on": timezone.localdate()}
        for place, author in enumerate(form.cleaned_data["authors"], 1):
            case = items.take("sign_with", case, **deed, place=place, **author)

    # The page of an item

    def page(self, request, case):
        user, calendar = request.user, CalendarDay.objects.as_calendar()
        may_read = user.has_perm(HANDLE) and case.admits(user, HANDLE)
        return {
            "reasons": list(reasons(case.due_why, case.kind)),
            "dates": list(dates(case, calendar)),
            "authors": case.rows("authors"),
            "tasks": self.tasks(user, case, calendar),
            "contacts": case.rows("contacts"),
            "feedback": case.feedback.select_related("author"),
            "commitments": case.rows("commitments"),
            "merged": case.merged.visible_to(user).select_related("session"),
            # What people said, and their telephones, are for those who handle it.
            "may_read": may_read,
        }

    def tasks(self, user, case, calendar):
        """Each unit's part; to those who do not see it themselves, how it stands."""
        rows = case.assignments.select_related(
            "agency", "suggested_unit", "unit_instead", "case__session", "case__agency"
        )
        seen = set(rows.visible_to(user).values_list("pk", flat=True))
        today = timezone.localdate()
        return [
            {
                "task": task,
                "lamp": lamp(task, today, calendar),
                "seen": task.pk in seen,
                "steps": tasks.possible(task, user) if task.pk in seen else (),
            }
            for task in rows
        ]

    # Assigning

    def get_urls(self):
        view = self.admin_site.admin_view(self.assign_many_view)
        return [
            path("assign/", view, name="proposals_proposal_assign_many"),
            *super().get_urls(),
        ]

    def step_view(self, request, pk, name):
        if name == "assign":
            return self.assign_view(request, pk)
        return super().step_view(request, pk, name)

    def assign_view(self, request, pk):
        """Who is to handle the item, from when, and until when that would be."""
        case, step = self.get_object(request, pk), items.steps["assign"]
        if not self.may_take(request.user, case, step):
            raise PermissionDenied
        today = timezone.localdate()
        form = AssignForm(case, request.user, today, request.POST or None)
        if form.is_valid() and "preview" not in request.POST:
            taken = form.assign()
            if taken:
                return self.step_taken(request, step, taken)
        given = getattr(form, "cleaned_data", {})
        day = given.get("on") or today
        return self._units_page(
            request, step.label, form, case=case, day=day, ends=list(ends(case, day))
        )

    def assign_many_view(self, request):
        """The same units for a pasted list of numbers: all of them, or none."""
        if not request.user.has_perm(ASSIGN):
            raise PermissionDenied
        today = timezone.localdate()
        form = AssignManyForm(request.user, today, request.POST or None)
        if form.is_valid() and form.assign():
            count = len(form.cases)
            text = ngettext(
                "%(count)d item was assigned.", "%(count)d items were assigned.", count
            )
            self.message_user(request, text % {"count": count}, messages.SUCCESS)
            return HttpResponseRedirect(
                reverse("admin:proposals_proposal_changelist")
                + f"?session={form.cleaned_data['session'].pk}"
            )
        return self._units_page(request, _("Assign a list of items"), form)

    def _units_page(self, request, title, form, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "form": form,
            **context,
        }
        stale = form.is_bound and form.has_error("__all__", "stale")
        status = 409 if stale else 200
        name = "admin/proposals/assign.html"
        return TemplateResponse(request, name, context, status=status)


def dates(case: Proposal, calendar):
    """The other days that count at present, and what for."""
    rules, open_ = case.session.rules, case.status == Status.ASSIGNED
    if open_ and not case.replied_on:
        if case.due_why.get("warn") != case.due_why.get("due"):
            yield _("be ready by"), date.fromisoformat(case.due_why["warn"])
        yield from first_contact(case, case.assigned_on, calendar)
    if open_ and case.replied_on and rules.feedback:
        yield _("feedback by"), end(rules.feedback, case.replied_on, calendar).last
    for commitment in case.rows("commitments"):
        if not commitment.settled_on:
            yield _("commitment to be kept by"), commitment.due_on


def ends(case: Proposal, day: date):
    """Until when a unit of each role would have, if it were assigned on the day."""
    calendar, round = CalendarDay.objects.as_calendar(), latest_round(case)
    for role in Role:
        task = Assignment(case=case, role=role, assigned_on=day, round=round)
        try:
            yield role.label, task.deadline(calendar).due
        except ValueError:  # outside the calendar: the door will say so
            yield role.label, None
