"""What the lists of items and of assignments can be narrowed by."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.admin import AgencyFilter, DeadlineFilter, YearFilter
from casework.models import Agency
from proposals.models import Assignment, Commitment, Proposal, Session
from proposals.models.items import NOT_ASSIGNED


class LightFilter(DeadlineFilter):
    """By the light: of an item, it goes out with the reply."""

    def lookups(self, request, model_admin):
        words = {
            "unconfirmed": NOT_ASSIGNED,
            "waiting": _("no limit"),
            "on_time": pgettext_lazy("light", "done in time"),
            "late": pgettext_lazy("light", "done late"),
        }
        usual = super().lookups(request, model_admin)
        return [(code, words.get(code, label)) for code, label in usual]


class AssignedFilter(YearFilter):
    """By the year in which they were assigned, which the list is in the order of."""

    title = _("year of assignment")


class SessionFilter(admin.SimpleListFilter):
    title = _("session")
    parameter_name = "session"
    field = "session"

    def lookups(self, request, model_admin):
        sessions = Session.objects.visible_to(request.user)
        return [(str(session.pk), session.name) for session in sessions]

    def queryset(self, request, queryset):
        known = {value for value, _name in self.lookup_choices}
        if self.value() not in known:
            return queryset
        return queryset.filter(**{self.field: self.value()})


class ItemSessionFilter(SessionFilter):
    """Of assignments, by the session of the item."""

    field = "case__session"


class UnitFilter(AgencyFilter):
    """Items that a unit, or one beneath it, handles."""

    title = _("unit and beneath")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        agencies = Agency.objects.visible_to(request.user)
        chosen = get_object_or_404(agencies, code=self.value())
        places = list(agencies.beneath(chosen).values_list("pk", flat=True))
        handled = Assignment.objects.filter(case=OuterRef("pk"), agency__in=places)
        return queryset.filter(Exists(handled))


class KeyFilter(admin.SimpleListFilter):
    title = _("key item")
    parameter_name = "key"

    def lookups(self, request, model_admin):
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.exclude(key_leader="")
        return queryset.filter(key_leader="") if self.value() == "no" else queryset


class CommitmentFilter(admin.SimpleListFilter):
    """Items whose replies promise what is still to be kept, also when closed."""

    title = _("commitments")
    parameter_name = "commitment"

    def lookups(self, request, model_admin):
        return [
            ("open", pgettext_lazy("commitment", "open")),
            ("overdue", pgettext_lazy("commitment", "overdue")),
        ]

    def queryset(self, request, queryset):
        if self.value() not in ("open", "overdue"):
            return queryset
        # From the few that are open to their items, and not the other way round.
        waiting = Commitment.objects.filter(settled_on=None)
        if self.value() == "overdue":
            waiting = waiting.filter(due_on__lt=timezone.localdate())
        return queryset.filter(pk__in=waiting.values("case"))


class CategoryFilter(admin.SimpleListFilter):
    """Once a session is chosen: its categories are few, and looked up by an index."""

    title = _("category")
    parameter_name = "category"

    def has_output(self):
        """What an address asks for is never left out without a word."""
        return super().has_output() or self.value() is not None

    def lookups(self, request, model_admin):
        session = request.GET.get("session", "")
        if not session.isdecimal():
            return []
        items = Proposal.objects.visible_to(request.user).filter(session=session)
        names = items.exclude(category="").order_by("category")
        return [
            (name, name) for name in names.values_list("category", flat=True).distinct()
        ]

    def queryset(self, request, queryset):
        return queryset.filter(category=self.value()) if self.value() else queryset
