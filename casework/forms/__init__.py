"""The forms that staff fill in."""

from casework.forms.calendar import NoticeForm
from casework.forms.record import CaseForm, conflicts
from casework.forms.sheets import ExportForm, ImportForm, UploadForm
from casework.forms.steps import (
    CorrectForm,
    DayInput,
    StepForm,
    absorb,
    field_for,
    refuse_future,
)

__all__ = [
    "CaseForm",
    "CorrectForm",
    "DayInput",
    "ExportForm",
    "ImportForm",
    "NoticeForm",
    "StepForm",
    "UploadForm",
    "absorb",
    "conflicts",
    "field_for",
    "refuse_future",
]
