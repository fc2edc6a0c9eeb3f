"""An uploaded CSV or Excel file as rows of typed cells, read at arm's length."""

import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, BinaryIO

from casework.sheets import parsing
from casework.sheets.opening import kind
from casework.sheets.parsing import Limits
from casework.sheets.refusals import Unreadable

LIMITS = Limits()


@dataclass(frozen=True)
class CellError:
    """What Excel shows where it could not calculate: "#N/A".

    "=" is a formula whose result was never stored in the file.
    """

    text: str

    def __str__(self):
        return self.text


CellValue = str | int | float | bool | date | CellError | None


@dataclass(frozen=True)
class Row:
    """The cells up to the last that holds something, and the row's number."""

    number: int
    cells: list[CellValue]


@dataclass(frozen=True)
class Sheet:
    """The rows that hold something, each with the number that the person sees.

    `name` is that of the first visible sheet that holds anything; a CSV file has an
    `encoding` in its place. `merged` are areas as (top, left, bottom, right): those
    that reach into the first rows, and those within one column.
    """

    name: str
    encoding: str
    rows: list[Row]
    merged: list[tuple[int, int, int, int]]


def read(file: BinaryIO, encoding: str = "", limits: Limits = LIMITS) -> Sheet:
    """The first sheet of the file; Unreadable if it is refused.

    The encoding of a CSV file is recognised unless it is given: "utf-8", "gb18030" or
    "utf-16".
    """
    data = file.read(limits.size + 1)
    found = kind(data, limits)
    with tempfile.TemporaryFile() as output:
        _parse(data, output, found, encoding, limits)
        output.seek(0)
        try:
            sheet = _sheet(output)
        except (ValueError, LookupError, TypeError) as error:
            raise Unreadable("unreadable") from error
    if not sheet.rows:
        raise Unreadable("empty")
    return sheet


def _parse(
    data: bytes, output: BinaryIO, found: str, encoding: str, limits: Limits
) -> None:
    """What the child says, in the output. Its death is the file's fault."""
    told = [json.dumps(asdict(limits)), found, encoding]
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-W", "ignore", parsing.__file__, *told],
            input=data,
            stdout=output,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=limits.wall,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("took_too_long") from error
    if child.returncode == -signal.SIGXCPU:
        raise Unreadable("took_too_long")
    if child.returncode:
        raise Unreadable("unreadable")


def _sheet(lines: BinaryIO) -> Sheet:
    facts: dict[str, Any] = {}
    rows: list[Row] = []
    for line in lines:
        told = json.loads(line, object_hook=_told)
        if isinstance(told, list):
            rows.append(Row(*told))
        elif "refused" in told:
            raise Unreadable(told["refused"], **told["params"])
        else:
            facts = told
    merged = [tuple(area) for area in facts["merged"]]
    return Sheet(facts["name"], facts["encoding"], rows, merged)


def _told(value: dict[str, Any]) -> Any:
    if "day" in value:
        return date.fromisoformat(value["day"])
    if "error" in value:
        return CellError(value["error"])
    return value
