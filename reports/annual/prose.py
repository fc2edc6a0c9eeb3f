"""The texts of a report: figures named in braces, and what a hand has typed beside.

`{T3.1}` is the figure of the row, `{S3.1@county}` in a column, and `{S1.1=14万余}` the
same in words of one's own, which must say what the figure is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from casework.tables import added
from casework.tables.units import TEN_THOUSAND_YUAN
from reports.annual.paper import Run
from reports.annual.wording import Place, places_of
from reports.annual.written import NUMBER, counts, read, within
from reports.printed import NOTHING, shown
from reports.yearly import Yearly

NAMED = re.compile(r"\{([A-Za-z][\w.]*)(?:@([\w:.]+))?(?:=([^{}]*))?\}")
BRACE = re.compile(r"[{}]")
UNITS = re.compile(
    r"\s*(件次|人次|人\(次\)|人（次）|场次|[件条次篇期册起场个人元项份家%％])"
)


@dataclass(frozen=True)
class Mention:
    """A number in a text, and what stands in the tables at the place that it tells of.

    Without a place, it is a number that the tables do not have.
    """

    said: str
    row: str = ""
    column: str = ""
    value: Any = None
    fault: str = ""
    """`unknown`, no such figure; `blank`, nothing is reported; `differs`; `braces`."""


@dataclass(frozen=True)
class Text:
    """A text with its figures in their places, and all its mentions."""

    paragraphs: list[list[Run]]
    mentions: list[Mention]


def told(text: str, yearly: Yearly) -> Text:
    """The text as it is printed of these figures; empty lines are none of it."""
    paragraphs, mentions = [], []
    for line in text.splitlines():
        if not line.strip():
            continue
        runs: list[Run] = []
        for run, mention in _pieces(line.strip(), yearly):
            runs.append(run)
            mentions += [mention] if mention else []
        paragraphs.append(runs)
        mentions += _typed(runs, yearly)
    return Text(paragraphs, mentions)


def spoken(value: Any) -> str:
    """A figure in a sentence."""
    if value is None:
        return NOTHING
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return shown(value)


def _pieces(line: str, yearly: Yearly) -> Iterator[tuple[Run, Mention | None]]:
    """What stands between named figures, and each of these."""
    at = 0
    for found in NAMED.finditer(line):
        yield from _plain(line[at : found.start()])
        yield _named(found, yearly)
        at = found.end()
    yield from _plain(line[at:])


def _plain(text: str) -> Iterator[tuple[Run, Mention | None]]:
    if text:
        yield Run(text), Mention(text, fault="braces") if BRACE.search(text) else None


def _named(found: re.Match, yearly: Yearly) -> tuple[Run, Mention]:
    row, column, words = found.groups()
    part = yearly.parts.get(row)
    column = column or (part.total if part else "")
    if (row, column) not in yearly.figures:
        return Run(found[0]), Mention(found[0], row, column, fault="unknown")
    value = yearly.figures[row, column]
    said = spoken(value) if words is None else words
    fault = ""
    if value is None:
        fault = "blank"
    elif words is not None and not _says(words, value):
        fault = "differs"
    return Run(said, row, column), Mention(said, row, column, value, fault)


def _says(words: str, value: Any) -> bool:
    number = read(words)
    if number is None or not isinstance(value, int | Decimal):
        return words == spoken(value)
    return number.says(value)


def _typed(runs: list[Run], yearly: Yearly) -> Iterator[Mention]:
    """The numbers with a unit that a hand has typed, each with the place it tells of;
    a figure that was named ends what the words before it tell of."""
    before = ""
    for run in runs:
        if run.row:
            before += f"{run.text}。"
            continue
        at = 0
        for found in NUMBER.finditer(run.text):
            unit = UNITS.match(run.text, found.end())
            if unit is None:
                continue
            gap = run.text[at : found.start()]
            one = _compared(found, unit, before + gap, gap, yearly)
            if one.row or counts(found):
                before, at = before + gap, found.end()
                yield one
        before += run.text[at:]


def _compared(found, unit, before, gap, yearly) -> Mention:
    """With the first of the places that has what it says, or else with the first."""
    said = found[0] + unit[1]
    mentions = [
        _against(said, within(found), unit[1], place, yearly)
        for place in places_of(before, gap, unit[1], yearly)
    ]
    right = [one for one in mentions if not one.fault]
    return (right or mentions or [Mention(said)])[0]


def _against(said, number, unit: str, place: Place, yearly: Yearly) -> Mention:
    row, column = place.row, place.column
    value = added(yearly.figures, [(one, column) for one in place.rows])
    fault = ""
    if value is None:
        fault = "blank"
    elif not number.says(value * _times(place.rows[0], unit, yearly)):
        fault = "differs"
    return Mention(said, row, column, value, fault)


def _times(row: str, unit: str, yearly: Yearly) -> int:
    """A number is read in yuan where the form has ten thousands of them."""
    printed = yearly.form.lines[row].unit
    return 10_000 if unit == "元" and printed is TEN_THOUSAND_YUAN else 1
