"""How a year went, beside the year before: by month, by outcome, by unit, by category.

Every number is counted by the lines of the forms, and opens its cases as theirs do.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.tables import Flow, Line, Table, only
from disclosure.annual_forms import form_for
from disclosure.annual_forms.sources import REQUESTS
from proposals.figures import ITEMS, PREFIXES, TASKS, kind
from reports import item_figures
from reports.yearly import Yearly

Asked = dict[str, str | int]
"""What the address of the records behind a figure says beyond that of the body."""


@dataclass(frozen=True)
class Point:
    value: int
    behind: Asked | None = None


@dataclass(frozen=True)
class Trend:
    """So many points of each series, at places in an order."""

    code: str
    title: str
    heading: str
    """Of the places."""
    places: tuple[str, ...]
    series: dict[str, tuple[Point, ...]]
    """By their names."""
    stacked: bool = False
    """Whether the series are parts of a whole."""

    @property
    def rows(self) -> Iterable[tuple[str, tuple[Point, ...]]]:
        return zip(self.places, zip(*self.series.values(), strict=True), strict=True)

    @property
    def totals(self) -> list[int]:
        """Of each series."""
        return [sum(point.value for point in points) for points in self.series.values()]

    def __bool__(self):
        return any(self.totals)


def _both(yearly: Yearly, points: Callable[[Yearly], Iterable[Point]]) -> dict:
    """The series of the year before, if there was one, and of the year."""
    years = [one for one in (yearly.before, yearly) if one]
    return {str(one.year): tuple(points(one)) for one in years}


# Requests


def _row(yearly: Yearly, flow: Flow) -> tuple[str, str]:
    """The codes of the row and of the column in which the form counts every request
    that went this way."""
    return next(
        (line.code, part.total)
        for part in yearly.statutory
        if part.source is REQUESTS
        for line in part.lines
        if line.flows == (flow,) and not line.where
    )


def _months() -> tuple[str, ...]:
    return tuple(
        pgettext("month", "%(number)d") % {"number": number} for number in range(1, 13)
    )


def _by_month(yearly: Yearly, flow: Flow, day: str, row: str, column: str, **where):
    """A point for each month, by the day of the flow; the address names that month."""
    source = replace(REQUESTS, facts={**REQUESTS.facts, "month": ExtractMonth(day)})
    lines = tuple(
        Line(str(month), "", (flow,), only(month={month}, **where))
        for month in range(1, 13)
    )
    counted = Table(source, lines).fill(yearly.records(REQUESTS), yearly.year)
    name = day.removesuffix("_on")
    for line in lines:
        month = int(line.code)
        first = date(yearly.year, month, 1)
        last = first.replace(day=monthrange(yearly.year, month)[1])
        yield Point(
            counted[line.code, "total"],
            {
                "year": yearly.year, "row": row, "column": column,
                f"{name}_from": first.isoformat(), f"{name}_until": last.isoformat(),
            },
        )  # fmt: skip


def received(yearly: Yearly) -> Trend:
    def points(one):
        return _by_month(one, Flow.NEW, "received_on", *_row(one, Flow.NEW))

    return Trend(
        "received",
        _("Requests received, by month"),
        _("Month"),
        _months(),
        _both(yearly, points),
    )


def closed(yearly: Yearly) -> Trend:
    def points(row, late):
        said = yearly, Flow.FINISHED, "closed_on", row, "total"
        return tuple(_by_month(*said, late={late}))

    series = {
        _("Closed in time"): points("R.closed_in_time", False),
        _("Closed after their last day"): points("R.closed_late", True),
    }
    title = _("Requests closed, by month")
    return Trend("closed", title, _("Month"), _months(), series, stacked=True)


def outcomes(yearly: Yearly) -> Trend:
    """The last rows of the form that count outcomes, those that are not nought."""
    lines = [
        (line, part.total)
        for part in yearly.statutory
        if part.source is REQUESTS
        for line in part.lines
        if "outcome" in line.where
        and not any(other.parent == line.code for other in part.lines)
    ]

    def points(one):
        same = form_for(one.year).edition == yearly.form.edition
        for line, column in lines:
            asked = {"year": one.year, "row": line.code, "column": column}
            value = one.figures[line.code, column]
            yield Point(value, asked if same else None)

    series = _both(yearly, points)
    names = tuple(yearly.form.named(line.code) for line, _column in lines)
    trend = Trend(
        "outcomes",
        _("Requests closed, by outcome"),
        pgettext("part", "Outcome"),
        names,
        series,
    )
    return _without_noughts(trend)


def units(yearly: Yearly) -> Trend:
    """Of the body and of each beneath it, those that received most first."""
    columns = _units(yearly)
    rows = [_row(yearly, flow) for flow in (Flow.NEW, Flow.FINISHED)]
    lines = tuple(yearly.form.lines[row] for row, _column in rows)
    names = (_("Received"), _("Closed"))
    counted = Table(REQUESTS, lines, columns).fill(
        yearly.records(REQUESTS), yearly.year
    )
    series = {
        name: tuple(
            Point(counted[row, unit.code], _of(yearly, unit, row, column))
            for unit in columns
        )
        for name, (row, column) in zip(names, rows, strict=True)
    }
    title = _("Requests, by unit")
    return _largest_first(_named("units", title, columns, series))


def _units(yearly: Yearly) -> tuple[Line, ...]:
    """A column for the body alone and for each of its children with what is beneath."""
    return tuple(
        Line(unit.code, unit.name, where=only(agency=keys))
        for unit, keys in yearly.bodies.units.items()
    )


def _of(yearly: Yearly, unit: Line, row: str, column: str) -> Asked:
    asked: Asked = {"agency": unit.code, "row": row, "column": column}
    if unit.code == yearly.agency.code:
        asked["alone"] = 1
    return asked


def _named(code, title, columns, series, **more) -> Trend:
    names = tuple(str(column.label) for column in columns)
    return Trend(code, title, _("Unit"), names, series, **more)


# Suggestions and proposals


def tasks(yearly: Yearly, found: item_figures.Items) -> Trend:
    """How the units that reply have done, by unit."""
    columns = _units(yearly)
    lines = [
        yearly.form.lines[f"{PREFIXES[found.body]}3.{name}"]
        for name in ("in_time", "late", "unreplied")
    ]
    counted = Table(TASKS, tuple(lines), columns).fill(
        yearly.records(TASKS), yearly.year
    )
    series = {
        str(line.label): tuple(
            Point(counted[line.code, unit.code], _of(yearly, unit, line.code, "total"))
            for unit in columns
        )
        for line in lines
    }
    title = _("%(body)s: replies of units") % {"body": kind(found.body)}
    trend = _named(f"tasks-{found.body}", title, columns, series, stacked=True)
    return _largest_first(trend)


def categories(yearly: Yearly, found: item_figures.Items) -> Trend:
    """What the items are about, and how many of each category have been replied to."""
    records = yearly.records(ITEMS)
    columns = item_figures.columns(records, yearly.year, "category")
    lines = [
        yearly.form.lines[f"{PREFIXES[found.body]}2.{name}"]
        for name in ("handled", "replied")
    ]
    counted = Table(ITEMS, tuple(lines), columns).fill(records, yearly.year)
    series = {
        str(line.label): tuple(
            Point(
                counted[line.code, column.code],
                {"by": "category", "row": line.code, "column": column.code},
            )
            for column in columns
        )
        for line in lines
    }
    title = _("%(body)s: by category") % {"body": kind(found.body)}
    names = tuple(str(column.label) for column in columns)
    trend = Trend(
        f"categories-{found.body}", title, pgettext("item", "Category"), names, series
    )
    return _largest_first(trend)


def _sorted(trend: Trend, order: list[int]) -> Trend:
    return replace(
        trend,
        places=tuple(trend.places[place] for place in order),
        series={
            name: tuple(points[place] for place in order)
            for name, points in trend.series.items()
        },
    )


def _present(trend: Trend) -> list[int]:
    return [
        place
        for place, (_name, points) in enumerate(trend.rows)
        if any(point.value for point in points)
    ]


def _without_noughts(trend: Trend) -> Trend:
    return _sorted(trend, _present(trend))


def _largest_first(trend: Trend) -> Trend:
    """By the first series, or by the sum of what is stacked."""
    rows = [[point.value for point in points] for _name, points in trend.rows]

    def size(place):
        return -(sum(rows[place]) if trend.stacked else rows[place][0])

    return _sorted(trend, sorted(_present(trend), key=size))


# All of them

OF_REQUESTS = {
    "received": received,
    "closed": closed,
    "outcomes": outcomes,
    "units": units,
}
OF_ITEMS = {"tasks": tasks, "categories": categories}


def makers(yearly: Yearly) -> dict[str, Callable[[], Trend]]:
    """What makes each trend of the body and year, by its code."""
    found = {code: partial(make, yearly) for code, make in OF_REQUESTS.items()}
    for body in yearly.items:
        for code, make in OF_ITEMS.items():
            found[f"{code}-{body.body}"] = partial(make, yearly, body)
    return found


@dataclass(frozen=True)
class Compared:
    """A figure of the form in both years."""

    label: str
    unit: str
    last: int | None
    this: int | None

    @property
    def difference(self):
        return None if None in (self.last, self.this) else self.this - self.last


def compared(yearly: Yearly) -> list[Compared]:
    """What every leader asks first: how many, how many in time, how many remedies."""
    last = yearly.before
    flows = (Flow.NEW, Flow.CARRIED_IN, Flow.FINISHED, Flow.CARRIED_OUT)
    counted = [
        (line.code, part.total)
        for part in yearly.statutory
        if part.source is REQUESTS
        for line in part.lines
        if line.flows in ((flow,) for flow in flows) and not line.where
    ]
    beside = [
        (code, "total")
        for code in yearly.form.lines
        if code.startswith(("R.on_time", "R.recon", "R.lawsuits"))
        or code[:1] in PREFIXES.values()
        and code[1:] in ("2.handled", "2.replied", "6.reply")
    ]
    return [
        Compared(
            _called(yearly, row),
            str(yearly.form.lines[row].unit),
            last.figures.get((row, column)) if last else None,
            yearly.figures[row, column],
        )
        for row, column in (*counted, *beside)
    ]


def _called(yearly: Yearly, row: str) -> str:
    """A row of the form by its path; of items, by what goes to which body."""
    for found in yearly.items:
        if row.startswith(PREFIXES[found.body]):
            values = {
                "body": kind(found.body),
                "title": yearly.form.lines[row].label,
            }
            return pgettext("part", "%(body)s: %(title)s") % values
    return yearly.form.named(row)
