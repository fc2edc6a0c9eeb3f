"""How records are counted: by the facts that lines ask for, and back to the records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, reduce
from operator import itemgetter, or_
from typing import Any, ClassVar

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Expression,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from casework.among import Among
from casework.pages import DayOrLast
from casework.tables.lines import TOTAL, Flow, Line


def whether(condition: Q) -> Case:
    """True or false, and never NULL."""
    return Case(
        When(condition, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


@dataclass(frozen=True, eq=False)
class Source:
    """Which facts of a record are counted, and the days that place it in a year.

    `facts` gives an expression to every fact that is not a column of its own.
    """

    start: str = "received_on"
    end: str = "closed_on"
    agency: str = "agency"
    """The way from a record to its agency."""
    facts: Mapping[str, Expression | F] = field(default_factory=dict)
    amounts: tuple[str, ...] = ()
    """The columns that lines may add up."""
    single: ClassVar[bool] = True
    """Whether each record is of one agency, so that those of agencies add up."""

    def of(self, agencies: Iterable[int]) -> Expression | Q:
        """Whether a record is of one of these agencies."""
        return Among(self.agency, agencies)

    def handled_by(self, agencies: Iterable[int]) -> Expression:
        """Whether one of these agencies has it in hand."""
        return Among(self.agency, agencies)

    def expression(self, name: str) -> Expression | F:
        return self.facts.get(name, F(self.agency if name == "agency" else name))

    def in_year(self, records: QuerySet, year: int) -> QuerySet:
        """The records that had begun by the end of the year and not ended before it.

        What ended and has no beginning is taken to have begun by then.
        """
        last = date(year, 12, 31)
        return records.filter(
            GreaterThanOrEqual(DayOrLast(self.end), date(year, 1, 1)),
            Q((f"{self.start}__lte", last))
            | Q((self.start, None), (f"{self.end}__lte", last)),
        )

    def flows(self, year: int) -> dict[Flow, Q]:
        """What tells the flows of the records that are in the year; nothing in it is
        negated, since either day may be missing."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return {
            Flow.NEW: Q((f"{self.start}__gte", first)),
            Flow.CARRIED_IN: Q((f"{self.start}__lt", first)),
            Flow.FINISHED: Q((f"{self.end}__lte", last)),
            Flow.CARRIED_OUT: Q(GreaterThan(DayOrLast(self.end), last)),
        }


@dataclass(frozen=True, eq=False)
class Cohort(Source):
    """Records that belong whole to the year in which something opened, whatever became
    of them and when."""

    session: str = "session"
    """The way to what opened."""

    def in_year(self, records: QuerySet, year: int) -> QuerySet:
        whole_year = date(year, 1, 1), date(year, 12, 31)
        return records.filter(**{f"{self.session}__opened_on__range": whole_year})

    def flows(self, year: int) -> dict[Flow, Q]:
        return {Flow.PRESENT: Q()}


