"""What of the registers is counted: each row belongs to one year as a whole."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from casework.tables import Flow, Source, whether
from reports.models import (
    Assessment,
    PlanTask,
    Problem,
    SelfInspection,
    WebsiteCheck,
)


@dataclass(frozen=True, eq=False)
class OfYear(Source):
    """Rows of the year that they name, whatever became of them and when."""

    year: str = "year"
    """The way to it."""

    def in_year(self, records: QuerySet, year: int) -> QuerySet:
        return records.filter(**{self.year: year})

    def flows(self, year: int) -> dict[Flow, Q]:
        return {Flow.PRESENT: Q()}


# A task counts for the unit that answers for it, not for the office that gave it.
PLAN = OfYear(agency="unit")
SELF_INSPECTIONS = OfYear(year="held_on__year")
# Of the year of the self-inspection: what is put right later is put right of these.
PROBLEMS = OfYear(
    year="inspection__held_on__year",
    facts={"righted": whether(Q(righted_on__isnull=False))},
)
WEBSITE_CHECKS = OfYear(amounts=("sites", "found", "righted"))
ASSESSMENTS = OfYear()

REGISTERS = {
    PLAN: PlanTask,
    SELF_INSPECTIONS: SelfInspection,
    PROBLEMS: Problem,
    WEBSITE_CHECKS: WebsiteCheck,
    ASSESSMENTS: Assessment,
}
