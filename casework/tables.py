"""Statutory figures: lines that say in data what they count, and how it is counted.

A `Form` is printed in parts; a part has lines and columns. A line is a heading, or is
counted from records, or reported as a number, or follows from other lines. The same
line gives the place of a record in the sum, and the records behind the sum.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Count, Expression, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _


class Flow(StrEnum):
    """A part that a record can have in a year."""

    NEW = "new"
    CARRIED_IN = "carried_in"
    FINISHED = "finished"
    CARRIED_OUT = "carried_out"

    def parts(self, start: str, end: str, year: int) -> tuple[Q, ...]:
        """Disjoint conditions over the day it began and the day it ended.

        Two where the end may be open: an index serves each of them, and not their
        disjunction.
        """
        first, last = date(year, 1, 1), date(year, 12, 31)
        began = {"before": Q((f"{start}__lt", first)), "by": Q((f"{start}__lte", last))}
        still_open = Q((end, None))
        return {
            Flow.NEW: (Q((f"{start}__range", (first, last))),),
            Flow.CARRIED_IN: (
                began["before"] & still_open,
                began["before"] & Q((f"{end}__gte", first)),
            ),
            Flow.FINISHED: (Q((f"{end}__range", (first, last))),),
            Flow.CARRIED_OUT: (
                began["by"] & still_open,
                began["by"] & Q((f"{end}__gt", last)),
            ),
        }[self]


@dataclass(frozen=True)
class Ratio:
    """How many of the whole, in so many parts; none of nothing."""

    part: str
    whole: tuple[str, ...]
    times: int = 100


@dataclass(frozen=True, eq=False)
class Line:
    """A row or a column of a form: its code, its words, and what it counts."""

    code: str
    label: str
    flows: tuple[Flow, ...] = ()
    where: Mapping[str, frozenset] = field(default_factory=dict)
    """By name of a fact, the values of it that are counted."""
    _: KW_ONLY
    unit: str = ""
    measure: str = "records"
    """Of the records: how many, the sum of their `amount`, or how many `agencies`."""
    per: int = 1
    """How many of what is measured make one of the unit."""
    reported: bool = False
    """Whether bodies report it as a number."""
    signed: bool = False
    """Whether the reported number may be negative."""
    parts: tuple[str, ...] = ()
    """The lines that it is the sum of."""
    ratio: Ratio | None = None
    told: Callable[["Form", int], Any] | None = None
    """What it says of a form and a year, whoever reports."""

    @property
    def heading(self) -> bool:
        return not (
            self.flows or self.reported or self.parts or self.ratio or self.told
        )

    @property
    def additive(self) -> bool:
        """Whether the figure of a whole is the sum of the figures of its parts."""
        return not (self.ratio or self.told)

    @property
    def parent(self) -> str:
        """The line beneath which it is printed."""
        return self.code.rpartition(".")[0]

    def counts(self, group: Mapping[str, Any]) -> bool:
        """Whether it counts the records of this flow and these facts."""
        return (not self.flows or group["flow"] in self.flows) and all(
            group[name] in values for name, values in self.where.items()
        )

    def measured(self, groups: list[dict]) -> int | Decimal:
        if self.measure == "agencies":
            return len({group["agency"] for group in groups})
        if self.measure == "amount":
            amounts = (group["amount"] or Decimal(0) for group in groups)
            return sum(amounts, Decimal(0)) / self.per
        return sum(group["records"] for group in groups)


TOTAL = Line("total", _("Total"))


def reported(code: str, label: str, unit: str, **facts) -> Line:
    """A line that bodies report as a number."""
    return Line(code, label, reported=True, unit=unit, **facts)


@dataclass(frozen=True, eq=False)
class Source:
    """Which facts of a record are counted, and the days that place it in a year.

    `facts` gives an expression to every fact that is not a column of its own.
    """

    start: str = "received_on"
    end: str = "closed_on"
    facts: Mapping[str, Expression | F] = field(default_factory=dict)
    amount: str = ""

    def expression(self, name: str) -> Expression | F:
        return self.facts.get(name, F(name))


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
        cells: dict[tuple[str, str], list[dict]] = {
            (row.code, column.code): [] for row in self.rows for column in self.columns
        }
        rows, columns = _Counting(self.rows), _Counting(self.columns)
        for group in self._groups(records, year):
            for row in rows.of(group):
                for column in columns.of(group):
                    cells[row, column].append(group)
        by_code = {row.code: row for row in self.rows}
        return {
            (row, column): by_code[row].measured(groups)
            for (row, column), groups in cells.items()
        }

    def behind(self, records: QuerySet, year: int, row: str, column: str) -> QuerySet:
        """Exactly the records that a cell counts; KeyError if there is no such cell."""
        line = {line.code: line for line in self.rows}[row]
        across = {line.code: line for line in self.columns}[column]
        source = self.source
        parts = (
            part
            for flow in line.flows
            for part in flow.parts(source.start, source.end, year)
        )
        wanted = [line.where, across.where]
        named = {name for where in wanted for name in where} & source.facts.keys()
        found = records.alias(**{name: source.facts[name] for name in named})
        found = found.filter(reduce(or_, parts))
        for where in wanted:
            found = found.filter(
                **{f"{name}__in": values for name, values in where.items()}
            )
        return found

    def _facts(self, flow: Flow | None = None) -> tuple[str, ...]:
        """The facts that lines ask for, those of one flow or all."""
        rows = [row for row in self.rows if flow is None or flow in row.flows]
        names = {name for line in (*rows, *self.columns) for name in line.where}
        if any(row.measure == "agencies" for row in rows):
            names.add("agency")
        return tuple(sorted(names))

    def _groups(self, records: QuerySet, year: int) -> Iterable[dict]:
        """How many records, and how much, by flow and facts: one GROUP BY for each part
        of each flow, over the indexes, in one UNION ALL."""
        records = records.order_by()
        expressions = {name: self.source.expression(name) for name in self._facts()}
        resolved = records.annotate(
            **{f"by_{name}": expression for name, expression in expressions.items()}
        ).query.annotations
        amount = {"of_amount": Sum(self.source.amount)} if self.source.amount else {}
        queries = []
        for flow in Flow:
            if not any(flow in row.flows for row in self.rows):
                continue
            asked = self._facts(flow)
            grouping = {
                f"by_{name}": expression
                if name in asked
                else Cast(Value(None), resolved[f"by_{name}"].output_field)
                for name, expression in expressions.items()
            }
            queries += [
                records.filter(part)
                .values(in_flow=Value(flow.value), **grouping)
                .annotate(of_records=Count("*"), **amount)
                for part in flow.parts(self.source.start, self.source.end, year)
            ]
        first, *others = queries
        names = ("flow", *expressions, "records", *(["amount"] if amount else ()))
        for group in first.union(*others, all=True):
            yield dict(zip(names, group.values(), strict=True))


class _Counting:
    """The lines that count a group, found once for each combination of their facts."""

    def __init__(self, lines: tuple[Line, ...]):
        self.lines = lines
        self.names = {"flow", *(name for line in lines for name in line.where)}
        self.found: dict[tuple, list[str]] = {}

    def of(self, group: Mapping[str, Any]) -> list[str]:
        facts = tuple(group.get(name) for name in self.names)
        if facts not in self.found:
            self.found[facts] = [line.code for line in self.lines if line.counts(group)]
        return self.found[facts]


@dataclass(frozen=True)
class Identity:
    """What must be true between the figures of a form (勾稽关系).

    Its terms are rows, and it is checked in every column; or columns, in every row. A
    term `last:T3.4` is the figure of the year before.
    """

    code: str
    text: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    _: KW_ONLY
    sense: str = "="
    """The left side is equal to the right, or at most as much: `=` or `≤`."""
    warns: bool = False
    """Whether it may fail for a good reason, and then wants a note."""
    across: bool = False
    """Whether its terms are columns."""
    gap: str = ""
    """The line whose figure explains the difference, if one does."""

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.left, self.right

    def cells(self, place: str) -> Iterator[list[tuple[str, str]]]:
        """Of each side the cells, in a column; or in a row, if terms are columns."""
        for side in self.sides:
            yield [(place, term) if self.across else (term, place) for term in side]


@dataclass(frozen=True)
class Check:
    """An identity at one place: both sides, and whether it holds there.

    It cannot be told while one side has not been reported at all: then `holds` is None.
    """

    identity: Identity
    place: str
    """The code of the column, or of the row, in which it was checked."""
    left: int | Decimal | None
    right: int | Decimal | None
    gap: int | Decimal | None = None

    @property
    def holds(self) -> bool | None:
        if self.left is None or self.right is None:
            return None
        if self.identity.sense == "≤":
            return self.left <= self.right
        return self.left == self.right

    @property
    def difference(self) -> int | Decimal | None:
        return None if self.holds is None else self.left - self.right


Figures = Mapping[tuple[str, str], Any]


def added(figures: Figures, cells: Iterable[tuple[str, str]]) -> int | Decimal | None:
    """The sum of the cells that have a figure; None if none has."""
    found = [value for cell in cells if (value := figures[cell]) is not None]
    return sum(found) if found else None


def check(
    identities: Iterable[Identity], figures: Figures, rows: Iterable[str]
) -> Iterator[Check]:
    """Every identity, at each place at which all its terms are; `rows` are those that
    an identity between columns is checked in."""
    rows = list(rows)
    for identity in identities:
        columns = [column for row, column in figures if row == identity.left[0]]
        for place in rows if identity.across else columns:
            left, right = identity.cells(place)
            if all(cell in figures for cell in (*left, *right)):
                gap = figures.get((identity.gap, place)) if identity.gap else None
                yield Check(
                    identity, place, added(figures, left), added(figures, right), gap
                )


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a form: its lines as they are printed one below the other."""

    code: str
    label: str
    lines: tuple[Line, ...]
    source: Source | None = None
    """What its counted lines count."""
    columns: tuple[Line, ...] = (TOTAL,)
    """As printed, with headings."""
    layout: str = "list"
    """How it looks on paper: `list`, `matrix`, `line` or `items`."""
    note: str = ""

    @property
    def leaves(self) -> tuple[Line, ...]:
        """The columns without those that are only headings of others."""
        headings = {column.parent for column in self.columns}
        return tuple(c for c in self.columns if c.code not in headings)


@dataclass(frozen=True, eq=False)
class Form:
    """An edition of a statutory form."""

    edition: str
    title: str
    instrument: str
    sections: tuple[str, ...]
    """The sections of the report that it belongs to."""
    parts: tuple[Part, ...]
    identities: tuple[Identity, ...]

    @cached_property
    def lines(self) -> dict[str, Line]:
        return {line.code: line for part in self.parts for line in part.lines}

    def named(self, code: str) -> str:
        """A line with what it stands beneath, without the title of its part."""
        titles = {part.lines[0].code for part in self.parts}
        labels: list[str] = []
        while (line := self.lines.get(code)) and (code not in titles or not labels):
            labels.insert(0, str(line.label))
            code = line.parent
        return " › ".join(labels)

    @cached_property
    def reported(self) -> dict[str, Line]:
        """The lines that bodies report as numbers."""
        return {code: line for code, line in self.lines.items() if line.reported}
