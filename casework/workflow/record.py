"""What an event keeps of a change: facts before and after, personal ones unnamed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from casework.models import Case

_KEPT_APART = {"id", "case", "version", "folded", "due_why", "status", "number"}


def snapshot(case: Case, row: models.Model | None) -> dict[str, tuple[Any, bool]]:
    """Each fact by name, and whether it is personal."""
    facts = {}
    for prefix, record in (("", case), (f"{row and rows_name(row)}.", row)):
        for column in record._meta.concrete_fields if record else ():
            if column.name not in _KEPT_APART:
                value = _plain(column.value_from_object(record))
                facts[prefix + column.attname] = value, column.name in record.PERSONAL
    return facts


def rows_name(row: models.Model) -> str:
    """What the case calls rows of this kind."""
    return row._meta.get_field("case").remote_field.related_name


def difference(before: dict, after: dict) -> dict[str, list | None]:
    """Old and new value of what changed; of a personal field only that it changed."""
    changed = {}
    for name, (new, personal) in after.items():
        old = before[name][0]
        if old != new:
            changed[name] = None if personal else [old, new]
    return changed


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | models.fields.files.FieldFile):
        return str(value)
    return value
