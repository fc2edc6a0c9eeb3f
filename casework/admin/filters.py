"""What every list of cases can be narrowed by: light, year, agency and beneath."""

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from casework.filters import LIGHTS, lit
from casework.models import Agency
from casework.pages import Order


class DeadlineFilter(admin.SimpleListFilter):
    """Cases by their light."""

    title = _("deadline")
    parameter_name = "light"

    lights = LIGHTS

    def lookups(self, request, model_admin):
        return list(self.lights.items())

    def queryset(self, request, queryset):
        if self.value() not in self.lights:
            return queryset
        return lit(queryset, self.value(), timezone.localdate())


class YearFilter(admin.SimpleListFilter):
    """Cases by the year in which they were received: the years are not looked up."""

    title = _("year of receipt")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        years = range(timezone.localdate().year, model_admin.first_year - 1, -1)
        return [(str(year), str(year)) for year in years]

    def queryset(self, request, queryset):
        years = {value for value, _year in self.lookup_choices}
        if self.value() not in years:
            return queryset
        return Order("received_on").in_year(queryset, int(self.value()))


class AgencyFilter(admin.SimpleListFilter):
    """An agency and everything beneath, of those that the person may see.

    A form with one choice, in the place of hundreds of links.
    """

    title = _("agency and beneath")
    parameter_name = "beneath"
    template = "admin/casework/agency_filter.html"

    def lookups(self, request, model_admin):
        agencies = Agency.objects.visible_to(request.user)
        return list(agencies.values_list("code", "name"))

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        agencies = Agency.objects.visible_to(request.user)
        chosen = get_object_or_404(agencies, code=self.value())
        places = agencies.beneath(chosen).values_list("pk", flat=True)
        return queryset.filter(agency__in=list(places))

    def choices(self, changelist):
        """The one form, with all else that the list is narrowed by."""
        options = (
            (code, mark_safe(" selected") if code == self.value() else "", name)
            for code, name in self.lookup_choices
        )
        yield {
            "name": self.parameter_name,
            "options": format_html_join(
                "\n", '<option value="{}"{}>{}</option>', options
            ),
            "kept": [
                (name, value)
                for name, values in changelist.filter_params.items()
                if name != self.parameter_name
                for value in values
            ],
        }
