"""Reported figures as rows of a sheet: one row is a figure of a body and a year."""

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from casework.bulk import insert
from casework.models import Agency
from casework.resources import AgencyWidget, SheetField, SheetResource
from casework.sheets import Choice, Number, Text, Whole
from reports.models import Tally
from reports.printed import plain
from reports.reported import named, refusals
from reports.yearly import EDITIONS

_named = lazy(named, str)


def _figures():
    """Every figure of any edition, by its code, named when it is shown."""
    for form in EDITIONS.values():
        for code in form.reported:
            yield code, _named(form, code)


class TallyResource(SheetResource):
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

    def prepare(self, rows):
        seen = Agency.objects.visible_to(self.by)
        self.fields["agency"].widget.learn(seen)
        years = {self._year(row) for row in rows} - {None}
        kept = Tally.objects.visible_to(self.by).filter(year__in=years)
        self.known = {
            (tally.year, tally.agency, tally.code): self.told(tally)
            for tally in kept.select_related("agency")
        }

    def _year(self, row) -> int | None:
        try:
            return self.fields["year"].widget.clean(row["year"])
        except ValidationError:
            return None

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

    def store(self, records):
        insert(records)
        LogEntry.objects.log_actions(
            self.by.pk, records, ADDITION, [{"added": {}}], single_object=False
        )

    def fault(self, record):
        return None
