"""Every step from every status: where it leads to, or that it is not open."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.workdays import LAST
from disclosure.models import Status
from disclosure.workflow import workflow
from tests.factories import CHIEF, RECEIVED, make_request, make_user
from tests.refusals import codes, stored

pytestmark = pytest.mark.django_db

TABLE = """
                  registered handling   correcting paying   review   signed  closed
confirm           handling   .          .          .        .        .       .
correct           .          .          handling   .        .        .       .
pay               .          .          .          handling .        .       .
submit_draft      .          review     .          .        .        .       .
sign              .          .          .          .        signed   .       .
serve             .          .          .          .        .        closed  .
return_draft      .          .          .          .        handling .       .
reply_on_the_spot .          closed     .          .        .        .       .
ask_correction    .          correcting .          .        .        .       .
lapse             .          .          closed     .        .        .       .
consult           .          handling   .          .        review   .       .
letter_delivered  .          handling   correcting paying   review   signed  .
record_opinion    .          handling   correcting paying   review   signed  .
extend            .          handling   .          .        review   signed  .
notify_fee        .          paying     .          .        .        .       .
lapse_unpaid      .          .          .          closed   .        .       .
charge_costs      .          handling   correcting .        review   signed  closed
link              registered handling   correcting paying   review   signed  closed
attach            registered handling   correcting paying   review   signed  closed
withdraw          .          closed     closed     closed   closed   closed  .
close             .          closed     closed     closed   closed   closed  .
file_remedy       .          handling   correcting paying   review   signed  closed
decide_remedy     .          handling   correcting paying   review   signed  closed
issue_code        registered handling   correcting paying   review   signed  closed
letter            .          .          .          .        .        .       .
reveal            registered handling   correcting paying   review   signed  closed
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
SQUARE = {
    (name, status): target
    for name, *targets in LINES
    for status, target in zip(HEAD, targets, strict=True)
}
FACTS = {
    "submit_draft": {"draft_outcome": "disclosed"},
    "sign": {"document_number": "宝政公开〔2026〕12号"},
    "serve": {"service": "posted"},
    "reply_on_the_spot": {"draft_outcome": "already_public"},
    "ask_correction": {
        "correction_until": RECEIVED + timedelta(days=20),
        "correction_points": "请写明文件的名称。",
    },
    "consult": {"kind": "third_party", "party": "某公司"},
    "record_opinion": {"opinion": "objects"},
    "extend": {"extension": 10},
    "notify_fee": {"kind": "by_piece", "quantity": 12},
    "charge_costs": {"quantity": 7, "amount": "3.50"},
    "file_remedy": {"kind": "reconsideration", "body": "宝鸡市人民政府"},
    "decide_remedy": {"result": "upheld"},
    "issue_code": {"code_hash": "0" * 64},
}


def prepared(name, status):
    """A case in the status, and what else the step needs: row, day and facts."""
    received = RECEIVED
    if name == "charge_costs" and status != "paying":
        received = date(2016, 3, 1)
    case, facts = make_request(status, received=received), dict(FACTS.get(name, {}))
    if name in ("letter_delivered", "record_opinion"):
        facts["row"] = case.consultations.create(
            kind="third_party", party="某公司", sent_on=received
        )
    elif name == "decide_remedy":
        facts["row"] = case.remedies.create(
            kind="direct", body="法院", filed_on=received
        )
    elif name == "pay":
        facts["row"] = case.fees.first()
    elif name == "link":
        facts["repeats"] = make_request(agency=case.agency)
    elif name == "attach":
        content = b"%PDF-1.7\n%%EOF\n"
        facts |= {"title": "附件", "file": SimpleUploadedFile("附件.pdf", content)}
    if workflow.steps[name].reason:
        facts["note"] = "理由"
    lapse = name in ("lapse", "lapse_unpaid")
    return case, {"on": received + timedelta(days=60 * lapse)} | facts


def test_the_square_has_every_step_and_every_status():
    assert Status.values == HEAD
    assert [name for name, *_targets in LINES] == [*workflow.steps]


def test_what_the_applicant_is_told_on_the_public_page():
    assert {name for name, step in workflow.steps.items() if step.public} == {
        "confirm", "correct", "pay", "serve", "reply_on_the_spot", "ask_correction",
        "lapse", "consult", "record_opinion", "extend", "notify_fee", "lapse_unpaid",
        "withdraw", "close",
    }  # fmt: skip


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", workflow.steps)
def test_each_step_from_each_status(name, status):
    case, facts = prepared(name, status)
    chief = make_user(*CHIEF, agency=case.agency)
    target = SQUARE[name, status]

    if target == ".":
        before = stored(case)
        with pytest.raises(ValidationError) as refused:
            workflow.take(name, case, by=chief, **facts)
        assert codes(refused) == ["step_not_open"]
        assert stored(case) == before
        return
    taken = workflow.take(name, case, by=chief, **facts)
    event = taken.events.last()
    assert taken.status == target
    assert taken.version == case.version + 1
    assert (event.step, event.source, event.target) == (name, status, target)
    assert (event.by, event.on) == (chief, facts["on"])
    assert bool(taken.closed_on) is (target == "closed")
    assert bool(taken.outcome) is (target == "closed")


@pytest.mark.parametrize("on", [LAST, date.max])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("confirm", ["out_of_range"]),
        ("correct", ["out_of_range"]),
        ("pay", ["out_of_range"]),
        ("consult", ["out_of_range"]),
        ("letter_delivered", ["out_of_range"]),
        ("reply_on_the_spot", ["not_on_the_spot"]),
        ("ask_correction", ["asked_late", "period_past"]),
        ("extend", ["limit_over"]),
        ("notify_fee", ["notified_late"]),
    ],
)
def test_a_day_that_no_calendar_reaches_is_a_refusal(name, expected, on):
    status = next(status for status in HEAD if SQUARE[name, status] != ".")
    case, facts = prepared(name, status)
    chief = make_user(*CHIEF, agency=case.agency)
    with pytest.raises(ValidationError) as refused:
        workflow.take(name, case, by=chief, **facts | {"on": on})
    assert codes(refused) == expected


@pytest.mark.parametrize(
    ("name", "status", "outcome"),
    [
        ("serve", "signed", "disclosed"),
        ("reply_on_the_spot", "handling", "already_public"),
        ("lapse", "correcting", "not_corrected"),
        ("lapse_unpaid", "paying", "fee_unpaid"),
        ("withdraw", "handling", "withdrawn"),
        ("close", "review", "other"),
    ],
)
def test_how_a_request_ends(name, status, outcome):
    case, facts = prepared(name, status)
    chief = make_user(*CHIEF, agency=case.agency)
    closed = workflow.take(name, case, by=chief, **facts)
    assert (closed.outcome, closed.closed_on) == (outcome, facts["on"])
