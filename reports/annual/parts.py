"""The whole and its parts: what bodies beneath sent, and what is counted of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from casework.models import Agency
from casework.tables import Table
from reports.annual.findings import Detail, Finding, failing, warning
from reports.models import Submission
from reports.printed import jsonable, shown
from reports.reported import named
from reports.yearly import Yearly

Cells = dict[tuple[str, str], Any]


@dataclass(frozen=True)
class Origin:
    """Where a body's figures come from."""

    agency: Agency
    submission: Submission | None
    within: Agency | None = None
    """The body whose totals hold those of this one."""
    requests: int = 0
    """How many of the form's requests it has received or entered."""

    @property
    def submitted_on(self) -> str:
        sent = self.submission and self.submission.submitted_on
        return sent.isoformat() if sent else ""

    @property
    def totals(self) -> bool:
        return bool(self.submission and self.submission.enters_totals)


def snapshot(yearly: Yearly) -> list[list]:
    """A body's own figures of the form, as it sends them: row, column, value."""
    return sent_of(yearly, yearly.figures)


def sent_of(yearly: Yearly, figures: Mapping[tuple[str, str], Any]) -> list[list]:
    """The same of figures that were counted with those of others."""
    return [
        [row, column, jsonable(figures.get((row, column)))]
        for row, column in _places(yearly)
    ]


def _places(yearly: Yearly) -> Iterator[tuple[str, str]]:
    """The cells of the form that are counted or reported."""
    for part in yearly.statutory:
        for row in part.lines:
            if row.flows or row.reported:
                for column in part.leaves:
                    yield row.code, column.code


def units(yearly: Yearly) -> list[Agency]:
    """The bodies right beneath that were there in the year; what is beneath these is
    in them."""
    return [
        agency
        for agency in yearly.bodies.agencies.values()
        if agency.parent_id == yearly.agency.pk
        if not agency.closed_before(yearly.year)
    ]


def by_unit(yearly: Yearly) -> dict[int, Cells]:
    """Of each body right beneath the form's figures with all beneath it, and of the
    body itself its own; as many queries as there are sources."""
    units = {unit.pk: keys for unit, keys in yearly.bodies.units.items()}
    within = {key: unit for unit, keys in units.items() for key in keys}
    found: dict[int, Cells] = {unit: {} for unit in units}
    for part in yearly.statutory:
        rows = tuple(line for line in part.lines if line.flows)
        if not rows:
            continue
        table = Table(part.source, rows, part.leaves)
        records = yearly.records(part.source)
        filled = table.fill_each(records, yearly.year, "agency", within)
        for unit, cells in filled.items():
            found[unit] |= cells
    for figure in yearly:
        place = figure.place
        if figure.column in yearly.bodies.levels:
            continue
        for tally in figure.tallies:
            cells = found[within[tally.agency_id]]
            cells[place] = (cells.get(place) or 0) + tally.value
    return found


def submissions(yearly: Yearly) -> dict[int, Submission]:
    """Of the year, by agency."""
    sent = Submission.objects.filter(
        agency__in=yearly.bodies.agencies, year=yearly.year
    )
    return {one.agency_id: one for one in sent}


def origins(
    yearly: Yearly, sent: dict[int, Submission], counted: dict[int, Cells]
) -> list[Origin]:
    """What came from where: of the body itself, of those right beneath it, and of every
    other one that entered totals or, closed before, still has figures."""
    entered = yearly.entered[yearly.year]
    received = yearly.received.code
    total = yearly.parts[received].total
    told = {yearly.agency.pk, *entered.bodies, *(unit.pk for unit in units(yearly))}
    found = []
    for agency in yearly.bodies.agencies.values():
        cells = counted.get(agency.pk, {})
        if agency.pk not in told and not any(cells.values()):
            continue
        # Whoever is told of and in totals lies right beneath: they are the body's own.
        within = yearly.agency if agency.pk in entered.inner else None
        requests = int(cells.get((received, total), 0))
        found.append(Origin(agency, sent.get(agency.pk), within, requests))
    return found


def of_parts(
    yearly: Yearly, sent: dict[int, Submission], counted: dict[int, Cells]
) -> Iterator[Finding]:
    """Whether bodies beneath have sent their figures, and the whole is still made of
    what they sent."""
    if yearly.alone:
        yield from _alone(yearly, sent)
    beneath = units(yearly)
    if not beneath:
        return
    missing = [
        Detail(agency.name)
        for agency in beneath
        if not (agency.pk in sent and sent[agency.pk].submitted_on)
    ]
    text = _("Every body beneath has sent its figures")
    yield Finding("parts.sent", text, warning(missing), missing)
    missing = list(_own_blanks(yearly))
    text = _("The body itself has filled in what it reports")
    yield Finding("parts.own", text, warning(missing), missing)
    details = list(_changed(yearly, beneath, sent, counted))
    text = _("The figures of the whole are made of those that were sent")
    yield Finding("parts.whole", text, failing(details), details)


def _own_blanks(yearly: Yearly) -> Iterator[Detail]:
    """What others have reported and the body itself has not: the whole looks complete,
    and lacks it."""
    for part in yearly.statutory:
        for row in part.lines:
            if not row.reported:
                continue
            tallies = yearly.placed[row.code, part.total].tallies
            bodies = {tally.agency_id for tally in tallies}
            if bodies and yearly.agency.pk not in bodies:
                yield Detail(named(yearly.form, row.code), row.code, part.total)


def _alone(yearly: Yearly, sent: dict[int, Submission]) -> Iterator[Finding]:
    """Totals that hold what is beneath cannot be told apart again."""
    own = sent.get(yearly.agency.pk)
    if own and own.enters_totals:
        more = not own.alone and yearly.agency.children.exists()
        details = [Detail(yearly.agency.name)] if more else []
        text = _("The totals of the body are its own alone, as the report is")
        yield Finding("parts.alone", text, failing(details), details)


def _changed(yearly, beneath, sent, counted) -> Iterator[Detail]:
    """Where a body's figures are no longer those that it sent; the totals of the whole
    are made of none."""
    inner = yearly.entered[yearly.year].inner
    for agency in beneath:
        submission = sent.get(agency.pk)
        if not submission or agency.pk in inner:
            continue
        for one in changes(yearly, submission, counted[agency.pk]):
            text = _("%(agency)s, %(figure)s: sent %(sent)s, now %(now)s") % {
                "agency": agency.name,
                "figure": named(yearly.form, one.row),
                "sent": shown(one.sent) or "—",
                "now": shown(one.now) or "—",
            }
            yield Detail(text, one.row, one.column)


class Change(NamedTuple):
    """A cell that no longer says what was sent."""

    row: str
    column: str
    sent: Any
    now: Any


def changes(
    yearly: Yearly, submission: Submission, current: Mapping[tuple[str, str], Any]
) -> Iterator[Change]:
    """Where what a body sent is not what its figures say; nothing, if it has sent
    none."""
    sent_cells = submission.sent if submission.submitted_on else {}
    for (row, column), sent in sent_cells.items():
        now = current.get((row, column))
        if row in yearly.parts and now != sent:
            yield Change(row, column, sent, now)
