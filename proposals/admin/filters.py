"""What the lists of items and of assignments can be narrowed by."""

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from casework.admin import AgencyFilter, DeadlineFilter, YearFilter
from casework.models import Agency
from proposals.filters import (
    COMMITMENTS,
    LIGHTS,
    committed,
    handled_within,
    session_categories,
    supervised,
)
from proposals.models import Session


class LightFilter(DeadlineFilter):
    """By the light, in the words of items."""

    lights = DeadlineFilter.lights | LIGHTS


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
        return handled_within(queryset, places)


class KeyFilter(admin.SimpleListFilter):
    title = _("key item")
    parameter_name = "key"

    def lookups(self, request, model_admin):
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return supervised(queryset, self.parameter_name, self.value())


class CommitmentFilter(admin.SimpleListFilter):
    """Items whose replies promise what is still to be kept, also when closed."""

    title = _("commitments")
    parameter_name = "commitment"

    def lookups(self, request, model_admin):
        return list(COMMITMENTS.items())

    def queryset(self, request, queryset):
        if self.value() not in COMMITMENTS:
            return queryset
        return committed(queryset, self.parameter_name, self.value())


class CategoryFilter(admin.SimpleListFilter):
    """Once a session is chosen."""

    title = _("category")
    parameter_name = "category"

    def has_output(self):
        """What an address asks for is never left out without a word."""
        return super().has_output() or self.value() is not None

    def lookups(self, request, model_admin):
        session = request.GET.get("session", "")
        return [(name, name) for name in session_categories(request.user, session)]

    def queryset(self, request, queryset):
        return queryset.filter(category=self.value()) if self.value() else queryset
