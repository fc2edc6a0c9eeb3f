"""What stands in an untrusted CSV or Excel file: the child process that opens it.

It runs alone (`python -I parsing.py limits kind encoding`), with an empty environment
and its own limits, and imports nothing of ours. The bytes come on the standard input;
on the standard output go JSON lines: what is true of the whole sheet, then each row
that holds something, as `[number, cells]`. A text, a number and a boolean are what they
are in JSON; the rest is `{"day": "2016-03-01"}` and `{"error": "#N/A"}`.
"""

import codecs
import csv
import io
import json
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHEET_MAIN_NS as SHEET_NS

MEGABYTE = 2**20
HEAD = 15
"""Within how many rows the headers are looked for."""


@dataclass(frozen=True)
class Limits:
    """How much a file may be, and how much it may cost to open it.

    The rows are those under the headers, the characters those of a cell. Sizes are in
    bytes, times in seconds.
    """

    size: int = 10 * MEGABYTE
    members: int = 200
    unpacked: int = 100 * MEGABYTE
    ratio: int = 100
    rows: int = 20_000
    columns: int = 80
    characters: int = 5_000
    text: int = 20_000_000
    memory: int = 768 * MEGABYTE
    output: int = 160 * MEGABYTE
    cpu: int = 30
    wall: int = 60


class Refused(Exception):
    """The file is not taken; why, as a code of casework.sheets.refusals."""

    def __init__(self, code: str, **params: Any):
        super().__init__(code)
        self.code, self.params = code, params


# Text

ENCODINGS = ("utf-8", "gb18030", "utf-16")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
DELIMITERS = (",", "\t", ";")


def decoded(data: bytes, encoding: str) -> tuple[str, str]:
    """The whole text and its encoding.

    The head decides nothing: two characters of GBK are often valid UTF-8.
    """
    marked = next((name for mark, name in MARKS if data.startswith(mark)), "")
    told = encoding or marked
    for name in [told] if told else ["utf-8", "gb18030"]:
        if name not in ENCODINGS:
            break
        try:
            return data.decode(name).removeprefix("\ufeff"), name
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


def delimiter(text: str) -> str:
    """What splits most of the first rows into the same number of cells."""

    def agreeing(mark: str) -> tuple[int, int]:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        widths = Counter(len(record) for record in islice(records, HEAD))
        return max(((rows, w) for w, rows in widths.items() if w > 1), default=(0, 0))

    return max(DELIMITERS, key=agreeing)


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records with their numbers, as a spreadsheet counts them."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True
    )
    number, hollow = 0, "\0" in text
    try:
        for number, record in enumerate(reader, 1):
            if hollow and any("\0" in cell for cell in record):
                raise Refused("nul", row=number)
            yield number, record
    except csv.Error as error:
        raise Refused("quotes", row=number + 1) from error


def text_lines(data: bytes, encoding: str, limits: Limits) -> Iterator[Any]:
    # A forgotten quotation mark makes one field of the rest: it is told as that.
    csv.field_size_limit(limits.size)
    text, encoding = decoded(data, encoding)
    yield {"name": "", "encoding": encoding, "merged": []}
    yield from checked(records(text), limits)


# Excel


class Survey:
    """How far a sheet reaches, what it merges, which formulas lack their result.

    Told by one pass over the XML in which no tree is built; openpyxl tells none of it
    when it streams. Refused as soon as a value stands beyond a limit.
    """

    def __init__(self, limits: Limits):
        self.limits = limits
        self.last_row = self.last_column = self.row = self.column = 0
        self.covered = 0
        self.merged: list[list[int]] = []
        self.unknown: set[tuple[int, int]] = set()
        self.unanswered = False
        self.kind = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        starts = {
            "row": self._row,
            "c": self._cell,
            "f": self._formula,
            "v": self._value,
            "is": self._value,
            "mergeCell": self._merged,
        }
        self.starts = {f"{SHEET_NS} {name}": start for name, start in starts.items()}

    def read(self, source: Any) -> "Survey":
        self.parser.StartElementHandler = self._start
        self.parser.ParseFile(source)
        self._leave()
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.starts:
            self.starts[name](attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        self._leave()
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        self._leave()
        self.kind = attributes.get("t", "")
        letters = attributes.get("r", "").rstrip("0123456789")
        self.column = column_index_from_string(letters) if letters else self.column + 1

    def _formula(self, _attributes: dict[str, str]) -> None:
        self.unanswered = True

    def _value(self, _attributes: dict[str, str]) -> None:
        # Some programs write an empty result where Excel writes none; a text may be.
        self.unanswered = self.unanswered and self.kind != "str"
        if self.unanswered:
            self.parser.CharacterDataHandler = self._answer
        if self.row > self.last_row or self.column > self.last_column:
            bound(self.row, self.column, self.limits)
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column)

    def _answer(self, text: str) -> None:
        if text.strip():
            self.unanswered = False
            self.parser.CharacterDataHandler = None

    def _leave(self) -> None:
        """A formula stands before its result: the cell ended without one."""
        if self.unanswered:
            self._value({})
            self.unanswered, self.parser.CharacterDataHandler = False, None
            self.unknown.add((self.row, self.column))

    def _merged(self, attributes: dict[str, str]) -> None:
        left, top, right, bottom = range_boundaries(attributes["ref"])
        # Data merged across say nothing that the first of their cells does not say.
        if top <= HEAD or left == right:
            self.merged.append([top, left, bottom, right])
            height = min(bottom, self.limits.rows + HEAD) - top + 1
            width = min(right, self.limits.columns) - left + 1
            self.covered += max(height, 0) * max(width, 0)
        # Areas that do not overlap cover no more than the sheet.
        if self.covered > (self.limits.rows + HEAD) * self.limits.columns:
            raise Refused("too_complex")


