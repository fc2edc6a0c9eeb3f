"""The door: who may pass it, and what it refuses."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.models import Counter
from casework.workflow import Stale
from disclosure.models import DisclosureRequest, Status
from disclosure.workflow import APPROVE, HANDLE, workflow
from tests.factories import (
    ADD,
    CHANGE,
    CHIEF,
    CLERK,
    RECEIVED,
    make_agency,
    make_request,
    make_user,
    unsaved_request,
)
from tests.refusals import codes, stored

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 9)
DRAFT = {"draft_outcome": "disclosed"}


# Opening


def test_a_case_is_opened_with_its_number_and_its_first_event(chief):
    (agency,) = chief.workplaces
    opened = workflow.open(
        unsaved_request(agency), by=chief, on=RECEIVED, note="窗口收件"
    )
    event = opened.events.get()
    assert opened.number.startswith(f"{agency.code}-2026-0001-")
    assert (opened.status, opened.version) == (Status.HANDLING, 1)
    assert (event.step, event.source, event.target) == ("register", "", "handling")
    assert (event.by, event.by_name, event.on) == (chief, chief.name, RECEIVED)
    assert (event.note, event.changes) == ("窗口收件", {})


def test_numbers_follow_one_another_within_agency_and_year(chief):
    (agency,) = chief.workplaces
    other = make_agency(parent=agency)
    opened = [
        workflow.open(unsaved_request(place, on), by=chief, on=on)
        for place, on in (
            (agency, date(2025, 12, 31)),
            (agency, date(2026, 1, 4)),
            (other, date(2026, 1, 4)),
            (agency, date(2026, 1, 5)),
        )
    ]
    assert [case.number.rpartition("-")[0] for case in opened] == [
        f"{agency.code}-2025-0001",
        f"{agency.code}-2026-0001",
        f"{other.code}-2026-0001",
        f"{agency.code}-2026-0002",
    ]


def test_opening_needs_its_permission():
    agency = make_agency()
    for permissions, opens in (((HANDLE, APPROVE, CHANGE), False), ((ADD,), True)):
        clerk = make_user(*permissions, agency=agency)
        if opens:
            assert workflow.open(unsaved_request(agency), by=clerk, on=RECEIVED).pk
        else:
            with pytest.raises(PermissionDenied):
                workflow.open(unsaved_request(agency), by=clerk, on=RECEIVED)


def test_a_case_is_opened_only_at_an_agency_of_ones_own_that_is_not_closed(chief):
    (own,) = chief.workplaces
    beneath = make_agency(parent=own)
    closed = make_agency(parent=own, closed_on=RECEIVED)
    assert workflow.open(unsaved_request(beneath), by=chief, on=RECEIVED).pk
    for elsewhere in (make_agency(), closed, None):
        with pytest.raises(ValidationError) as refused:
            workflow.open(unsaved_request(elsewhere), by=chief, on=RECEIVED)
        assert codes(refused) == ["agency"]


def test_a_case_that_cannot_be_opened_uses_up_no_number(chief):
    (agency,) = chief.workplaces
    for broken in ({"subject": ""}, {"channel": "pigeon"}, {"submitted_on": None}):
        with pytest.raises(ValidationError):
            workflow.open(unsaved_request(agency, **broken), by=chief, on=RECEIVED)
    assert Counter.objects.count() == 0
    opened = workflow.open(unsaved_request(agency), by=chief, on=RECEIVED)
    assert "-0001-" in opened.number


@pytest.mark.parametrize(
    "day", [date(2001, 1, 1), date(2100, 12, 30), date(2101, 1, 1), date.max]
)
def test_a_day_outside_the_calendar_is_a_refusal_and_no_breakdown(chief, day):
    (agency,) = chief.workplaces
    with pytest.raises(ValidationError) as refused:
        workflow.open(unsaved_request(agency, day), by=chief, on=RECEIVED)
    assert codes(refused) == ["out_of_range"]
    case = make_request(agency=agency)
    with pytest.raises(ValidationError) as refused:
        workflow.correct(case, by=chief, on=DAY, note="更正", submitted_on=day)
    assert codes(refused) == ["out_of_range"]


# Permission and place


@pytest.mark.parametrize("name", workflow.steps)
def test_a_step_needs_its_permission(name):
    case, step = make_request(), workflow.steps[name]
    others = {*CHIEF} - {step.permission}
    before = stored(case)
    with pytest.raises(PermissionDenied):
        workflow.take(
            name, case, by=make_user(*others, agency=case.agency), on=RECEIVED
        )
    assert stored(case) == before


def test_a_case_is_changed_from_its_agency_and_from_above_and_not_from_elsewhere():
    above = make_agency()
    case = make_request(agency=make_agency(parent=above))
    for agency in (case.agency, above):
        clerk = make_user(*CLERK, agency=agency)
        assert workflow.take("reply_on_the_spot", case, by=clerk, on=RECEIVED, **DRAFT)
        case = make_request(agency=case.agency)
    before = stored(case)
    strangers = [
        make_user(*CHIEF, agency=make_agency(parent=above)),
        make_user(*CHIEF),
        make_user(*CHIEF, agency=case.agency, is_active=False),
    ]
    for stranger in strangers:
        with pytest.raises(DisclosureRequest.DoesNotExist):
            workflow.take("submit_draft", case, by=stranger, on=DAY, **DRAFT)
        with pytest.raises(DisclosureRequest.DoesNotExist):
            workflow.correct(case, by=stranger, on=DAY, note="更正", subject="另一")
    assert stored(case) == before


def test_a_correction_needs_its_permission():
    case = make_request()
    clerk = make_user(*{*CHIEF} - {CHANGE}, agency=case.agency)
    with pytest.raises(PermissionDenied):
        workflow.correct(case, by=clerk, on=DAY, note="更正", subject="另一事项")


def test_only_what_is_possible_is_offered(chief):
    (agency,) = chief.workplaces
    case = make_request("review", agency=agency)

    def offered(person):
        return [step.name for step in workflow.possible(case, person)]

    assert offered(make_user(agency=agency)) == []
    assert offered(make_user(APPROVE, agency=agency)) == [
        "sign", "return_draft", "extend", "close",
    ]  # fmt: skip
    extended = workflow.take(
        "extend", case, by=chief, on=DAY, note="案情复杂", extension=10
    )
    assert "extend" not in [s.name for s in workflow.possible(extended, chief)]
    assert "record_opinion" not in offered(chief)
    asked = {"kind": "agency", "party": "市档案局"}
    workflow.take("consult", case, by=chief, on=DAY, **asked)
    assert "record_opinion" in offered(chief)


# What is refused


def test_all_reasons_are_told_at_once(chief):
    case = make_request(agency=chief.workplaces[0])
    before = stored(case)
    with pytest.raises(ValidationError) as refused:
        workflow.take("notify_fee", case, by=chief, on=RECEIVED - timedelta(days=1))
    assert codes(refused) == ["before_the_case", "choice", "required", "required"]
    with pytest.raises(ValidationError) as refused:
        workflow.take(
            "ask_correction", case, by=chief, on=date(2026, 3, 12),
            correction_until=DAY, correction_points="不明确",
        )  # fmt: skip
    assert codes(refused) == ["asked_late", "period_past"]
    assert stored(case) == before


def test_a_step_does_not_take_what_it_does_not_ask_for(chief):
    case = make_request(agency=chief.workplaces[0])
    with pytest.raises(TypeError, match="outcome"):
        workflow.take("withdraw", case, by=chief, on=DAY, outcome="disclosed")


def test_nothing_is_done_before_the_case_began(chief):
    (agency,) = chief.workplaces
    letter = make_request("registered", agency, submitted_on=date(2026, 2, 26))
    for step, on in (("confirm", date(2026, 2, 25)), ("attach", date(2026, 2, 25))):
        facts = {"title": "信封", "file": "x"} if step == "attach" else {}
        with pytest.raises(ValidationError) as refused:
            workflow.take(step, letter, by=chief, on=on, **facts)
        assert codes(refused) == ["before_the_case"]
    confirmed = workflow.take("confirm", letter, by=chief, on=RECEIVED)
    with pytest.raises(ValidationError) as refused:
        workflow.take(
            "submit_draft", confirmed, by=chief, on=date(2026, 2, 27), **DRAFT
        )
    assert codes(refused) == ["before_the_case"]


def test_what_the_database_would_refuse_is_said_and_leaves_nothing(chief):
    case = make_request("signed", agency=chief.workplaces[0], received=DAY)
    workflow.correct(case, by=chief, on=DAY, note="补录", signed_on=date(2026, 3, 11))
    before = stored(case)
    with pytest.raises(ValidationError) as refused:
        workflow.take("serve", case, by=chief, on=date(2026, 3, 10), service="posted")
    assert codes(refused) == ["closed_on_before_signed_on"]
    assert stored(case) == before


def test_a_row_that_is_not_sound_leaves_nothing(chief):
    case = make_request(agency=chief.workplaces[0])
    before = stored(case)
    asked = {"kind": "nobody", "party": "某公司"}
    with pytest.raises(ValidationError) as refused:
        workflow.take("consult", case, by=chief, on=DAY, **asked)
    assert codes(refused) == ["invalid_choice"]
    assert stored(case) == before


def test_a_row_is_one_of_the_case_that_is_still_open(chief):
    (agency,) = chief.workplaces
    case, other = make_request(agency=agency), make_request(agency=agency)
    asked = {"kind": "agency", "party": "市档案局"}
    for asking in (case, other):
        workflow.take("consult", asking, by=chief, on=DAY, **asked)
    mine, foreign = case.consultations.get(), other.consultations.get()

    def answer(row):
        return workflow.take(
            "record_opinion", case, by=chief, on=DAY, row=row, opinion="agrees"
        )

    for row in (None, foreign):
        with pytest.raises(ValidationError) as refused:
            answer(row)
        assert codes(refused) == ["row"]
    answer(mine)
    with pytest.raises(ValidationError) as refused:
        answer(mine)
    assert codes(refused) == ["row"]


# Two at once, and twice the same


def test_a_form_that_was_sent_twice_makes_one_event(chief):
    (agency,) = chief.workplaces
    form = uuid4()
    first, again = (
        workflow.open(unsaved_request(agency), by=chief, on=RECEIVED, submission=form)
        for _twice in range(2)
    )
    assert (first, DisclosureRequest.objects.count()) == (again, 1)
    asking, mending = uuid4(), uuid4()
    for _twice in range(2):
        asked = {"kind": "agency", "party": "市档案局", "submission": asking}
        case = workflow.take("consult", first, by=chief, on=DAY, **asked)
    for _twice in range(2):
        case = workflow.correct(
            case, by=chief, on=DAY, note="更正", submission=mending, subject="另一事项"
        )
    assert case.consultations.count() == 1
    assert [event.step for event in case.events.all()] == [
        "register", "consult", "correct_record",
    ]  # fmt: skip


def test_a_form_that_shows_an_older_state_is_stale(chief):
    case = make_request(agency=chief.workplaces[0])
    seen = case.version
    workflow.correct(case, by=chief, on=DAY, note="更正", subject="另一事项")
    before = stored(case)
    with pytest.raises(Stale) as refused:
        workflow.take("submit_draft", case, by=chief, on=DAY, version=seen, **DRAFT)
    assert refused.value.code == "stale"
    with pytest.raises(Stale):
        workflow.correct(
            case, by=chief, on=DAY, note="更正", version=seen, subject="第三"
        )
    assert stored(case) == before
    taken = workflow.take(
        "submit_draft", case, by=chief, on=DAY, version=seen + 1, **DRAFT
    )
    assert taken.version == seen + 2
