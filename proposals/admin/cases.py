"""What the pages of items and of assignments have in common: both are assigned."""

from collections.abc import Iterator
from datetime import date

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casework.admin import CaseAdmin
from casework.workdays import WorkCalendar
from proposals.deadlines import end
from proposals.models import Proposal


class AssignedAdmin(CaseAdmin):
    """A kind of case whose clock starts with the assignment."""

    first_year = 2008

    def has_change_permission(self, request, obj=None):
        """Where the person may also use it: a unit corrects no item of the city."""
        may = super().has_change_permission(request, obj)
        change = self.workflow.permission("change")
        return may and (obj is None or obj.admits(request.user, change))

    @admin.display(description=_("assigned on"), ordering="received_on")
    def received(self, case):
        return case.received_on and case.received_on.isoformat()

    def _changes(self, event):
        """Not the day of receipt, which is the day of assignment once more."""
        for field, values in super()._changes(event):
            if field.name != "received_on":
                yield field, values


def first_contact(
    item: Proposal, assigned_on: date, calendar: WorkCalendar
) -> Iterator[tuple]:
    """Until when the author is to be spoken with, as long as nobody has."""
    limit = item.session.contact
    if limit and not (item.replied_on or item.rows("contacts")):
        yield _("first contact by"), end(limit, assigned_on, calendar).last
