"""What reports keep: figures, submissions, annual reports, registers, reminders."""

from reports.models.annual import AnnualReport, Submission
from reports.models.plans import PlanTask
from reports.models.reminders import Reminder
from reports.models.supervision import (
    Assessment,
    Problem,
    SelfInspection,
    WebsiteCheck,
)
from reports.models.tallies import Tally

__all__ = [
    "AnnualReport",
    "Assessment",
    "PlanTask",
    "Problem",
    "Reminder",
    "SelfInspection",
    "Submission",
    "Tally",
    "WebsiteCheck",
]
