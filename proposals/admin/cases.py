"""What the pages of items and of assignments have in common: both are assigned."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casework.admin import CaseAdmin


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
