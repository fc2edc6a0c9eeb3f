"""The pages of suggestions and proposals: the list, an item, to whom it is assigned."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from casework.admin import SheetAdmin
from casework.admin.lists import CaseList
from proposals.admin.cases import AssignedAdmin
from proposals.admin.filters import (
    AssignedFilter,
    CategoryFilter,
    CommitmentFilter,
    KeyFilter,
    LightFilter,
    SessionFilter,
    UnitFilter,
)
from proposals.case_pages import ItemPages
from proposals.forms import AssignManyForm, ItemForm
from proposals.models import Assignment, Proposal
from proposals.models.assignments import handling
from proposals.resources import ProposalResource
from proposals.workflow import ASSIGN, items

CONTENT = pgettext_lazy("item", "Content")


class ItemList(CaseList):
    """Each item with the units that reply, in one query for the whole page."""

    def get_results(self, request):
        super().get_results(request)
        units = Assignment.objects.select_related("agency")
        prefetch_related_objects(self.result_list, Prefetch("assignments", units))


@admin.register(Proposal)
class ItemAdmin(SheetAdmin, ItemPages, AssignedAdmin):
    resource = ProposalResource
    form = ItemForm
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

    # Assigning

    def get_urls(self):
        view = self.admin_site.admin_view(self.assign_many_view)
        return [
            path("assign/", view, name="proposals_proposal_assign_many"),
            *super().get_urls(),
        ]

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
        context = {"title": _("Assign a list of items"), "form": form}
        return self.show(request, "proposals/assign", context)
