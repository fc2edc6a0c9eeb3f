"""The registers as they are shown: of which year, and what is said of each row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models import (
    Assessment,
    PlanTask,
    Problem,
    SelfInspection,
    WebsiteCheck,
)

COLUMNS = {
    PlanTask: ("number", "heading", "title", "unit", "due_on", "progress", "done_on"),
    SelfInspection: ("name", "held_on", "agency", "note"),
    Problem: ("inspection", "number", "agency", "found", "measure", "righted_on"),
    WebsiteCheck: ("year", "quarter", "agency", "sites", "found", "righted", "note"),
    Assessment: ("agency", "score", "assessor", "note"),
}


class YearForm(forms.Form):
    """One of the years that have something; the latest, if another one is named."""

    year = forms.TypedChoiceField(label=_("year"), coerce=int, required=False)

    def __init__(self, given, years: list[int]):
        self.years = years or [timezone.localdate().year]
        super().__init__({"year": self.years[0]} | given.dict())
        self.fields["year"].choices = [(year, year) for year in self.years]

    @property
    def shown(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("year") or self.years[0]


class Cell(NamedTuple):
    text: str
    numeric: bool = False


@dataclass(frozen=True)
class Listing:
    """Rows with the names of their columns; a register is small, and shown whole."""

    heads: list[str]
    rows: list[list[Cell]]
    whole = True

    @classmethod
    def of(cls, records: models.QuerySet, user) -> "Listing":
        """PermissionDenied for whoever may not see such rows at all."""
        meta = records.model._meta
        if not user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
            raise PermissionDenied
        fields = [meta.get_field(name) for name in COLUMNS[records.model]]
        links = [field.name for field in fields if field.is_relation]
        return cls(
            [field.verbose_name for field in fields],
            [
                [_said(record, field) for field in fields]
                for record in records.select_related(*links)
            ],
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[list[Cell]]:
        return iter(self.rows)


def _said(record: models.Model, field: models.Field) -> Cell:
    if field.choices:
        return Cell(str(getattr(record, f"get_{field.name}_display")()))
    value = getattr(record, field.name)
    numeric = isinstance(field, models.IntegerField | models.DecimalField)
    return Cell("—" if value in (None, "") else str(value), numeric)
