"""What has changed since publication: figures, and the cases that changed them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casework.tables import Line, Source
from disclosure.annual_forms.sources import REQUESTS
from reports import kinds
from reports.annual.draft import Draft
from reports.annual.publishing import members
from reports.models import AnnualReport
from reports.printed import plain
from reports.yearly import RECORDS, Yearly

Moved = tuple[set[int], set[int]]
"""The keys of what a figure counts now and did not then, and the other way about."""


@dataclass(frozen=True)
class Difference:
    """A figure of the form that would be another one today; with the numbers of the
    cases that came into it and that left it, of those that the person may see."""

    row: Line
    column: Line
    name: str
    then: Any
    now: Any
    came: list[str]
    left: list[str]


def differences(report: AnnualReport, user) -> list[Difference]:
    """Of a published version, in the order of the form."""
    draft = Draft(report)
    changed = list(_changed(report, draft.yearly))
    if not changed:
        return []
    now = members(draft)
    moves = [_moved(report, now, figure) for figure, _then, _now in changed]
    numbers = _numbers(changed, moves, user)
    return [
        Difference(
            figure.row,
            figure.column,
            draft.yearly.form.named(figure.row.code),
            then,
            value,
            *(_named(numbers[figure.part.source], keys) for keys in moved),
        )
        for (figure, then, value), moved in zip(changed, moves, strict=True)
    ]


def _changed(report: AnnualReport, yearly: Yearly) -> Iterator[tuple]:
    """Figures of the form itself, with what was published and what is counted now."""
    statutory = set(yearly.statutory)
    for figure in yearly:
        if figure.part not in statutory or figure.column not in figure.part.leaves:
            continue
        then, now = report.figures.get(figure.place), plain(figure.value)
        if then != now and not figure.row.ratio:
            yield figure, then, now


def _moved(report: AnnualReport, now: dict, figure) -> Moved:
    row, column = figure.place
    before, after = (
        set(known.get(row, {}).get(column, ())) for known in (report.members, now)
    )
    return after - before, before - after


def _numbers(changed, moves, user) -> dict[Source | None, dict[int, str]]:
    """The numbers of cases by the keys of what is counted, one query a source."""
    wanted: dict[Source | None, set[int]] = defaultdict(set)
    for (figure, *_figures), (came, left) in zip(changed, moves, strict=True):
        wanted[figure.part.source] |= came | left
    visible = kinds.REQUESTS.visible_to(user)
    return {
        source: {}
        if not keys
        else dict(visible.filter(pk__in=keys).values_list("pk", "number"))
        if source is REQUESTS
        else dict(
            RECORDS[source]
            .objects.filter(pk__in=keys, case__in=visible)
            .values_list("pk", "case__number")
        )
        for source, keys in wanted.items()
    }


def _named(numbers: dict[int, str], keys: set[int]) -> list[str]:
    return sorted({numbers[key] for key in keys if key in numbers})
