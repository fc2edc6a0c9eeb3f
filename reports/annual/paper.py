"""The report as it is read: chapters of text and tables, on a page and on paper."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from casework.tables import Form, Line
from reports.models.annual import number
from reports.printed import Block, Cell, jsonable, told
from reports.yearly import Figure


class Run(NamedTuple):
    """A piece of a text; of a figure the place where it stands in the tables."""

    text: str
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Chapter:
    """A section of the report, as text and tables; the annex is one, too."""

    code: str
    title: str
    paragraphs: list[list[Run]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """The whole report."""

    title: str
    chapters: list[Chapter]
    signature: list[tuple[str, str]]
    """What stands beneath the form of 2014: who answers for it, by label."""
    notice: str = ""
    """What a version corrects, and of which it is the correction."""

    def as_data(self) -> dict:
        """As JSON can keep it, whatever becomes of the forms: headings and codes; the
        figures themselves are kept once, beside it."""
        return {
            "title": self.title,
            "notice": self.notice,
            "signature": [list(pair) for pair in self.signature],
            "chapters": [
                {
                    "code": chapter.code,
                    "title": chapter.title,
                    "paragraphs": [
                        [list(run) for run in runs] for runs in chapter.paragraphs
                    ],
                    "tables": [_kept(block) for block in chapter.blocks],
                }
                for chapter in self.chapters
            ],
        }

    @classmethod
    def of_data(cls, data: dict, figures: list[dict]) -> "Paper":
        """What `as_data` kept, with these figures in their places."""
        found = {(one["row"], one["column"]): _figure(one) for one in figures}
        return cls(
            data["title"],
            [
                Chapter(
                    chapter["code"],
                    chapter["title"],
                    [[Run(*run) for run in runs] for runs in chapter["paragraphs"]],
                    [_block(table, found) for table in chapter["tables"]],
                )
                for chapter in data["chapters"]
            ],
            [tuple(pair) for pair in data["signature"]],
            data["notice"],
        )


def figure_data(figure: Figure, form: Form) -> dict[str, Any]:
    """A figure with its names, as it is frozen."""
    row, column = figure.row, figure.column
    return {
        "row": row.code,
        "row_label": form.named(row.code),
        "column": column.code,
        "column_label": str(column.label),
        "value": jsonable(told(figure)),
        "unit": str(row.unit),
    }


def _figure(one: dict[str, Any]) -> Figure:
    """A figure that leads to nothing: what it counted may have changed since."""
    row = Line(one["row"], one["row_label"], unit=one["unit"])
    column = Line(one["column"], one["column_label"])
    return Figure(None, row, column, number(one["value"]), [])


_HEADING = ("text", "scope", "rowspan", "colspan", "depth")


def _kept(block: Block) -> dict:
    return {
        "title": str(block.title),
        "layout": block.layout,
        "rows": [[_kept_cell(cell) for cell in cells] for cells in block.rows],
    }


def _kept_cell(cell: Cell) -> dict:
    """What differs from an empty cell."""
    empty = Cell()
    said = {
        name: str(value) if name == "text" else value
        for name in _HEADING
        if (value := getattr(cell, name)) != getattr(empty, name)
    }
    if cell.figure:
        said |= {"row": cell.figure.row.code, "column": cell.figure.column.code}
    return said


def _block(table: dict, figures: dict) -> Block:
    rows = [
        [
            Cell(
                figure=figures.get((cell.pop("row", ""), cell.pop("column", ""))),
                **cell,
            )
            for cell in map(dict, cells)
        ]
        for cells in table["rows"]
    ]
    return Block(table["title"], rows, table["layout"])
