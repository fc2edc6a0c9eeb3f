"""The form as it is printed: parts, each with its lines and columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from casework.tables.checks import Identity
from casework.tables.counting import Source
from casework.tables.lines import TOTAL, Line


def joined(path: Iterable[str]) -> str:
    """How a line's place in the form is written."""
    return " › ".join(path)


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a form: its lines as they are printed one below the other."""

    code: str
    label: str
    lines: tuple[Line, ...]
    source: Source | None = None
    """What its counted lines count."""
    columns: tuple[Line, ...] = (TOTAL,)
    """As printed, with headings."""
    layout: str = "list"
    """How it looks on paper: `list`, `matrix`, `line`, `items` or `rates`."""
    note: str = ""

    @classmethod
    def headed(cls, *lines: Line, source: Source | None = None) -> "Part":
        """A part that is called as its first line is."""
        return cls(lines[0].code, lines[0].label, lines, source)

    @property
    def leaves(self) -> tuple[Line, ...]:
        """The columns without those that are only headings of others."""
        headings = {column.parent for column in self.columns}
        return tuple(c for c in self.columns if c.code not in headings)

    @property
    def total(self) -> str:
        """The code of the column in which a row has its whole."""
        return self.leaves[-1].code


@dataclass(frozen=True, eq=False)
class Section:
    """A section of the report: its text, and the parts of the form beneath it."""

    code: str
    title: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, eq=False)
class Form:
    """An edition of a statutory form."""

    edition: str
    title: str
    instrument: str
    sections: tuple[Section, ...]
    """Those of the report that it belongs to."""
    parts: tuple[Part, ...]
    identities: tuple[Identity, ...]
    annex: Section | None = None
    """What is printed behind the sections, where parts stand in none of them."""

    @cached_property
    def lines(self) -> dict[str, Line]:
        return {line.code: line for part in self.parts for line in part.lines}

    @cached_property
    def part_of(self) -> dict[str, Part]:
        """The part in which a row stands, by the row's code."""
        return {line.code: part for part in self.parts for line in part.lines}

    def path(self, code: str) -> list[str]:
        """A line's label after those that it stands beneath, without the title of its
        part."""
        titles = {part.lines[0].code for part in self.parts}
        labels: list[str] = []
        while (line := self.lines.get(code)) and (code not in titles or not labels):
            labels.insert(0, str(line.label))
            code = line.parent
        return labels

    def named(self, code: str) -> str:
        return joined(self.path(code))

    @cached_property
    def reported(self) -> dict[str, Line]:
        """The lines that bodies report as numbers."""
        return {code: line for code, line in self.lines.items() if line.reported}
