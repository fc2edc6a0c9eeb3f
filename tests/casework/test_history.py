"""The events of a case in words."""

from datetime import date

import pytest

from casework.history import history
from disclosure.models import DisclosureRequest
from disclosure.workflow import workflow
from proposals.workflow import items
from tests.factories import (
    CHIEF,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)
from tests.items import ASSIGNED, fresh, make_assigned, make_session

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 9)


def test_events_are_told_newest_first_with_what_they_changed():
    agency = make_agency()
    chief = make_user(*CHIEF, agency=agency)
    case, earlier = (make_request(agency=agency, by=chief) for _case in range(2))
    workflow.take("link", case, by=chief, on=DAY, repeats=earlier)
    workflow.correct(
        case, by=chief, on=DAY, note="改", phone="139", supply_form="paper"
    )
    case = workflow.take("withdraw", case, by=chief, on=DAY)

    told = history(workflow, case)

    names = ["withdraw", "correct_record", "link", "register"]
    assert [entry["event"].step for entry in told] == names
    assert [entry["status"] for entry in told] == [
        DisclosureRequest(status="closed").get_status_display(),
        "",
        "",
        DisclosureRequest(status="handling").get_status_display(),
    ]
    field = DisclosureRequest._meta.get_field
    paper = DisclosureRequest.SupplyForm.PAPER.label
    assert list(told[1]["changes"]) == [
        # Personal: that it changed, and never to what.
        (field("phone").verbose_name,),
        (field("supply_form").verbose_name, "—", paper),
    ]
    assert list(told[2]["changes"]) == [(field("repeats").verbose_name, "—", earlier)]


def test_a_day_that_is_kept_twice_is_told_once():
    make_calendar(2016)
    session = make_session()
    unit = make_agency(parent=session.agency)
    case = fresh(make_assigned([(unit, "lead")], session))

    [assigned, *_others] = history(items, case)

    assert case.received_on == case.assigned_on == ASSIGNED
    told = {name: rest for name, *rest in assigned["changes"]}
    field = type(case)._meta.get_field
    assert told == {
        field("assigned_on").verbose_name: ["—", ASSIGNED.isoformat()],
        field("due_on").verbose_name: ["—", case.due_on.isoformat()],
    }


def test_a_longer_history_asks_no_more(django_assert_num_queries):
    agency = make_agency()
    chief = make_user(*CHIEF, agency=agency)
    case = make_request(agency=agency, by=chief)
    earlier = make_request(agency=agency, by=chief)
    workflow.take("link", case, by=chief, on=DAY, repeats=earlier)
    for number in range(28):
        fields = {"subject": f"第{number}稿", "note": "改"}
        case = workflow.correct(case, by=chief, on=DAY, **fields)

    # The events, and the one kind of rows that they name.
    with django_assert_num_queries(2):
        assert len(history(workflow, case)) == 30
