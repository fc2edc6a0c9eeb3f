"""The year's totals of a body, alone or with everything beneath it, and checks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.among import Among
from casework.models import Agency, User
from casework.tables import (
    LAST,
    TOTAL,
    Check,
    Form,
    Identity,
    Line,
    Part,
    Source,
    Table,
    check,
    derived,
)
from disclosure.annual_forms import FORMS, form_for
from disclosure.annual_forms.sources import FEES, REMEDIES, REQUESTS
from disclosure.models import DisclosureRequest, Fee, Remedy
from proposals.figures import SOURCES
from proposals.models import Session
from reports import item_figures, other_figures
from reports.bodies import LEVELS, Bodies
from reports.entered import ENTERED, Entered
from reports.models import AnnualReport, Submission, Tally
from reports.sources import REGISTERS

FIRST_YEAR = 2008
"""The Regulation came into force on 2008-05-01."""

RECORDS = {
    REQUESTS: DisclosureRequest,
    REMEDIES: Remedy,
    FEES: Fee,
    **SOURCES,
    **REGISTERS,
}


def complete(form: Form) -> Form:
    """The form with the report's other figures, and its checks by level of organ."""
    totals = {part.total for part in form.parts} | {TOTAL.code}
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
        parts=(*form.parts, *other_figures.PARTS),
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
    """The reported numbers that it is the sum of, or that are in it beside cases."""

    @property
    def place(self) -> tuple[str, str]:
        return self.row.code, self.column.code


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
    session: Session | None = None
    """The session whose items alone are counted; without it, all that opened in the
    year."""
    by: str = "level"
    """What figures are split by: level of organ; or, of items, `category` or `group`,
    the delegation or sector of the first author."""

    @cached_property
    def form(self) -> Form:
        """The edition of the year, and beside it the parts of suggestions and proposals
        where a session opened in it."""
        form = EDITIONS[self.edition or form_for(self.year).edition]
        if not self.items:
            return form
        parts = (part for body in self.items for part in body.parts)
        told = (one for body in self.items for one in body.identities)
        return replace(
            form,
            parts=(*form.parts, *parts),
            identities=(*form.identities, *told, *self._split_check),
        )

    @property
    def statutory(self) -> tuple[Part, ...]:
        """The parts of the form itself, without what stands beside it."""
        return FORMS[self.form.edition].parts

    @cached_property
    def items(self) -> list[item_figures.Items]:
        """Of each body with sessions in the year, its parts of the form."""
        return item_figures.of(self.sessions)

    @cached_property
    def sessions(self) -> list[Session]:
        """Those whose items are counted."""
        if self.session:
            return [self.session]
        return list(item_figures.sessions(self.year, self.agency, self.user))

    @cached_property
    def before(self) -> "Yearly | None":
        """The year before, by the form of this one; None before there were figures."""
        if self.year == FIRST_YEAR:
            return None
        edition = self.form.edition
        return replace(self, year=self.year - 1, edition=edition, session=None)

    # In which columns

    @cached_property
    def bodies(self) -> Bodies:
        """Those whose figures are counted."""
        return Bodies(self.agency, self.alone, self.user)

    @property
    def received(self) -> Line:
        """The requests of the year, as the edition calls them."""
        lines = self.form.lines
        return lines["S3.1"] if "S3.1" in lines else lines["T3.1"]

    @cached_property
    def splits(self) -> tuple[Line, ...]:
        """The columns beside those of the form."""
        if self.by == "level":
            return self.bodies.levels
        records = self.records(item_figures.ITEMS) if self.items else None
        return item_figures.columns(records, self.year, self.by)

    def columns(self, part: Part, row: Line) -> tuple[Line, ...]:
        """The columns in which the row has a figure."""
        split = self.by == "level" or part.source in SOURCES
        return part.leaves if row.told or not split else (*part.leaves, *self.splits)

    @property
    def _split_check(self) -> Iterator[Identity]:
        if self.by != "level" and self.splits:
            codes = tuple(column.code for column in self.splits)
            text = _("What the figures are split by adds up to the total")
            yield Identity("splits.total", text, codes, (TOTAL.code,), across=True)

    def _adds_up(self, row: str) -> bool:
        """Whether the total of a row is the sum of its splits: an item is in the hands
        of units of several levels, and a unit has items of several categories."""
        line, source = self.form.lines[row], self.parts[row].source
        if self.by == "level":
            # A body is of one level; what else is counted once may be at several.
            once = line.distinct in ("", "agency")
            return line.additive and once and (source is None or source.single)
        return line.additive and not line.distinct

    # Which figures

    @cached_property
    def figures(self) -> dict[tuple[str, str], Any]:
        """By the codes of row and column."""
        counted = self._counted(self.year)
        figures = {}
        later = []
        for _part, row, column in self._cells():
            cell = row.code, column.code
            if row.flows:
                figures[cell] = counted[cell]
            elif row.reported:
                figures[cell] = self._reported(self.year, row, column)
            elif row.told:
                figures[cell] = row.told(self.form, self.year)
            else:
                later.append((row, column.code))
        for row, column in later:
            figures[row.code, column] = derived(row, column, figures)
        return {
            (row.code, column.code): figures[row.code, column.code]
            for part, row, column in self._cells()
        }

    @cached_property
    def placed(self) -> dict[tuple[str, str], Figure]:
        """Every figure by its place, in the order of the form."""
        found = {}
        for part, row, column in self._cells():
            cell = row.code, column.code
            tallies = self._tallied(self.year, row, column)
            found[cell] = Figure(part, row, column, self.figures[cell], tallies)
        return found

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.placed.values())

    @cached_property
    def checks(self) -> list[Check]:
        """Every identity at every place, with those that lead to the year before."""
        rows = [code for code in self.form.lines if self._adds_up(code)]
        figures = self.figures | self._last_year()
        return list(check(self.form.identities, figures, rows))

    @property
    def parts(self) -> dict[str, Part]:
        """The part of the form in which a row stands, by the row's code."""
        return self.form.part_of

    def behind(self, row: str, column: str) -> QuerySet:
        """Exactly the records that a figure counts; KeyError if it counts none."""
        part, line = self.parts[row], self.form.lines[row]
        if not line.flows:
            raise KeyError(row)
        table = self._table(part.source, (line,), self.columns(part, line))
        return table.behind(self.records(part.source), self.year, row, column)

    # From where

    def _cells(self) -> Iterator[tuple[Part, Line, Line]]:
        for part in self.form.parts:
            for row in part.lines:
                if not row.heading:
                    for column in self.columns(part, row):
                        yield part, row, column

    @cached_property
    def entered(self) -> dict[int, Entered]:
        """The totals that count instead of cases, in this year and in the last."""
        years, agencies = (self.year - 1, self.year), self.bodies.agencies
        found = list(
            Submission.objects.totals().filter(agency__in=agencies, year__in=years)
        )
        return {
            year: Entered.among(agencies, [s for s in found if s.year == year])
            for year in years
        }

    def records(self, source: Source, year: int | None = None) -> QuerySet:
        """What is counted of a source, in this year if no other is named."""
        agencies = self.bodies.agencies.keys()
        if source in ENTERED:
            agencies -= self.entered[year or self.year].held
        records = RECORDS[source].objects.filter(source.of(agencies))
        if source not in SOURCES:
            return records
        # By their keys, of which the planner knows how many items they have.
        return records.filter(Among(source.session, [one.pk for one in self.sessions]))

    def _table(self, source: Source, rows, columns) -> Table:
        """A table that knows of each record whether its body is of a kind of organ."""
        levels = {
            level.code: source.handled_by(self.bodies.of_kind[level.code])
            for level in self.bodies.levels
        }
        return Table(replace(source, facts={**source.facts, **levels}), rows, columns)

    def _counted(self, year: int, only: Iterable[str] | None = None) -> dict:
        """The figures that are counted, with totals of what is kept elsewhere: one
        query for each source."""
        counted = {}
        for source in RECORDS:
            parts = [part for part in self.form.parts if part.source is source]
            rows = [
                line
                for part in parts
                for line in part.lines
                if line.flows and (only is None or line.code in only)
            ]
            if rows:
                columns = {c.code: c for part in parts for c in part.leaves}
                split = self.by == "level" or source in SOURCES
                across = (*columns.values(), *(self.splits if split else ()))
                table = self._table(source, tuple(rows), across)
                counted |= table.fill(self.records(source, year), year)
                if source in ENTERED and self.entered[year].bodies:
                    self._add_totals(counted, year, product(rows, across))
        return counted

    def _add_totals(self, counted: dict, year: int, cells: Iterable) -> None:
        for row, column in cells:
            entered = self._reported(year, row, column) or 0
            exact = row.measure == "amount"
            counted[row.code, column.code] += entered if exact else int(entered)

    @cached_property
    def _tallies(self) -> dict[tuple[int, str, str], list[Tally]]:
        """The reported numbers of this year and of the last, by year and place."""
        found: dict[tuple[int, str, str], list[Tally]] = {}
        tallies = Tally.objects.filter(
            agency__in=self.bodies.scope, year__in=(self.year - 1, self.year)
        )
        for tally in tallies.order_by("agency__path"):
            tally.agency = self.bodies.agencies[tally.agency_id]
            place = tally.year, tally.code, tally.column
            found.setdefault(place, []).append(tally)
        return found

    def _tallied(self, year: int, row: Line, column: Line) -> list[Tally]:
        """A level has of the whole what its bodies reported."""
        within, at = None, column.code
        if column in self.bodies.levels:
            within, at = self.bodies.of_kind[at], self.parts[row.code].total
        return [
            tally
            for tally in self._tallies.get((year, row.code, at), ())
            if within is None or tally.agency_id in within
            if self.entered[year].hears(tally.agency_id, row)
        ]

    def _reported(self, year: int, row: Line, column: Line) -> Decimal | None:
        values = [tally.value for tally in self._tallied(year, row, column)]
        return sum(values) if values else None

    def _last_year(self) -> dict[tuple[str, str], Any]:
        """The figures of the year before that an identity asks for: as they were
        published, if they were."""
        wanted = {row for one in self.form.identities for row in one.of_last_year}
        cells = [
            (row, column) for _, row, column in self._cells() if row.code in wanted
        ]
        published = cells and self._published(self.year - 1)
        if published:
            found = {
                (row.code, column.code): published.figures.get((row.code, column.code))
                for row, column in cells
            }
        else:
            found = self._counted(self.year - 1, wanted) | {
                (row.code, column.code): self._reported(self.year - 1, row, column)
                for row, column in cells
                if not row.flows
            }
        return {
            (f"{LAST}{row}", column): value for (row, column), value in found.items()
        }

    def _published(self, year: int) -> AnnualReport | None:
        """What anyone may read, whoever asks."""
        reports = AnnualReport.objects.filter(agency=self.agency, alone=self.alone)
        return reports.latest().filter(year=year).only("frozen").first()
