"""The figures that bodies report as numbers, as staff enter and see them."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casework.admin import AgencyFilter, ScopedAdmin, SheetAdmin
from casework.models import Agency
from reports.models import Tally
from reports.printed import plain, shown
from reports.reported import edition, figure_choices, named, refusals
from reports.resources import TallyResource


class TallyForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["value"] = plain(self.initial.get("value"))

    def _get_validation_exclusions(self):
        """The column is of the constraint, and stands for itself."""
        return super()._get_validation_exclusions() - {"column"}

    def clean(self):
        given = super().clean()
        year = given.get("year", self.instance.year)
        code = given.get("code", self.instance.code)
        value = given.get("value")
        if not year or not code:
            return given
        # One that is kept was entered as a total, if it is counted otherwise.
        totals = bool(self.instance.pk)
        wrong = refusals(year, code, value, self.instance.column, totals=totals)
        for name, error in wrong.items():
            self.add_error(name if name in self.fields else None, error)
        return given


class FigureFilter(admin.SimpleListFilter):
    """Of the figures, those that the person may see a number of."""

    title = _("figure")
    parameter_name = "figure"

    def lookups(self, request, model_admin):
        tallies = model_admin.get_queryset(request).order_by("code")
        codes = set(tallies.values_list("code", flat=True).distinct())
        return [
            (code, label)
            for _title, lines in figure_choices()[1:]
            for code, label in lines
            if code in codes
        ]

    def queryset(self, request, queryset):
        return queryset.filter(code=self.value()) if self.value() else queryset


@admin.register(Tally)
class TallyAdmin(SheetAdmin, ScopedAdmin):
    form, resource = TallyForm, TallyResource
    list_display = ("year", "agency", "figure", "number", "unit", "note")
    list_display_links = ("figure",)
    list_filter = (
        "year",
        AgencyFilter,
        ("agency", admin.RelatedOnlyFieldListFilter),
        FigureFilter,
    )
    list_select_related = ("agency",)
    list_per_page = 50
    search_fields = ("code",)
    change_list_template = "reports/tallies.html"

    lookups = frozenset({"year", "beneath", "agency__id__exact", "figure"})
    # A number is no case: one that nobody reported is taken away again.
    has_delete_permission = admin.ModelAdmin.has_delete_permission

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "agency":
            kwargs["queryset"] = Agency.objects.visible_to(request.user).active()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "code":
            return forms.ChoiceField(
                label=db_field.verbose_name, choices=figure_choices
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        """Whose figure of which year it is stays; its number may be mended."""
        return ("agency", "year", "figure") if obj else ()

    def get_fields(self, request, obj=None):
        return ("agency", "year", "figure" if obj else "code", "value", "note")

    @admin.display(description=_("figure"), ordering="code")
    def figure(self, tally):
        return named(edition(tally.year), tally.code, tally.column)

    @admin.display(description=_("value"), ordering="value")
    def number(self, tally):
        return shown(tally.value)

    @admin.display(description=_("unit"))
    def unit(self, tally):
        line = edition(tally.year).lines.get(tally.code)
        return line.unit if line else ""
