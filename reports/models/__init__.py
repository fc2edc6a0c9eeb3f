"""What reports keep: figures that bodies report, and which reminders were sent."""

from reports.models.reminders import Reminder
from reports.models.tallies import Tally

__all__ = ["Reminder", "Tally"]
