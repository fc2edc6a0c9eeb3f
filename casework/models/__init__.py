"""Agencies, staff, calendar, counters, uploads; what every case and event is."""

from casework.models.agencies import Agency, User
from casework.models.calendar import CalendarDay
from casework.models.cases import Case, CaseQuerySet, Event
from casework.models.counters import Attempts, Counter, Try
from casework.models.uploads import Upload

__all__ = [
    "Agency",
    "Attempts",
    "CalendarDay",
    "Case",
    "CaseQuerySet",
    "Counter",
    "Event",
    "Try",
    "Upload",
    "User",
]
