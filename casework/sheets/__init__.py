"""How rows come in and go out of CSV and Excel files, safely.

Out: `csv_lines`, `xlsx`, and `template`, a file to be filled in. In: `read` opens an
untrusted file in a child process, `find` finds the headers and the rows beneath them,
and the widgets (`Day`, `Text`, `Whole`, `Number`, `Choice`) say what a cell means.
"""

from casework.sheets.columns import Column
from casework.sheets.finding import SKIPPED, Ledger, find
from casework.sheets.reading import CellError, Row, Sheet, read
from casework.sheets.refusals import Unreadable
from casework.sheets.values import Choice, Day, Number, Text, Whole
from casework.sheets.writing import (
    BOM,
    csv_lines,
    guarded,
    put,
    template,
    unguarded,
    xlsx,
)

__all__ = [
    "BOM",
    "SKIPPED",
    "CellError",
    "Choice",
    "Column",
    "Day",
    "Ledger",
    "Number",
    "Row",
    "Sheet",
    "Text",
    "Unreadable",
    "Whole",
    "csv_lines",
    "find",
    "guarded",
    "put",
    "read",
    "template",
    "unguarded",
    "xlsx",
]
