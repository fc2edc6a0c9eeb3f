"""What the door writes down, and how the record is mended."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from disclosure.models import RequestEvent
from disclosure.workflow import workflow
from tests.factories import (
    CHIEF,
    RECEIVED,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)
from tests.refusals import codes, stored

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 9)
DRAFT = {"draft_outcome": "disclosed"}


# What is written down


def test_an_event_tells_what_changed_from_what_to_what(chief):
    case = make_request(agency=chief.workplaces[0])
    drafted = workflow.take(
        "submit_draft", case, by=chief, on=DAY, note="送审", **DRAFT
    )
    event = drafted.events.last()
    assert (event.source, event.target, event.note) == ("handling", "review", "送审")
    assert event.changes == {
        "draft_outcome": ["", "disclosed"],
        "drafted_on": [None, "2026-03-09"],
    }


def test_an_event_tells_what_changed_of_a_row(chief):
    make_calendar(2026)
    case = make_request(agency=chief.workplaces[0])
    asked = {"kind": "third_party", "party": "某公司"}
    case = workflow.take("consult", case, by=chief, on=DAY, **asked)
    assert case.events.last().changes == {
        "due_on": ["2026-03-30", "2026-04-21"],
        "consultations.kind": ["", "third_party"],
        "consultations.party": None,
        "consultations.sent_on": [None, "2026-03-09"],
    }


def test_a_record_outlives_the_name_and_keeps_the_account():
    named = make_user(*CHIEF, agency=make_agency(), name="王芳")
    unnamed = make_user(*CHIEF, is_superuser=True, name="", username="w" * 150)
    for person in (named, unnamed):
        case = make_request(agency=named.workplaces[0], by=person)
        assert case.events.get().by_name == (person.name or person.username)
    named.name = "王芬"
    named.save()
    assert RequestEvent.objects.filter(by_name="王芳").count() == 1
    with pytest.raises(ProtectedError):
        named.delete()


# Corrections


def test_a_correction_keeps_the_old_and_the_new_day(chief):
    make_calendar(2026)
    case = make_request(agency=chief.workplaces[0])
    mended = workflow.correct(
        case, by=chief, on=DAY, note="收件日期录错", submitted_on=date(2026, 3, 4)
    )
    event = mended.events.last()
    assert (event.step, event.source, event.target) == (
        "correct_record", "handling", "handling",
    )  # fmt: skip
    assert (event.on, event.note) == (DAY, "收件日期录错")
    assert event.changes == {
        "submitted_on": ["2026-03-02", "2026-03-04"],
        "received_on": ["2026-03-02", "2026-03-04"],
        "due_on": ["2026-03-30", "2026-04-01"],
    }


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_correction_says_why(chief, note):
    case = make_request(agency=chief.workplaces[0])
    before = stored(case)
    with pytest.raises(ValidationError) as refused:
        workflow.correct(case, by=chief, on=DAY, note=note, subject="另一事项")
    assert codes(refused) == ["reason"]
    assert stored(case) == before


def test_what_was_right_before_is_no_correction(chief):
    case = make_request(agency=chief.workplaces[0])
    before = stored(case)
    workflow.correct(case, by=chief, on=DAY, note="", subject=case.subject)
    assert stored(case) == before


def test_a_status_is_not_corrected(chief):
    case = make_request(agency=chief.workplaces[0])
    with pytest.raises(TypeError):
        workflow.correct(case, by=chief, on=DAY, note="更正", status="closed")


def test_a_row_is_corrected_and_the_clock_read_again(chief):
    make_calendar(2026)
    (agency,) = chief.workplaces
    case, other = make_request(agency=agency), make_request(agency=agency)
    asked = {"kind": "third_party", "party": "某公司"}
    workflow.take("consult", case, by=chief, on=DAY, **asked)
    row = case.consultations.get()
    mended = workflow.correct(
        case, by=chief, on=DAY, note="录错", row=row, sent_on=date(2026, 3, 10)
    )
    assert mended.events.last().changes == {
        "consultations.sent_on": ["2026-03-09", "2026-03-10"],
    }
    with pytest.raises(ValidationError) as refused:
        workflow.correct(case, by=chief, on=DAY, note="录错", row=row, kind="nobody")
    assert codes(refused) == ["invalid_choice"]
    with pytest.raises(type(row).DoesNotExist):
        workflow.correct(other, by=chief, on=DAY, note="录错", row=row, kind="agency")


@pytest.mark.parametrize(
    ("status", "channel", "received"),
    [("registered", "in_person", RECEIVED), ("handling", "online", None)],
)
def test_with_another_channel_a_case_is_received_or_waits_again(
    chief, status, channel, received
):
    case = make_request(status, agency=chief.workplaces[0])
    mended = workflow.correct(case, by=chief, on=DAY, note="录错", channel=channel)
    assert mended.received_on == received
    assert mended.status == ("handling" if received else "registered")
    event = mended.events.last()
    assert (event.source, event.target) == (status, mended.status)


def test_a_case_that_is_further_on_cannot_lose_its_receipt(chief):
    case = make_request("review", agency=chief.workplaces[0])
    with pytest.raises(ValidationError) as refused:
        workflow.correct(case, by=chief, on=DAY, note="录错", channel="online")
    assert codes(refused) == ["received_means_running"]
