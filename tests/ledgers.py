"""Sheets that are imported: rows by the codes of their columns, made into files."""

import csv
from datetime import date
from io import BytesIO, StringIO

from disclosure.resources import RequestResource
from tests.casework.sheets.files import a_book, saved

TODAY = date(2026, 3, 9)
LINE = {
    "number": "2016-001",
    "agency": "BJ",
    "channel": "in_person",
    "applicant_kind": "natural_person",
    "applicant": "王小明",
    "subject": "陈仓区棚户区改造项目的批复文件",
    "submitted_on": "2024-04-16",
}
"""A request that has been registered, and nothing more."""
REPLIED = {
    "signed_on": "2024-05-10",
    "document_number": "宝政公开〔2024〕7号",
    "served_on": "2024-05-13",
    "outcome": "disclosed",
}


def line(**cells) -> dict:
    return LINE | cells


def replied(**cells) -> dict:
    """A request that was answered in the ordinary way."""
    return LINE | REPLIED | cells


def lines(count, make=line, **cells) -> list[dict]:
    """So many rows, each of a number of its own."""
    return [make(number=f"2016-{n:04d}", **cells) for n in range(1, count + 1)]


def table(rows) -> list[list]:
    """The rows under the codes of all the columns that any of them fills."""
    codes = list(dict.fromkeys(code for row in rows for code in row))
    return [codes, *([row.get(code, "") for code in codes] for row in rows)]


def a_csv(cells, encoding="utf-8") -> BytesIO:
    text = StringIO()
    csv.writer(text).writerows(cells)
    return BytesIO(text.getvalue().encode(encoding))


def a_sheet(*rows) -> BytesIO:
    return a_csv(table(rows))


def a_workbook(*rows) -> BytesIO:
    return saved(a_book(table(rows)))


def take(*rows, by, resource=RequestResource, dry_run=False, on=TODAY):
    """What becomes of a file of these rows, or of the one that is given."""
    file = rows[0] if isinstance(rows[0], BytesIO) else a_sheet(*rows)
    return resource(by, on).take_in(file, "ledger.csv", dry_run=dry_run)


def told(taken) -> list[tuple]:
    """Where and why rows were refused: row, code of the column, code of the reason."""
    codes = {letter: code for code, letter in taken.ledger.letters.items()}
    return [(p.row, codes.get(p.letter, ""), p.code) for p in taken.problems]


def counted(taken) -> tuple[int, int, int]:
    return taken.new, taken.same, taken.refused
