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
        _of_year(
            "R.plan_headings", _("Headings of the plan"), ITEMS, distinct="heading"
        ),
        _of_year("R.plan_tasks", _("Tasks of the plan"), ITEMS),
        _of_year(
            "R.plan_done",
            _("Tasks of the plan that are done"),
            ITEMS,
            only(progress={PlanTask.Progress.DONE}),
        ),
        _of_year(
            "R.plan_units",
            _("Units responsible for tasks of the plan"),
            units.BODIES,
            distinct="agency",
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
        _of_year(
            "R.problems_found",
            _("Problems found by the self-inspections"),
            units.PIECES,
        ),
        _of_year(
            "R.problems_righted",
            _("Problems of the self-inspections put right"),
            units.PIECES,
            only(righted={True}),
        ),
        Line(
            "R.problems_righted_rate",
            _("Put right, of all that the self-inspections found"),
            unit=units.PER_CENT,
            ratio=Ratio("R.problems_righted", ("R.problems_found",)),
        ),
        source=PROBLEMS,
    ),
    Part.headed(
        Line("R.websites", _("Checks of government websites")),
        _of_year("R.website_checks", _("Website checks announced"), units.TIMES),
        _of_year(
            "R.website_quarters",
            _("Quarters with a website check"),
            pgettext_lazy("unit", "quarters"),
            distinct="quarter",
        ),
        _of_year("R.sites_checked", _("Sites checked"), SITES, measure="sites"),
        _of_year(
            "R.website_problems",
            _("Problems found by the website checks"),
            ITEMS,
            measure="found",
        ),
        _of_year(
            "R.website_problems_righted",
            _("Problems of the website checks put right"),
            ITEMS,
            measure="righted",
        ),
        source=WEBSITE_CHECKS,
    ),
    Part.headed(
        Line("R.assessments", _("Third-party assessment")),
        _of_year(
            "R.assessed",
            _("Units assessed by a third party"),
            units.BODIES,
            distinct="agency",
        ),
        source=ASSESSMENTS,
    ),
)
