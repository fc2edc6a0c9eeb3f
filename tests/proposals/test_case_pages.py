"""What the pages of items and of units have in common: days, the parts of an item."""

from datetime import date

import pytest

from proposals.case_pages import ends, item_dates, opinions, parts, task_dates
from proposals.deadlines import Limit
from tests.factories import make_calendar, make_user
from tests.items import ASSIGNED, UNIT, fresh, make_assigned, make_item

pytestmark = pytest.mark.django_db

CO = [(0, "lead"), (1, "co_handler")]


@pytest.fixture
def calendar():
    return make_calendar(2016)


@pytest.fixture
def case(calendar, session, office, units):
    pair = [(units[place], role) for place, role in CO]
    return fresh(make_assigned(pair, session, office))


def test_a_part_that_a_unit_does_not_see_says_how_it_stands(case, units, calendar):
    lead = make_user(*UNIT, agency=units[0])

    mine, other = parts(case, lead, calendar)

    assert (mine["seen"], mine["primary"].name) == (True, "sign_for")
    assert (other["seen"], other["steps"], other["primary"]) == (False, [], None)
    assert other["lamp"]


def test_opinions_are_for_the_unit_that_replies(case):
    lead, helper = case.assignments.order_by("pk")

    assert list(opinions(lead)) == [helper]
    assert list(opinions(helper)) == []


def test_until_when_each_role_would_have(session, office, calendar):
    case = make_item(session, office, status="filed")

    told = dict(ends(case, ASSIGNED))

    assert len(told) == 3
    assert date(2016, 6, 12) in told.values()


def test_a_unit_is_told_until_when_it_may_return_it(case, calendar):
    session = case.session
    session.returning = Limit(5, "working_days")
    session.save()
    task = fresh(case.assignments.get(role="lead"))

    told = [day for _what, day in task_dates(task, calendar)]

    # To be ready by the eve of the rest that the last day was moved over.
    assert told == [date(2016, 6, 8), date(2016, 3, 17)]
    assert [day for _what, day in item_dates(case, calendar)] == told[:1]
