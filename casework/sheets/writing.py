"""Rows out into CSV and Excel files, so that no cell is ever taken for a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from casework.sheets.columns import Column
from casework.sheets.parsing import Limits

BOM = "\ufeff"
"""Without it Excel in China reads UTF-8 as GB18030."""

SUSPECT = frozenset("'= +-@|%\t\r\n\u00a0\u3000＝＋－＠")
"""With what a text begins that may have to be guarded."""
# A text that looks guarded is guarded once more, so that each is read as it was.
_FORMULA = re.compile("'*[ \u00a0\u3000]*[=+\\-@|%\t\r\n＝＋－＠]")


def guarded(value: Any) -> Any:
    """A text that a spreadsheet would calculate, kept a text; a number as it is."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


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


def xlsx(rows: Iterable[Iterable[Any]], file: BinaryIO) -> None:
    """An Excel file of one sheet, row by row: the memory does not grow with them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet)
            put(cell, guarded(value))
            cells.append(cell)
        sheet.append(cells)
    book.save(file)


FORMATS = {"text": "@", "choice": "@", "day": "yyyy-mm-dd", "number": "General"}
"""Of the cells of a column: a text of digits stays the text that was typed."""

HOW = {
    "text": gettext_lazy("Text"),
    "choice": gettext_lazy("One of the allowed values"),
    "day": gettext_lazy("A day, such as 2016-03-01"),
    "number": gettext_lazy("A number"),
}
WIDTHS = {"text": 20, "choice": 18, "day": 14, "number": 12}
WIDEST = 60
LAST_ROW = Limits().rows + 1


def template(columns: Sequence[Column], file: BinaryIO) -> None:
    """An Excel file to be filled in: headers, formats, lists of the allowed values."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Ledger")
    _line(sheet, 1, [str(column.label) for column in columns], bold=True)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        shape = sheet.column_dimensions[get_column_letter(number)]
        shape.number_format = FORMATS[column.kind]
        shape.width = max(WIDTHS[column.kind], _width(str(column.label)))
    _allow(book, sheet, columns)
    _explain(book.create_sheet(_("How to fill it in")), columns)
    book.save(file)


def _line(sheet: Worksheet, row: int, texts: Iterable[str], bold: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column)
        put(cell, text)
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _width(text: str) -> int:
    """In characters; a Han character is two."""
    width = sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
    return min(width + 2, WIDEST)


def _allow(book: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Lists to choose from, on a sheet of their own: there they may be long."""
    chosen = [(place, column) for place, column in enumerate(columns, 1)]
    chosen = [(place, column) for place, column in chosen if column.choices]
    if not chosen:
        return
    lists = book.create_sheet(_("Allowed values"))
    _line(lists, 1, [str(column.label) for _place, column in chosen], bold=True)
    for at, (place, column) in enumerate(chosen, 1):
        labels = [str(label) for _code, label in column.choices]
        for row, label in enumerate(labels, 2):
            put(lists.cell(row, at), label)
        letter = get_column_letter(at)
        lists.column_dimensions[letter].width = max(map(_width, labels))
        area = f"${letter}$2:${letter}${len(labels) + 1}"
        rule = DataValidation("list", f"{quote_sheetname(lists.title)}!{area}")
        rule.showErrorMessage = True
        rule.error = _("Choose one of the list.")
        filled = get_column_letter(place)
        rule.add(f"{filled}2:{filled}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _explain(sheet: Worksheet, columns: Sequence[Column]) -> None:
    titles = (_("Column"), _("Required"), _("Format"), _("Note"))
    _line(sheet, 1, titles, bold=True)
    for row, column in enumerate(columns, 2):
        required = _("required") if column.required else _("may be left empty")
        how, note = str(HOW[column.kind]), str(column.help)
        _line(sheet, row, (str(column.label), required, how, note))
    for letter, width in zip("ABCD", (24, 14, 30, WIDEST), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
