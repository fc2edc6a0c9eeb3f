"""A case of the past comes through the same door, in memory, and is stored at once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from casework.models import CalendarDay
from casework.workflow import Deed
from disclosure.models import Consultation, DisclosureRequest, RequestEvent
from disclosure.workflow import APPROVE, HANDLE, REVEAL, workflow
from tests.factories import (
    ADD,
    CLERK,
    RECEIVED,
    make_agency,
    make_calendar,
    make_request,
    make_user,
    unsaved_request,
)
from tests.refusals import codes, codes_of

pytestmark = pytest.mark.django_db

NOTE = "从台账转入。"
SENT, ANSWERED, SIGNED = date(2026, 3, 4), date(2026, 3, 16), date(2026, 3, 27)
STORY = [
    Deed("consult", SENT, {"kind": "agency", "party": "市城建局"}, "consultations"),
    Deed("record_opinion", ANSWERED, {"opinion": "agrees"}, "consultations"),
    Deed("extend", ANSWERED, {"extension": 20}, "extended_on", ("extension",)),
    Deed("submit_draft", SIGNED, {"draft_outcome": "disclosed"}, "outcome"),
    Deed("sign", SIGNED, {"document_number": "12号"}, "signed_on"),
    Deed("serve", SIGNED, {"service": "posted"}, "served_on"),
]


def past(agency, number="2016-001", **fields):
    return unsaved_request(agency, number=number, **fields)


def replayed(chief, *deeds, number="2016-001", **fields):
    case = past(chief.workplaces[0], number, **fields)
    return case, workflow.replay(case, deeds, by=chief, on=RECEIVED, note=NOTE)


def values(found):
    return [
        {k: v for k, v in row.items() if k not in ("id", "case_id", "at")}
        for row in found.values()
    ]


def test_a_replayed_case_is_what_its_steps_would_have_made_of_it(chief):
    make_calendar(2026)
    case = past(chief.workplaces[0])
    workflow.open(case, by=chief, on=RECEIVED, note=NOTE)
    for deed in STORY:
        row = case.consultations.get() if deed.step == "record_opinion" else None
        case = workflow.take(
            deed.step, case, by=chief, on=deed.on, note=NOTE, row=row, **deed.facts
        )

    workflow.enter([replayed(chief, *STORY, number=f"{case.number}x")])

    desk, again = DisclosureRequest.objects.order_by("pk")
    for kind in ("events", *workflow.rows):
        assert values(getattr(again, kind)) == values(getattr(desk, kind)), kind
    one, two = values(DisclosureRequest.objects.order_by("pk"))
    assert two == one | {"number": again.number, "folded": again.folded}
    assert two["version"] == again.events.count() == 7


def test_nothing_is_asked_of_the_database_for_each_deed(
    chief, django_assert_num_queries
):
    # What is asked once for all cases.
    assert chief.has_perm(HANDLE)
    assert chief.workplaces
    with CalendarDay.objects.held(), django_assert_num_queries(0):
        replayed(chief, *STORY)


def test_a_replayed_case_is_found_by_its_words(chief):
    case, _events = replayed(chief, number="ＡＢ-12", subject="檔案目錄")
    assert case.folded == "ab12档案目录"


def test_a_deed_of_the_past_may_be_silent_about_what_nobody_kept(chief):
    case, _events = replayed(chief, Deed("consult", SENT, {"kind": "agency"}, "x"))
    assert [row.party for row in case.rows("consultations")] == [""]


def test_the_desk_may_not(chief):
    with pytest.raises(ValidationError) as refused:
        workflow.take(
            "consult", make_request(by=chief, agency=chief.workplaces[0]),
            by=chief, on=RECEIVED, kind="agency",
        )  # fmt: skip
    assert codes(refused) == ["required"]


def test_a_fact_that_is_told_empty_is_named_by_its_own_column(chief):
    ask = ("ask_correction", SENT)
    with pytest.raises(ValidationError) as refused:
        replayed(
            chief,
            Deed(*ask, {"correction_until": None}, "asked", ("correction_until",)),
        )
    assert codes_of(refused.value) == ["required"]
    assert list(refused.value.error_dict) == ["correction_until"]

    with pytest.raises(ValidationError) as refused:
        replayed(chief, Deed(*ask, {"correction_until": None}, "asked"))
    assert list(refused.value.error_dict) == ["asked"]


def test_an_impossible_deed_is_named_by_its_column(chief):
    with pytest.raises(ValidationError) as refused:
        replayed(chief, Deed("serve", SENT, {}, "served_on"))
    assert codes_of(refused.value) == ["step_not_open"]
    assert list(refused.value.error_dict) == ["served_on"]


def test_a_fact_that_a_step_does_not_know_is_a_mistake_of_the_caller(chief):
    with pytest.raises(TypeError):
        replayed(chief, Deed("consult", SENT, {"amount": 3}, "x"))


@pytest.mark.parametrize(
    ("permissions", "deeds", "refused"),
    [
        ((ADD,), [], None),
        ((ADD,), STORY[:1], "consultations"),
        ((ADD, HANDLE), STORY[:2], None),
        ((ADD, HANDLE), STORY[:3], "extended_on"),
        ((ADD, HANDLE, APPROVE), STORY, None),
        ((ADD, HANDLE), STORY[3:], "signed_on"),
    ],
)
def test_each_deed_needs_the_permission_of_its_step(permissions, deeds, refused):
    person = make_user(*permissions, agency=make_agency())
    if refused is None:
        assert len(replayed(person, *deeds)[1]) == len(deeds) + 1
    else:
        with pytest.raises(ValidationError) as error:
            replayed(person, *deeds)
        assert codes_of(error.value) == ["not_permitted"]
        assert list(error.value.error_dict) == [refused]


@pytest.mark.parametrize("permissions", [(), (HANDLE, APPROVE)])
def test_to_register_one_needs_the_permission_to_add(permissions):
    with pytest.raises(PermissionDenied):
        replayed(make_user(*permissions, agency=make_agency()))


def test_cases_are_stored_with_all_that_belongs_to_them_or_not_at_all(chief):
    good = replayed(chief, *STORY)
    bad = replayed(chief, number="2016-002", arrived_on=date(2026, 3, 1))

    with pytest.raises(IntegrityError):
        workflow.enter([good, bad])

    for model in (DisclosureRequest, Consultation, RequestEvent):
        assert not model.objects.exists()


def test_many_are_stored_in_as_few_statements_as_one(
    chief, django_assert_max_num_queries
):
    many = [replayed(chief, *STORY, number=f"2016-{n}") for n in range(30)]
    # Keys for the cases, consultations and events, and a savepoint; how the rows are
    # written is no statement that Django counts.
    with django_assert_max_num_queries(8):
        workflow.enter(many)
    assert DisclosureRequest.objects.count() == Consultation.objects.count() == 30
    assert RequestEvent.objects.count() == 30 * 7


def test_what_changes_nothing_is_noted_on_each_case_that_the_person_sees(chief):
    mine = [make_request(by=chief, agency=chief.workplaces[0]) for _n in range(2)]
    theirs = make_request()

    workflow.note(
        "reveal", DisclosureRequest.objects.all(), by=chief, on=SENT, note="审计"
    )

    events = RequestEvent.objects.filter(step="reveal")
    assert [event.case for event in events] == sorted(mine, key=lambda c: -c.pk)
    assert {(e.source, e.target, e.note, e.by, e.on) for e in events} == {
        ("handling", "handling", "审计", chief, SENT)
    }
    assert not theirs.events.filter(step="reveal").exists()


def test_noting_it_needs_the_permission_of_the_step():
    case = make_request()
    clerk = make_user(*CLERK, agency=case.agency)
    with pytest.raises(PermissionDenied):
        workflow.note(
            "reveal", DisclosureRequest.objects.all(), by=clerk, on=SENT, note="审计"
        )
    assert not clerk.has_perm(REVEAL)
    assert case.events.count() == 1
