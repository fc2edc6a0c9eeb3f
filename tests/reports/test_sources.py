"""Rows of the registers belong whole to the year that they name."""

from datetime import date

import pytest

from casework.tables import Flow, Line, Table
from reports.models import Problem, WebsiteCheck
from reports.sources import PROBLEMS, REGISTERS, WEBSITE_CHECKS
from tests.factories import make_agency
from tests.registers import make_check, make_inspection, make_problem

pytestmark = pytest.mark.django_db
ALL = Line("all", "", (Flow.PRESENT,))


def test_each_register_is_counted_once():
    assert len({*REGISTERS.values()}) == len(REGISTERS) == 5


def test_a_problem_is_of_the_year_of_its_inspection():
    office = make_agency(kind="city_office")
    inspection = make_inspection(office, held_on=date(2025, 12, 31))
    make_problem(inspection, righted_on=date(2026, 1, 20))
    table = Table(PROBLEMS, (ALL,))
    found = {year: table.fill(Problem.objects.all(), year) for year in (2025, 2026)}
    assert {year: one["all", "total"] for year, one in found.items()} == {
        2025: 1,
        2026: 0,
    }


def test_several_columns_are_added_up_by_one_query(django_assert_num_queries):
    office = make_agency(kind="city_office")
    make_check(office, 1, sites=40, found=7, righted=5)
    make_check(office, 2, sites=42, found=3, righted=3)
    rows = tuple(
        Line(name, "", (Flow.PRESENT,), measure=name)
        for name in ("sites", "found", "righted")
    )
    with django_assert_num_queries(1):
        figures = Table(WEBSITE_CHECKS, rows).fill(WebsiteCheck.objects.all(), 2025)
    assert list(figures.values()) == [82, 10, 8]
