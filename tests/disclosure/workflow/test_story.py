"""Requests from their registration to the end, with the due day after each step."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from disclosure import codes
from disclosure.models import DisclosureRequest
from disclosure.workflow import workflow
from tests.factories import (
    CHIEF,
    RECEIVED,
    make_agency,
    make_calendar,
    make_request,
    make_user,
    unsaved_request,
)

pytestmark = pytest.mark.django_db


def day(text):
    return date.fromisoformat(text) if text else None


def told(case, by, story):
    """What the case is after each line of the story: its status and its due day."""
    for name, on, facts, status, due in story:
        if rows := workflow.steps[name].mends:
            facts = facts | {"row": getattr(case, rows).get()}
        case = workflow.take(name, case, by=by, on=day(on), **facts)
        assert (name, case.status, case.due_on) == (name, status, day(due))
    return case


def test_from_registration_to_the_remedy():
    """Example E18, gone to reconsideration."""
    make_calendar(2023, 2024)
    chief = make_user(*CHIEF, agency=make_agency())
    case = make_request(
        agency=chief.workplaces[0], by=chief, received=day("2024-01-22")
    )
    assert case.due_on == day("2024-02-22")
    until = {"correction_until": day("2024-02-19"), "correction_points": "请写明。"}
    party = {"kind": "third_party", "party": "某公司"}
    draft, number = {"draft_outcome": "trade_secret"}, {"document_number": "12号"}
    court = {"kind": "reconsideration", "body": "宝鸡市人民政府"}
    case = told(
        case,
        chief,
        [
            ("ask_correction", "2024-01-29", until, "correcting", None),
            ("correct", "2024-02-08", {}, "handling", "2024-03-13"),
            ("consult", "2024-02-26", party, "handling", "2024-04-03"),
            ("letter_delivered", "2024-02-28", {}, "handling", "2024-04-08"),
            (
                "record_opinion",
                "2024-03-08",
                {"opinion": "objects"},
                "handling",
                "2024-03-26",
            ),
            (
                "extend",
                "2024-03-20",
                {"extension": 20, "note": "案情复杂"},
                "handling",
                "2024-04-24",
            ),
            ("submit_draft", "2024-04-10", draft, "review", "2024-04-24"),
            ("return_draft", "2024-04-11", {"note": "补充"}, "handling", "2024-04-24"),
            ("submit_draft", "2024-04-12", draft, "review", "2024-04-24"),
            ("sign", "2024-04-15", number, "signed", "2024-04-24"),
            ("serve", "2024-04-18", {"service": "posted"}, "closed", "2024-04-24"),
            ("file_remedy", "2024-05-06", court, "closed", "2024-04-24"),
            (
                "decide_remedy",
                "2024-06-28",
                {"result": "upheld"},
                "closed",
                "2024-04-24",
            ),
        ],
    )
    assert (case.outcome, case.closed_late) == ("trade_secret", False)
    assert case.due_provisional is False
    assert case.events.count() == case.version == 14
    assert case.due_why["stops"] == [["2024-02-26", "2024-03-08", "third_party"]]


def test_a_letter_that_must_be_confirmed_and_a_fee():
    """Example E19, by ordinary letter."""
    make_calendar(2024, 2025)
    chief = make_user(*CHIEF, agency=make_agency())
    letter = {"channel": "ordinary_letter", "submitted_on": day("2025-02-27")}
    case = make_request("registered", chief.workplaces[0], by=chief, **letter)
    assert (case.received_on, case.due_on) == (None, None)
    fee = {"kind": "by_volume", "quantity": 150}
    told(
        case,
        chief,
        [
            ("confirm", "2025-03-03", {}, "handling", "2025-03-31"),
            ("notify_fee", "2025-03-14", fee, "paying", None),
            ("pay", "2025-04-02", {}, "handling", "2025-04-30"),
            ("withdraw", "2025-04-03", {}, "closed", "2025-04-30"),
        ],
    )


def test_in_2007_the_clock_waits_for_the_third_party():
    """Example E06."""
    make_calendar(2016, 2017)
    chief = make_user(*CHIEF, agency=make_agency())
    case = make_request(
        agency=chief.workplaces[0], by=chief, received=day("2016-11-01")
    )
    party = {"kind": "third_party", "party": "某公司"}
    answer = {"opinion": "agrees"}
    told(
        case,
        chief,
        [
            ("consult", "2016-11-04", party, "handling", None),
            ("letter_delivered", "2016-11-07", {}, "handling", None),
            ("record_opinion", "2016-11-18", answer, "handling", "2016-12-06"),
            ("file_remedy", "2016-12-20", {"kind": "direct", "body": "法院"},
             "handling", "2016-12-06"),
        ],
    )  # fmt: skip


def test_to_look_at_an_identity_is_an_event_and_says_why():
    case = make_request(identity="11010519491231002X")
    auditor = make_user("disclosure.reveal_applicant", agency=case.agency)
    workflow.take("reveal", case, by=auditor, on=RECEIVED, note="核对身份")
    event = case.events.last()
    assert (event.step, event.by, event.note) == ("reveal", auditor, "核对身份")
    assert event.changes == {}


def test_no_event_tells_anything_personal():
    chief = make_user(*CHIEF, agency=make_agency())
    typed = {
        "subject": "甲CANARY",
        "description": "乙CANARY",
        "applicant": "丙CANARY",
        "phone": "CANARY-1",
        "email": "canary@example.cn",
        "address": "丁CANARY",
    }
    case = workflow.open(
        unsaved_request(chief.workplaces[0], identity="CANARY1234567", **typed),
        by=chief,
        on=RECEIVED,
    )
    mended = {name: value.replace("anary", "anary2") for name, value in typed.items()}
    mended |= {name: f"{value}2" for name, value in typed.items() if name != "email"}
    other = DisclosureRequest()
    other.identify("CANARY7654321")
    mended |= {
        "identity_sealed": other.identity_sealed,
        "identity_hash": other.identity_hash,
    }
    case = workflow.correct(case, by=chief, on=RECEIVED, note="更正", **mended)
    assert case.events.last().changes == dict.fromkeys(mended)
    file = SimpleUploadedFile("CANARY.pdf", b"%PDF-1.7\n%%EOF\n")
    for name, facts in (
        ("attach", {"title": "戊CANARY", "file": file}),
        ("consult", {"kind": "third_party", "party": "己CANARY"}),
        (
            "ask_correction",
            {"correction_points": "庚CANARY", "correction_until": date(2026, 4, 1)},
        ),
    ):
        case = workflow.take(
            name, case, by=chief, on=RECEIVED, submission=uuid4(), **facts
        )
    case, code = codes.issue(case, by=chief, on=RECEIVED)
    written = repr(list(case.events.values())).lower()
    hidden = [
        "canary", code.lower(), code.replace("-", "").lower(), case.code_hash,
        case.identity_hash, case.identity_sealed.lower(),
        case.attachments.get().file.name,
    ]  # fmt: skip
    assert [text for text in hidden if text in written] == []
    events = {event.step: event.changes for event in case.events.all()}
    assert events["issue_code"] == {"code_hash": None}
    assert events["attach"] == {
        "attachments.title": None,
        "attachments.file": None,
        "attachments.added_on": [None, "2026-03-02"],
    }
