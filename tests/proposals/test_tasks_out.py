"""Assignments as rows of a sheet that goes out."""

from datetime import date

import pytest
from django.utils.translation import override

from proposals.models import Assignment
from proposals.tasks_out import TaskResource
from tests.factories import make_agency
from tests.items import make_assigned, make_office, make_session, replied

pytestmark = pytest.mark.django_db


def test_a_row_tells_what_a_unit_has_done(django_assert_num_queries):
    session = make_session(make_agency("宝鸡市人民政府", "BJ", kind="city_office"))
    unit = make_agency("宝鸡市教育局", "JY", parent=session.agency)
    office = make_office(session)
    case = make_assigned([(unit, "lead")], session, office, subject="关于校车的建议")
    replied(case, office, date(2016, 4, 5))
    resource = TaskResource(by=office, on=date(2026, 3, 2))

    with override("en"), django_assert_num_queries(1):
        labels, row = [
            line for lines in resource.lines(Assignment.objects.all()) for line in lines
        ]

    with override("en"):
        called = str(case.official_name)
    assert len(labels) == len(row)
    said = [str(cell) for cell in row]
    assert said == [
        "BJ-R14-6-0001-1", called, "关于校车的建议", "宝鸡市教育局", "lead", "1",
        "closed", "2016-03-10", "2016-04-05", "2016-06-10", "2016-04-05", "2016-04-05",
        "replied", "A",
    ]  # fmt: skip
