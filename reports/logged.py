"""What people did to reports and submissions, as the admin's history tells it."""

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation

from casework.models import User


def log(by: User, row: models.Model, *changed: str, deed: int = CHANGE, **about: str):
    """`changed` are fields, or what was done in words; `about` says which row of it."""
    log_all(by, [row], *changed, deed=deed, **about)


def log_all(
    by: User,
    rows: Sequence[models.Model],
    *changed: str,
    deed: int = CHANGE,
    **about: str,
):
    """The same of several rows of a kind, by one statement."""
    labels = [_label(rows[0], name) for name in changed]
    said = [{"changed": {"fields": labels} | about}] if labels else ""
    LogEntry.objects.log_actions(by.pk, rows, deed, said)


def _label(row: models.Model, name: str) -> str:
    """As it is in the source: the history puts it into the language of who reads it."""
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    with translation.override(None):
        return str(field.verbose_name)
