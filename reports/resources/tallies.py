"""Reported figures as rows of a sheet: one row is a figure of a body and a year."""

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from casework.resources import AgencyWidget, SheetField
from casework.sheets import Choice, Number, Text, Whole
from reports.models import Tally
from reports.printed import plain
from reports.reported import named, refusals
from reports.resources.rows import RowResource
from reports.yearly import EDITIONS

_named = lazy(named, str)


def _figures():
    """Every figure of any edition, by its code, named when it is shown."""
    for form in EDITIONS.values():
        for code in form.reported:
            yield code, _named(form, code)


class TallyResource(RowResource):
    model = Tally
    key = ("year", "agency", "code")

    year = SheetField(_("year"), Whole(), names=("年份",), required=True)
    agency = SheetField(
        _("agency"), AgencyWidget(), names=("单位", "填报单位"), required=True
    )
    code = SheetField(
        _("figure"), Choice(_figures()), names=("指标", "指标代码"), required=True
    )
    value = SheetField(_("value"), Number(), names=("数量",), required=True)
    note = SheetField(_("note"), Text(100))

    def told(self, record):
        said = {code: getattr(record, code) for code in self.fields}
        return said | {"value": plain(record.value)}

    def build(self, facts, row):
        wrong = refusals(facts["year"], facts["code"], facts["value"])
        if facts["agency"].closed_on:
            message = _("The agency is closed.")
            wrong["agency"] = ValidationError(message, "closed_agency")
        if wrong:
            raise ValidationError(wrong)
        tally = Tally(**facts)
        tally.clean_fields(["agency"])
        return tally
