"""Agencies, their staff, the calendar, the counters; what every case and event is."""

from casework.models.agencies import Agency, User
from casework.models.calendar import CalendarDay
from casework.models.cases import Case, CaseQuerySet, Event
from casework.models.counters import Attempts, Counter

__all__ = [
    "Agency",
    "Attempts",
    "CalendarDay",
    "Case",
    "CaseQuerySet",
    "Counter",
    "Event",
    "User",
]
