"""The admin of agencies, staff and calendar, and what every case's admin does."""

from casework.admin.agencies import AgencyAdmin, StaffAdmin
from casework.admin.calendar import CalendarAdmin
from casework.admin.cases import CaseAdmin
from casework.admin.filters import AgencyFilter, DeadlineFilter, YearFilter
from casework.admin.scope import ScopedAdmin
from casework.admin.sheets import SheetAdmin

__all__ = [
    "AgencyAdmin",
    "AgencyFilter",
    "CalendarAdmin",
    "CaseAdmin",
    "DeadlineFilter",
    "ScopedAdmin",
    "SheetAdmin",
    "StaffAdmin",
    "YearFilter",
]
