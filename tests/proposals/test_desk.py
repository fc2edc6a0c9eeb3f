"""What the desk's lists tell of items and of assignments."""

from datetime import date

import pytest
from django.urls import reverse

from proposals.models import Assignment
from proposals.workflow import tasks
from tests.clients import logged_in
from tests.factories import make_agency
from tests.items import (
    VIEW,
    make_assigned,
    make_item,
    make_office,
    make_session,
    replied,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_agency("宝鸡市人民政府", "BJ", kind="city_office"))


@pytest.fixture
def units(session):
    return [
        make_agency(name, parent=session.agency)
        for name in ("宝鸡市教育局", "宝鸡市公安局")
    ]


def told(client, name, **asked):
    rows = client.get(reverse(name), asked).context["rows"]
    return {
        case.number: [str(cell) for _label, cell, _wide in cells]
        for case, _address, _lamp, cells in rows
    }


def test_an_item_tells_who_replies_who_helps_and_with_what_result(session, units):
    lead, helper = units
    office = make_office(session)
    roles = [(lead, "lead"), (helper, "co_handler")]
    case = make_assigned(roles, session, office, subject="关于校车的建议")
    helping, day = case.assignments.get(role="co_handler"), date(2016, 4, 5)
    helping = tasks.take("sign_for", helping, by=office, on=day)
    tasks.take("give_opinion", helping, by=office, on=day, opinion="同意。")
    replied(case, office, day, result_class="B")
    new = make_item(session, office)
    client = logged_in(*VIEW, agency=session.agency)

    found = told(client, "proposals:items")

    assert [found[case.number][n] for n in (0, 1, 2, 4, 5, 6)] == [
        "1", "关于校车的建议", session.name, lead.name, helper.name, "B",
    ]  # fmt: skip
    assert [found[new.number][n] for n in (0, 4, 5, 6)] == ["—"] * 4


def test_a_unit_from_which_it_was_taken_back_is_not_named(session, units):
    office = make_office(session)
    case = make_assigned([(units[0], "lead")], session, office)
    task = case.assignments.get()
    wrong = {"return_reason": "not_ours", "return_text": "不属我局职责"}
    task = tasks.take("ask_return", task, by=office, on=date(2016, 3, 11), **wrong)
    tasks.take("grant_return", task, by=office, on=date(2016, 3, 11))
    client = logged_in(*VIEW, agency=session.agency)
    assert told(client, "proposals:items")[case.number][4] == "—"


def test_a_task_tells_of_its_item_its_unit_its_role_and_its_round(session, units):
    case = make_assigned([(units[0], "lead")], session, subject="关于校车的建议")
    task = Assignment.objects.get()
    client = logged_in(*VIEW, agency=units[0])

    assert told(client, "proposals:tasks")[task.number] == [
        "1", case.subject, session.name, units[0].name, str(task.get_role_display()),
        "1", str(task.get_status_display()), "—",
    ]  # fmt: skip
