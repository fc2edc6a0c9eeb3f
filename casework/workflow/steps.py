"""One step of a workflow: a line of the table of what may be done to a case."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models

from casework.models import Case

SAME = ""
"""The target of a step that leaves the status as it is."""

Guard = Callable[[Case, date, dict[str, Any]], ValidationError | None]


@dataclass(frozen=True)
class Step:
    """One thing that may be done to a case, and everything that the law asks of it."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    day: str = ""
    """The field that keeps the step's legal day."""
    facts: tuple[str, ...] = ()
    """The fields that it asks for: of the case, or of the row that it adds or mends."""
    _: KW_ONLY
    optional: frozenset[str] = frozenset()
    """Which of the facts may stay empty."""
    adds: str = ""
    """The related rows to which it adds one."""
    mends: str = ""
    """The related rows of which it completes one, whose day is still open."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of which values a fact may be, where not of all."""
    sets: Callable[[Case], dict[str, Any]] | None = None
    """What follows from the step without being asked."""
    suggests: Callable[[Case], Mapping[str, Any]] | None = None
    """What a form may offer for its facts, to be confirmed by a person."""
    preconditions: tuple[Callable[[Case], ValidationError | None], ...] = ()
    """What must hold of the case; a step that they refuse is not offered."""
    guards: tuple[Guard, ...] = ()
    """What must hold of the case together with the day and the facts."""
    reason: bool = False
    """Whether it must say why."""
    then: Callable[[Case, Any, date], None] | None = None
    """What follows for other cases, done by the same person in the same transaction."""
    onward: bool = False
    """Whether it leads the case on in its usual way: what pages offer first."""
    public: bool = False
    """Whether the public status page shows it."""

    def model(self, case_model: type[Case]) -> type[models.Model]:
        """The model whose fields the facts are."""
        rows = self.adds or self.mends
        return case_model._meta.get_field(rows).related_model if rows else case_model

    def rows(self, case: Case) -> list[models.Model]:
        """The rows of the case that the step may complete."""
        rows = case.rows(self.mends) if self.mends else ()
        return [row for row in rows if not getattr(row, self.day)]


class Deed(NamedTuple):
    """A step that was taken in the past, as a row of a record tells."""

    step: str
    on: date
    facts: dict[str, Any]
    column: str
    """Where in the record it stands, for a refusal to name the place."""
    columns: tuple[str, ...] = ()
    """The facts that stand in a column of their own, of the same name."""
    row: int = 0
    """Which of the related rows it completes, in the order in which they came."""

    def named(self, refusal: ValidationError) -> ValidationError:
        """The refusal, each reason by the column that it is about."""
        if hasattr(refusal, "error_dict"):
            given = refusal.error_dict.items()
        else:
            given = [("", refusal.error_list)]
        reasons: dict[str, list] = {}
        for name, errors in given:
            for error in errors:
                about = (error.params or {}).get("fact", name)
                column = about if about in self.columns else self.column
                reasons.setdefault(column, []).append(error)
        return ValidationError(reasons)
