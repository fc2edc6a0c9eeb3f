"""The pages of assignments: what the units have to do, and how far they are."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casework.admin import AgencyFilter
from proposals.admin.cases import AssignedAdmin
from proposals.admin.filters import AssignedFilter, ItemSessionFilter, LightFilter
from proposals.case_pages import TaskPages
from proposals.models import Assignment


@admin.register(Assignment)
class TaskAdmin(TaskPages, AssignedAdmin):
    """Made by assigning an item; changed by steps, and mended by `correct` only."""

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
