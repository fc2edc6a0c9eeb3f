"""The public look-up: what it tells, to whom, how often it may be tried, and nothing
else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.models import Attempts
from casework.references import reference
from disclosure import codes
from disclosure.models import Outcome, Status
from disclosure.reasons import reasons
from disclosure.views import BY_ADDRESS, BY_NUMBER, NEXT
from disclosure.workflow import workflow
from tests.clients import logged_in
from tests.factories import CHIEF, RECEIVED, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db

STATUS = "/status/"
CANARY = "金丝雀"
UNKNOWN = reference("BJ", 2026, 9999)
WRONG = "22222-22222"


@pytest.fixture
def agency():
    return make_agency(phone="0917-3260000")


@pytest.fixture
def clerk(agency):
    return make_user(*CHIEF, agency=agency, name=f"{CANARY}科员")


@pytest.fixture
def case(agency, clerk):
    case = make_request(
        agency=agency, by=clerk, identity="CANARY123", subject=f"{CANARY}批复",
        description=f"请公开{CANARY}批复。", applicant=f"{CANARY}先生",
        phone="13800009999", email="canary@example.cn", address=f"{CANARY}路1号",
    )  # fmt: skip
    facts = {"kind": "third_party", "party": f"{CANARY}公司", "note": f"{CANARY}函"}
    return workflow.take("consult", case, by=clerk, on=RECEIVED, **facts)


@pytest.fixture
def code(case, clerk):
    return codes.issue(case, by=clerk, on=RECEIVED)[1]


def look_up(number, code, client=None, address="203.0.113.7"):
    client = client or Client()
    data = {"number": number, "code": code}
    return client.post(STATUS, data, REMOTE_ADDR=address)


def seen(response):
    return response.context.get("seen")


def way(told):
    return [(str(s.label), s.state, s.on, s.until) for s in told["stages"]]


def errors(response):
    return {
        name: [error.code for error in found.as_data()]
        for name, found in response.context["form"].errors.items()
    }


NOT_FOUND = {"__all__": ["not_found"]}


# What it tells


def test_an_applicant_sees_how_far_the_request_has_come(case, code):
    response = look_up(case.number, code)
    case.refresh_from_db()

    told = seen(response)
    assert response.status_code == 200
    assert (told["number"], told["received_on"]) == (case.number, RECEIVED)
    assert (told["due_on"], told["outcome"]) == (case.due_on, "")
    assert told["reasons"] == list(reasons(case))
    assert way(told) == [
        (pgettext("stage", "Registered"), "done", RECEIVED, None),
        (pgettext("stage", "Received"), "done", RECEIVED, None),
        (workflow.label("consult"), "done", RECEIVED, None),
        (_("Being handled"), "now", None, None),
        (pgettext("stage", "Reply"), "ahead", None, case.due_on),
        (pgettext("stage", "Done"), "ahead", None, None),
    ]
    assert response.context["phone"] == "0917-3260000"


@pytest.mark.parametrize("status", Status)
def test_each_status_says_what_comes_next(agency, clerk, status):
    case = make_request(status, agency=agency, by=clerk)
    case, code = codes.issue(case, by=clerk, on=RECEIVED)

    told = seen(look_up(case.number, code))

    assert told["next"] == NEXT[status]
    assert (told["correction_until"] is None) is (status != "correcting")
    assert bool(told["remedies"]) is (status == "closed")
    assert bool(told["due_on"]) is (
        status not in ("registered", "correcting", "paying")
    )


def test_the_reply_is_told_with_its_remedies(agency, clerk):
    outcome = Outcome.STATE_SECRET
    case = make_request("closed", agency=agency, by=clerk, outcome=outcome)
    case, code = codes.issue(case, by=clerk, on=RECEIVED)

    told = seen(look_up(case.number, code))

    assert (told["outcome"], told["closed_on"]) == (outcome.label, RECEIVED)
    assert told["remedies"]


def test_steps_inside_the_office_are_not_told(agency, clerk):
    case = make_request("closed", agency=agency, by=clerk)
    case, code = codes.issue(case, by=clerk, on=RECEIVED)

    assert way(seen(look_up(case.number, code))) == [
        (pgettext("stage", "Registered"), "done", RECEIVED, None),
        (pgettext("stage", "Received"), "done", RECEIVED, None),
        (_("Being handled"), "done", None, None),
        (pgettext("stage", "Reply"), "done", RECEIVED, None),
        (pgettext("stage", "Done"), "now", RECEIVED, None),
    ]


DONE, NOW, AHEAD = "done", "now", "ahead"


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("registered", [DONE, NOW, AHEAD, AHEAD, AHEAD]),
        ("handling", [DONE, DONE, NOW, AHEAD, AHEAD]),
        # A draft is an affair of the office: it is handled.
        ("review", [DONE, DONE, NOW, AHEAD, AHEAD]),
        ("signed", [DONE, DONE, DONE, NOW, AHEAD]),
        ("correcting", [DONE, DONE, DONE, NOW, AHEAD, AHEAD, AHEAD]),
        ("paying", [DONE, DONE, DONE, NOW, AHEAD, AHEAD, AHEAD]),
        ("closed", [DONE, DONE, DONE, DONE, NOW]),
    ],
)
def test_one_stage_is_the_present_one(agency, clerk, status, states):
    case = make_request(status, agency=agency, by=clerk)
    case, code = codes.issue(case, by=clerk, on=RECEIVED)

    response = look_up(case.number, code)

    assert [stage.state for stage in seen(response)["stages"]] == states
    assert response.content.decode().count('aria-current="step"') == 1


@pytest.mark.parametrize(
    "outcome", [Outcome.WITHDRAWN, Outcome.NOT_CORRECTED, Outcome.FEE_UNPAID]
)
def test_what_ended_without_a_reply_is_said_to_have_none(agency, clerk, outcome):
    case = make_request("closed", agency=agency, by=clerk, outcome=outcome)
    case, code = codes.issue(case, by=clerk, on=RECEIVED)

    told = way(seen(look_up(case.number, code)))

    assert pgettext("stage", "Reply") not in [label for label, *_rest in told]
    assert told[-1] == (pgettext("stage", "Done"), "now", case.closed_on, None)


def test_the_size_of_an_answer_is_changed_without_leaving_it(case, code):
    client = Client()
    client.cookies["text_size"] = "large"

    html = look_up(case.number, code, client).content.decode()

    sizes = re.findall(r'<input class="size" [^>]*id="size-(\w+)"( checked)?', html)
    assert sizes == [("small", ""), ("standard", ""), ("large", " checked")]


def test_nobody_is_named_and_nothing_is_told_of_what_was_asked(case, code):
    html = look_up(case.number, code).content.decode()

    for hidden in (CANARY, "CANARY123", "13800009999", "canary@example.cn"):
        assert hidden not in html


def test_without_a_telephone_of_its_own_the_agency_is_reached_by_the_office(
    settings, clerk
):
    settings.OFFICE_PHONE = "0917-12345"
    case = make_request(agency=make_agency())
    by = make_user(*CHIEF, agency=case.agency)
    case, code = codes.issue(case, by=by, on=RECEIVED)

    assert look_up(case.number, code).context["phone"] == "0917-12345"


# How it is typed


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda text: text.replace("-", ""),
        lambda text: f"  {text.replace('-', ' ')}　",
        lambda text: text.replace("-", "—"),
        lambda text: "".join(
            chr(ord(c) + 0xFEE0) if c.isalnum() else "－" for c in text
        ),  # full-width
    ],
)
def test_number_and_code_are_read_however_they_are_typed(case, code, typed):
    assert seen(look_up(typed(case.number), typed(code)))["number"] == case.number


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        ("", "", {"number": ["required"], "code": ["required"]}),
        ("BJ-2026-0001-99", "x", {"number": ["number"]}),
        ("谁", "x", {"number": ["number"]}),
        ("a" * 61, "x", {"number": ["max_length"]}),
        ("a\0", "b\0", {
            "number": ["null_characters_not_allowed"],
            "code": ["null_characters_not_allowed"],
        }),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_told_beside_its_field(number, code, expected):
    response = look_up(number, code)

    assert errors(response) == expected
    # Anyone can reckon the check digits: this is no try.
    assert not Attempts.objects.exists()


# One answer to whatever is wrong


def plain(response):
    """The answer without what was typed, which stands in the form again, and without
    its number."""
    body = re.sub(rb' value="[^"]*"', b"", response.content)
    headers = {**response.headers, "Content-Length": len(body)}
    assert headers.pop("X-Request-ID")
    return response.status_code, headers, body


def locked(case, code):
    """The request after as many failures as it bears."""
    for _try in range(BY_NUMBER[0]):
        look_up(case.number, WRONG, address="198.51.100.1")
    return case.number, code


def tried(times, address="203.0.113.7"):
    """So many tries from the address, in this window or, just now begun, the next."""
    look_up(UNKNOWN, WRONG, address=address)
    [row] = Attempts.objects.exclude(bucket__contains=UNKNOWN)
    Attempts.objects.create(bucket=row.bucket, since=row.since + BY_ADDRESS[1], count=0)
    Attempts.objects.filter(bucket=row.bucket).update(count=times)


def locked_out(case, code):
    """From an address that has tried too often, be it with the right code."""
    tried(BY_ADDRESS[0])
    return case.number, code


def without_a_code(case, code):
    return make_request(agency=case.agency).number, code


def not_confirmed(case, code):
    return make_request("registered", agency=case.agency).number, code


@pytest.mark.parametrize(
    "wrong",
    [
        lambda case, code: (UNKNOWN, code),
        lambda case, code: (case.number, code[:-1]),
        locked,
        locked_out,
        without_a_code,
        not_confirmed,
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(case, code, wrong):
    number, typed = wrong(case, code)
    expected = look_up(case.number, WRONG, address="192.0.2.1")

    response = look_up(number, typed)

    assert errors(response) == NOT_FOUND
    assert plain(response) == plain(expected)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda case, code: (UNKNOWN, code),
        lambda case, code: (case.number, WRONG),
        without_a_code,
        locked,
        locked_out,
    ],
)
def test_whatever_is_wrong_the_work_is_the_same(case, code, wrong):
    number, typed = wrong(case, code)
    for number_ in (number, UNKNOWN):
        look_up(number_, WRONG)  # the windows are open

    def work(number, typed):
        with CaptureQueriesContext(connection) as captured:
            assert errors(look_up(number, typed)) == NOT_FOUND
        verbs = [query["sql"].split()[0] for query in captured]
        return [verb for verb in verbs if verb not in ("SAVEPOINT", "RELEASE")]

    assert work(number, typed) == work(UNKNOWN, WRONG)


# How often it may be tried


def test_a_number_bears_ten_failures_and_then_nothing_opens_it(case, code):
    for host in range(BY_NUMBER[0]):
        assert errors(look_up(case.number, WRONG, address=f"10.0.{host}.1"))

    assert seen(look_up(case.number, code, address="10.1.0.1")) is None


def test_one_failure_less_and_it_opens(case, code):
    for _try in range(BY_NUMBER[0] - 1):
        look_up(case.number, WRONG)

    assert seen(look_up(case.number, code))


def test_a_success_is_no_failure(case, code):
    for host in range(3 * BY_NUMBER[0]):
        assert seen(look_up(case.number, code, address=f"10.0.{host}.1"))


def test_a_locked_number_opens_again_with_the_next_window(case, code):
    number, code = locked(case, code)
    assert seen(look_up(number, code)) is None

    for attempts in Attempts.objects.all():
        attempts.since -= BY_NUMBER[1]
        attempts.save()

    assert seen(look_up(number, code))


def test_one_number_does_not_lock_another(case, code, agency, clerk):
    other = make_request(agency=agency, by=clerk)
    other, others = codes.issue(other, by=clerk, on=RECEIVED)
    locked(case, code)

    assert seen(look_up(other.number, others))


@pytest.mark.parametrize(
    ("trying", "beside", "elsewhere"),
    [
        ("203.0.113.7", "203.0.113.200", "203.0.114.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", "2001:db8:1:3::7"),
    ],
)
def test_a_neighbourhood_has_so_many_tries(case, code, trying, beside, elsewhere):
    tried(BY_ADDRESS[0] - 1, trying)

    assert seen(look_up(case.number, code, address=beside))
    assert seen(look_up(case.number, code, address=trying)) is None
    assert seen(look_up(case.number, code, address=beside)) is None
    assert seen(look_up(case.number, code, address=elsewhere))


def test_the_tries_of_an_address_are_counted_anew_after_ten_minutes(case, code):
    assert (30, timedelta(minutes=10)) == BY_ADDRESS
    tried(BY_ADDRESS[0])
    assert seen(look_up(case.number, code)) is None

    for attempts in Attempts.objects.all():
        attempts.since -= 2 * BY_ADDRESS[1]
        attempts.save()

    assert seen(look_up(case.number, code))


def test_an_address_that_is_none_has_its_tries_too(case, code):
    assert seen(look_up(case.number, code, address="unix:"))
    assert Attempts.objects.filter(bucket="look-up:unknown").count() == 1


# The page itself


def test_an_address_tells_nothing(case, code):
    response = Client().get(STATUS, {"number": case.number, "code": code})

    assert seen(response) is None
    html = response.content.decode()
    assert case.number not in html
    assert code not in html
    assert not Attempts.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_there_are_no_other_ways_to_ask(method):
    assert getattr(Client(), method)(STATUS).status_code == 405


def test_the_form_is_protected_and_sets_no_other_cookie(case, code):
    client = Client(enforce_csrf_checks=True)
    data = {"number": case.number, "code": code}
    assert client.post(STATUS, data).status_code == 403

    page = client.get(STATUS)
    token = page.context["csrf_token"]
    found = client.post(STATUS, data | {"csrfmiddlewaretoken": str(token)})

    assert seen(found)
    assert set(client.cookies) == {"csrftoken"}
    assert client.cookies["csrftoken"]["httponly"]
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_nobody_keeps_the_page_or_shows_it_in_a_frame(case, code):
    for response in (Client().get(STATUS), look_up(case.number, code)):
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        assert response["X-Frame-Options"] == "DENY"
        # Not no-referrer: browsers then send Origin: null, and the form is refused.
        assert response["Referrer-Policy"] == "same-origin"


def test_the_language_is_chosen_where_no_answer_is_lost_by_it(case, code):
    """Neither does an answer need a token: it has nothing to send. The same holds for
    the size of the text that is kept."""
    for response, shown in (
        (Client().get(STATUS), True),
        (look_up(case.number, WRONG), True),
        (look_up(case.number, code), False),
    ):
        html = response.content.decode()
        assert ('action="/language/"' in html) is shown
        assert ('action="/text-size/"' in html) is shown
        assert ("csrfmiddlewaretoken" in html) is shown


def test_the_page_works_without_scripts_and_is_light(case, code):
    for response in (Client().get(STATUS), look_up(case.number, code)):
        html = response.content.decode()
        assert "<script" not in html
        assert len(response.content) < 50_000


def test_whoever_is_logged_in_sees_no_more(case, code):
    staff = logged_in(*CHIEF, agency=case.agency)

    html = look_up(case.number, code, staff).content.decode()

    assert CANARY not in html
    assert errors(look_up(case.number, WRONG, staff)) == NOT_FOUND


def test_an_answer_takes_three_queries_and_a_refusal_two(
    case, code, django_assert_num_queries
):
    look_up(case.number, code)
    with django_assert_num_queries(3):  # the request, the count, its events
        assert seen(look_up(case.number, code))
    with django_assert_num_queries(2):
        assert seen(look_up(case.number, WRONG)) is None


def test_a_longer_history_takes_no_more_queries(case, code, clerk):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert seen(look_up(case.number, code))
        return len(captured)

    look_up(case.number, code)
    short = queries()
    today = timezone.localdate()
    for number in range(28):
        workflow.correct(case, by=clerk, on=today, note="改", subject=f"第{number}稿")

    assert queries() == short
