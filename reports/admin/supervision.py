"""Self-inspections with their problems, website checks and assessments."""

from operator import attrgetter

from django.contrib import admin

from casework.admin import AgencyFilter
from reports.admin.rows import RegisterAdmin
from reports.models import Assessment, Problem, SelfInspection, WebsiteCheck
from reports.resources import (
    AssessmentResource,
    ProblemResource,
    SelfInspectionResource,
    WebsiteCheckResource,
)


@admin.register(SelfInspection)
class SelfInspectionAdmin(RegisterAdmin):
    resource = SelfInspectionResource
    list_display = ("name", "held_on", "agency", "note")
    list_filter = (AgencyFilter,)
    list_select_related = ("agency",)
    search_fields = ("name",)
    lookups = frozenset({"beneath"})


@admin.register(Problem)
class ProblemAdmin(RegisterAdmin):
    resource = ProblemResource
    kept_by = attrgetter("inspection.agency")
    list_display = ("number", "found", "agency", "measure", "righted_on", "inspection")
    list_display_links = ("number", "found")
    list_filter = (
        AgencyFilter,
        ("righted_on", admin.EmptyFieldListFilter),
        ("inspection", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("agency", "inspection__agency")
    search_fields = ("found", "measure")
    lookups = frozenset({"beneath", "righted_on__isempty", "inspection__id__exact"})


@admin.register(WebsiteCheck)
class WebsiteCheckAdmin(RegisterAdmin):
    resource = WebsiteCheckResource
    list_display = ("year", "quarter", "agency", "sites", "found", "righted", "note")
    list_display_links = ("year", "quarter")
    list_filter = ("year", "quarter", AgencyFilter)
    list_select_related = ("agency",)
    lookups = frozenset({"year", "quarter__exact", "beneath"})


@admin.register(Assessment)
class AssessmentAdmin(RegisterAdmin):
    resource = AssessmentResource
    list_display = ("agency", "year", "score", "assessor", "note")
    list_filter = ("year", AgencyFilter)
    list_select_related = ("agency",)
    search_fields = ("agency__name", "assessor")
    lookups = frozenset({"year", "beneath"})
