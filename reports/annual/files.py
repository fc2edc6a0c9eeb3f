"""A published report as files: of what was frozen, and of nothing else."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from openpyxl import Workbook

from casework.sheets import csv_lines
from reports.annual.paper import Paper
from reports.annual.publishing import canonical
from reports.documents import as_docx
from reports.downloads import COLUMNS, print_block, sheet_name
from reports.models import AnnualReport
from reports.models.annual import number
from reports.printed import plain


def paper(report: AnnualReport) -> Paper:
    return Paper.of_data(report.frozen["paper"], report.frozen["figures"])


def csv(reports: Iterable[AnnualReport]) -> Iterator[str]:
    """The lines of a file with a figure a row, of one report or of many."""
    return csv_lines(chain([COLUMNS], chain.from_iterable(map(_rows, reports))))


def _rows(report: AnnualReport) -> Iterator[tuple]:
    frozen = report.frozen
    whose = (
        frozen["year"],
        int(frozen["edition"]),
        frozen["agency_code"],
        frozen["agency"],
    )
    for figure in frozen["figures"]:
        told = figure | {"value": plain(number(figure["value"]))}
        yield *whose, *(told[name] for name in COLUMNS[len(whose) :])


def documents(reports: Iterable[AnnualReport]) -> Iterator[str]:
    """A JSON file of many reports, each with its digest, in pieces."""
    before = '{"reports":['
    for report in reports:
        yield before
        yield f'{{"digest":{json.dumps(report.digest)},"report":'
        yield canonical(report.frozen) + "}"
        before = ","
    yield "]}" if before == "," else f"{before}]}}"


def _as_json(report: AnnualReport, file: BinaryIO) -> None:
    """Exactly the text that the digest is of."""
    file.write(canonical(report.frozen).encode())


def _as_csv(report: AnnualReport, file: BinaryIO) -> None:
    file.write("".join(csv([report])).encode())


def _as_xlsx(report: AnnualReport, file: BinaryIO) -> None:
    """The tables as they were printed, each on a sheet."""
    frozen, book = report.frozen, Workbook()
    said = (frozen["agency"], frozen["instrument"], frozen["published_on"])
    above = (frozen["paper"]["title"], " · ".join(said))
    for chapter in paper(report).chapters:
        for block in chapter.blocks:
            sheet = book.create_sheet(sheet_name(chapter.title))
            print_block(sheet, above, block)
    book.remove(book.worksheets[0])
    book.save(file)


def _as_docx(report: AnnualReport, file: BinaryIO) -> None:
    as_docx(paper(report), file)


WRITERS = {"docx": _as_docx, "xlsx": _as_xlsx, "csv": _as_csv, "json": _as_json}
"""By the ending of the file."""
