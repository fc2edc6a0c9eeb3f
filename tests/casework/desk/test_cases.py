"""The desk's pages of a case: who sees them, what a step would bring, what it does."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Counter
from disclosure.models import DisclosureRequest, RequestEvent, Status
from disclosure.workflow import workflow
from tests.clients import codes, form_on, logged_in, send, typed
from tests.factories import (
    CHIEF,
    CLERK,
    VIEW,
    make_agency,
    make_calendar,
    make_request,
)

pytestmark = pytest.mark.django_db

PAGES = ["", "why/", "due.ics", "step/withdraw/", "step/extend/"]


def page(case, rest=""):
    return f"/desk/requests/{case.number}/{rest}"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def above():
    return make_agency()


@pytest.fixture
def agency(above):
    return make_agency(parent=above)


@pytest.fixture
def client(agency):
    return logged_in(*CHIEF, agency=agency)


@pytest.fixture
def case(agency, today):
    return make_request(agency=agency, received=today)


def kept():
    """Everything that a step leaves behind."""
    models = DisclosureRequest, RequestEvent, Counter
    return [list(model.objects.order_by("pk").values()) for model in models]


# Who sees them


@pytest.mark.parametrize("rest", PAGES)
def test_a_page_is_for_who_works_there_or_above(above, agency, case, rest):
    places = {"there": agency, "above": above, "elsewhere": make_agency()}

    answers = {
        name: logged_in(*CHIEF, agency=place).get(page(case, rest)).status_code
        for name, place in places.items()
    }

    assert answers == {"there": 200, "above": 200, "elsewhere": 404}


@pytest.mark.parametrize("rest", PAGES)
def test_what_is_not_yours_is_answered_as_what_is_not_there(case, rest):
    stranger = logged_in(*CHIEF, agency=make_agency())
    absent = DisclosureRequest(number=f"{case.number[:-1]}X")

    for send_to in (stranger.get, stranger.post):
        mine, none = (send_to(page(one, rest)) for one in (case, absent))
        assert mine.status_code == none.status_code
        # But for the number of the request, which is new each time.
        mine, none = (re.sub(r"\d+", "0", answer.text) for answer in (mine, none))
        assert mine == none.replace(absent.number, case.number)


@pytest.mark.parametrize("rest", PAGES)
def test_whoever_is_not_logged_in_is_asked_to_log_in(case, rest):
    response = Client().get(page(case, rest))

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/?next=")


def test_who_has_no_right_is_told_so_whatever_is_there(case):
    nobody = logged_in(agency=case.agency)
    absent = DisclosureRequest(number="BJ-2026-0001-75")

    for one in (case, absent):
        assert {nobody.get(page(one, rest)).status_code for rest in PAGES} == {403}


def test_who_only_reads_has_no_steps(case):
    reader = logged_in(VIEW, agency=case.agency)

    assert reader.get(page(case)).context["steps"] == []
    assert reader.get(page(case, "step/withdraw/")).status_code == 403
    assert reader.post(page(case, "step/withdraw/")).status_code == 403


@pytest.mark.parametrize("name", ["nothing", "register", "correct_record"])
def test_there_are_no_steps_but_those_of_the_table(client, case, name):
    assert client.get(page(case, f"step/{name}/")).status_code == 404


def test_a_page_is_only_looked_at(client, case):
    for rest in ("", "why/", "due.ics"):
        assert client.post(page(case, rest)).status_code == 405


# The page


def test_a_longer_history_with_more_rows_takes_no_more_queries(client, case, today):
    chief, party = client.user, {"kind": "agency", "party": "市局"}
    workflow.take("consult", case, by=chief, on=today, **party)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(case)).status_code == 200
        return len(captured)

    asked()
    short = asked()
    for _row in range(28):
        workflow.take("consult", case, by=chief, on=today, **party)

    assert case.events.count() == 30
    assert asked() == short


def test_an_entry_for_a_calendar_is_there_where_a_day_is(client, agency, case, today):
    letter = {"channel": "ordinary_letter", "received": today}
    unconfirmed = make_request("registered", agency=agency, **letter)

    found, none = (client.get(page(one, "due.ics")) for one in (case, unconfirmed))

    assert (found.status_code, none.status_code) == (200, 404)
    assert found["Content-Type"] == "text/calendar; charset=utf-8"
    assert found["Content-Disposition"] == f'attachment; filename="{case.number}.ics"'
    assert page(case, "due.ics") in client.get(page(case)).text
    assert "due.ics" not in client.get(page(unconfirmed)).text


def test_a_case_is_explained_day_by_day(client, agency):
    make_calendar(2026)
    case = make_request(agency=agency, received=date(2026, 9, 10))

    months = client.get(page(case, "why/")).context["months"]

    days = [day for month in months for day in month.days]
    assert [month.first.month for month in months] == [9, 10]
    assert (days[0].day, days[0].kind) == (date(2026, 9, 10), "start")
    assert (days[-1].day, days[-1].number, days[-1].last) == (case.due_on, 20, True)
    assert len({day.day for day in days}) == (case.due_on - days[0].day).days + 1


# What a step would bring


def test_the_resulting_date_is_shown_at_once(client, case):
    response = client.get(page(case, "step/submit_draft/"))
    shown = client.get(page(case, "step/withdraw/")).context["foreseen"]

    # It asks for a fact first.
    assert "foreseen" not in response.context
    assert (shown.status, shown.due_on) == (Status.CLOSED, case.due_on)


def test_a_longer_limit_is_shown_before_it_is_granted_and_leaves_no_trace(client, case):
    address = page(case, "step/extend/")
    facts = {"extension": 20, "note": "案情复杂"}
    before = kept()

    shown = send(client, address, **facts, preview="yes")

    assert shown.status_code == 200
    foreseen = shown.context["foreseen"]
    assert foreseen.due_on > case.due_on
    assert kept() == before
    assert form_on(shown)["note"].value() == "案情复杂"
    # The form that was shown is then sent as it is.
    client.post(address, typed(form_on(shown)))
    case.refresh_from_db()
    assert (case.due_on, case.version) == (foreseen.due_on, foreseen.version)


def test_that_no_day_will_run_is_shown_as_well(client, case, today):
    points = {
        "correction_until": today + timedelta(days=20),
        "correction_points": "写明",
    }

    response = send(client, page(case, "step/ask_correction/"), **points, preview="yes")

    assert response.context["foreseen"].due_on is None
    assert response.context["foreseen_why"]


def test_what_would_be_refused_is_told_before(client, case):
    before = kept()

    response = send(
        client, page(case, "step/extend/"), extension=21, note="案情复杂", preview="yes"
    )

    assert (response.status_code, codes(response)) == (
        200,
        {NON_FIELD_ERRORS: ["extension_cap"]},
    )
    assert "foreseen" not in response.context
    assert kept() == before


def test_what_is_not_possible_today_is_told_at_once(client, agency, today):
    case = make_request("correcting", agency=agency, received=today)

    context = client.get(page(case, "step/lapse/")).context

    assert len(context["refusals"]) == 1
    assert codes(client.get(page(case, "step/lapse/"))) == {}


def test_what_is_still_to_be_filled_in_is_no_refusal(client, case):
    context = client.get(page(case, "step/extend/")).context

    assert (context["refusals"], "foreseen" in context) == ([], False)


@pytest.mark.parametrize("name", ["reveal", "attach"])
def test_what_moves_no_day_or_keeps_a_file_is_not_tried(client, case, name):
    before = kept()

    response = client.get(page(case, f"step/{name}/"))

    assert not form_on(response).foreseeable
    assert kept() == before


# Steps


def test_a_step_sent_twice_is_taken_once(client, case):
    address = page(case, "step/consult/")
    data = typed(form_on(client.get(address)), kind="agency", party="市局")

    answers = [client.post(address, data) for _time in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, page(case))] * 2
    assert case.events.filter(step="consult").count() == 1


@pytest.mark.parametrize("button", [{}, {"preview": "yes"}])
def test_a_stale_step_is_a_conflict_that_keeps_what_was_typed(client, case, button):
    address = page(case, "step/withdraw/")
    data = typed(form_on(client.get(address)), note="来信撤回")
    fields = {"note": "先改", "subject": "先改的"}
    workflow.correct(case, by=client.user, on=case.received_on, **fields)

    response = client.post(address, data | button)

    assert response.status_code == 409
    assert codes(response) == {NON_FIELD_ERRORS: ["stale"]}
    assert "来信撤回</textarea>" in response.text
    case.refresh_from_db()
    assert case.status == Status.HANDLING


def test_what_is_wrong_is_told_beside_the_field(client, case, today):
    tomorrow = today + timedelta(days=1)

    response = send(client, page(case, "step/submit_draft/"), on=tomorrow)

    assert codes(response) == {"on": ["future"], "draft_outcome": ["required"]}
    assert response.text.count('class="error"') == 2


def test_a_step_needs_its_permission(case):
    clerk = logged_in(*CLERK, agency=case.agency)

    for name in ("extend", "close", "reveal"):
        assert clerk.get(page(case, f"step/{name}/")).status_code == 403
        assert clerk.post(page(case, f"step/{name}/")).status_code == 403