@dataclass(frozen=True)
class Table:
    """Rows and columns over one source."""

    source: Source
    rows: tuple[Line, ...]
    columns: tuple[Line, ...] = (TOTAL,)

    def fill(
        self, records: QuerySet, year: int
    ) -> dict[tuple[str, str], int | Decimal]:
        """The figure of every cell, by the codes of its row and column: one query."""
        return self._measured(self._groups(records, year))

    def fill_each(
        self, records: QuerySet, year: int, fact: str, of: Mapping[Any, Any]
    ) -> dict[Any, dict[tuple[str, str], int | Decimal]]:
        """The same of each part, by the value of a fact: one query for all parts."""
        parts: dict[Any, list[dict]] = {part: [] for part in of.values()}
        for group in self._groups(records, year, fact):
            parts[of[group[fact]]].append(group)
        return {part: self._measured(groups) for part, groups in parts.items()}

    def members(self, records: QuerySet, year: int) -> dict[tuple[str, str], list[int]]:
        """The keys of the records that a cell counts, of those that count any: one
        query, a row a record."""
        cells = self._cells(self._told(records, year, {"key": F("pk")}))
        return {
            cell: [group["key"] for group in groups] for cell, groups in cells.items()
        }

    def _measured(self, groups: Iterable[dict]) -> dict[tuple[str, str], int | Decimal]:
        rows = {row.code: row for row in self.rows}
        found = {
            (row, column): rows[row].measured(counted)
            for (row, column), counted in self._cells(groups).items()
        }
        return self._nothing | found

    @cached_property
    def _nothing(self) -> dict[tuple[str, str], int | Decimal]:
        """What every cell says where there is no record."""
        return {
            (row.code, column.code): row.measured([])
            for row in self.rows
            for column in self.columns
        }

    @cached_property
    def _counting(self) -> tuple["_Counting", "_Counting"]:
        return _Counting(self.rows), _Counting(self.columns)

    def _cells(self, groups: Iterable[dict]) -> dict[tuple[str, str], list[dict]]:
        """The groups that a cell counts, by the codes of its row and column."""
        cells: dict[tuple[str, str], list[dict]] = defaultdict(list)
        rows, columns = self._counting
        for group in groups:
            across = columns.of(group)
            for row in rows.of(group):
                for column in across:
                    cells[row, column].append(group)
        return cells

    def behind(self, records: QuerySet, year: int, row: str, column: str) -> QuerySet:
        """Exactly the records that a cell counts; KeyError if there is no such cell."""
        line = {line.code: line for line in self.rows}[row]
        across = {line.code: line for line in self.columns}[column]
        source = self.source
        flows = source.flows(year)
        wanted = [line.where, across.where]
        named = {name for where in wanted for name in where} & source.facts.keys()
        found = source.in_year(records, year)
        found = found.alias(**{name: source.facts[name] for name in named})
        found = found.filter(reduce(or_, (flows[flow] for flow in line.flows)))
        for where in wanted:
            found = found.filter(
                **{f"{name}__in": values for name, values in where.items()}
            )
        return found

    @property
    def _facts(self) -> tuple[str, ...]:
        """The facts that lines ask for."""
        names = {name for line in (*self.rows, *self.columns) for name in line.where}
        names |= {row.distinct for row in self.rows if row.distinct}
        return tuple(sorted(names))

    def _groups(self, records: QuerySet, year: int, *more: str) -> Iterator[dict]:
        """How many records, and how much, by flows and facts: one GROUP BY."""
        measures = {"records": Count("*")}
        measures |= {amount: Sum(amount) for amount in self.source.amounts}
        yield from self._told(records, year, measures, *more)

    def _told(
        self, records: QuerySet, year: int, measures: dict, *more: str
    ) -> Iterator[dict]:
        """The flows and facts of groups, with what is measured of each."""
        source, facts = self.source, tuple(dict.fromkeys((*self._facts, *more)))
        told = source.flows(year)
        records = source.in_year(records.order_by(), year)
        asked = {flow for row in self.rows for flow in row.flows}
        if len(asked) == 1:
            records = records.filter(told[asked.pop()])
        telling = [flow for flow in (Flow.NEW, Flow.FINISHED) if flow in told]
        # A column of the model may have the name of a fact.
        grouping = {f"by_{name}": source.expression(name) for name in facts} | {
            f"is_{flow}": ExpressionWrapper(told[flow], BooleanField(null=True))
            for flow in telling
        }
        measured = {f"of_{name}": measure for name, measure in measures.items()}
        groups = (
            records.values(**grouping)
            .annotate(**measured)
            .values_list(*grouping, *measured)
        )
        names = (*facts, *telling, *measures)
        for values in groups:
            group = dict(zip(names, values, strict=True))
            group["flows"] = _FLOWS[tuple(group[flow] for flow in telling)]
            yield group


_FLOWS = {
    (new, finished): frozenset(
        {
            *{True: [Flow.NEW], False: [Flow.CARRIED_IN], None: []}[new],
            Flow.FINISHED if finished else Flow.CARRIED_OUT,
        }
    )
    for new in (True, False, None)
    for finished in (True, False, None)
} | {(): frozenset({Flow.PRESENT})}
"""By whether it began in the year, if it began at all, and ended in it; of what belongs
to the year as a whole nothing is asked."""


class _Counting:
    """The lines that count a group: those that all its facts admit, each found once."""

    def __init__(self, lines: tuple[Line, ...]):
        self.lines = lines
        self.facts = ("flows", *sorted({name for line in lines for name in line.where}))
        self.values = itemgetter(*self.facts)
        self.of_fact = cache(self._of_fact)
        self.found: dict[Any, frozenset[str]] = {}

    def of(self, group: Mapping[str, Any]) -> frozenset[str]:
        values = self.values(group)
        if values not in self.found:
            admitted = (self.of_fact(name, group[name]) for name in self.facts)
            self.found[values] = frozenset.intersection(*admitted)
        return self.found[values]

    def _of_fact(self, name: str, value: Any) -> frozenset[str]:
        return frozenset(line.code for line in self.lines if line.admits(name, value))
