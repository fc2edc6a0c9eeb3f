"""Where the headers stand in a ledger, and which rows beneath them are cases."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from openpyxl.utils import get_column_letter

from casework.folding import fold
from casework.sheets.columns import Column, spellings
from casework.sheets.parsing import HEAD
from casework.sheets.reading import CellValue, Sheet
from casework.sheets.refusals import Unreadable
from casework.sheets.writing import unguarded

ENOUGH = 3
"""So many names of columns make a row one of headers."""

ORDINALS = {"序号", "序", "次序", "顺序号", "行号", "no"}
"""Folded headers of what only counts the rows."""

SKIPPED = {
    "blank": _("blank row"),
    "header": _("the headers again"),
    "total": pgettext_lazy("row", "total"),
    "note": pgettext_lazy("row", "note"),
    "signature": _("who filled it in"),
}
"""Why a row is not taken for a case."""

REMARKS = {
    "total": {
        "合计", "小计", "总计", "共计", "累计", "total", "subtotal", "grandtotal",
    },
    "note": {
        "备注", "附注", "注释", "注", "说明", "填表说明", "填报说明", "note", "notes",
    },
    "signature": {
        "制表", "制表人", "制表单位", "制表日期", "制表时间",
        "填表", "填表人", "填表单位", "填表日期", "填表时间",
        "填报", "填报人", "填报单位", "填报日期", "填报时间",
        "审核", "审核人", "复核", "复核人", "经办人", "联系人", "联系电话",
        "负责人", "单位负责人", "部门负责人", "分管领导",
    },
}  # fmt: skip
"""The folded words with which a row begins that is no case."""

BEGINNING = re.compile(r"([^:(.、]{1,12})(?:[:(.、]|$)")
"""A word that stands alone or has something after it: not any text that begins so."""

Cells = dict[int, CellValue]
"""What stands in a row, by the number of the column; nothing where nothing stands."""


@dataclass(frozen=True)
class Ledger:
    """The rows of a sheet by the codes of its columns.

    `letters` are the columns' letters by code; `headers` is the number of the (lower)
    row in which they stand; `title` the texts above the headers;
    `unknown` the columns (letter, header) that are none of those expected; `skipped`
    the rows (number, code of SKIPPED or why in words, text) that are no case.
    """

    letters: dict[str, str]
    headers: int
    rows: list[tuple[int, dict[str, CellValue]]]
    title: list[str]
    unknown: list[tuple[str, str]]
    skipped: list[tuple[int, str, str]]

    def without(self, left_out: Callable[[dict[str, CellValue]], str]) -> "Ledger":
        """The same without the rows that something is said of: these are skipped, with
        what is said as the reason."""
        reasons = {number: str(left_out(row)) for number, row in self.rows}
        rows = [(number, row) for number, row in self.rows if not reasons[number]]
        if not rows:
            raise Unreadable("no_rows")
        skipped = [
            (number, reasons[number], " ".join(str(v) for v in row.values() if v))
            for number, row in self.rows
            if reasons[number]
        ]
        return replace(self, rows=rows, skipped=sorted(self.skipped + skipped))


class _Name(NamedTuple):
    """A header as it is shown, and the two ways in which it may be a column's."""

    text: str
    exact: str
    loose: str = ""


class _Headers(NamedTuple):
    last_row: int
    height: int
    names: dict[int, _Name]
    found: dict[str, list[int]]


def cleaned(value: CellValue) -> CellValue:
    """A text without the guard and the blanks around it, composed; nothing if empty."""
    if isinstance(value, str):
        return unguarded(unicodedata.normalize("NFC", value)).strip() or None
    return value


def find(sheet: Sheet, columns: Sequence[Column]) -> Ledger:
    """The rows beneath the headers; Unreadable if there are no headers or no rows.

    The headers are the first row within 15 that matches most of the columns, at least
    three of them or all; or that row and the next, if its cells span several of those.
    """
    rows = {
        row.number: {
            place: value
            for place, cell in enumerate(row.cells, 1)
            if (value := cleaned(cell)) is not None
        }
        for row in sheet.rows
    }
    headers = _headers(sheet, rows, columns)
    _refuse_twice(headers, columns)
    first = headers.last_row - headers.height + 1
    places = {code: found[0] for code, found in headers.found.items()}
    body = _body(sheet, rows, headers.last_row)
    taken, skipped = _sorted(body, rows, headers)
    if not taken:
        raise Unreadable("no_rows")
    return Ledger(
        letters={code: get_column_letter(place) for code, place in places.items()},
        headers=headers.last_row,
        rows=[
            (number, {code: cells.get(place) for code, place in places.items()})
            for number, cells in taken
        ],
        title=[str(v) for n in sorted(rows) if n < first for v in rows[n].values()],
        unknown=list(_unknown(headers, taken)),
        skipped=skipped,
    )


def _headers(
    sheet: Sheet, rows: dict[int, Cells], columns: Sequence[Column]
) -> _Headers:
    known = spellings(columns)
    own, over = _head(sheet, rows)
    best = _Headers(0, 1, {}, {})
    for number in range(1, HEAD + 1):
        names = {place: _single(value) for place, value in own[number].items()}
        one = _Headers(number, 1, names, _matched(names, known))
        if len(one.found) > len(best.found):
            best = one
    for number in range(1, HEAD):
        names = _joined(own[number], over[number], own[number + 1])
        two = _Headers(number + 1, 2, names, _matched(names, known))
        # A title that spans the table also stands above the headers and adds nothing.
        better = len(two.found) - len(best.found)
        if better > 0 or (better == 0 and best.height == 1 and _tall(sheet, number)):
            best = two
    if len(best.found) < min(ENOUGH, len(columns)):
        named = ", ".join(str(column.label) for column in columns[:5])
        raise Unreadable("no_headers", rows=HEAD, names=named)
    return best


