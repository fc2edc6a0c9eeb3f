"""The printed form with fields in its places, or as it was when it was sent."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from casework.tables import derived
from reports.models import Submission
from reports.printed import Block, Cell
from reports.returns.filling import FillForm
from reports.returns.places import key


def _with(blocks: Iterable[Block], made: Callable[[Cell], Cell]) -> list[Block]:
    """The tables with other cells where figures stand."""
    return [
        replace(
            block,
            rows=[
                [made(cell) if cell.figure else cell for cell in row]
                for row in block.rows
            ],
        )
        for block in blocks
    ]


def filled(blocks: Iterable[Block], form: FillForm) -> list[Block]:
    """With a field where the body enters a number."""

    def made(cell: Cell) -> Cell:
        name = key(cell.figure.place)
        return replace(cell, field=form[name]) if name in form.fields else cell

    return _with(blocks, made)


def frozen(blocks: Iterable[Block], submission: Submission) -> list[Block]:
    """With the figures as they were sent, and the sums as they follow from these."""
    sent = submission.sent

    def made(cell: Cell) -> Cell:
        figure = cell.figure
        row, column = figure.row, figure.column.code
        if row.parts:
            return replace(
                cell, figure=figure._replace(value=derived(row, column, sent))
            )
        value = sent.get((row.code, column), figure.value)
        return replace(cell, figure=figure._replace(value=value))

    return _with(blocks, made)