class _Begun(Exception):
    """The first element of a part: nothing may be declared any more."""


def refuse_declarations(archive: zipfile.ZipFile) -> None:
    """No part may declare a document type: that is where entities are made."""

    def declared(*_told: Any) -> None:
        raise Refused("bomb")

    def begun(*_told: Any) -> None:
        raise _Begun

    for name in archive.namelist():
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler, parser.StartElementHandler = declared, begun
        try:
            with archive.open(name) as source:
                parser.ParseFile(source)
        except (_Begun, expat.ExpatError):
            continue  # an image is no XML, and is read by nobody


def sheet_lines(data: bytes, _encoding: str, limits: Limits) -> Iterator[Any]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    refuse_declarations(archive)
    # A sheet that does not tell its dimension would be parsed once more to find it.
    ReadOnlyWorksheet._get_size = lambda _sheet: None
    book = load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        with archive.open(sheet._worksheet_path) as source:
            survey = Survey(limits).read(source)
        if survey.last_row:
            yield {"name": sheet.title, "encoding": "", "merged": survey.merged}
            yield from checked(_values(sheet, survey), limits)
            return
    raise Refused("empty")


def _values(sheet: Any, survey: Survey) -> Iterator[tuple[int, Any]]:
    # What a sheet says of its own dimension is not to be believed.
    rows = sheet.iter_rows(
        max_row=survey.last_row, max_col=survey.last_column, values_only=True
    )
    # Not a row further: what follows the rows is of no interest and may be broken.
    numbered = enumerate(islice(rows, survey.last_row), 1)
    if not survey.unknown:
        yield from numbered
        return
    for number, values in numbered:
        yield (
            number,
            [
                UNCALCULATED if (number, column) in survey.unknown else value
                for column, value in enumerate(values, 1)
            ],
        )


# Both

UNCALCULATED = {"error": "="}
ERRORS = {
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!",
    "#SPILL!", "#CALC!",
}  # fmt: skip


def typed(value: Any) -> Any:
    """The value as JSON has it; nothing for what is empty or blank."""
    if isinstance(value, str):
        if value in ERRORS:
            return {"error": value}
        return None if value.isspace() or not value else value
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if value is None or isinstance(value, int | float | dict):
        return value
    return str(value)


def bound(row: int, column: int, limits: Limits) -> None:
    """Refuses the place of a value that is too far down or to the right."""
    if row > limits.rows + HEAD:
        raise Refused("too_many_rows", row=row, most=limits.rows)
    if column > limits.columns:
        letter = get_column_letter(column)
        raise Refused("too_many_columns", column=letter, most=limits.columns)


def checked(rows: Iterable[tuple[int, Any]], limits: Limits) -> Iterator[list]:
    """The rows that hold something, with their cells typed; Refused beyond a limit."""
    written = 0
    for number, values in rows:
        cells = [typed(value) for value in values]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        bound(number, len(cells), limits)
        lengths = [len(cell) if isinstance(cell, str) else 0 for cell in cells]
        if max(lengths) > limits.characters:
            letter = get_column_letter(lengths.index(max(lengths)) + 1)
            params = {"row": number, "column": letter, "most": limits.characters}
            raise Refused("cell_too_long", **params)
        written += sum(lengths)
        if written > limits.text:
            raise Refused("too_much_text", row=number, most=limits.text)
        yield [number, cells]


def confine(limits: Limits) -> None:
    """Never more memory, time or output than this, and no image of it on a disk."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_FSIZE, limits.output),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        # The signal that says why comes at the lower one; the upper one only kills.
        spare = 1 if kind == resource.RLIMIT_CPU and hard != most else 0
        resource.setrlimit(kind, (most, most + spare))


KINDS = {"text": text_lines, "xlsx": sheet_lines}


def main(limits: str, kind: str, encoding: str) -> None:
    held = Limits(**json.loads(limits))
    confine(held)
    sys.stdout.reconfigure(encoding="utf-8")
    try:
        for line in KINDS[kind](sys.stdin.buffer.read(), encoding, held):
            print(json.dumps(line, ensure_ascii=False))
    except Refused as refused:
        print(json.dumps({"refused": refused.code, "params": refused.params}))
    except MemoryError:
        print(json.dumps({"refused": "too_complex", "params": {}}))


if __name__ == "__main__":
    main(*sys.argv[1:])
