"""What staff see and press of items: registering, the list, a page, who handles it."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proposals.forms import AT_ONCE
from proposals.models import Assignment, Proposal
from proposals.workflow import HANDLE, WORK, items, tasks
from tests.clients import codes, form_on, logged_in, send, typed
from tests.factories import make_agency
from tests.items import (
    ASSIGNED,
    OFFICE,
    REPLIED,
    SUBMITTED,
    UNIT,
    VIEW,
    make_assigned,
    make_closed,
    make_item,
    make_session,
    replied,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/proposals/proposal/"
NEW = {
    "subject": "关于加快老旧小区改造的建议",
    "text": "建议将老旧小区改造列入年度计划。",
    "category": "城建",
    "submitted_on": SUBMITTED,
    "in_session": "on",
    "authors": "张代表，渭滨代表团\n李代表，金台代表团，deputy",
}


def page(case, rest="change/"):
    return f"{LIST}{case.pk}/{rest}"


def text(response):
    return response.content.decode()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def client(session):
    return logged_in(*OFFICE, agency=session.agency)


@pytest.fixture
def office(client):
    return client.user


# Registering


def test_an_item_is_registered_with_its_authors(client, session):
    response = send(client, f"{LIST}add/", **NEW, session=session.pk)

    case = Proposal.objects.get()
    assert (response.status_code, case.agency) == (302, session.agency)
    assert list(case.authors.values_list("place", "name", "group", "kind")) == [
        (1, "张代表", "渭滨代表团", "deputy"),
        (2, "李代表", "金台代表团", "deputy"),
    ]
    steps = list(case.events.values_list("step", flat=True))
    assert steps == ["register", "sign_with", "sign_with"]


def test_a_bad_line_of_the_authors_leaves_nothing(client, session):
    authors = "张代表，渭滨\n\n王委员，工商，什么"
    data = NEW | {"authors": authors, "session": session.pk}

    response = send(client, f"{LIST}add/", **data)

    assert codes(response) == {"authors": ["line"]}
    assert form_on(response).errors.as_data()["authors"][0].params == {"number": 3}
    assert not Proposal.objects.exists()


def test_an_author_whom_the_door_refuses_leaves_nothing(client, session):
    """A member of the CPPCC makes no suggestion to the congress."""
    data = NEW | {"authors": "王委员，工商，member", "session": session.pk}

    response = send(client, f"{LIST}add/", **data)

    assert (response.status_code, codes(response)) == (
        200,
        {NON_FIELD_ERRORS: ["kind"]},
    )
    assert not Proposal.objects.exists()


def test_a_form_sent_twice_registers_one_item(client, session):
    form = form_on(client.get(f"{LIST}add/"))
    data = typed(form, **NEW, session=session.pk)

    assert [client.post(f"{LIST}add/", data).status_code for _time in range(2)] == [
        302,
        302,
    ]
    assert Proposal.objects.get().authors.count() == 2


def test_a_session_of_another_government_is_not_chosen(client):
    other = make_session()

    response = send(client, f"{LIST}add/", **NEW, session=other.pk)

    assert codes(response)["session"] == ["invalid_choice"]


def test_a_record_is_corrected_and_its_session_stays(client, session):
    case = make_item(session)

    response = send(client, page(case), subject="关于小区改造的建议", reason="写错了")

    case.refresh_from_db()
    assert (response.status_code, case.subject) == (302, "关于小区改造的建议")
    assert case.session == session
    assert case.events.last().step == "correct_record"


# Steps, by the form that each button opens


def test_an_item_is_filed_by_its_form(client, session):
    case = make_item(session)

    send(client, page(case, "step/file/"), official_number=23, on=SUBMITTED)

    case.refresh_from_db()
    assert (case.status, case.official_number) == ("filed", 23)


@pytest.mark.parametrize(
    "way", ["{0.official_number}", "第{0.official_number}号", "{0.number}"]
)
def test_the_item_that_it_is_merged_into_is_named_by_either_number(
    client, session, office, units, way
):
    main = make_assigned([(units[0], "lead")], session, office)
    case = make_item(session, office)

    send(client, page(case, "step/merge/"), merged_into=way.format(main))

    case.refresh_from_db()
    assert (case.outcome, case.merged_into) == ("merged", main)
    assert case.number in text(client.get(page(main)))


def test_an_item_of_another_session_is_not_named(client, session, office):
    other = make_item(make_session(session.agency, number=7), office, status="filed")
    case = make_item(session, office)

    response = send(client, page(case, "step/merge/"), merged_into=other.number)

    assert codes(response) == {"merged_into": ["no_such_case"]}


def test_feedback_is_of_an_author_of_the_item_or_of_one_merged_into_it(
    client, session, office, units
):
    case = make_assigned([(units[0], "lead")], session, office)
    merged = make_item(session, office)
    items.take("merge", merged, by=office, on=ASSIGNED, merged_into=case)
    stranger = make_item(session, office).authors.get()
    replied(case, office, ASSIGNED)
    address = page(case, "step/hear/")
    said = {"attitude": "satisfied", "result": "dissatisfied", "on": ASSIGNED}

    refused = send(client, address, **said, author=stranger.pk)
    for author in (case.authors.get(), merged.authors.get()):
        send(client, address, **said, author=author.pk)

    assert codes(refused) == {"author": ["invalid_choice"]}
    assert case.feedback.count() == 2


def test_it_is_handled_again_for_a_reason(client, session, office, units):
    case = make_assigned([(units[0], "lead")], session, office)
    replied(case, office, ASSIGNED)
    said = {"attitude": "satisfied", "result": "dissatisfied"}
    author = case.authors.get()
    items.take("hear", case, by=office, on=ASSIGNED, author=author, **said)
    address = page(case, "step/handle_again/")

    assert "/step/handle_again/" in text(client.get(page(case)))
    assert codes(send(client, address)) == {"note": ["required"]}
    send(client, address, note="代表不满意")

    assert list(case.assignments.values_list("round", flat=True)) == [1, 2]
    assert "/step/handle_again/" not in text(client.get(page(case)))


# The list


def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(client, session, units):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    make_assigned([(units[0], "lead"), (units[1], "co_handler")], session)
    queries()
    one = queries()
    for _item in range(29):
        make_assigned([(units[0], "lead"), (units[1], "co_handler")], session)

    assert len(client.get(LIST).context["cl"].result_list) == 30
    assert queries() == one


@pytest.fixture
def listed(session, office, units):
    """An item for each filter, and one that none of them finds."""
    other = make_session(session.agency, body="cppcc", term=11, number=5)
    return {
        "plain": make_item(session, office),
        "filed": make_item(session, office, status="filed"),
        "handled": make_assigned(
            [(units[0], "lead"), (units[1], "co_handler")], session, office
        ),
        "key": make_item(
            session, office, key_leader="王市长", subject="关于供水的建议"
        ),
        "elsewhere": make_item(other, office, authors=0, category="教育"),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"plain", "filed", "handled", "key", "elsewhere"}),
        ("session={cppcc}", {"elsewhere"}),
        ("session={cppcc}&category=教育", {"elsewhere"}),
        ("session={congress}&category=教育", set()),
        ("status__exact=filed", {"filed"}),
        ("light=unconfirmed", {"plain", "filed", "key", "elsewhere"}),
        ("light=overdue", {"handled"}),
        ("beneath={lead}", {"handled"}),
        ("beneath={co}", {"handled"}),
        ("beneath={idle}", set()),
        ("beneath={city}", {"handled"}),
        ("key=yes", {"key"}),
        ("year=2016", {"handled"}),
        ("q=供水", {"key"}),
        ("q=供水 改造", set()),
    ],
)
def test_what_a_list_is_narrowed_by(client, session, units, listed, query, names):
    other = listed["elsewhere"].session
    codes_of = dict(zip(("lead", "co", "idle"), (u.code for u in units), strict=True))
    query = query.format(
        cppcc=other.pk, congress=session.pk, city=session.agency.code, **codes_of
    )

    found = client.get(f"{LIST}?{query}").context["cl"].result_list

    assert {case.pk for case in found} == {listed[name].pk for name in names}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [True, True]),
        ("commitment=open", [True, False]),
        ("commitment=overdue", [True, False]),
        ("commitment=other", [True, True]),
    ],
)
def test_what_is_to_be_kept_is_followed_after_closing(
    client, session, office, units, query, found
):
    cases = [make_closed([(units[0], "lead")], session, office) for _case in range(2)]
    promised = {"promised": "列入年度计划", "due_on": date(2017, 1, 20)}
    for case in cases:
        items.take("promise", case, by=office, on=REPLIED, **promised)
    items.take(
        "settle", cases[1], by=office, on=REPLIED, state="kept", note="已建成",
        row=cases[1].commitments.get(),
    )  # fmt: skip

    listed = client.get(f"{LIST}?{query}").context["cl"].result_list
    days = [
        [day for _what, day in client.get(page(case)).context["dates"]]
        for case in cases
    ]

    assert [case in listed for case in cases] == found
    assert days == [[date(2017, 1, 20)], []]


def test_a_reply_puts_the_light_out(client, session, office, units):
    case = make_assigned([(units[0], "lead")], session, office)
    assert "lamp-overdue" in text(client.get(LIST))

    replied(case, office, ASSIGNED)

    assert "lamp-on_time" in text(client.get(LIST))
    found = client.get(f"{LIST}?light=on_time").context["cl"].result_list
    assert [row.pk for row in found] == [case.pk]
    assert not client.get(f"{LIST}?light=overdue").context["cl"].result_list


# Assigning


def test_the_page_says_until_when_each_role_would_have(client, session, office):
    case = make_item(session, office, status="filed")
    address = page(case, "step/assign/")
    data = typed(form_on(client.get(address)), on=date(2016, 3, 9), preview="1")

    ends = dict(client.post(address, data).context["ends"])

    assert list(ends.values()) == [date(2016, 6, 9)] * 2 + [date(2016, 4, 11)]
    assert not case.assignments.exists()


def test_the_unit_that_was_suggested_is_kept_beside_the_one_decided_on(
    client, session, office, units
):
    case = make_item(session, office, status="filed")

    send(
        client, page(case, "step/assign/"), on=ASSIGNED, lead=units[0].pk,
        suggested=units[1].pk,
    )  # fmt: skip

    task = case.assignments.get()
    assert (task.agency, task.suggested_unit) == (units[0], units[1])
    assert str(units[1]) in text(client.get(page(case)))


def test_a_lead_and_its_co_handlers_are_chosen(client, session, office, units):
    case = make_item(session, office, status="filed")

    response = send(
        client, page(case, "step/assign/"), on=ASSIGNED, lead=units[0].pk,
        co_handlers=[units[1].pk, units[2].pk], note="两办交办会",
        suggested=units[2].pk,
    )  # fmt: skip

    assert response["Location"] == page(case)
    assert {task.suggested_unit for task in case.assignments.all()} == {units[2]}
    assert set(case.assignments.values_list("agency", "role", "assigned_on")) == {
        (units[0].pk, "lead", ASSIGNED),
        (units[1].pk, "co_handler", ASSIGNED),
        (units[2].pk, "co_handler", ASSIGNED),
    }


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({}, "no_unit"),
        ({"co_handlers": [0]}, "one_lead"),
        ({"lead": 0, "separate": [1]}, "one_lead"),
        ({"separate": [0], "co_handlers": [1]}, "co_handler_without_lead"),
        ({"lead": 0, "co_handlers": [0]}, "once_a_unit"),
    ],
)
def test_who_cannot_handle_together(client, session, office, units, chosen, code):
    case = make_item(session, office, status="filed")
    keys = {
        name: [units[n].pk for n in value]
        if isinstance(value, list)
        else units[value].pk
        for name, value in chosen.items()
    }

    response = send(client, page(case, "step/assign/"), on=ASSIGNED, **keys)

    assert codes(response) == {NON_FIELD_ERRORS: [code]}
    assert not Assignment.objects.exists()
    case.refresh_from_db()
    assert case.status == "filed"


def test_a_unit_of_another_government_is_not_chosen(client, session, office):
    case = make_item(session, office, status="filed")

    response = send(client, page(case, "step/assign/"), lead=make_agency().pk)

    assert codes(response) == {"lead": ["invalid_choice"]}


def test_a_form_of_an_item_that_has_changed_meanwhile_is_a_conflict(
    client, session, office, units
):
    case = make_item(session, office, status="filed")
    address = page(case, "step/assign/")
    data = typed(form_on(client.get(address)), on=ASSIGNED, lead=units[0].pk)
    assert client.post(address, data).status_code == 302

    again = client.post(address, data | {"lead": units[1].pk})

    assert again.status_code == 409
    assert case.assignments.count() == 1


# A pasted list


def paste(client, session, numbers, **chosen):
    data = {"session": session.pk, "numbers": numbers, "on": ASSIGNED} | chosen
    return send(client, f"{LIST}assign/", **data)


def test_a_list_of_numbers_is_assigned_at_once(client, session, office, units):
    cases = [make_item(session, office, status="filed") for _item in range(3)]
    first, second, third = cases
    numbers = (
        f"第{first.official_number}号、{second.official_number}\n{third.number.lower()}"
    )

    response = paste(
        client, session, numbers, lead=units[0].pk, co_handlers=[units[1].pk]
    )

    assert response.status_code == 302
    assert Assignment.objects.filter(role="lead", agency=units[0]).count() == 3
    assert Assignment.objects.filter(role="co_handler", agency=units[1]).count() == 3


def test_one_bad_number_leaves_all_as_they_are(client, session, office, units):
    good = make_item(session, office, status="filed")
    unfiled = make_item(session, office)
    taken = make_assigned([(units[0], "lead")], session, office)
    before = Assignment.objects.count()
    numbers = (
        f"{good.official_number} {good.number} {unfiled.number} "
        f"{taken.official_number} 999 乱"
    )

    response = paste(client, session, numbers, lead=units[0].pk)

    form = response.context["form"]
    assert codes(response) == {"numbers": ["bad_numbers"]}
    assert [bad.number for bad in form.bad] == [
        good.number, unfiled.number, str(taken.official_number), "999", "乱",
    ]  # fmt: skip
    assert Assignment.objects.count() == before


def test_what_the_door_refuses_is_named_as_well(client, session, office, units):
    good = make_item(session, office, status="filed")
    late = make_item(session, office, status="filed", submitted_on=SUBMITTED)
    numbers = f"{good.official_number},{late.official_number}"

    response = paste(client, session, numbers, lead=units[0].pk, on=date(2016, 2, 19))

    assert len(response.context["form"].bad) == 2
    assert not Assignment.objects.exists()


def test_the_items_of_a_session_go_to_units_of_its_government(session):
    other = make_session()
    client = logged_in(*OFFICE, agencies=[session.agency, other.agency])

    response = paste(client, session, "1", lead=other.agency.pk)

    assert codes(response) == {NON_FIELD_ERRORS: ["other_government"]}


def test_many_are_closed_at_once(client, session, office, units):
    case = make_assigned([(units[0], "lead")], session, office)
    replied(case, office, ASSIGNED)
    said = {"attitude": "satisfied", "result": "satisfied"}
    author = case.authors.get()
    items.take("hear", case, by=office, on=ASSIGNED, author=author, **said)
    open_ = make_assigned([(units[0], "lead")], session, office)
    data = {"action": "bulk_close", "_selected_action": [case.pk, open_.pk]}
    form = form_on(client.post(LIST, data))

    client.post(LIST, data | typed(form) | {"take": "yes"})

    assert [Proposal.objects.get(pk=row.pk).status for row in (case, open_)] == [
        "closed",
        "assigned",
    ]


def test_a_list_that_is_too_long_is_refused(client, session, units):
    numbers = " ".join(str(number) for number in range(1, AT_ONCE + 2))

    response = paste(client, session, numbers, lead=units[0].pk)

    assert codes(response) == {"numbers": ["too_many"]}


# Three people, and a fourth


@pytest.fixture
def people(session, units):
    lead, helper, _idle = units
    return {
        "office": logged_in(*OFFICE, agency=session.agency),
        "lead": logged_in(*UNIT, agency=lead),
        "helper": logged_in(*UNIT, agency=helper),
        "elsewhere": logged_in(*OFFICE, *UNIT, agency=make_agency()),
    }


@pytest.fixture
def case(session, office, units):
    case = make_assigned(
        [(units[0], "lead"), (units[1], "co_handler")], session, office
    )
    said = {"way": "telephone", "who": "王局长", "said": "金丝雀"}
    return items.take("contact", case, by=office, on=ASSIGNED, **said)


def statuses(people, address):
    return {name: client.get(address).status_code for name, client in people.items()}


def test_who_sees_an_item(people, case):
    assert statuses(people, page(case)) == {
        "office": 200, "lead": 200, "helper": 200, "elsewhere": 404,
    }  # fmt: skip
    listed = {
        name: [row.pk for row in client.get(LIST).context["cl"].result_list]
        for name, client in people.items()
    }
    assert listed == {
        "office": [case.pk], "lead": [case.pk], "helper": [case.pk], "elsewhere": [],
    }  # fmt: skip


@pytest.mark.parametrize("name", items.steps)
def test_who_may_take_each_step_of_an_item(people, case, name):
    by_unit = {HANDLE: 200, WORK: 200}.get(items.steps[name].permission, 403)
    assert statuses(people, page(case, f"step/{name}/")) == {
        "office": 200, "lead": by_unit, "helper": 403, "elsewhere": 404,
    }  # fmt: skip


def test_a_unit_with_every_right_elsewhere_has_none_on_what_it_was_assigned(
    session, units, case
):
    """The office of a county files and assigns its own items, and not the city's."""
    county = logged_in(*OFFICE, agency=units[0])

    for rest in ("step/close/", "step/assign/", "step/withdraw/", "correct/"):
        assert county.get(page(case, rest)).status_code == 403, rest
        assert county.post(page(case, rest), {}).status_code == 403, rest
    for task in case.assignments.filter(agency=units[0]):
        assert not {"grant_return", "waive", "end"} & {
            step.name for step in tasks.possible(task, county.user)
        }


