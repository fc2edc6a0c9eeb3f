"""The page of a session and of the limits that hold for its items."""

from django.contrib import admin
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.admin import ScopedAdmin
from casework.forms import DayInput
from casework.models import Agency
from casework.workflow import Workflow
from proposals.forms import SessionForm
from proposals.limits import LimitField
from proposals.models import Assignment, Proposal, Session

IDENTITY = ("agency", "body", "term", "number")
COPIED = (
    "agency", "body", "term", "returning", "contact", "opinion", "reply", "difficult",
    "again", "feedback", "classes", "cut_off",
)  # fmt: skip
"""What a new session takes over from the last one; a fixed day is of its year."""


@admin.register(Session)
class SessionAdmin(ScopedAdmin):
    form = SessionForm
    # Not the one box that the admin gives to every text.
    formfield_overrides = {LimitField: {}}
    list_display = (
        "__str__",
        "agency",
        "body",
        "opened_on",
        "closed_on",
        "reply",
        "difficult",
    )
    list_filter = ("body",)
    lookups = frozenset({"body__exact"})
    list_select_related = ("agency",)
    ordering = ("-opened_on", "body")
    change_form_template = "admin/proposals/session.html"
    fieldsets = (
        (None, {"fields": (*IDENTITY, "opened_on", "closed_on")}),
        (
            _("Limits"),
            {
                "fields": (
                    "reply", "reply_by", "difficult", "returning", "contact", "opinion",
                    "again", "feedback",
                ),
                "description": _(
                    "National law are only three and six months from assignment, and "
                    "only for suggestions; every other limit is the rule of the place."
                ),
            },
        ),
        (_("Local rules"), {"fields": ("classes", "cut_off")}),
    )  # fmt: skip

    def has_change_permission(self, request, obj=None):
        """Whoever handles an item of the session reads its rules only."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or request.user.sees(obj.agency))

    def get_readonly_fields(self, request, obj=None):
        """The numbers of its items say whose they are."""
        return IDENTITY if obj else ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = Agency.objects.visible_to(request.user).active()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.get_internal_type() == "DateField":
            kwargs["widget"] = DayInput()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """A new session begins with the rules of the one that it comes after."""
        after = request.GET.get("after", "")
        own = self.own(request)
        last = own.filter(pk=after).first() if after.isdecimal() else None
        if last is None:
            return {}
        return model_to_dict(last, COPIED) | {"number": last.number + 1}

    def own(self, request):
        """The sessions after which the person may begin another."""
        places = Agency.objects.visible_to(request.user).active()
        return self.get_queryset(request).filter(agency__in=places)

    def render_change_form(self, request, context, add=False, obj=None, **kwargs):
        if add:
            latest: dict[tuple, Session] = {}
            for session in self.own(request).order_by("-term", "-number"):
                latest.setdefault((session.agency_id, session.body), session)
            context["latest"] = list(latest.values())
        return super().render_change_form(request, context, add=add, obj=obj, **kwargs)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Save, and read the clocks of what is open again: its limits have changed."""
        super().save_model(request, obj, form, change)
        if not change:
            return
        deed = {"by": request.user, "on": timezone.localdate()}
        note = str(_("The limits of the session were changed."))
        for model, within in ((Proposal, "session"), (Assignment, "case__session")):
            workflow = Workflow.all[model]
            cases = model.objects.undone().filter(**{within: obj})
            for case, _deadline in list(workflow.moved(cases)):
                workflow.recalculate(case, **deed, note=note)
