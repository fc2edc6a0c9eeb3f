"""The year's figures as files: one figure a row, or the form as it is printed."""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from casework.sheets import csv_lines, put
from proposals.figures import kind
from reports import other_figures
from reports.printed import (
    Block,
    Cell,
    blocks,
    plain,
    split,
    split_title,
    told,
    wide,
)
from reports.verdicts import verdicts
from reports.yearly import Yearly

COLUMNS = (
    "year", "edition", "agency_code", "agency",
    "row", "row_label", "column", "column_label", "value", "unit",
)  # fmt: skip
STATES = {
    True: pgettext_lazy("identity", "holds"),
    False: pgettext_lazy("identity", "does not hold"),
    None: gettext_lazy("not reported"),
}
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def rows(yearly: Yearly) -> Iterator[tuple]:
    """One figure a row, as COLUMNS names it."""
    agency = yearly.agency
    for figure in yearly:
        row, column = figure.row, figure.column
        yield (
            yearly.year,
            int(yearly.form.edition),
            agency.code,
            agency.name,
            row.code,
            yearly.form.named(row.code),
            column.code,
            str(column.label),
            told(figure),
            str(row.unit),
        )


def as_csv(yearly: Yearly) -> Iterator[str]:
    """The lines of the file."""
    return csv_lines([COLUMNS, *rows(yearly)])


def as_json(yearly: Yearly) -> str:
    """The same rows, and what became of every identity."""
    identities = [
        {
            "code": check.identity.code,
            "text": str(check.identity.text),
            "place": check.place,
            "left": plain(check.left),
            "sense": check.identity.sense,
            "right": plain(check.right),
            "holds": check.holds,
            "warns": check.identity.warns,
        }
        for check in yearly.checks
    ]
    whole = {
        "year": yearly.year,
        "edition": int(yearly.form.edition),
        "agency_code": yearly.agency.code,
        "agency": yearly.agency.name,
        "alone": yearly.alone,
        "figures": [dict(zip(COLUMNS, row, strict=True)) for row in rows(yearly)],
        "identities": identities,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=float)


THIN = Side(style="thin")
BORDER = Border(THIN, THIN, THIN, THIN)
NARROWEST, WIDEST, A_LINE = 9, 48, 16
"""Of columns, in characters (a Han character is two); of a row, in points."""
WIDE = 6
"""From how many columns on a sheet is turned."""


def as_xlsx(yearly: Yearly, file: BinaryIO) -> None:
    """The form as it is printed, and what stands beside it, each on a sheet."""
    book = Workbook()
    own = yearly.statutory
    form = list(blocks(yearly, own))
    sheets = [(_name(block) if len(form) > 1 else _("Form"), block) for block in form]
    for found in yearly.items:
        title = kind(found.body)
        sheets += [(title, block) for block in blocks(yearly, found.counts)]
        title = _("%(body)s: rates") % {"body": title}
        sheets += [(title, block) for block in blocks(yearly, found.rates)]
    beside = blocks(yearly, other_figures.PARTS)
    sheets += [(_("Other figures"), block) for block in beside]
    if yearly.splits:
        sheets.append((split_title(yearly), split(yearly)))
    above = (heading(yearly), subheading(yearly))
    for title, block in sheets:
        print_block(book.create_sheet(sheet_name(title)), above, block)
    _judge(book.create_sheet(_("Cross-checks")), yearly)
    book.remove(book.worksheets[0])
    book.save(file)


def _name(block: Block) -> str:
    """What a block is called: by its title, or its first head."""
    return block.title or block.rows[1][0].text


def sheet_name(title: str) -> str:
    """A title without what Excel refuses."""
    return re.sub(r"[\[\]:*?/\\]", "", str(title))[:31]


