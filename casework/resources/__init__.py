"""Rows of sheets in and out, on django-import-export: all of a file, or nothing."""

from casework.resources.agencies import AgencyResource, AgencyWidget
from casework.resources.base import (
    BATCH,
    SheetField,
    SheetResource,
    Taken,
    batched,
)

__all__ = [
    "BATCH",
    "AgencyResource",
    "AgencyWidget",
    "SheetField",
    "SheetResource",
    "Taken",
    "batched",
]
