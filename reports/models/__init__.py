"""What reports keep: figures, submissions, annual reports, and reminders sent."""

from reports.models.annual import AnnualReport, Submission
from reports.models.reminders import Reminder
from reports.models.tallies import Tally

__all__ = ["AnnualReport", "Reminder", "Submission", "Tally"]
