"""The figures that bodies report as numbers, as staff enter and see them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.admin import AgencyFilter, ScopedAdmin
from casework.models import Agency
from casework.tables import Form
from disclosure.annual_forms import form_for
from reports.models import Tally
from reports.printed import plain, shown
from reports.yearly import EDITIONS


def edition(year: int) -> Form:
    """The form of the year, with what stands beside it."""
    return EDITIONS[form_for(year).edition]


def figure_choices() -> list:
    """The figures of every edition, the latest first; one of several once."""
    said: set[str] = set()
    groups: list = [("", "---------")]
    for year, form in reversed(EDITIONS.items()):
        codes = [code for code in form.reported if code not in said]
        said |= set(codes)
        title = _("Form of %(edition)s") % {"edition": year}
        groups.append((title, [(code, named(form, code)) for code in codes]))
    return groups


def named(form: Form, code: str) -> str:
    """The figure as a person chooses it: its code tells its place in the form."""
    return f"{code} {form.named(code)}" if code in form.reported else code


class TallyForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["value"] = plain(self.initial.get("value"))

    def clean(self):
        given = super().clean()
        year = given.get("year", self.instance.year)
        code = given.get("code", self.instance.code)
        value = given.get("value")
        if not year or not code:
            return given
        line = edition(year).reported.get(code)
        if line is None:
            message = _("The form of %(year)s has no such figure to report.")
            error = ValidationError(message, "unknown_code", {"year": year})
            self.add_error("code" if "code" in self.fields else None, error)
        elif value is not None and value < 0 and not line.signed:
            message = _("This figure cannot be negative.")
            self.add_error("value", ValidationError(message, "negative"))
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
class TallyAdmin(ScopedAdmin):
    form = TallyForm
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
        return named(edition(tally.year), tally.code)

    @admin.display(description=_("value"), ordering="value")
    def number(self, tally):
        return shown(tally.value)

    @admin.display(description=_("unit"))
    def unit(self, tally):
        line = edition(tally.year).reported.get(tally.code)
        return line.unit if line else ""
