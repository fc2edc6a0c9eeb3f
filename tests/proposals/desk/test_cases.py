"""The desk's pages of items and of units: who sees what, and what belongs to them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import Assignment, Proposal
from proposals.workflow import items, tasks
from tests.clients import codes, form_on, logged_in, send, typed
from tests.items import (
    ASSIGNED,
    OFFICE,
    REPLIED,
    UNIT,
    VIEW,
    fresh,
    make_assigned,
    make_item,
    make_session,
)

pytestmark = pytest.mark.django_db

PAGES = ["", "why/", "due.ics", "step/contact/"]


def page(case, rest=""):
    kind = "items" if isinstance(case, Proposal) else "tasks"
    return f"/desk/{kind}/{case.number}/{rest}"


@pytest.fixture
def case(session, office, units):
    pair = [(units[0], "lead"), (units[1], "co_handler")]
    return fresh(make_assigned(pair, session, office))


@pytest.fixture
def client(session):
    return logged_in(*OFFICE, agency=session.agency)


@pytest.fixture
def lead(units):
    return logged_in(*UNIT, agency=units[0])


# Who sees them


@pytest.mark.parametrize("rest", PAGES)
def test_who_sees_the_pages_of_an_item(client, lead, case, units, rest):
    other = logged_in(*OFFICE, agency=make_session().agency)
    people = (client, lead, logged_in(*UNIT, agency=units[2]), other)

    answers = [person.get(page(case, rest)).status_code for person in people]

    assert answers == [200, 200, 404, 404]


@pytest.mark.parametrize("rest", ["", "why/", "due.ics", "step/sign_for/"])
def test_who_sees_the_pages_of_an_assignment(client, lead, case, units, rest):
    task = case.assignments.get(role="lead")
    helper = logged_in(*UNIT, agency=units[1])

    answers = [who.get(page(task, rest)).status_code for who in (client, lead, helper)]

    assert answers == [200, 200, 404]


def test_who_only_reads_does_not_read_what_people_said(client, case, session, office):
    said = {"way": "visit", "who": "局长", "said": "话里有话"}
    items.take("contact", case, by=office, on=ASSIGNED, **said)
    reader = logged_in(*VIEW, agency=session.agency)

    seen = {who: who.get(page(case)).text for who in (client, reader)}

    assert ("话里有话" in seen[client], "话里有话" in seen[reader]) == (True, False)


def test_a_longer_history_with_more_rows_takes_no_more_queries(client, case, office):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(case)).status_code == 200
        return len(captured)

    said = {"way": "visit", "who": "局长", "said": "听取意见"}
    items.take("contact", case, by=office, on=ASSIGNED, **said)
    asked()
    short = asked()
    for _talk in range(29):
        items.take("contact", case, by=office, on=ASSIGNED, **said)
    assert asked() == short


# What belongs to it


def test_a_unit_of_the_item_leads_to_its_part_for_who_sees_it(client, lead, case):
    mine, other = case.assignments.order_by("pk")

    whole, part = (who.get(page(case)).text for who in (client, lead))

    assert page(mine) in whole
    assert page(other) in whole
    assert page(mine) in part
    assert page(other) not in part


def test_a_part_names_its_item_and_the_other_units(lead, case):
    mine, other = case.assignments.order_by("pk")

    response = lead.get(page(mine))

    assert f'href="{page(case)}"' in response.text
    assert [entry["task"] for entry in response.context["tasks"]] == [other]
    assert page(other) not in response.text


def test_items_that_are_handled_together_name_each_other(client, session, office, case):
    other = make_item(session, office, status="filed")
    other = items.take("merge", other, by=office, on=ASSIGNED, merged_into=case)

    assert client.get(page(other)).context["merged_into"] == case
    assert list(client.get(page(case)).context["merged"]) == [other]


def test_other_items_of_the_same_author_in_the_session_are_named(
    client, lead, session, office, case
):
    other = make_item(session, office)
    make_item(session, office, authors=0)
    make_item(make_session())

    assert list(client.get(page(case)).context["same"]) == [other]
    # The unit does not see an item that it was not assigned.
    assert list(lead.get(page(case)).context["same"]) == []


# Steps


def test_an_item_is_assigned_at_the_desk_as_in_the_admin(
    client, session, office, units
):
    left = []
    for admin in (True, False):
        case = make_item(session, office, status="filed")
        address = f"/admin/proposals/proposal/{case.pk}/step/assign/"
        address = address if admin else page(case, "step/assign/")
        chosen = {"lead": units[0].pk, "co_handlers": [units[1].pk]}
        response = send(client, address, **chosen, on=ASSIGNED)
        case = fresh(case)
        parts = case.assignments.values_list("agency", "role", "due_on")
        left.append((response.status_code, case.status, case.due_on, list(parts)))

    assert left[0] == left[1]
    assert left[0][:2] == (302, "assigned")


def test_until_when_is_shown_before_an_item_is_assigned(client, session, office, units):
    case = make_item(session, office, status="filed")
    chosen = {"lead": units[0].pk, "on": ASSIGNED, "preview": "yes"}

    response = send(client, page(case, "step/assign/"), **chosen)

    foreseen = response.context["foreseen"]
    assert not Assignment.objects.exists()
    assert fresh(case).version == case.version
    client.post(page(case, "step/assign/"), typed(form_on(response)))
    assert fresh(case).due_on == foreseen.due_on


def test_who_cannot_handle_together_is_told_before(client, session, office, units):
    case = make_item(session, office, status="filed")
    chosen = {"co_handlers": [units[1].pk], "preview": "yes", "on": ASSIGNED}

    response = send(client, page(case, "step/assign/"), **chosen)

    assert codes(response) == {"__all__": ["one_lead"]}
    assert not Assignment.objects.exists()


def test_a_step_that_reaches_other_cases_is_tried_without_a_trace(
    client, session, office, case
):
    task = case.assignments.get(role="lead")
    address = page(case, "step/withdraw/")
    assert not case.replied_on

    shown = send(client, address, on=REPLIED, preview="yes").context["foreseen"]

    assert shown.status == "closed"
    assert (fresh(case).status, fresh(task).status) == ("assigned", "assigned")
    send(client, address, on=REPLIED)
    assert (fresh(case).status, fresh(task).status) == ("closed", "closed")


def test_a_unit_does_its_part_at_the_desk(lead, case):
    task = case.assignments.get(role="lead")
    address = page(task, "step/sign_for/")
    data = typed(form_on(lead.get(address)), on=ASSIGNED)

    answers = [lead.post(address, data) for _time in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, page(task))] * 2
    assert fresh(task).status == "handling"
    assert task.events.filter(step="sign_for").count() == 1
    assert str(tasks.steps["sign_for"].label) in lead.get(page(task)).text
