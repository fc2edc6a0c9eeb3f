"""Self-inspections, website checks and assessments of a year at the desk."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.desk.rights import for_those_with
from casework.models import Agency
from reports.models import Assessment, Problem, SelfInspection, WebsiteCheck
from reports.registers import YearForm

VIEW = tuple(
    f"reports.view_{model._meta.model_name}"
    for model in (SelfInspection, Problem, WebsiteCheck, Assessment)
)


class Level(NamedTuple):
    """The scores of the units of a level, the highest first."""

    label: str
    scores: list[Assessment]

    @property
    def average(self) -> Decimal:
        total = sum(one.score for one in self.scores)
        share = Decimal(total) / len(self.scores)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


@require_safe
@for_those_with(*VIEW)
def supervision(request):
    inspections, problems, checks, assessments = (
        model.objects.visible_to(request.user)
        for model in (SelfInspection, Problem, WebsiteCheck, Assessment)
    )
    form = YearForm(request.GET, years(inspections, checks, assessments))
    year = form.shown
    inspections = inspections.filter(held_on__year=year).select_related("agency")
    problems = problems.filter(inspection__held_on__year=year)
    found = list(problems.select_related("agency").order_by("inspection", "number"))
    context = {
        "form": form,
        "year": year,
        "inspections": [
            (one, [problem for problem in found if problem.inspection_id == one.pk])
            for one in inspections
        ],
        "checks": checks.filter(year=year).select_related("agency"),
        "levels": levels(assessments.filter(year=year).select_related("agency")),
    }
    return render(request, "reports/supervision.html", context)


def years(inspections, checks, assessments) -> list[int]:
    """Those that have something, the latest first."""
    found = {day.year for day in inspections.order_by().dates("held_on", "year")}
    for rows in (checks, assessments):
        found |= set(rows.order_by().values_list("year", flat=True).distinct())
    return sorted(found, reverse=True)


def levels(scores: Iterable[Assessment]) -> list[Level]:
    """By level of organ, those that have a score."""
    scores = list(scores)
    found = (
        Level(label, [one for one in scores if one.agency.kind == kind])
        for kind, label in Agency.Kind.choices
    )
    return [level for level in found if level.scores]
