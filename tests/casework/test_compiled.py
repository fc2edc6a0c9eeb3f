"""A query compiled once: the rows are those of the ORM, at any time, for any value."""

from datetime import date

import pytest

from casework.compiled import Compiled
from casework.models import CalendarDay, Counter
from disclosure.models import DisclosureRequest
from tests.factories import RECEIVED, make_calendar, make_request

pytestmark = pytest.mark.django_db

COLUMNS = ("pk", "number", "received_on", "due_provisional", "due_why", "agency__name")


def of_number(number):
    return DisclosureRequest.objects.filter(number=number).values_list(*COLUMNS)


@pytest.fixture
def compiled():
    return Compiled(of_number, like="")


def test_the_rows_are_those_of_the_orm(compiled):
    for case in (make_request(), make_request("closed")):
        found = list(compiled.rows(case.number))

        assert found == [tuple(row) for row in of_number(case.number)]
        assert found[0].received_on == RECEIVED
        assert found[0].due_why == case.due_why
        assert found[0].agency__name == case.agency.name


def test_several_rows_come_in_the_order_of_the_query():
    make_calendar(2026)
    of_festival = Compiled(
        lambda name: (
            CalendarDay.objects.filter(festival=name).order_by("day").values_list("day")
        ),
        like="",
    )

    days = [row.day for row in of_festival.rows("national_day")]

    assert days == sorted(days)
    assert date(2026, 10, 1) in days
    assert list(of_festival.rows("none")) == []


def test_each_time_the_database_is_asked(compiled, django_assert_num_queries):
    assert list(compiled.rows("BJ-2026-0001-75")) == []
    case = make_request()

    for _time in range(2):
        with django_assert_num_queries(1):
            assert len(list(compiled.rows(case.number))) == 1


def test_what_has_another_number_of_parameters_is_refused():
    for ask in (
        lambda key: Counter.objects.values_list("last"),
        lambda key: Counter.objects.filter(key=key, last=1).values_list("last"),
    ):
        with pytest.raises(ValueError, match="unpack"):
            Compiled(ask, like="").rows("BJ:2026")
