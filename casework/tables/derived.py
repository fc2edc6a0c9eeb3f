"""What follows from other figures: sums, shares and rates."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from casework.tables.checks import added
from casework.tables.lines import Line
from casework.tables.shares import shares


def derived(
    row: Line, column: str, figures: Mapping[tuple[str, str], Any]
) -> int | Decimal | None:
    """A sum of lines, or how much of a whole; a rate is never rounded up to all."""
    if row.parts:
        return added(figures, [(part, column) for part in row.parts])
    ratio = row.ratio
    part = figures[ratio.part, column]
    whole = added(figures, [(code, column) for code in ratio.whole])
    if part is None or not whole:
        return None
    if ratio.among:
        listed = {code: figures[code, column] for code in ratio.among}
        if sum(listed.values()) == whole:
            return shares(listed)[ratio.part]
    share = Decimal(ratio.times * part) / Decimal(whole)
    return share.quantize(Decimal("0.01"), ROUND_DOWN)
