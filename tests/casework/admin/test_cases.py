"""What the admin of every kind of case does, posted as a browser posts it."""

from datetime import timedelta

import pytest
from django.contrib.messages import constants as levels
from django.contrib.messages import get_messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.admin.cases import AT_ONCE
from casework.models import CalendarDay
from disclosure.models import DisclosureRequest, Status
from disclosure.workflow import workflow
from tests.clients import codes, form_on, logged_in, send, typed
from tests.factories import (
    ADD,
    CHANGE,
    CHIEF,
    CLERK,
    VIEW,
    make_agency,
    make_request,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/disclosure/disclosurerequest/"
NEW = {
    "channel": "in_person",
    "applicant_kind": "natural_person",
    "applicant": "王小明",
    "subject": "棚户区改造项目的批复文件",
    "description": "请公开棚户区改造项目的批复文件。",
}


def page(case, rest="change/"):
    return f"{LIST}{case.pk}/{rest}"


def told(response):
    """The levels of the messages that wait for the next page."""
    return [message.level for message in get_messages(response.wsgi_request)]


def steps_of(case):
    return list(case.events.values_list("step", flat=True))


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def client(agency):
    return logged_in(*CHIEF, agency=agency)


@pytest.fixture
def chief(client):
    return client.user


@pytest.fixture
def case(agency, today):
    return make_request(agency=agency, received=today)


# Registering


def test_a_case_is_registered_through_the_form(client, chief, agency, today):
    response = send(client, f"{LIST}add/", **NEW, submitted_on=today)

    case = DisclosureRequest.objects.get()
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert (case.agency, case.received_on) == (agency, today)
    event = case.events.get()
    assert (event.step, event.by, event.on) == ("register", chief, today)


def test_a_form_sent_twice_registers_one_case(client, today):
    data = typed(form_on(client.get(f"{LIST}add/")), **NEW, submitted_on=today)

    answers = [client.post(f"{LIST}add/", data).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert steps_of(DisclosureRequest.objects.get()) == ["register"]


def test_what_was_typed_stays_when_the_form_is_refused(client, today):
    yesterday = today - timedelta(days=1)

    response = send(
        client, f"{LIST}add/", **NEW, submitted_on=today, arrived_on=yesterday
    )

    assert response.status_code == 200
    assert codes(response) == {NON_FIELD_ERRORS: ["arrived_on_before_submitted_on"]}
    assert form_on(response)["applicant"].value() == NEW["applicant"]
    assert not DisclosureRequest.objects.exists()


def test_nothing_comes_in_tomorrow(client, today):
    tomorrow = today + timedelta(days=1)

    response = send(client, f"{LIST}add/", **NEW, submitted_on=tomorrow)

    assert codes(response) == {"submitted_on": ["future"]}


@pytest.mark.parametrize("permissions", [(VIEW,), (VIEW, CHANGE)])
def test_registering_needs_its_permission(agency, permissions):
    client = logged_in(*permissions, agency=agency)

    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}add/", NEW).status_code == 403


# Correcting the record


def test_a_record_is_corrected_with_a_reason(client, chief, case, today):
    response = send(client, page(case), phone="13800001111", reason="写错了")

    case.refresh_from_db()
    event = case.events.last()
    assert response.status_code == 302
    assert (case.phone, event.step, event.note) == (
        "13800001111",
        "correct_record",
        "写错了",
    )
    assert (event.by, event.on, event.changes) == (chief, today, {"phone": None})


def test_a_record_is_not_corrected_without_a_reason(client, case):
    response = send(client, page(case), phone="13800001111", reason=" ")

    assert response.status_code == 200
    assert codes(response) == {"reason": ["reason"]}
    assert form_on(response)["phone"].value() == "13800001111"
    case.refresh_from_db()
    assert (case.phone, steps_of(case)) == ("", ["register"])


def test_a_record_sent_back_as_it_was_leaves_no_trace(client, case):
    assert send(client, page(case)).status_code == 302

    assert steps_of(case) == ["register"]
    assert DisclosureRequest.objects.get().version == case.version


def test_a_corrected_date_moves_the_due_date(client, case, today):
    earlier = today - timedelta(days=10)

    send(client, page(case), submitted_on=earlier, reason="写错了")

    before, case = case, DisclosureRequest.objects.get()
    assert case.received_on == earlier
    assert case.due_on < before.due_on


def test_of_two_editors_the_second_is_told_and_loses_nothing(client, chief, case):
    second = logged_in(*CLERK, agency=case.agency)
    data = typed(form_on(second.get(page(case))), subject="后改的", reason="后改")
    send(client, page(case), subject="先改的", reason="先改")

    response = second.post(page(case), data)

    assert response.status_code == 409
    assert codes(response) == {NON_FIELD_ERRORS: ["stale"]}
    assert form_on(response)["subject"].value() == "后改的"
    [(_field, now, mine)] = response.context["conflicts"]
    assert (now, mine) == ("先改的", "后改的")
    case.refresh_from_db()
    assert case.subject == "先改的"
    assert steps_of(case) == ["register", "correct_record"]
    # Beside the form the page tells what is kept.
    assert response.context["original"].subject == "先改的"


def test_a_form_without_its_version_overwrites_nothing(client, case):
    data = typed(form_on(client.get(page(case))), subject="后改的", reason="后改")
    del data["seen_version"]

    response = client.post(page(case), data)

    assert codes(response) == {"seen_version": ["required"]}
    assert DisclosureRequest.objects.get().subject == case.subject


def test_the_agency_of_a_case_stays(client, case, chief):
    other = make_agency(parent=case.agency)

    send(client, page(case), agency=other.pk, subject="改", reason="改")

    assert DisclosureRequest.objects.get().agency == case.agency


def test_a_record_that_may_only_be_read_is_not_written(case):
    client = logged_in(VIEW, ADD, agency=case.agency)

    html = client.get(page(case)).content.decode()

    assert 'name="subject"' not in html
    assert 'name="reason"' not in html
    assert client.post(page(case), {"subject": "改"}).status_code == 403


def test_nothing_is_deleted(client, case):
    assert client.get(page(case, "delete/")).status_code == 403
    assert client.post(page(case, "delete/"), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": case.pk, "post": "yes"}
    client.post(LIST, data)
    assert DisclosureRequest.objects.get() == case


# Steps


def test_the_page_offers_the_steps_that_the_person_may_take(client, case):
    clerk = logged_in(*CLERK, agency=case.agency)
    offered = [
        {step.name for step in some.get(page(case)).context["steps"]}
        for some in (client, clerk)
    ]

    assert offered[0] - offered[1] == {"extend", "close", "reveal"}
    assert {"submit_draft", "consult"} <= offered[1]


def test_looking_at_a_step_takes_nothing(client, case):
    response = client.get(page(case, "step/withdraw/"))

    assert response.status_code == 200
    assert steps_of(case) == ["register"]


def test_a_step_is_taken_by_its_form(client, case):
    response = send(client, page(case, "step/withdraw/"), note="来信撤回")

    case.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, page(case))
    assert case.status == Status.CLOSED
    assert told(response) == [levels.SUCCESS]


def test_a_step_sent_twice_is_taken_once(client, case):
    address = page(case, "step/consult/")
    facts = {"kind": "agency", "party": "市局"}
    data = typed(form_on(client.get(address)), **facts)

    answers = [client.post(address, data).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert steps_of(case) == ["register", "consult"]


def test_what_is_wrong_with_a_step_is_told_beside_the_field(client, case, today):
    tomorrow = today + timedelta(days=1)

    response = send(client, page(case, "step/sign/"), on=tomorrow)

    assert response.status_code == 200
    assert codes(response) == {"on": ["future"], "document_number": ["required"]}


def test_a_step_that_is_not_open_is_refused_with_what_was_typed(client, case):
    response = send(client, page(case, "step/sign/"), document_number="〔2026〕1号")

    assert response.status_code == 200
    assert codes(response) == {NON_FIELD_ERRORS: ["step_not_open"]}
    assert form_on(response)["document_number"].value() == "〔2026〕1号"


def test_a_stale_step_is_a_conflict(client, chief, case, today):
    address = page(case, "step/withdraw/")
    data = typed(form_on(client.get(address)), note="来信撤回")
    workflow.correct(case, by=chief, on=today, note="先改", subject="先改的")

    response = client.post(address, data)

    assert response.status_code == 409
    assert codes(response) == {NON_FIELD_ERRORS: ["stale"]}
    assert form_on(response)["note"].value() == "来信撤回"
    case.refresh_from_db()
    assert case.status == Status.HANDLING


def test_a_step_needs_its_permission(case):
    client = logged_in(*CLERK, agency=case.agency)

    for name in ("extend", "close", "reveal"):
        assert client.get(page(case, f"step/{name}/")).status_code == 403
        assert client.post(page(case, f"step/{name}/")).status_code == 403


@pytest.mark.parametrize("name", ["nothing", "register", "correct_record"])
def test_there_are_no_steps_but_those_of_the_table(client, case, name):
    assert client.get(page(case, f"step/{name}/")).status_code == 404


def test_whoever_closes_a_case_late_is_told(client, agency, today):
    old = make_request(agency=agency, received=today - timedelta(days=90))

    response = send(client, page(old, "step/withdraw/"))

    assert told(response) == [levels.SUCCESS, levels.WARNING]


# Correcting what a step recorded


def test_what_a_step_recorded_is_corrected(client, agency, today):
    case = make_request("signed", agency=agency, received=today)

    response = send(
        client, page(case, "correct/"), document_number="〔2026〕2号", reason="号错了"
    )

    case.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, page(case))
    assert case.document_number == "〔2026〕2号"
    assert case.events.last().note == "号错了"


def test_what_a_step_recorded_of_a_row_is_corrected(client, chief, case, today):
    facts = {"kind": "third_party", "party": "某公司"}
    workflow.take("consult", case, by=chief, on=today, **facts)
    row = case.consultations.get()

    send(
        client,
        page(case, f"correct/consultations/{row.pk}/"),
        kind="agency",
        reason="选错了",
    )

    assert case.consultations.get().kind == "agency"
    assert case.events.last().changes == {
        "consultations.kind": ["third_party", "agency"]
    }


def test_a_correction_needs_a_reason_and_a_fresh_form(client, chief, agency, today):
    case = make_request("signed", agency=agency, received=today)
    address = page(case, "correct/")

    assert codes(send(client, address, reason="")) == {"reason": ["required"]}
    data = typed(form_on(client.get(address)), document_number="2", reason="号错了")
    workflow.correct(case, by=chief, on=today, note="先改", subject="先改的")
    response = client.post(address, data)
    assert (response.status_code, codes(response)) == (
        409,
        {NON_FIELD_ERRORS: ["stale"]},
    )


def test_an_empty_correction_is_refused(client, case):
    assert codes(client.post(page(case, "correct/"))).keys() == {
        "version",
        "submission",
        "reason",
    }


@pytest.mark.parametrize("rest", ["events/1/", "agency/1/", "pk/1/", "fees/999/"])
def test_only_rows_that_steps_add_are_corrected(client, case, rest):
    assert client.get(page(case, f"correct/{rest}")).status_code == 404


def test_a_correction_needs_the_permission_to_change(case):
    client = logged_in(VIEW, "disclosure.handle_disclosurerequest")
    own = logged_in(VIEW, agency=case.agency)

    assert client.get(page(case, "correct/")).status_code == 404
    assert own.get(page(case, "correct/")).status_code == 403


# Many at once


def choose(client, cases, name="confirm", **more):
    data = {"action": f"bulk_{name}", "_selected_action": [case.pk for case in cases]}
    return client.post(LIST, data | more)


def test_a_step_for_many_asks_once_and_tells_which_it_left(client, agency, today):
    cases = [
        make_request("registered", agency=agency, received=today) for _ in range(2)
    ]
    handled = make_request(agency=agency, received=today)

    asked = choose(client, [*cases, handled])
    assert {case.number for case in asked.context["cases"]} == {
        case.number for case in (*cases, handled)
    }
    assert {step for case in cases for step in steps_of(case)} == {"register"}

    done = choose(client, [*cases, handled], take="yes", **typed(form_on(asked)))

    assert done.status_code == 302
    for case in cases:
        case.refresh_from_db()
        assert (case.status, case.confirmed_on) == (Status.HANDLING, today)
    assert told(done) == [levels.WARNING, levels.SUCCESS]
    refused = str(next(iter(get_messages(done.wsgi_request))))
    assert handled.number in refused
    assert steps_of(handled) == ["register"]


def test_what_is_wrong_with_a_step_for_many_is_told_before_any_is_taken(
    client, agency, today
):
    case = make_request("registered", agency=agency, received=today)
    tomorrow = today + timedelta(days=1)
    data = typed(form_on(choose(client, [case])), on=tomorrow)

    response = choose(client, [case], take="yes", **data)

    assert (response.status_code, codes(response)) == (200, {"on": ["future"]})
    assert steps_of(case) == ["register"]


def test_a_step_for_many_needs_its_permission(agency, today):
    case = make_request("registered", agency=agency, received=today)
    client = logged_in(VIEW, CHANGE, agency=agency)

    choose(client, [case], take="yes", on=today)

    assert steps_of(case) == ["register"]


def test_not_everything_is_taken_on_at_once(client, agency, today, chief):
    typed_in = make_request("registered", agency=agency, received=today, by=chief)
    DisclosureRequest.objects.bulk_create(
        _copy(typed_in, number) for number in range(AT_ONCE)
    )

    response = choose(client, [typed_in], select_across="1")

    assert (response.status_code, told(response)) == (302, [levels.ERROR])


def _copy(case, number):
    values = {
        field.attname: field.value_from_object(case)
        for field in case._meta.concrete_fields
        if not field.primary_key
    }
    return DisclosureRequest(**values | {"number": f"COPY-{number}"})


# The list


def found(client, query=""):
    return set(client.get(f"{LIST}{query}").context["cl"].result_list)


def test_the_list_is_searched_in_whichever_spelling(client, agency):
    case = make_request(agency=agency, subject="档案ＸＹＺ管理办法", applicant="张三丰")
    make_request(agency=agency)
    plain = case.number.replace("-", "").lower()

    for text in ("檔案", "xyz", "管理 ｘｙｚ", case.number, plain):
        assert found(client, f"?q={text}") == {case}, text
    assert found(client, "?q=张三丰") == set()


@pytest.mark.parametrize(
    "query",
    [
        "identity_hash__startswith=a",
        "identity_hash=a",
        "identity_sealed__contains=a",
        "applicant__contains=王",
        "applicant=王小明",
        "phone__startswith=138",
        "code_hash__gt=8",
        "folded__contains=a",
        "agency__id__exact=1",
        "agency__name__startswith=宝",
        "agency__staff__username__startswith=a",
        "events__by__username=a",
        "consultations__party__contains=公司",
        "repeats__applicant=王小明",
        "status__startswith=h",
        "status__in=handling",
        "status=handling",
        "due_on__lt=2026-01-01",
        "pk__in=1,2",
        "received_on__isnull=True",
        "received_on__gte=2026-01-01",
        "nothing=1",
    ],
)
def test_a_list_is_not_asked_about_what_it_does_not_show(client, query):
    assert client.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status__exact=handling",
        "channel__exact=fax",
        "outcome__exact=disclosed",
        "applicant_kind__exact=business",
        "light=overdue",
        "year=2026",
        "year=1999",
        "o=5&p=2026-03-02.12",
        "o=1.-2&p=1&all=",
        "q=abc",
    ],
)
def test_a_list_is_asked_what_it_offers(client, query):
    assert client.get(f"{LIST}?{query}").status_code == 200


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_longer_list_takes_no_more_queries(client, agency, today):
    make_request(agency=agency, received=today)
    client.get(LIST)
    one = queries(client, LIST)
    for _ in range(29):
        make_request(agency=agency, received=today)

    assert len(found(client)) == 30
    assert queries(client, LIST) == one


