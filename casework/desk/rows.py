"""The fields of a case and its related rows, as the pages of the desk show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst

from casework.models import Case
from casework.workflow import Step, Workflow

NOTHING = "—"


def cell(row: models.Model, name: str):
    """The value of a field in words; a dash where there is none."""
    choice = getattr(row, f"get_{name}_display", None)
    value = choice() if choice else getattr(row, name)
    if value in (None, ""):
        return NOTHING
    return value.isoformat() if isinstance(value, date) else value


def facts(row: models.Model, names: Iterable[str]) -> list[tuple[str, str]]:
    """What the fields are called, and what they say; without those that say nothing."""
    told = [(row._meta.get_field(name).verbose_name, cell(row, name)) for name in names]
    return [(label, value) for label, value in told if value not in (NOTHING, 0)]


@dataclass(frozen=True)
class Rows:
    """Which columns are shown of the related rows of a kind."""

    kind: str
    columns: tuple[str | tuple[str, str], ...]
    """Fields; or attributes, each with what it is called."""
    private: frozenset[str] = frozenset()
    """Those of them that only who handles the case may read."""


@dataclass(frozen=True)
class Section:
    """Related rows as a table, with the steps that add one or complete one."""

    kind: str
    title: str
    columns: list[str]
    rows: list[dict]
    """Of each its cells, and where it is corrected, if the person may."""
    steps: list[Step]


def section(
    workflow: Workflow,
    shown: Rows,
    rows: Iterable[models.Model],
    steps: Iterable[Step],
    *,
    may_read=True,
    correct: Case | None = None,
) -> Section:
    """The table of these rows; `correct` is the case if the person may correct it."""
    model = workflow.model._meta.get_field(shown.kind).related_model
    columns = [
        column if isinstance(column, tuple) else (column, None)
        for column in shown.columns
        if may_read or column not in shown.private
    ]
    return Section(
        kind=shown.kind,
        title=model._meta.verbose_name_plural,
        columns=[
            capfirst(label or model._meta.get_field(name).verbose_name)
            for name, label in columns
        ],
        rows=[
            {
                "cells": [cell(row, name) for name, _label in columns],
                "correct": correct and _correct(workflow, correct, shown.kind, row),
            }
            for row in rows
        ],
        steps=[step for step in steps if shown.kind in (step.adds, step.mends)],
    )


def _correct(workflow: Workflow, case: Case, kind: str, row: models.Model) -> str:
    meta = workflow.model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_correct"
    return reverse(name, args=[case.pk, kind, row.pk])
