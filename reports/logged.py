"""What people did to reports and submissions, as the admin's history tells it."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation

from casework.models import User


def log(by: User, row: models.Model, *changed: str, deed: int = CHANGE, **about: str):
    """`changed` are fields, or what was done in words; `about` says which row of it."""
    labels = [_label(row, name) for name in changed]
    said = [{"changed": {"fields": labels} | about}] if labels else ""
    LogEntry.objects.log_actions(by.pk, [row], deed, said, single_object=True)


def _label(row: models.Model, name: str) -> str:
    """As it is in the source: the history puts it into the language of who reads it."""
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    with translation.override(None):
        return str(field.verbose_name)
