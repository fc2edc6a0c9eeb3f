"""What must be true between the figures of a form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from typing import Any

LAST = "last:"
"""Before the code of a term: the figure of the year before."""


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

    @property
    def of_last_year(self) -> set[str]:
        """The rows of which it asks for the figure of the year before."""
        terms = (*self.left, *self.right)
        return {term.removeprefix(LAST) for term in terms if term.startswith(LAST)}

    def cells(self, place: str) -> Iterator[list[tuple[str, str]]]:
        """Of each side the cells, in a column; or in a row, if terms are columns."""
        for side in self.sides:
            yield [(place, term) if self.across else (term, place) for term in side]


@dataclass(frozen=True)
class Check:
    """An identity at one place: both sides, and whether it holds there.

    It cannot be told while one side has not been reported at all, or what last year had
    is not known: then `holds` is None.
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
                sides = (_side(figures, cells) for cells in (left, right))
                yield Check(identity, place, *sides, gap)


def _side(figures: Figures, cells: list[tuple[str, str]]) -> int | Decimal | None:
    """What a body does not report is nothing; what it had last year is not."""
    for row, column in cells:
        if row.startswith(LAST) and figures[row, column] is None:
            return None
    return added(figures, cells)
