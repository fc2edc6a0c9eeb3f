"""What a unit sees and presses of its assignments, and what the office does of them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proposals.deadlines import Limit
from proposals.models import Assignment
from proposals.workflow import APPROVE, ASSIGN, WORK, items, tasks
from tests.clients import codes, form_on, logged_in, send
from tests.factories import make_agency, make_calendar
from tests.items import (
    ASSIGNED,
    OFFICE,
    UNIT,
    VIEW,
    make_assigned,
    make_session,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/proposals/assignment/"


def page(task, rest="change/"):
    return f"{LIST}{task.pk}/{rest}"


def text(response):
    return response.content.decode()


@pytest.fixture
def session():
    make_calendar(2016)
    return make_session()


@pytest.fixture
def office(session):
    return logged_in(*OFFICE, agency=session.agency)


@pytest.fixture
def lead(units):
    return logged_in(*UNIT, agency=units[0])


@pytest.fixture
def helper(units):
    return logged_in(*UNIT, agency=units[1])


@pytest.fixture
def case(session, office, units):
    pairs = [(units[0], "lead"), (units[1], "co_handler")]
    return make_assigned(pairs, session, office.user)


@pytest.fixture
def task(case, units):
    return case.assignments.get(agency=units[0])


@pytest.fixture
def part(case, units):
    """Of the co-handler."""
    return case.assignments.get(agency=units[1])


# From signing for it to the reply, by the forms


def test_a_unit_signs_for_it_drafts_signs_and_serves(lead, helper, case, task, part):
    send(lead, page(task, "step/sign_for/"), on=ASSIGNED)
    send(helper, page(part, "step/sign_for/"), on=ASSIGNED)
    send(helper, page(part, "step/give_opinion/"), on=ASSIGNED, opinion="同意。")
    assert "同意。" in text(lead.get(page(task)))
    item = f"/admin/proposals/proposal/{case.pk}/step/decide_publication/"
    send(lead, item, publication="full")
    send(lead, page(task, "step/submit_draft/"), on=ASSIGNED, note="电话不通")
    form = form_on(lead.get(page(task, "step/sign/")))
    assert [key for key, _label in form.fields["result_class"].choices] == [
        "", "A", "B", "C", "D",
    ]  # fmt: skip
    said = {"document_number": "宝教函〔2016〕1号", "result_class": "B", "on": ASSIGNED}
    send(lead, page(task, "step/sign/"), **said)
    send(lead, page(task, "step/serve/"), on=ASSIGNED)

    task.refresh_from_db()
    case.refresh_from_db()
    assert (task.outcome, task.result_class, case.replied_on) == (
        "replied", "B", ASSIGNED,
    )  # fmt: skip
    assert "所提问题正在解决" in text(lead.get(page(task)))


def test_a_class_that_the_session_does_not_know_is_refused(lead, case, task, office):
    task = tasks.take("sign_for", task, by=office.user, on=ASSIGNED)
    waived = case.assignments.get(role="co_handler")
    tasks.take("waive", waived, by=office.user, on=ASSIGNED, note="不需要")
    items.take(
        "decide_publication", case, by=office.user, on=ASSIGNED, publication="full"
    )
    tasks.take("submit_draft", task, by=office.user, on=ASSIGNED, note="电话不通")

    response = send(
        lead, page(task, "step/sign/"), document_number="1号", result_class="E",
        on=ASSIGNED,
    )  # fmt: skip

    assert codes(response) == {"result_class": ["invalid_choice"]}


def test_a_unit_asks_to_return_it_and_names_another(lead, office, task, units, session):
    elsewhere = make_agency()
    address = page(task, "step/ask_return/")
    why = {"return_reason": "not_ours", "return_text": "属建设部门职责", "on": ASSIGNED}

    refused = send(lead, address, **why, unit_instead=elsewhere.pk)
    send(lead, address, **why, unit_instead=units[2].pk)

    assert codes(refused) == {"unit_instead": ["invalid_choice"]}
    task.refresh_from_db()
    assert (task.status, task.unit_instead) == ("return_asked", units[2])
    send(office, page(task, "step/grant_return/"), on=ASSIGNED)
    task.refresh_from_db()
    assert task.outcome == "returned"


# The page


def test_the_page_tells_why_and_until_when(lead, task):
    response = lead.get(page(task))

    assert [reason.text for reason in response.context["reasons"]]
    days = [day for _what, day in response.context["dates"]]
    assert days == [date(2016, 6, 8), date(2016, 3, 17)]
    html = text(response)
    assert task.case.subject in html
    assert 'name="_save"' not in html


def test_the_page_of_the_lead_tells_until_when_to_speak_with_the_author(
    lead, helper, task, part, session
):
    session.contact = Limit(10, "working_days")
    session.save()

    told, other = (
        client.get(page(each)).context["dates"]
        for client, each in ((lead, task), (helper, part))
    )

    assert date(2016, 3, 24) in [day for _what, day in told]
    assert date(2016, 3, 24) not in [day for _what, day in other]


def test_what_was_given_back_is_not_called_done_in_time(lead, office, task, case):
    why = {"return_reason": "not_ours", "return_text": "属建设部门职责", "on": ASSIGNED}
    send(lead, page(task, "step/ask_return/"), **why)
    send(office, page(task, "step/grant_return/"), on=ASSIGNED)

    task.refresh_from_db()
    assert task.lights["on_time"] == task.get_outcome_display()


def test_nothing_of_an_assignment_is_typed(office, task):
    before = Assignment.objects.filter(pk=task.pk).values().get()

    office.post(page(task), {"role": "separate", "opinion": "改", "seen_version": 1})

    assert Assignment.objects.filter(pk=task.pk).values().get() == before
    assert office.get(f"{LIST}add/").status_code == 403


def test_a_day_is_corrected_by_the_office(office, task):
    tasks.take("sign_for", task, by=office.user, on=date(2016, 3, 14))

    send(
        office, page(task, "correct/"), signed_for_on=date(2016, 3, 11), reason="记错了"
    )

    task.refresh_from_db()
    assert task.signed_for_on == date(2016, 3, 11)


# Who sees what, and acts on it


@pytest.fixture
def people(office, lead, helper):
    return {
        "office": office,
        "lead": lead,
        "helper": helper,
        "elsewhere": logged_in(*OFFICE, *UNIT, agency=make_agency()),
    }


def statuses(people, address):
    return {name: client.get(address).status_code for name, client in people.items()}


def test_who_sees_an_assignment(people, task, part):
    assert statuses(people, page(task)) == {
        "office": 200, "lead": 200, "helper": 404, "elsewhere": 404,
    }  # fmt: skip
    assert statuses(people, page(part)) == {
        "office": 200, "lead": 404, "helper": 200, "elsewhere": 404,
    }  # fmt: skip
    listed = {
        name: {row.pk for row in client.get(LIST).context["cl"].result_list}
        for name, client in people.items()
    }
    assert listed == {
        "office": {task.pk, part.pk}, "lead": {task.pk}, "helper": {part.pk},
        "elsewhere": set(),
    }  # fmt: skip


@pytest.mark.parametrize("name", tasks.steps)
def test_who_may_take_each_step_of_an_assignment(people, task, name):
    by_unit = {WORK: 200, APPROVE: 200, ASSIGN: 403}[tasks.steps[name].permission]
    assert statuses(people, page(task, f"step/{name}/")) == {
        "office": 200, "lead": by_unit, "helper": 404, "elsewhere": 404,
    }  # fmt: skip


def test_a_unit_does_not_correct_its_own_record(task, units):
    county = logged_in(*OFFICE, agency=units[0])

    assert county.get(page(task, "correct/")).status_code == 403
    for name in ("grant_return", "refuse_return", "waive", "end"):
        assert county.post(page(task, f"step/{name}/"), {}).status_code == 403


def test_who_only_reads_takes_no_step(session, task):
    auditor = logged_in(*VIEW, agency=session.agency)

    assert auditor.get(page(task)).context["steps"] == []
    assert auditor.get(page(task, "step/sign_for/")).status_code == 403


# The list


def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(office, session, units):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert office.get(LIST).status_code == 200
        return len(asked)

    make_assigned([(units[0], "lead")], session)
    queries()
    one = queries()
    for _item in range(29):
        make_assigned([(units[0], "lead")], session)

    assert len(office.get(LIST).context["cl"].result_list) == 30
    assert queries() == one


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"task", "part"}),
        ("role__exact=lead", {"task"}),
        ("status__exact=assigned", {"task", "part"}),
        ("status__exact=closed", set()),
        ("session={session}", {"task", "part"}),
        ("beneath={unit}", {"part"}),
        ("light=overdue", {"task", "part"}),
        ("year=2016", {"task", "part"}),
        ("q=老旧小区", {"task", "part"}),
        ("case__text__contains=x", None),
    ],
)
def test_what_a_list_is_narrowed_by(office, session, units, task, part, query, found):
    query = query.format(session=session.pk, unit=units[1].code)
    response = office.get(f"{LIST}?{query}")

    if found is None:
        assert response.status_code == 400
    else:
        rows = {row.pk for row in response.context["cl"].result_list}
        assert rows == {{"task": task, "part": part}[name].pk for name in found}


def test_many_are_signed_for_at_once(lead, session, units, office):
    made = [make_assigned([(units[0], "lead")], session, office.user) for _n in "ab"]
    mine = [task for case in made for task in case.assignments.all()]
    data = {"action": "bulk_sign_for", "_selected_action": [task.pk for task in mine]}
    form = form_on(lead.post(LIST, data))

    lead.post(
        LIST,
        data
        | {
            "take": "yes",
            "on": timezone.localdate(),
            "submission": form["submission"].value(),
        },
    )

    assert set(Assignment.objects.values_list("status", flat=True)) == {"handling"}
