"""The forms that staff fill in."""

from casework.forms.calendar import NoticeForm
from casework.forms.steps import DayInput, StepForm, absorb, field_for

__all__ = ["DayInput", "NoticeForm", "StepForm", "absorb", "field_for"]
