"""What an event keeps of a change: facts before and after, personal ones unnamed."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from casework.models import Case

_KEPT_APART = {"id", "case", "version", "folded", "due_why", "status", "number"}


def snapshot(case: Case, row: models.Model | None) -> list[tuple[str, Any, dict]]:
    """What the case and the row hold at the moment."""
    held = [("", type(case), dict(vars(case)))]
    if row:
        held.append((f"{rows_name(row)}.", type(row), dict(vars(row))))
    return held


@cache
def _columns(model: type[models.Model]) -> dict[str, bool]:
    """The columns that hold a fact, and whether it is personal."""
    return {
        column.attname: column.name in model.PERSONAL
        for column in model._meta.concrete_fields
        if column.name not in _KEPT_APART
    }


def rows_name(row: models.Model) -> str:
    """What the case calls rows of this kind."""
    return row._meta.get_field("case").remote_field.related_name


def difference(before: list, after: list) -> dict[str, list | None]:
    """Old and new value of what changed; of a personal field only that it changed."""
    changed = {}
    for (prefix, model, old), (_prefix, _model, new) in zip(before, after, strict=True):
        columns = _columns(model)
        for name, now in new.items():
            was = old.get(name)
            # Most are the very same: of an import this is the innermost loop.
            if was is not now and was != now and name in columns:
                told = None if columns[name] else [_plain(was), _plain(now)]
                changed[f"{prefix}{name}"] = told
    return changed


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | models.fields.files.FieldFile):
        return str(value)
    return value
