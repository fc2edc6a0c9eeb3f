"""The forms that staff fill in."""

from casework.forms.calendar import NoticeForm
from casework.forms.record import CaseForm, conflicts
from casework.forms.steps import CorrectForm, DayInput, StepForm, absorb, field_for

__all__ = [
    "CaseForm",
    "CorrectForm",
    "DayInput",
    "NoticeForm",
    "StepForm",
    "absorb",
    "conflicts",
    "field_for",
]
