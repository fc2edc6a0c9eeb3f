"""What the report of a year says of the plan, self-inspections, checks, assessments."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.tables import Flow, Line, Part, Ratio, only, units
from reports.models import PlanTask
from reports.sources import (
    ASSESSMENTS,
    PLAN,
    PROBLEMS,
    SELF_INSPECTIONS,
    WEBSITE_CHECKS,
)

ITEMS = pgettext_lazy("unit", "items")
SITES = pgettext_lazy("unit", "sites")


def _of_year(code: str, label: str, unit: str, where=(), **more) -> Line:
    return Line(code, label, (Flow.PRESENT,), dict(where), unit=unit, **more)


PARTS = (
    Part.headed(
        Line("R.plan", _("The plan of the year")),
        _of_year("R.plan_headings", _("Headings"), ITEMS, distinct="heading"),
        _of_year("R.plan_tasks", _("Tasks"), ITEMS),
        _of_year(
            "R.plan_done",
            _("Tasks that are done"),
            ITEMS,
            only(progress={PlanTask.Progress.DONE}),
        ),
        _of_year(
            "R.plan_units", _("Responsible units"), units.BODIES, distinct="agency"
        ),
        source=PLAN,
    ),
    Part.headed(
        Line("R.inspections", _("Self-inspections of the year")),
        _of_year("R.self_inspections", _("Self-inspections"), units.TIMES),
        source=SELF_INSPECTIONS,
    ),
    Part.headed(
        Line("R.problems", _("Problems of the self-inspections")),
        _of_year("R.problems_found", _("Problems found"), units.PIECES),
        _of_year(
            "R.problems_righted",
            _("Of these put right"),
            units.PIECES,
            only(righted={True}),
        ),
        Line(
            "R.problems_righted_rate",
            _("Put right, of all found"),
            unit=units.PER_CENT,
            ratio=Ratio("R.problems_righted", ("R.problems_found",)),
        ),
        source=PROBLEMS,
    ),
    Part.headed(
        Line("R.websites", _("Checks of government websites")),
        _of_year("R.website_checks", _("Checks announced"), units.TIMES),
        _of_year(
            "R.website_quarters",
            _("Quarters with a check"),
            pgettext_lazy("unit", "quarters"),
            distinct="quarter",
        ),
        _of_year("R.sites_checked", _("Sites checked"), SITES, measure="sites"),
        _of_year("R.website_problems", _("Problems found"), ITEMS, measure="found"),
        _of_year(
            "R.website_problems_righted",
            _("Of these put right"),
            ITEMS,
            measure="righted",
        ),
        source=WEBSITE_CHECKS,
    ),
    Part.headed(
        Line("R.assessments", _("Third-party assessment")),
        _of_year("R.assessed", _("Units assessed"), units.BODIES, distinct="agency"),
        source=ASSESSMENTS,
    ),
)