def print_block(sheet: Worksheet, above: tuple[str, str], block: Block) -> None:
    """A table beneath these lines and its title, to be printed on A4, with its heads on
    each page."""
    top = 1
    for text, size in zip((*above, block.title), (16, 11, 12), strict=True):
        if text:
            top = _banner(sheet, top, block.width, text, size)
    _table(sheet, top, block)
    _fit(sheet, top)
    if block.layout != "items":
        sheet.print_title_rows = f"{top}:{top + block.rows[0][0].rowspan - 1}"
    sheet.page_setup.orientation = "landscape" if block.width > WIDE else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _fit(sheet: Worksheet, top: int) -> None:
    """Columns as wide as what stands in one of them alone, and rows as high."""
    spanning = {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}
    alone = [
        cell
        for cells in sheet.iter_rows(min_row=top)
        for cell in cells
        if cell.value is not None and (cell.row, cell.column) not in spanning
    ]
    widths: dict[str, int] = {}
    for cell in alone:
        letter = cell.column_letter
        wanted = min(wide(cell.value) + 2, WIDEST)
        widths[letter] = max(widths.get(letter, NARROWEST), wanted)
    for number in range(1, sheet.max_column + 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = widths.get(letter, NARROWEST + 3)
    for cell in alone:
        lines = -(-wide(cell.value) // (widths[cell.column_letter] - 2))
        row = sheet.row_dimensions[cell.row]
        row.height = max(row.height or 0, lines * A_LINE)


def heading(yearly: Yearly) -> str:
    values = {"title": yearly.form.title, "year": yearly.year}
    return _("%(title)s (%(year)s)") % values


def subheading(yearly: Yearly) -> str:
    """Whose figures, and by which instrument."""
    whose = _("the body alone") if yearly.alone else _("with everything beneath it")
    return f"{yearly.agency.name} · {whose} · {yearly.form.instrument}"


def _banner(sheet: Worksheet, top: int, width: int, text: str, size: int) -> int:
    """A line across the sheet; the next free row."""
    put(sheet.cell(top, 1), str(text))
    sheet.cell(top, 1).font = Font(size=size, bold=True)
    sheet.cell(top, 1).alignment = Alignment(horizontal="center", wrap_text=True)
    sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=width)
    return top + 1


def _table(sheet: Worksheet, top: int, block: Block) -> None:
    """The cells of a block, merged as they span."""
    for row, column, cell in block.placed():
        _fill(sheet, cell, top + row, 1 + column)


def _fill(sheet: Worksheet, cell: Cell, row: int, column: int) -> None:
    first = sheet.cell(row, column)
    put(first, told(cell.figure) if cell.figure else str(cell.text))
    first.font = Font(bold=bool(cell.scope) and not cell.depth)
    first.alignment = Alignment(
        horizontal="left" if cell.scope == "row" else "center",
        vertical="center",
        wrap_text=True,
        indent=cell.depth,
    )
    area = {
        "min_row": row,
        "max_row": row + cell.rowspan - 1,
        "min_col": column,
        "max_col": column + cell.colspan - 1,
    }
    for cells in sheet.iter_rows(**area):
        for place in cells:
            place.border = BORDER
    if cell.rowspan * cell.colspan > 1:
        sheet.merge_cells(CellRange(**area).coord)


def _judge(sheet: Worksheet, yearly: Yearly) -> None:
    """A line for each place at which an identity was checked."""
    lines: list[tuple] = [
        (
            _("Code"), _("Identity"), _("Place"),
            _("Left"), "", _("Right"), _("Result"),
        )
    ]  # fmt: skip
    for verdict in verdicts(yearly):
        identity = verdict.identity
        for place in verdict.places:
            check = place.check
            sides = (plain(check.left), identity.sense, plain(check.right))
            said = (str(identity.text), str(place.label))
            result = str(STATES[check.holds])
            lines.append((identity.code, *said, *sides, result))
    for row, values in enumerate(lines, 1):
        for column, value in enumerate(values, 1):
            put(sheet.cell(row, column), value)
    for letter, width in zip("ABCDEFG", (18, 60, 14, 12, 5, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