def _head(
    sheet: Sheet, rows: dict[int, Cells]
) -> tuple[dict[int, Cells], dict[int, Cells]]:
    """The first rows, with merged cells spread downwards only, and in full."""
    own = {number: dict(rows.get(number, {})) for number in range(1, HEAD + 1)}
    over = {number: dict(cells) for number, cells in own.items()}
    widest = max((place for cells in own.values() for place in cells), default=0)
    for top, left, bottom, right in sheet.merged:
        value = rows.get(top, {}).get(left)
        if value is None:
            continue
        for number in range(top, min(bottom, HEAD) + 1):
            own[number].setdefault(left, value)
            for place in range(left, min(right, widest) + 1):
                over[number].setdefault(place, value)
    if sheet.encoding:  # a CSV file keeps of a merged cell only the first
        for number in range(1, HEAD):
            _carry(over[number], own[number + 1])
    return own, over


def _carry(upper: Cells, lower: Cells) -> None:
    """A header reaches over the sub-headers on its right, up to the next."""
    for place in sorted(lower):
        if place not in upper and place - 1 in upper and place - 1 in lower:
            upper[place] = upper[place - 1]


def _tall(sheet: Sheet, number: int) -> bool:
    """Whether a cell spans this row and the next, as beside sub-headers."""
    return any(top == number == bottom - 1 for top, _l, bottom, _r in sheet.merged)


def _single(value: CellValue) -> _Name:
    return _Name(str(value), fold(str(value)))


def _joined(own: Cells, over: Cells, lower: Cells) -> dict[int, _Name]:
    names = {}
    for place in sorted({*own, *lower}):
        under = lower.get(place)
        above = over.get(place) if under is not None else own.get(place)
        if under is None or above is None or above == under:
            names[place] = _single(under if above is None else above)
        else:
            text = f"{above}/{under}"
            names[place] = _Name(text, fold(text), fold(str(under)))
    return names


def _matched(names: dict[int, _Name], known: dict[str, str]) -> dict[str, list[int]]:
    """The columns of each code: by the whole header, or else by the lower part."""
    exact: dict[str, list[int]] = defaultdict(list)
    loose: dict[str, list[int]] = defaultdict(list)
    for place, name in names.items():
        if name.exact in known:
            exact[known[name.exact]].append(place)
        elif name.loose in known:
            loose[known[name.loose]].append(place)
    return {**loose, **exact}


def _refuse_twice(headers: _Headers, columns: Iterable[Column]) -> None:
    for column in columns:
        places = headers.found.get(column.code, [])
        if len(places) > 1:
            letters = ", ".join(get_column_letter(place) for place in places)
            raise Unreadable("header_twice", letters=letters, name=column.label)


def _body(
    sheet: Sheet, rows: dict[int, Cells], above: int
) -> Iterator[tuple[int, Cells]]:
    """Each row beneath, the blank ones too; what is merged down stands in each."""
    last = max(rows)
    for top, left, bottom, right in sheet.merged:
        if top > above and left == right and left in rows.get(top, {}):
            for number in range(top + 1, min(bottom, last) + 1):
                if rows.get(number):
                    rows[number].setdefault(left, rows[top][left])
    for number in range(above + 1, last + 1):
        yield number, dict(sorted(rows.get(number, {}).items()))


def _sorted(
    body: Iterable[tuple[int, Cells]], rows: dict[int, Cells], headers: _Headers
) -> tuple[list[tuple[int, Cells]], list[tuple[int, str, str]]]:
    """The rows that are cases, and those that are not."""
    repeated = [rows.get(headers.last_row - up) for up in range(headers.height)]
    taken, skipped = [], []
    for number, cells in body:
        reason = "header" if cells and cells in repeated else _remark(cells)
        if reason:
            skipped.append((number, reason, _text(cells)))
        else:
            taken.append((number, cells))
    if len(headers.names) > 1:
        full = [number for number, cells in taken if len(cells) > 1]
        while full and taken[-1][0] > full[-1] and _is_text(taken[-1][1]):
            number, cells = taken.pop()
            skipped.append((number, "note", _text(cells)))
    return taken, sorted(skipped)


def _remark(cells: Cells) -> str:
    """Why the row is no case, by the first text in it; nothing if it may be one."""
    if not cells:
        return "blank"
    first = unicodedata.normalize("NFKC", str(next(iter(cells.values()))))
    said = BEGINNING.match("".join(first.split()))
    word = fold(said[1]).rstrip("0123456789") if said else ""
    return next((code for code, words in REMARKS.items() if word in words), "")


def _text(cells: Cells) -> str:
    return str(next(iter(cells.values()), ""))


def _is_text(cells: Cells) -> bool:
    return len(cells) == 1 and isinstance(next(iter(cells.values())), str)


def _unknown(
    headers: _Headers, taken: Iterable[tuple[int, Cells]]
) -> Iterator[tuple[str, str]]:
    """Columns that are not looked for; without a header only if they hold anything."""
    known = {place for places in headers.found.values() for place in places}
    held = {place for _number, cells in taken for place in cells}
    for place in sorted({*headers.names, *held} - known):
        name = headers.names.get(place, _Name("", ""))
        if name.exact not in ORDINALS:
            yield get_column_letter(place), name.text
