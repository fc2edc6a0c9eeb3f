"""The year's totals of a body, alone or with everything beneath it, and checks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.among import Among
from casework.models import Agency, User
from casework.tables import (
    TOTAL,
    Check,
    Form,
    Identity,
    Line,
    Part,
    Source,
    Table,
    added,
    check,
)
from disclosure.annual_forms import FORMS, form_for
from disclosure.annual_forms.sources import FEES, REMEDIES, REQUESTS
from disclosure.models import DisclosureRequest, Fee, Remedy
from proposals import figures as items
from proposals.models import Assignment, Commitment, Feedback, Proposal
from reports import other_figures
from reports.models import Tally

FIRST_YEAR = 2008
"""The Regulation came into force on 2008-05-01."""

LEVELS = tuple(Agency.Kind.values)
_RECORDS = {
    REQUESTS: DisclosureRequest,
    REMEDIES: Remedy,
    FEES: Fee,
    items.RECEIVED: Proposal,
    items.ASSIGNED: Proposal,
    items.TASKS: Assignment,
    items.FEEDBACK: Feedback,
    items.COMMITMENTS: Commitment,
}
BESIDE = (*items.PARTS, *other_figures.PARTS)
"""What stands beside the form: suggestions and proposals, and other figures."""
LAST = "last:"
"""Before a code in an identity: the figure of the year before."""


def complete(form: Form) -> Form:
    """The form with the report's other figures, and its checks by level of organ."""
    totals = {part.leaves[-1].code for part in form.parts} | {TOTAL.code}
    levels = (
        Identity(
            f"levels.{total}",
            _("The levels of organ add up to the total"),
            LEVELS,
            (total,),
            across=True,
        )
        for total in sorted(totals)
    )
    return replace(
        form,
        parts=(*form.parts, *BESIDE),
        identities=(*form.identities, *levels),
    )


EDITIONS = {edition: complete(form) for edition, form in FORMS.items()}


class Figure(NamedTuple):
    """What stands at one place of the form; None where nothing has been reported."""

    part: Part
    row: Line
    column: Line
    value: Any
    tallies: list[Tally]
    """Of a reported figure, the numbers that it is the sum of."""


