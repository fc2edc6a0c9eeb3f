"""By which words a text tells of a figure: so that a number typed by hand is found.

Where words may tell of several figures, a number is right that is one of them; where
they tell of none for certain, it is compared with none.
"""

import re
from typing import NamedTuple

from reports.annual.phrases import (
    ALL,
    COLUMNS,
    LEVELS,
    ORGANISATIONS,
    PHRASES,
    Phrase,
)
from reports.yearly import Yearly

REACH = 100
"""How many characters before a number may hold the words that go with it."""
FILLER = "(?:共计?|总共|合计|总计|累计|约|达到?|为|有|全年|本年度?|分别)*"
CLAUSE = re.compile(rf"[^，,：:（(]*(?:[，,：:（(]{FILLER})?$")
"""The words next to a number: to a comma, or to the next if it says but 共计."""
JOINED = re.compile(r"(?:以及|[和及或与并、])\w{0,4}")
"""Between what a number tells of together: of neither alone."""
COMPARED = re.compile("增加|增长|增幅|上升|减少|下降|降低|同比|较上|比上|平均")
"""A number that says how much more it is than another one."""


class Place(NamedTuple):
    """A figure of the tables; or a row that prints none, with those that it heads."""

    row: str
    column: str
    rows: tuple[str, ...]


class _Found(NamedTuple):
    end: int
    start: int
    phrase: Phrase


def places_of(before: str, gap: str, unit: str, yearly: Yearly) -> list[Place]:
    """The places that the words before a number may tell of.

    The last words tell; a level of organ and a kind of applicant are told by the words
    next to the number.
    """
    reach, gap = (_of_year(text, yearly.year) for text in (before[-REACH:], gap))
    clause = CLAUSE.search(re.split("[。；;]", gap)[-1])[0]
    phrase = None if COMPARED.search(clause) else _told(clause, reach, unit, yearly)
    if phrase is None:
        return []
    found = []
    said = {phrase.code: phrase.rows} | {code: (code,) for code in phrase.others}
    for row, rows in said.items():
        column = _column(clause, rows[0], yearly)
        found += [Place(row, column, rows)] if column else []
    return found


def _printed(code: str, yearly: Yearly) -> bool:
    line = yearly.form.lines.get(code)
    return line is not None and not line.heading


def _of_year(text: str, year: int) -> str:
    """The years beside that of the report, by the words that the form has for them."""
    return text.replace(f"{year - 1}年", "上年").replace(f"{year + 1}年", "下年")


def _told(clause: str, reach: str, unit: str, yearly: Yearly) -> Phrase | None:
    """The phrase that the last words of a clause are; of those that end together, the
    first."""
    found = [
        _Found(match.end(), match.start(), phrase)
        for phrase in PHRASES
        if unit[0] in phrase.units and _printed(phrase.rows[0], yearly)
        if re.search(phrase.near, reach)
        if not (phrase.unless and re.search(phrase.unless, clause))
        for match in re.finditer(phrase.key, clause)
    ]
    if not found:
        return None
    best = max(found, key=lambda one: one.end)
    for one in found:
        between = clause[one.end : best.start]
        if one.phrase.code != best.phrase.code and JOINED.fullmatch(between):
            return None
    return best.phrase


def _column(clause: str, row: str, yearly: Yearly) -> str:
    """Where in a row: the whole, unless the words name one column; none, if several or
    one of which nothing is told apart."""
    clause = re.sub(ALL, "", clause)
    named = [
        column
        for column, words in (LEVELS | COLUMNS).items()
        if re.search(words, clause) and (row, column) in yearly.figures
    ]
    by_applicant = (row, "C3.1") in yearly.figures
    if not named and not (by_applicant and re.search(ORGANISATIONS, clause)):
        return yearly.parts[row].total
    told = len(named) == 1 and yearly.figures[row, named[0]] is not None
    return named[0] if told else ""
