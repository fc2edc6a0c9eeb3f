"""Who has sent the figures of a year and who has not, and what has changed since."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.models import Agency
from reports.annual.parts import (
    Cells,
    Change,
    Origin,
    by_unit,
    changes,
    origins,
    submissions,
    units,
)
from reports.models import Submission
from reports.returns.days import internal, statutory
from reports.yearly import Yearly

SENT, RETURNED, MISSING = "sent", "returned", "missing"


@dataclass(frozen=True)
class Row:
    """A body right beneath, and what it has done about its figures."""

    origin: Origin
    submission: Submission
    """One that is not kept, where nothing has been done yet."""
    changed: bool
    """Whether its figures are no longer those that it sent."""
    today: date

    @property
    def agency(self) -> Agency:
        return self.origin.agency

    @property
    def state(self) -> str:
        if self.submission.submitted_on:
            return SENT
        return RETURNED if self.submission.returned_on else MISSING

    @property
    def statutory(self) -> date:
        return statutory(self.submission.year, self.agency.kind)

    @property
    def late(self) -> bool:
        """Sent after the internal day, or not yet although it is over."""
        day = self.submission.submitted_on or self.today
        return day > internal(self.submission.year)


def rows(yearly: Yearly, today: date) -> list[Row]:
    """Of every body right beneath; as many queries as there are sources."""
    beneath = {agency.pk for agency in units(yearly)}
    if not beneath:
        return []
    sent, counted = submissions(yearly), by_unit(yearly)
    return [
        Row(
            origin,
            origin.submission or Submission(agency=origin.agency, year=yearly.year),
            _changed(yearly, origin, counted),
            today,
        )
        for origin in origins(yearly, sent, counted)
        if origin.agency.pk in beneath
    ]


def _changed(yearly: Yearly, origin: Origin, counted: dict[int, Cells]) -> bool:
    """Of what is counted by itself: what lies in totals cannot be told."""
    if origin.within or not origin.submission:
        return False
    return any(changes(yearly, origin.submission, counted[origin.agency.pk]))


def since(yearly: Yearly, submission: Submission) -> list[Change]:
    """Where the body's figures are no longer those that it sent."""
    now: dict[tuple[str, str], Any] = yearly.figures
    return list(changes(yearly, submission, now))