@dataclass(frozen=True)
class Yearly:
    """The figures of a year for an agency, of what the person may see.

    Without a person, as in a command, of everything. The number of queries does not
    depend on the number of agencies.
    """

    year: int
    agency: Agency
    alone: bool = False
    user: User | None = None
    edition: str = ""

    @cached_property
    def form(self) -> Form:
        return EDITIONS[self.edition or form_for(self.year).edition]

    # Whose figures

    @property
    def scope(self) -> QuerySet:
        """The agencies that are counted."""
        agencies = Agency.objects.all()
        if self.user:
            agencies = agencies.visible_to(self.user)
        if self.alone:
            return agencies.filter(pk=self.agency.pk)
        return agencies.beneath(self.agency)

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        return {agency.pk: agency for agency in self.scope}

    @cached_property
    def members(self) -> dict[str, frozenset[int]]:
        """The agencies of each kind of organ: the body itself by its kind, and by the
        kind of a child of it everything beneath that child."""
        members: dict[str, set[int]] = {kind: set() for kind in LEVELS}
        for agency in self.agencies.values():
            beneath = agency.path.removeprefix(self.agency.path).partition("/")[0]
            child = self.agencies[int(beneath)] if beneath else agency
            members[child.kind].add(agency.pk)
        return {kind: frozenset(ids) for kind, ids in members.items()}

    @cached_property
    def levels(self) -> tuple[Line, ...]:
        """A column for each kind of organ."""
        if self.alone:
            return ()
        return tuple(
            Line(kind, Agency.Kind(kind).label, where={kind: frozenset({True})})
            for kind in LEVELS
        )

    def columns(self, part: Part, row: Line) -> tuple[Line, ...]:
        """The columns in which the row has a figure."""
        return part.leaves if row.told else (*part.leaves, *self.levels)

    # Which figures

    @cached_property
    def figures(self) -> dict[tuple[str, str], Any]:
        """By the codes of row and column."""
        counted = self._counted(self.year)
        figures = {}
        derived = []
        for _part, row, column in self._cells():
            cell = row.code, column.code
            if row.flows:
                figures[cell] = counted[cell]
            elif row.reported:
                figures[cell] = self._reported(self.year, row, column)
            elif row.told:
                figures[cell] = row.told(self.form, self.year)
            else:
                derived.append((row, column.code))
        for row, column in derived:
            figures[row.code, column] = _derive(row, column, figures)
        return {
            (row.code, column.code): figures[row.code, column.code]
            for part, row, column in self._cells()
        }

    def __iter__(self) -> Iterator[Figure]:
        """Every figure, in the order of the form."""
        for part, row, column in self._cells():
            value = self.figures[row.code, column.code]
            tallies = self._tallied(self.year, row, column) if row.reported else []
            yield Figure(part, row, column, value, tallies)

    @cached_property
    def checks(self) -> list[Check]:
        """Every identity at every place, with those that lead to the year before."""
        rows = [code for code, line in self.form.lines.items() if line.additive]
        figures = self.figures | self._last_year()
        return list(check(self.form.identities, figures, rows))

    @cached_property
    def parts(self) -> dict[str, Part]:
        """The part of the form in which a row stands, by the row's code."""
        return {line.code: part for part in self.form.parts for line in part.lines}

    def behind(self, row: str, column: str) -> QuerySet:
        """Exactly the records that a figure counts; KeyError if it counts none."""
        part, line = self.parts[row], self.form.lines[row]
        if not line.flows:
            raise KeyError(row)
        table = self._table(part.source, (line,), self.columns(part, line))
        return table.behind(self._records(part.source), self.year, row, column)

    # From where

    def _cells(self) -> Iterator[tuple[Part, Line, Line]]:
        for part in self.form.parts:
            for row in part.lines:
                if not row.heading:
                    for column in self.columns(part, row):
                        yield part, row, column

    def _records(self, source: Source) -> QuerySet:
        return _RECORDS[source].objects.filter(Among(source.agency, self.agencies))

    def _table(self, source: Source, rows, columns) -> Table:
        """A table that knows of each record whether its body is of a kind of organ."""
        levels = {
            level.code: Among(source.agency, self.members[level.code])
            for level in self.levels
        }
        return Table(replace(source, facts={**source.facts, **levels}), rows, columns)

    def _counted(self, year: int, only: Iterable[str] | None = None) -> dict:
        """The figures that are counted: one query for each source."""
        counted = {}
        for source in _RECORDS:
            parts = [part for part in self.form.parts if part.source is source]
            rows = [
                line
                for part in parts
                for line in part.lines
                if line.flows and (only is None or line.code in only)
            ]
            if rows:
                columns = {c.code: c for part in parts for c in part.leaves}
                across = (*columns.values(), *self.levels)
                table = self._table(source, tuple(rows), across)
                counted |= table.fill(self._records(source), year)
        return counted

    @cached_property
    def _tallies(self) -> dict[tuple[int, str], list[Tally]]:
        """The reported figures of this year and of the last, by year and code."""
        found: dict[tuple[int, str], list[Tally]] = {}
        tallies = Tally.objects.filter(
            agency__in=self.scope, year__in=(self.year - 1, self.year)
        )
        for tally in tallies.order_by("agency__path"):
            tally.agency = self.agencies[tally.agency_id]
            found.setdefault((tally.year, tally.code), []).append(tally)
        return found

    def _tallied(self, year: int, row: Line, column: Line) -> list[Tally]:
        within = self.members[column.code] if column in self.levels else None
        return [
            tally
            for tally in self._tallies.get((year, row.code), ())
            if within is None or tally.agency_id in within
        ]

    def _reported(self, year: int, row: Line, column: Line) -> Decimal | None:
        values = [tally.value for tally in self._tallied(year, row, column)]
        return sum(values) if values else None

    def _last_year(self) -> dict[tuple[str, str], Any]:
        """The figures of the year before that an identity asks for."""
        wanted = {
            term.removeprefix(LAST)
            for identity in self.form.identities
            for side in identity.sides
            for term in side
            if term.startswith(LAST)
        }
        counted = self._counted(self.year - 1, wanted)
        return {
            (f"{LAST}{row.code}", column.code): counted[row.code, column.code]
            if row.flows
            else self._reported(self.year - 1, row, column)
            for part, row, column in self._cells()
            if row.code in wanted
        }


def _derive(row: Line, column: str, figures: dict) -> int | Decimal | None:
    """A sum of lines, or how much of a whole; a rate is never rounded up to all."""
    if row.parts:
        return added(figures, [(part, column) for part in row.parts])
    ratio = row.ratio
    part = figures[ratio.part, column]
    whole = added(figures, [(code, column) for code in ratio.whole])
    if part is None or not whole:
        return None
    share = Decimal(ratio.times * part) / Decimal(whole)
    return share.quantize(Decimal("0.01"), ROUND_DOWN)
