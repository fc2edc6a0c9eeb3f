"""Rows of the registers, made in the most direct honest way."""

from datetime import date
from itertools import count

from reports.models import (
    Assessment,
    PlanTask,
    Problem,
    SelfInspection,
    WebsiteCheck,
)

YEAR = 2025
_numbers = count(1)


def make_task(office, unit=None, **fields):
    said = {
        "agency": office,
        "unit": unit or office,
        "year": YEAR,
        "number": next(_numbers),
        "heading": "加强重点领域信息公开",
        "title": "公开征地批准和补偿信息",
    }
    if fields.get("progress") == PlanTask.Progress.DONE:
        said["done_on"] = date(YEAR, 6, 30)
    return PlanTask.objects.create(**said | fields)


def make_inspection(office, **fields):
    said = {"agency": office, "held_on": date(YEAR, 8, 8), "name": "依申请公开自查"}
    return SelfInspection.objects.create(**said | fields)


def make_problem(inspection, unit=None, **fields):
    said = {
        "inspection": inspection,
        "number": next(_numbers),
        "agency": unit or inspection.agency,
        "found": "未按时限要求答复",
    }
    return Problem.objects.create(**said | fields)


def make_check(office, quarter=1, **fields):
    said = {"agency": office, "year": YEAR, "quarter": quarter, "sites": 40}
    return WebsiteCheck.objects.create(**said | fields)


def make_score(unit, score=80, **fields):
    said = {"agency": unit, "year": YEAR, "assessor": "省社会科学院", "score": score}
    return Assessment.objects.create(**said | fields)
