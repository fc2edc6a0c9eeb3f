"""How a form looks on paper: headings that span, and figures in their places."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.tables import Line, Part
from reports.yearly import Figure, Yearly


def plain(value: Any) -> Any:
    """A whole number as one, any other without idle zeros, a day as it is written."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value.isoformat() if isinstance(value, date) else value


def jsonable(value: Any) -> Any:
    """The same with a number that JSON has."""
    value = plain(value)
    return float(value) if isinstance(value, Decimal) else value


def shown(value: Any) -> str:
    """The same as text; nothing where nothing has been reported."""
    value = plain(value)
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


EMPTY = "——"
"""In the place of a unit where none belongs."""
NOTHING = "—"
"""What stands where there is nothing to divide by: neither 0 % nor 100 %."""


def told(figure: Figure) -> Any:
    """What is written in the place of a figure in a file."""
    if figure.value is None and figure.row.ratio:
        return NOTHING
    return plain(figure.value)


def wide(text: Any) -> int:
    """How wide a text stands, in characters; a Han character is two."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(text))


@dataclass(frozen=True)
class Cell:
    """A heading, a text, or the place of a figure."""

    text: str = ""
    figure: Figure | None = None
    scope: str = ""
    """Of a heading: what it heads, as HTML says it."""
    rowspan: int = 1
    colspan: int = 1
    depth: int = 0
    """How far the text is set in."""
    field: BoundField | None = None
    """Of a form in which the figure is entered."""

    @property
    def shown(self) -> str:
        return shown(told(self.figure))


@dataclass(frozen=True)
class Block:
    """A table of the form, with its title."""

    title: str
    rows: list[list[Cell]]
    layout: str

    @property
    def width(self) -> int:
        return max(sum(cell.colspan for cell in row) for row in self.rows)

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Each cell with its row and the first column that those above leave free."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield row, column, cell
                taken |= {
                    (row + down, column + right)
                    for down in range(cell.rowspan)
                    for right in range(cell.colspan)
                }


Figures = dict[tuple[str, str], Figure]


def blocks(yearly: Yearly, parts: Iterable[Part]) -> Iterator[Block]:
    """The tables of these parts; lists that follow one another are one table."""
    figures = yearly.placed
    for layout, group in groupby(parts, lambda part: part.layout):
        if layout in _JOINED:
            yield Block("", _JOINED[layout](group, figures), layout)
            continue
        for part in group:
            yield Block(part.label, _LAYOUTS[layout](part, figures), layout)


class _Tree:
    """Lines by their codes: how deep each lies, and how many last ones lie beneath."""

    def __init__(self, lines: tuple[Line, ...]):
        parents = Counter(line.parent for line in lines)
        self.lines, self.depths, self.leaves = lines, {}, {}
        for line in lines:
            self.depths[line.code] = self.depths.get(line.parent, -1) + 1
            beneath = f"{line.code}."
            last = [one for one in lines if one.code not in parents]
            self.leaves[line.code] = sum(
                one is line or one.code.startswith(beneath) for one in last
            )
        self.last = {line.code for line in lines if line.code not in parents}
        self.height = max(self.depths.values()) + 1

    def beneath(self, line: Line) -> list[Line]:
        return [one for one in self.lines if one.parent == line.code]

    def across(self) -> list[list[Cell]]:
        """The lines as heads of columns, one row for each depth."""
        rows: list[list[Cell]] = [[] for _depth in range(self.height)]
        for line in self.lines:
            depth, last = self.depths[line.code], line.code in self.last
            rows[depth].append(
                Cell(
                    line.label,
                    scope="col" if last else "colgroup",
                    rowspan=self.height - depth if last else 1,
                    colspan=self.leaves[line.code],
                )
            )
        return rows

    def down(self) -> Iterator[tuple[Line, list[Cell]]]:
        """The last lines, each with the heads of rows that begin at it."""
        begun: list[Cell] = []
        for line in self.lines:
            if line.code in self.last:
                width = self.height - self.depths[line.code]
                yield line, [*begun, Cell(line.label, scope="row", colspan=width)]
                begun = []
            else:
                begun.append(
                    Cell(line.label, scope="rowgroup", rowspan=self.leaves[line.code])
                )


def _matrix(part: Part, figures: Figures) -> list[list[Cell]]:
    """Rows by columns, both in groups."""
    heads, tree = _Tree(part.columns).across(), _Tree(part.lines[1:])
    corner = Cell(part.note, rowspan=len(heads), colspan=tree.height)
    body = [
        [
            *heading,
            *(Cell(figure=figures[line.code, leaf.code]) for leaf in part.leaves),
        ]
        for line, heading in tree.down()
    ]
    return [[corner, *heads[0]], *heads[1:], *body]


def _line(part: Part, figures: Figures) -> list[list[Cell]]:
    """All figures in one line beneath their headings."""
    tree = _Tree(part.lines[1:])
    total = part.total
    return [
        *tree.across(),
        [
            Cell(figure=figures[line.code, total])
            for line in tree.lines
            if line.code in tree.last
        ],
    ]


def _items(part: Part, figures: Figures) -> list[list[Cell]]:
    """A table for each item, each with heads of its own."""
    tree = _Tree(part.lines[1:])
    total = part.total
    width = max(
        len(tree.beneath(line)) for line in tree.lines if tree.depths[line.code] == 1
    )
    rows = []
    for item in tree.lines:
        if tree.depths[item.code] != 0:
            continue
        rows.append([Cell(item.label, scope="colgroup", colspan=width + 1)])
        kinds = tree.beneath(item)
        heads = tree.beneath(kinds[0])
        spans = [1] * (len(heads) - 1) + [width - len(heads) + 1]
        rows.append(
            [
                Cell(_("Kind of information"), scope="col"),
                *(
                    Cell(head.label, scope="col", colspan=span)
                    for head, span in zip(heads, spans, strict=True)
                ),
            ]
        )
        rows += [
            [
                Cell(kind.label, scope="row"),
                *(
                    Cell(figure=figures[line.code, total], colspan=span)
                    for line, span in zip(tree.beneath(kind), spans, strict=True)
                ),
            ]
            for kind in kinds
        ]
    return rows


def _list(parts: Iterable[Part], figures: Figures) -> list[list[Cell]]:
    """One figure a line, with its unit."""
    heads = (_("Indicator"), _("Unit"), pgettext("form", "Figure"))
    rows = [[Cell(text, scope="col") for text in heads]]
    for part in parts:
        depths, total = _Tree(part.lines).depths, part.total
        for line in part.lines:
            depth = max(depths[line.code], int(line is not part.lines[0]))
            label = Cell(line.label, scope="row", depth=depth)
            figure = figures.get((line.code, total))
            unit = EMPTY if line.heading else line.unit
            rows.append([label, Cell(unit), Cell(figure=figure)])
    return rows


def _rates(parts: Iterable[Part], figures: Figures) -> list[list[Cell]]:
    """A rate a line, with what it is, what it divides, and by what."""
    heads = (
        _("Rate"), _("Definition"), _("Numerator"), "", _("Denominator"), "", "%",
    )  # fmt: skip
    rows = [[Cell(text, scope="col") for text in heads]]
    for part in parts:
        lines, total = {line.code: line for line in part.lines}, part.total
        for line in part.lines:
            if not line.ratio:
                continue
            (whole,) = line.ratio.whole
            rows.append([Cell(line.label, scope="row"), Cell(line.note)])
            for code in (line.ratio.part, whole):
                count = Cell(figure=figures[code, total])
                rows[-1] += [Cell(lines[code].label), count]
            rows[-1].append(Cell(figure=figures[line.code, total]))
    return rows


_JOINED = {"list": _list, "rates": _rates}
_LAYOUTS = {"matrix": _matrix, "line": _line, "items": _items}


def split_title(yearly: Yearly) -> str:
    return {
        "level": _("By level of organ"),
        "category": _("By category"),
        "group": _("By delegation or sector"),
    }[yearly.by]


def split(yearly: Yearly) -> Block:
    """Every figure that is not nothing and is split, by level of organ or otherwise."""
    figures = yearly.placed
    heads = (_("Code"), _("Indicator"), _("Unit"), _("Total"))
    columns = [*heads, *(column.label for column in yearly.splits)]
    rows = [[Cell(text, scope="col") for text in columns]]
    for part in yearly.form.parts:
        total = part.total
        for line in part.lines:
            whole = figures.get((line.code, total))
            if line.told or not whole or not whole.value:
                continue
            if yearly.columns(part, line) == part.leaves:
                continue
            beside = [figures[line.code, column.code] for column in yearly.splits]
            rows.append(
                [
                    Cell(line.code),
                    Cell(yearly.form.named(line.code), scope="row"),
                    Cell(line.unit),
                    *(Cell(figure=figure) for figure in (whole, *beside)),
                ]
            )
    return Block("", rows, "levels")
