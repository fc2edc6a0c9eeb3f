"""What staff see and press: requests, their steps, why a date is what it is."""

from pathlib import PurePath

from django import forms
from django.contrib import admin
from django.contrib.admin.models import CHANGE
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from casework.admin import (
    AgencyFilter,
    CaseAdmin,
    DeadlineFilter,
    SheetAdmin,
    YearFilter,
)
from casework.exports import log
from casework.forms import CaseForm
from disclosure.case_pages import RequestPages, masked, same_applicant
from disclosure.deadlines import FIRST_DAY
from disclosure.models import DisclosureRequest
from disclosure.reasons import counted
from disclosure.resources import RequestResource
from disclosure.workflow import REVEAL


class RequestForm(CaseForm):
    identity_number = forms.CharField(
        label=_("identity document number"),
        required=False,
        max_length=40,
        help_text=_("Kept encrypted. When correcting, leave empty to keep it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean(self):
        given = super().clean()
        if number := given.get("identity_number"):
            self.instance.identify(number)
        return given


class FindForm(forms.Form):
    """By post only: an identity number has no place in an address."""

    identity_number = forms.CharField(
        label=_("identity document number"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@admin.register(DisclosureRequest)
class DisclosureRequestAdmin(SheetAdmin, RequestPages, CaseAdmin):
    resource, may_reveal = RequestResource, REVEAL
    form = RequestForm
    list_display = ("number", "subject", "agency", "status")
    list_filter = (
        DeadlineFilter,
        AgencyFilter,
        "status",
        YearFilter,
        "channel",
        "applicant_kind",
        "outcome",
    )
    first_year = FIRST_DAY.year
    bulk_steps = ("confirm", "correct", "serve", "lapse")
    record_fields = (
        "agency",
        "channel",
        "submitted_on",
        "arrived_on",
        "applicant_kind",
        "applicant",
        "phone",
        "email",
        "address",
        "subject",
        "description",
        "supply_form",
        "supply_route",
    )
    change_form_template = "admin/disclosure/request.html"
    change_list_template = "admin/disclosure/requests.html"

    personal_fields = ("applicant", "identity_number", "phone", "email", "address")

    def get_fieldsets(self, request, obj=None):
        typing = obj is None or self.has_change_permission(request, obj)
        personal = self.personal_fields
        if not typing:
            personal = tuple(f"masked_{name}" for name in personal)
        sections = [
            (
                _("Receipt"),
                {"fields": ("agency", "channel", "submitted_on", "arrived_on")},
            ),
            (_("Applicant"), {"fields": ("applicant_kind", *personal)}),
            (
                _("Content"),
                {"fields": ("subject", "description", "supply_form", "supply_route")},
            ),
        ]
        if typing:
            why = (("reason",),) if obj else ()
            title = _("Correction of the record") if obj else None
            sections.append((title, {"fields": (*why, "seen_version", "submission")}))
        return sections

    @admin.display(description=_("applicant"))
    def masked_applicant(self, case):
        return masked(case)["applicant"]

    @admin.display(description=_("identity document number"))
    def masked_identity_number(self, case):
        return masked(case)["identity_number"] or "—"

    @admin.display(description=_("applicant's telephone"))
    def masked_phone(self, case):
        return masked(case)["phone"] or "—"

    @admin.display(description=_("applicant's e-mail"))
    def masked_email(self, case):
        return masked(case)["email"] or "—"

    @admin.display(description=_("postal address"))
    def masked_address(self, case):
        return masked(case)["address"] or "—"

    def derived(self, form):
        typed = form.cleaned_data.get("identity_number")
        return ("identity_sealed", "identity_hash") if typed else ()

    # The page of a request

    def page(self, request, case):
        return {
            **super().page(request, case),
            "counted": list(counted(case)),
            "identity": case.identity_masked,
            "related": same_applicant(case, request.user),
        }

    # What no other kind of case has: the files, the search for a person

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "disclosure_disclosurerequest"
        return [
            path("find/", view(self.find_view), name=f"{name}_find"),
            path(
                "<int:pk>/attachment/<int:attachment>/",
                view(self.attachment_view),
                name=f"{name}_attachment",
            ),
            *super().get_urls(),
        ]

    def attachment_view(self, request, pk, attachment):
        case = self.get_object(request, pk)
        found = get_object_or_404(case.attachments, pk=attachment)
        # Marks that turn the reading direction would make an ending look like another.
        title = "".join(filter(str.isprintable, found.title))
        ending = PurePath(found.file.name).suffix
        return FileResponse(
            found.file.open(), as_attachment=True, filename=f"{title}{ending}"
        )

    def log_search(self, request, found: int):
        """Who looked for a person, when, and with what success; never for whom."""
        what = _("Find by identity number")
        log(request.user, self.model, f"{what}: {found}", CHANGE)

    def find_view(self, request):
        """Requests of one identity number, matched in full by its fingerprint."""
        if not (self.has_view_permission(request) and request.user.has_perm(REVEAL)):
            raise PermissionDenied
        form = FindForm(request.POST or None)
        found = None
        if form.is_valid():
            number = form.cleaned_data["identity_number"]
            visible = self.get_queryset(request).select_related("agency")
            found = list(visible.same_identity(number)[:100])
            self.log_search(request, len(found))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Find by identity number"),
            "opts": self.opts,
            "form": form,
            "found": found,
            # A number that was typed into the address is not handed on by the page.
            "here": request.path,
        }
        return TemplateResponse(request, "admin/disclosure/find.html", context)
