"""Totals that bodies enter whose cases are kept elsewhere: which of them count in a
year, and whose cases then do not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.models import Agency
from casework.tables import Line, Source
from disclosure.annual_forms.sources import FEES, REMEDIES, REQUESTS
from reports.models import Submission

ENTERED: tuple[Source, ...] = (REQUESTS, REMEDIES, FEES)
"""What may be kept elsewhere: the office itself keeps all else."""


@dataclass(frozen=True)
class Entered:
    """Who entered totals of a year, and which agencies these totals hold whole: what is
    in a total is counted nowhere else."""

    bodies: Mapping[int, Submission]
    held: frozenset[int]

    @classmethod
    def among(
        cls, agencies: Mapping[int, Agency], submissions: Iterable[Submission]
    ) -> "Entered":
        """Of two bodies one of which is beneath the other, the upper one counts."""
        bodies: dict[int, Submission] = {}
        held: set[int] = set()
        by_path = sorted(
            submissions, key=lambda one: (len(agencies[one.agency_id].path), one.pk)
        )
        for submission in by_path:
            if submission.agency_id in held:
                continue
            bodies[submission.agency_id] = submission
            held.add(submission.agency_id)
            if not submission.alone:
                above = agencies[submission.agency_id].path
                held |= {
                    pk
                    for pk, agency in agencies.items()
                    if agency.path.startswith(above)
                }
        return cls(bodies, frozenset(held))

    @property
    def inner(self) -> frozenset[int]:
        """Those that are in the totals of a body above them."""
        return self.held - self.bodies.keys()

    def hears(self, agency: int, line: Line) -> bool:
        """Whether a number of the agency counts in the line: where cases are counted,
        only one that stands for them."""
        return agency in self.bodies or (line.reported and agency not in self.held)
