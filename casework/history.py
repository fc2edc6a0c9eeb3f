"""The events of a case in words: what was done, and what it changed from and to."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Event
from casework.workflow import Workflow


def history(workflow: Workflow, case: Case) -> list[dict]:
    """The events of the case, newest first; one query for them, and one for each model
    that they name.

    Of each the event itself, what it is called, to which status it led, if to another,
    and what it changed: the field with its old and new value, or alone if it is
    personal.
    """
    events = list(reversed(case.events.all()))
    changes = [list(_changes(workflow.model, event)) for event in events]
    called = _called(change for told in changes for change in told)
    statuses = dict(workflow.model._meta.get_field("status").flatchoices)
    return [
        {
            "event": event,
            "label": workflow.label(event.step),
            "status": "" if event.source == event.target else statuses[event.target],
            # Once, what is kept in two columns.
            "changes": dict.fromkeys(
                (field.verbose_name, *(_shown(field, v, called) for v in values))
                for field, values in told
            ),
        }
        for event, told in zip(events, changes, strict=True)
    ]


def _changes(model: type[Case], event: Event) -> Iterator[tuple[models.Field, Any]]:
    """Each field that an event changed: with its old and its new value, or with none if
    it is personal."""
    for name, values in event.changes.items():
        if name in model.ECHOES:
            continue
        rows, _dot, attname = name.rpartition(".")
        of = model._meta.get_field(rows).related_model if rows else model
        fields = of._meta.concrete_fields
        yield next(f for f in fields if f.attname == attname), values or ()


def _called(changes) -> dict:
    """The rows that changes name by their keys, in a query for each model."""
    keys: dict = {}
    for field, values in changes:
        if field.is_relation:
            keys.setdefault(field.related_model, set()).update(values)
    return {model: model._base_manager.in_bulk(some) for model, some in keys.items()}


def _shown(field, value, called):
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.is_relation:
        return called[field.related_model].get(value, value)
    return dict(field.flatchoices).get(value, value)
