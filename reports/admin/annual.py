"""Annual reports and submissions in the admin: to be found and read, with their
history. They are changed at the desk, where everything is checked."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from casework.admin import AgencyFilter, ScopedAdmin
from reports.models import AnnualReport, Submission


class ReadOnlyAdmin(ScopedAdmin):
    lookups = frozenset({"year", "beneath"})
    list_select_related = ("agency",)
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(AnnualReport)
class AnnualReportAdmin(ReadOnlyAdmin):
    list_display = ("year", "agency", "version", "published_on", "approver", "digest")
    list_display_links = ("agency",)
    list_filter = (
        "year",
        AgencyFilter,
        ("published_on", admin.EmptyFieldListFilter),
    )
    lookups = ReadOnlyAdmin.lookups | {"published_on__isempty"}
    fields = (
        "agency", "year", "version", "at_desk", "alone", "with_items",
        "published_on", "approver", "digest", "correction",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        """Without what a report says, which is read at the desk."""
        return super().get_queryset(request).defer("frozen", "members", "texts")

    @admin.display(description=_("at the desk"))
    def at_desk(self, report):
        address = reverse("reports:annual", args=[report.year, report.agency.code])
        return format_html(
            '<a href="{}?version={}">{}</a>', address, report.version, report
        )


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = (
        "year", "agency", "source", "submitted_on", "submitted_by", "returned_on",
    )  # fmt: skip
    list_display_links = ("agency",)
    list_filter = ("year", AgencyFilter, "source")
    lookups = ReadOnlyAdmin.lookups | {"source__exact"}
    fields = (
        "agency", "year", "source", "alone", "submitted_on", "submitted_by",
        "returned_on", "remark", "reminded_on",
    )  # fmt: skip
    readonly_fields = fields
