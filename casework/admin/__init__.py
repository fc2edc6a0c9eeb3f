"""The admin of agencies, staff and calendar, and what every case's admin does."""

from casework.admin.cases import AgencyFilter, CaseAdmin, CaseForm, DeadlineFilter

__all__ = ["AgencyFilter", "CaseAdmin", "CaseForm", "DeadlineFilter"]
