"""Rows out into CSV and Excel files, so that no cell is ever taken for a formula."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

BOM = "\ufeff"
"""Without it Excel in China reads UTF-8 as GB18030."""

_FORMULA = re.compile("[ \u00a0\u3000]*[=+\\-@|%\t\r\n＝＋－＠]")


def guarded(value: Any) -> Any:
    """A text that a spreadsheet would calculate, kept a text; a number as it is."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The lines of a CSV file, one after another: to be encoded as UTF-8."""
    writer = csv.writer(_Echo())
    yield BOM
    for row in rows:
        yield writer.writerow([guarded(value) for value in row])


def put(cell: Cell, value: Any) -> None:
    """Write into a cell of an Excel file: a text as text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) or None
        cell.data_type = "s" if cell.value else "n"
    else:
        cell.value = value