# The page of a case


def test_a_longer_history_takes_no_more_queries(client, chief, case, today):
    earlier = make_request(agency=case.agency, received=today)
    workflow.take("link", case, by=chief, on=today, repeats=earlier)
    client.get(page(case))
    short = queries(client, page(case))
    for number in range(28):
        case = workflow.correct(
            case, by=chief, on=today, note="改", subject=f"第{number}稿"
        )

    assert case.events.count() == 30
    assert queries(client, page(case)) == short


def test_the_history_has_no_page_of_its_own(client, case):
    response = client.get(page(case, "history/"))

    assert response["Location"] == f"{page(case)}#history"
    assert client.get(f"{LIST}abc/history/").status_code == 404


def test_a_personal_field_is_told_as_changed_and_never_to_what(client, case):
    send(client, page(case), address="宝鸡市渭滨区经二路155号", reason="补全")

    html = client.get(page(case)).content.decode()
    history = html[html.index('id="history"') :]
    assert "补全" in history
    assert "经二路" not in history


def test_the_light_of_the_page_is_that_of_the_list(client, case, today):
    CalendarDay.objects.create(day=today, working=True, festival="spring_festival")
    lamp = str(client.get(page(case)).context["lamp"])

    assert lamp in client.get(LIST).content.decode()