def test_a_contact_is_read_by_who_handles(session, people, case, units):
    people["auditor"] = logged_in(*VIEW, agency=session.agency)
    told = {
        name: "金丝雀" in text(client.get(page(case)))
        for name, client in people.items()
    }
    assert told == {
        "office": True, "lead": True, "helper": False, "elsewhere": False,
        "auditor": False,
    }  # fmt: skip


def test_a_unit_reaches_its_own_assignment_only(people, case, units):
    response = people["helper"].get(page(case))

    assert [row["seen"] for row in response.context["tasks"]] == [False, True]
    steps = [[step.name for step in row["steps"]] for row in response.context["tasks"]]
    assert steps == [[], ["sign_for", "ask_return"]]


def test_pages_without_an_item(people):
    assert statuses(people, f"{LIST}add/") == {
        "office": 200, "lead": 403, "helper": 403, "elsewhere": 200,
    }  # fmt: skip
    assert statuses(people, f"{LIST}assign/") == {
        "office": 200, "lead": 403, "helper": 403, "elsewhere": 200,
    }  # fmt: skip


def test_a_list_of_another_government_is_not_assigned(people, session, office, units):
    case = make_item(session, office, status="filed")

    response = paste(
        people["elsewhere"], session, str(case.official_number), lead=units[0].pk
    )

    assert codes(response) == {
        "session": ["invalid_choice"], "lead": ["invalid_choice"],
    }  # fmt: skip
    assert not list(get_messages(response.wsgi_request))
