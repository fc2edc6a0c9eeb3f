"""The registers as rows of sheets: what comes in, what is refused, what goes out."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reports.models import Assessment, PlanTask, Problem, WebsiteCheck
from reports.resources import (
    AssessmentResource,
    PlanTaskResource,
    ProblemResource,
    SelfInspectionResource,
    WebsiteCheckResource,
)
from tests.factories import make_agency, make_user
from tests.ledgers import TODAY, a_csv, counted, take, told
from tests.registers import make_inspection, make_task

pytestmark = pytest.mark.django_db

ROWS = {
    PlanTaskResource: {
        "agency": "BJ", "year": "2025", "number": "1", "heading": "重点领域",
        "title": "公开预决算", "unit": "JYJ",
    },
    SelfInspectionResource: {
        "agency": "BJ", "held_on": "2025-08-09", "name": "年终自查",
    },
    ProblemResource: {
        "inspection": "依申请公开自查", "number": "1", "agency": "JYJ",
        "found": "答复不规范",
    },
    WebsiteCheckResource: {
        "agency": "BJ", "year": "2025", "quarter": "第二季度", "sites": "40",
        "found": "3", "righted": "3",
    },
    AssessmentResource: {
        "agency": "JYJ", "year": "2025", "assessor": "省社会科学院", "score": "88.5",
    },
}  # fmt: skip
BAD = [
    (PlanTaskResource, {"unit": "XX"}, "unit", "no_such_agency"),
    (PlanTaskResource, {"number": "0"}, "number", "min_value"),
    (PlanTaskResource, {"year": "1999"}, "year", "min_value"),
    (PlanTaskResource, {"heading": ""}, "heading", "required"),
    (PlanTaskResource, {"progress": "差不多"}, "progress", "no_such_choice"),
    (PlanTaskResource, {"progress": "done", "done_on": ""}, "done_on", "day_missing"),
    (PlanTaskResource, {"done_on": "2025-06-30"}, "done_on", "not_done"),
    (PlanTaskResource, {"due_on": "年底"}, "due_on", "not_a_day"),
    (SelfInspectionResource, {"held_on": "8月"}, "held_on", "not_a_day"),
    (ProblemResource, {"inspection": "别的"}, "inspection", "no_such_inspection"),
    (ProblemResource, {"righted_on": "2025-08-01"}, "righted_on",
     "righted_before_found"),
    (WebsiteCheckResource, {"quarter": "5"}, "quarter", "no_such_choice"),
    (WebsiteCheckResource, {"righted": "4"}, "righted", "more_than_found"),
    (AssessmentResource, {"score": "101"}, "score", "max_value"),
    (AssessmentResource, {"score": "88.555"}, "score", "max_decimal_places"),
]  # fmt: skip
"""Cells, the column that is named, and why."""


@pytest.fixture
def office():
    office = make_agency("宝鸡市人民政府", "BJ", kind="city_office")
    make_agency("宝鸡市教育局", "JYJ", parent=office)
    make_inspection(office)
    return office


def keeper(resource, agency):
    name = resource.model._meta.model_name
    return make_user(f"reports.add_{name}", f"reports.view_{name}", agency=agency)


def bring(resource, *rows, by):
    return take(*rows, by=by, resource=resource)


@pytest.mark.parametrize("resource", ROWS)
def test_a_row_comes_in_and_a_second_time_changes_nothing(office, resource):
    by = keeper(resource, office)
    before = resource.model.objects.count()
    assert told(bring(resource, ROWS[resource], by=by)) == []
    assert resource.model.objects.count() == before + 1
    assert counted(bring(resource, ROWS[resource], by=by)) == (0, 1, 0)


@pytest.mark.parametrize(("resource", "cells", "column", "code"), BAD)
def test_a_bad_row_is_named_and_nothing_is_written(
    office, resource, cells, column, code
):
    before = resource.model.objects.count()
    taken = bring(resource, ROWS[resource] | cells, by=keeper(resource, office))
    assert told(taken) == [(2, column, code)]
    assert resource.model.objects.count() == before


def test_what_came_in_is_what_was_said(office):
    for resource, row in ROWS.items():
        bring(resource, row, by=keeper(resource, office))
    assert PlanTask.objects.get().progress == "planned"
    assert Problem.objects.get().inspection.name == "依申请公开自查"
    assert WebsiteCheck.objects.get().quarter == 2
    assert Assessment.objects.get().score == Decimal("88.5")


def test_a_name_of_two_self_inspections_wants_its_day(office):
    make_inspection(office, held_on="2024-08-08")
    by = keeper(ProblemResource, office)
    row = ROWS[ProblemResource]
    taken = bring(ProblemResource, row, by=by)
    assert told(taken) == [(2, "inspection", "several_inspections")]
    row = row | {"inspection": "依申请公开自查 (2024-08-08)"}
    assert counted(bring(ProblemResource, row, by=by)) == (1, 0, 0)


def test_another_content_of_the_same_task_is_refused(office):
    by = keeper(PlanTaskResource, office)
    bring(PlanTaskResource, ROWS[PlanTaskResource], by=by)
    other = ROWS[PlanTaskResource] | {"title": "别的任务", "progress": ""}
    taken = bring(PlanTaskResource, other, by=by)
    assert told(taken) == [(2, "title", "other_content")]


@pytest.mark.parametrize("resource", ROWS)
def test_a_unit_brings_nothing_in_for_the_office(office, resource):
    """Nor for a unit elsewhere: neither is there for the person."""
    bureau = make_agency("外单位", "WDW", parent=office)
    taken = bring(resource, ROWS[resource], by=keeper(resource, bureau))
    assert {code for _row, _column, code in told(taken)} <= {
        "no_such_agency", "no_such_inspection",
    }  # fmt: skip
    assert told(taken)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("resource", ROWS)
def test_what_went_out_comes_in_without_a_change(office, resource, language):
    by = keeper(resource, office)
    bring(resource, ROWS[resource], by=by)
    with override(language):
        found = resource.model.objects.visible_to(by)
        rows = [row for chunk in resource(by, TODAY).lines(found) for row in chunk]
    taken = bring(resource, a_csv(rows), by=by)
    assert (told(taken), counted(taken)[0]) == ([], 0)


def test_many_rows_ask_no_more_than_one(office):
    by = keeper(PlanTaskResource, office)

    def queries(count, year):
        rows = [
            ROWS[PlanTaskResource] | {"year": year, "number": str(number)}
            for number in range(1, count + 1)
        ]
        with CaptureQueriesContext(connection) as asked:
            assert counted(bring(PlanTaskResource, *rows, by=by)) == (count, 0, 0)
        return len(asked)

    queries(1, "2022")
    assert queries(1, "2023") == queries(30, "2024")


def test_a_unit_takes_out_what_falls_to_it(office):
    bureau = make_agency(parent=office)
    make_task(office, bureau, title="一")
    make_task(office, title="二")
    by = keeper(PlanTaskResource, bureau)
    found = PlanTask.objects.visible_to(by)
    rows = [row for some in PlanTaskResource(by, TODAY).lines(found) for row in some]
    assert len(rows) == 2
