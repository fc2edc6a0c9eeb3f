"""The yearly tables once more, in plain Python: one case after another is looked at.

Nothing here is shared with what counts them: neither lines nor sources, nor a query
that knows a year. Outcomes stand where the table that lawyers read puts them.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casework.models import Agency
from disclosure.annual_forms.sources import FEES, REMEDIES, REQUESTS
from disclosure.models import DisclosureRequest
from reports.models import Submission, Tally
from reports.yearly import Yearly

with (Path(__file__).parent / "disclosure" / "outcomes.csv").open() as file:
    OUTCOMES = {row["code_name"]: row for row in csv.DictReader(file)}
APPLICANTS = {
    "natural_person": "C3.1",
    "business": "C3.2.1",
    "research": "C3.2.2",
    "public_benefit": "C3.2.3",
    "legal_service": "C3.2.4",
    "other_organisation": "C3.2.5",
}
CHANNELS = {
    "in_person": "S3.1.1",
    "fax": "S3.1.2",
    "online": "S3.1.3",
    "email": "S3.1.3",
    "registered_post": "S3.1.4",
    "ems": "S3.1.4",
    "ordinary_letter": "S3.1.4",
    "other_unit": "S3.1.4",
}
BLOCKS = {"reconsideration": "T4.1", "direct": "T4.2.1", "after": "T4.2.2"}
RESULTS = {"upheld": 1, "corrected": 2, "other": 3}
COUNTED = (
    "T3", "T4", "T6", "S3", "S4", "S5", "S7",
    "R.closed", "R.recon", "R.lawsuits", "R.charging",
)  # fmt: skip
"""How rows begin that count cases; bodies report all others as numbers."""
WHOLE = ("C3.3", "total")
"""The columns of which the levels of organ are parts."""

Entry = tuple[str, str, Any]
"""A row, a column, and how much a case adds there."""


def of_request(case, year: int, edition: str) -> Iterator[Entry]:
    if case.received_on is None:
        return
    came = case.received_on.year
    went = case.closed_on.year if case.closed_on else year + 1
    if came > year or went < year:
        return
    own = _of_2014 if edition == "2014" else _since_2019
    yield from own(case, came == year, went == year, edition)
    if went == year:
        late = case.due_on is not None and case.closed_on > case.due_on
        yield "R.closed_late" if late else "R.closed_in_time", "total", 1


def _since_2019(case, new: bool, ended: bool, edition: str) -> Iterator[Entry]:
    rows = ["T3.1" if new else "T3.2"]
    rows += [_leaf(case, edition), "T3.3.7"] if ended else ["T3.4"]
    for row in rows:
        yield row, APPLICANTS[case.applicant_kind], 1
        yield row, "C3.3", 1


def _of_2014(case, new: bool, ended: bool, edition: str) -> Iterator[Entry]:
    rows = ["S3.1", CHANNELS[case.channel]] if new else []
    if ended:
        rows.append("S3.2")
        if case.due_on is None or case.closed_on <= case.due_on:
            rows.append("S3.2.2" if case.extension else "S3.2.1")
        if leaf := _leaf(case, edition):
            rows += ["S3.3", leaf]
            rows += ["S3.3.4"] if leaf.startswith("S3.3.4.") else []
    for row in rows:
        yield row, "total", 1


def _leaf(case, edition: str) -> str:
    return OUTCOMES[case.outcome][f"leaf_{edition}"]


def of_remedy(remedy, year: int, edition: str) -> Iterator[Entry]:
    """Pending in a year counts; and ended in it, by its result."""
    filed, decided = remedy.filed_on.year, remedy.decided_on and remedy.decided_on.year
    court = remedy.kind != "reconsideration"
    block, number = BLOCKS[remedy.kind], RESULTS.get(remedy.result)
    if filed == year:
        yield "R.lawsuits_filed" if court else "R.reconsiderations_filed", "total", 1
    if decided == year:
        row = "R.lawsuits_decided" if court else "R.reconsiderations_decided"
        yield row, "total", 1
    if edition == "2014" and decided == year:
        for row in (f"S{4 + court}", f"S{4 + court}.{number}"):
            yield row, "total", 1
    if edition != "2014" and filed <= year and (decided is None or decided >= year):
        yield f"{block}.{number if decided == year else 4}", "total", 1
        yield f"{block}.5", "total", 1


def of_fee(fee, year: int, edition: str) -> Iterator[Entry]:
    paid = fee.paid_on is not None and fee.paid_on.year == year
    if edition == "2014":
        if paid:
            yield "S7", "total", fee.amount / 10_000
        return
    if fee.notified_on and fee.notified_on.year == year:
        yield "T6.fee_notices", "total", 1
        yield "T6.fee_notified_amount", "total", fee.amount
    if paid:
        yield "T6.fee_received_amount", "total", fee.amount


def figures(yearly: Yearly) -> dict[tuple[str, str], Any]:
    """What is counted of requests, or reported, and is not nought."""
    sources = (None, REQUESTS, REMEDIES, FEES)
    return {
        one.place: one.value
        for one in yearly
        if one.value and (one.row.flows or one.row.reported)
        if one.part.source in sources
    }


class Fold:
    """All that is kept, read once."""

    def __init__(self):
        self.agencies = {agency.pk: agency for agency in Agency.objects.all()}
        cases = DisclosureRequest.objects.prefetch_related("remedies", "fees")
        self.cases = list(cases)
        self.tallies = list(Tally.objects.all())
        self.totals = {
            (one.year, one.agency_id): one.alone
            for one in Submission.objects.filter(source="totals")
        }

    def unlike(self, yearly: Yearly) -> dict[tuple[str, str], tuple]:
        """Where another figure is counted than is found here: both of them."""
        edition = yearly.form.edition
        found = self.figures(yearly.year, yearly.agency, yearly.alone, edition)
        counted = figures(yearly)
        return {
            cell: (counted.get(cell), found.get(cell))
            for cell in counted.keys() | found.keys()
            if cell[0] in yearly.form.lines and counted.get(cell) != found.get(cell)
        }

    def figures(
        self, year: int, agency: Agency, alone: bool, edition: str
    ) -> dict[tuple[str, str], Any]:
        """Those that are not nought."""
        found: Counter = Counter()
        for pk, way in self._scope(agency, alone).items():
            # What is beneath a child is of the child's kind.
            level = "" if alone else self.agencies[way[:2][-1]].kind
            for row, column, value in self._entries(pk, way, year, edition):
                found[row, column] += value
                if level and column in WHOLE:
                    found[row, level] += value
        return {place: value for place, value in found.items() if value}

    def _scope(self, agency: Agency, alone: bool) -> dict[int, list[int]]:
        """The bodies, each with the way that leads down to it from the first one."""
        ways = {}
        for pk, one in self.agencies.items():
            above = [int(part) for part in one.path.strip("/").split("/")]
            if agency.pk in above and (pk == agency.pk or not alone):
                ways[pk] = above[above.index(agency.pk) :]
        return ways

    def _entries(self, pk: int, way: list[int], year: int, edition: str):
        """Of one body: its cases, or the totals that stand for them; or nothing, where
        those of a body above do."""
        holder = next(
            (
                above
                for above in way
                if (year, above) in self.totals
                and (above == pk or not self.totals[year, above])
            ),
            None,
        )
        if holder is None:
            yield from self._of_cases(pk, year, edition)
        for tally in self.tallies:
            if (tally.agency_id, tally.year) == (pk, year):
                counted = tally.code.startswith(COUNTED)
                if holder == pk or holder is None and not counted:
                    yield tally.code, tally.column, tally.value

    def _of_cases(self, pk: int, year: int, edition: str) -> Iterator[Entry]:
        charges = False
        for case in self.cases:
            if case.agency_id != pk:
                continue
            yield from of_request(case, year, edition)
            for remedy in case.remedies.all():
                yield from of_remedy(remedy, year, edition)
            for fee in case.fees.all():
                yield from of_fee(fee, year, edition)
                charges |= bool(fee.paid_on and fee.paid_on.year == year)
        if charges:
            yield "R.charging_bodies", "total", 1
