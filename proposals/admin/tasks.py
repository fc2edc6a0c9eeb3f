"""The pages of assignments: what the units have to do, and how far they are."""

from datetime import date

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casework.admin import AgencyFilter
from casework.models import CalendarDay
from proposals.admin.cases import AssignedAdmin, first_contact
from proposals.admin.filters import AssignedFilter, ItemSessionFilter, LightFilter
from proposals.deadlines import end
from proposals.forms import TaskStepForm
from proposals.models import REPLYING, Assignment, Role
from proposals.reasons import reasons
from proposals.workflow import tasks
from proposals.workflow.tasks import IN_HAND


@admin.register(Assignment)
class TaskAdmin(AssignedAdmin):
    """Made by assigning an item; changed by steps, and mended by `correct` only."""

    workflow = tasks
    step_form_class = TaskStepForm
    list_display = ("number", "official", "subject", "agency", "role", "status")
    list_filter = (
        LightFilter,
        ItemSessionFilter,
        AgencyFilter,
        "status",
        "role",
        AssignedFilter,
    )
    list_select_related = ("agency", "case__session")
    bulk_steps = ("sign_for", "serve")
    change_form_template = "admin/proposals/task.html"
    fields = (
        "agency",
        "role",
        "suggested_unit",
        "return_reason",
        "return_text",
        "unit_instead",
        "opinion",
    )
    readonly_fields = fields

    @admin.display(description=_("official number"))
    def official(self, task):
        return task.case.official_number or "—"

    def has_add_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def page(self, request, task):
        calendar = CalendarDay.objects.as_calendar()
        item = task.case
        return {
            "item": item,
            "reasons": list(reasons(task.due_why, item.kind)),
            "dates": list(dates(task, calendar)),
            "meaning": item.session.class_labels.get(task.result_class, ""),
            "opinions": item.assignments.filter(
                role=Role.CO_HANDLER, round=task.round
            ).select_related("agency")
            if task.role in REPLYING
            else (),
        }


def dates(task: Assignment, calendar):
    """The other days that count at present, and what for."""
    if task.closed_on:
        return
    if task.due_why.get("warn") != task.due_why.get("due"):
        yield _("be ready by"), date.fromisoformat(task.due_why["warn"])
    limit = task.case.session.returning
    if limit and task.status in IN_HAND:
        last = end(limit, task.assigned_on, calendar).last
        yield _("to be returned by, if it is not ours"), last
    if task.role in REPLYING:
        yield from first_contact(task.case, task.assigned_on, calendar)
