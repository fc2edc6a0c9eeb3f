"""Assignments as the rows of a sheet that goes out; they come in with their items."""

from django.utils.translation import gettext_lazy as _

from casework.resources import SheetField, SheetResource
from casework.sheets import Day, Text, Whole
from proposals.models import Assignment


def _day(name: str) -> SheetField:
    return SheetField(Assignment._meta.get_field(name).verbose_name, Day())


class TaskResource(SheetResource):
    model = Assignment

    number = SheetField(_("reference number"), Text())
    called = SheetField(_("called"), Text())
    subject = SheetField(_("title of the item"), Text())
    agency = SheetField(_("unit"), Text())
    role = SheetField(_("role"), Text())
    round = SheetField(_("round"), Whole())
    status = SheetField(_("status"), Text())
    assigned_on = _day("assigned_on")
    signed_for_on = _day("signed_for_on")
    due_on = _day("due_on")
    signed_on = _day("signed_on")
    closed_on = _day("closed_on")
    outcome = SheetField(_("outcome"), Text())
    result_class = SheetField(_("class of result"), Text())

    def lines(self, found, reason=""):
        return super().lines(found.select_related("agency", "case__session"), reason)

    def told(self, record):
        said = {code: getattr(record, code, "") for code in self.fields}
        return said | {
            "called": str(record.case.official_name),
            "agency": record.agency.name,
            "role": record.get_role_display(),
            "status": record.get_status_display(),
            "outcome": record.get_outcome_display(),
        }
