"""The plan of a year, as the office keeps it."""

from django.contrib import admin

from reports.admin.rows import RegisterAdmin
from reports.models import PlanTask
from reports.plan import TaskForm
from reports.resources import PlanTaskResource


@admin.register(PlanTask)
class PlanTaskAdmin(RegisterAdmin):
    resource = PlanTaskResource
    list_display = (
        "number", "heading", "title", "unit", "due_on", "progress", "done_on", "year",
        "agency",
    )  # fmt: skip
    list_display_links = ("number", "title")
    list_filter = (
        "year",
        "progress",
        ("agency", admin.RelatedOnlyFieldListFilter),
        ("unit", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("agency", "unit")
    search_fields = ("heading", "title")
    lookups = frozenset(
        {"year", "progress__exact", "agency__id__exact", "unit__id__exact"}
    )

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Which state it was shown in concerns only who may change it."""
        if self.has_change_permission(request, obj):
            kwargs["form"] = TaskForm
        return super().get_form(request, obj, change, **kwargs)
