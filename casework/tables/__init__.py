"""Statutory figures: lines that say in data what they count, and how it is counted.

A `Form` is printed in parts; a part has lines and columns. A line is a heading, or is
counted from records, or reported as a number, or follows from other lines. The same
line gives the place of a record in the sum, and the records behind the sum.
"""

from casework.tables.checks import LAST, Check, Identity, added, check
from casework.tables.counting import Cohort, Source, Table, whether
from casework.tables.derived import derived
from casework.tables.forms import Form, Part, Section, joined
from casework.tables.lines import TOTAL, Flow, Line, Ratio, counted, only, reported
from casework.tables.shares import shares

__all__ = [
    "LAST",
    "TOTAL",
    "Check",
    "Cohort",
    "Flow",
    "Form",
    "Identity",
    "Line",
    "Part",
    "Ratio",
    "Section",
    "Source",
    "Table",
    "added",
    "check",
    "counted",
    "derived",
    "joined",
    "only",
    "reported",
    "shares",
    "whether",
]
