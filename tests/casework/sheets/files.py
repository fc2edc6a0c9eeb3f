"""Files as people and attackers send them, made anew for each test."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def a_book(rows: Iterable[Iterable[Any]] = (("一", "二"),), *merged: str) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    return book


def saved(book: Workbook) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def changed(file: io.BytesIO, **parts: str | bytes | None) -> io.BytesIO:
    """The workbook with parts added, replaced or (None) left out.

    A part is named with `__` for "/": sheet1 stands for the sheet.
    """
    named = {
        SHEET if name == "sheet1" else name.replace("__", "/"): part
        for name, part in parts.items()
    }
    return zipped({**members(file), **named})


def members(file: io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(
    parts: dict[str, str | bytes | None],
    shape: Callable[[zipfile.ZipInfo], None] = lambda info: None,
    method: int = zipfile.ZIP_DEFLATED,
) -> io.BytesIO:
    """A zip of the parts; `shape` may change what it tells of each."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, part in parts.items():
            if part is not None:
                info = zipfile.ZipInfo(name)
                info.compress_type = method
                shape(info)
                archive.writestr(info, part)
    file.seek(0)
    return file


def sheet_xml(data: str, after: str = "") -> str:
    """The XML of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>'


def with_sheet(data: str, after: str = "") -> io.BytesIO:
    """A workbook whose sheet is written by hand."""
    return changed(saved(a_book()), sheet1=sheet_xml(data, after))


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@contextmanager
def in_little_memory() -> Iterator[None]:
    """Within it this process never holds 100 MB more than before."""
    # The greatest memory of a process never falls: it would tell of the making of the
    # file, and hide what the reading takes.
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()
