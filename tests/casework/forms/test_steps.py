"""The form of a step comes from the table of steps; that of a correction from what the
steps recorded."""

from datetime import date, timedelta

import pytest
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from casework.forms import CorrectForm, StepForm, absorb, field_for
from casework.references import reference
from disclosure.models import DisclosureRequest, Outcome, Status
from disclosure.workflow import workflow
from tests.clients import typed
from tests.factories import (
    CHIEF,
    RECEIVED,
    VIEW,
    make_agency,
    make_request,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 9)
FIELDS = {
    "confirm": [],
    "correct": [],
    "pay": ["row"],
    "submit_draft": ["draft_outcome", "grounds"],
    "sign": ["document_number"],
    "serve": ["service"],
    "return_draft": [],
    "reply_on_the_spot": ["draft_outcome", "grounds"],
    "ask_correction": ["correction_until", "correction_points"],
    "lapse": [],
    "consult": ["kind", "party"],
    "letter_delivered": ["row"],
    "record_opinion": ["row", "opinion"],
    "extend": ["extension"],
    "notify_fee": ["kind", "quantity", "earlier"],
    "lapse_unpaid": [],
    "charge_costs": ["quantity", "amount"],
    "link": ["repeats"],
    "attach": ["title", "file"],
    "withdraw": [],
    "close": [],
    "file_remedy": ["kind", "body"],
    "decide_remedy": ["row", "result"],
    "reveal": [],
}
"""Between the day and the note; a query code and a letter are made, not asked for."""


def form_of(name, case, by, data=None, today=TODAY, **kwargs):
    step = workflow.steps[name]
    return StepForm(workflow, step, case, by, today, data, **kwargs)


def sent(name, case, by, today=TODAY, **changes):
    """The form as it comes back from the browser."""
    blank = form_of(name, case, by, today=today)
    return form_of(name, case, by, typed(blank, **changes), today)


def codes(form):
    return {
        name: [error.code for error in errors.as_data()]
        for name, errors in form.errors.items()
    }


def choices(field):
    return [value for value, _label in field.choices if value]


@pytest.fixture
def case():
    return make_request()


@pytest.fixture
def clerk(case):
    return make_user(*CHIEF, agency=case.agency)


# What is asked


def test_each_step_has_a_form():
    assert FIELDS.keys() == workflow.steps.keys() - {"issue_code", "letter"}


@pytest.mark.parametrize("name", FIELDS)
def test_a_step_asks_for_the_day_its_facts_and_a_note(case, clerk, name):
    form = form_of(name, case, clerk)

    assert [field.name for field in form.visible_fields()] == [
        "on",
        *FIELDS[name],
        "note",
    ]
    optional = {"earlier", "grounds"} | (
        {"note"} if not workflow.steps[name].reason else set()
    )
    assert {f.name for f in form.visible_fields() if not f.field.required} <= optional
    assert form["on"].value() == TODAY


@pytest.mark.parametrize("name", ["return_draft", "extend", "close", "reveal"])
def test_a_step_that_needs_a_reason_is_not_taken_without(case, clerk, name):
    form = sent(name, case, clerk, note=" ")

    assert codes(form)["note"] == ["required"]


def test_a_form_without_the_version_that_it_was_made_for_is_refused(case, clerk):
    data = typed(form_of("withdraw", case, clerk))
    del data["version"]

    assert codes(form_of("withdraw", case, clerk, data)) == {"version": ["required"]}


def test_a_day_that_has_not_come_is_refused(case, clerk):
    tomorrow = TODAY + timedelta(days=1)

    assert codes(sent("withdraw", case, clerk, on=tomorrow)) == {"on": ["future"]}
    assert codes(sent("withdraw", case, clerk, on=TODAY)) == {}


def test_a_fee_is_charged_by_one_of_the_two_tariffs(case, clerk):
    form = form_of("notify_fee", case, clerk)

    assert choices(form.fields["kind"]) == ["by_piece", "by_volume"]
    assert codes(sent("notify_fee", case, clerk, kind="cost", quantity=3)) == {
        "kind": ["invalid_choice"]
    }


def test_a_draft_proposes_what_a_reply_can_say(case, clerk):
    proposed = choices(form_of("submit_draft", case, clerk).fields["draft_outcome"])

    not_said = {"not_corrected", "fee_unpaid", "withdrawn", "other"}
    assert set(proposed) == {outcome.value for outcome in Outcome} - not_said


def test_what_is_known_already_stands_in_the_form(clerk):
    case = make_request(Status.REVIEW, agency=clerk.workplaces[0])
    case = workflow.take("return_draft", case, by=clerk, on=RECEIVED, note="改")

    form = form_of("submit_draft", case, clerk)

    assert form["draft_outcome"].value() == Outcome.DISCLOSED


# The rows that a step completes


def consulted(case, by, party):
    facts = {"kind": "third_party", "party": party}
    case = workflow.take("consult", case, by=by, on=RECEIVED, **facts)
    return case.consultations.latest("pk")


def test_a_step_completes_a_row_of_this_case_that_is_still_open(case, clerk):
    answered = consulted(case, clerk, "答复了的公司")
    facts = {"row": answered, "opinion": "agrees"}
    workflow.take("record_opinion", case, by=clerk, on=RECEIVED, **facts)
    waiting = consulted(case, clerk, "未答复的公司")
    other = make_request(agency=case.agency)
    elsewhere = consulted(other, clerk, "别件的公司")
    case.refresh_from_db()

    form = form_of("record_opinion", case, clerk)
    assert list(form.fields["row"].queryset) == [waiting]
    assert form["row"].value() == waiting.pk
    for row in (answered, elsewhere):
        form = sent("record_opinion", case, clerk, row=row.pk, opinion="agrees")
        assert codes(form) == {"row": ["invalid_choice"]}


# A case that is named by its number


def test_an_earlier_request_is_named_however_its_number_is_typed(case, clerk):
    earlier = make_request(agency=case.agency)
    plain = earlier.number.replace("-", " ").lower()

    form = sent("link", case, clerk, repeats=plain)

    assert form.is_valid()
    assert form.facts()["repeats"] == earlier


def test_a_request_of_another_agency_cannot_be_named(case, clerk):
    foreign, absent = make_request().number, reference("BJ", 2026, 9999)
    elsewhere = make_agency(parent=make_agency())
    hidden = make_request(agency=elsewhere).number
    answers = [
        sent("link", case, clerk, repeats=number)
        for number in (foreign, hidden, absent, "no number", "'; --")
    ]
    said = [(codes(form), str(form.errors)) for form in answers]

    assert said[0][0] == {"repeats": ["no_such_case"]}
    assert said == said[:1] * len(said)


def test_the_agencies_to_choose_from_are_those_that_the_person_sees(case):
    above = make_agency()
    beneath = make_agency(parent=above)
    person = make_user(VIEW, agency=above)

    field = field_for(DisclosureRequest._meta.get_field("agency"), person)

    assert set(field.queryset) == {above, beneath}


# Taking it


def test_the_form_takes_the_step(case, clerk):
    form = sent("consult", case, clerk, kind="agency", party="市自然资源局", note="函")

    assert form.is_valid()
    taken = form.take()

    row, event = taken.consultations.get(), taken.events.last()
    assert (row.kind, row.party, row.sent_on) == ("agency", "市自然资源局", TODAY)
    assert (event.step, event.note, event.by) == ("consult", "函", clerk)
    assert event.submission == form.cleaned_data["submission"]


def test_a_form_sent_twice_takes_the_step_once(case, clerk):
    data = typed(form_of("consult", case, clerk), kind="agency", party="市局")
    for _time in range(2):
        form = form_of("consult", case, clerk, data)
        assert form.is_valid()
        assert form.take() == case

    assert case.consultations.count() == 1
    assert case.events.filter(step="consult").count() == 1


def test_a_stale_form_is_refused(case, clerk):
    form = sent("withdraw", case, clerk)
    workflow.correct(case, by=clerk, on=TODAY, note="先改", phone="13800001111")

    assert form.is_valid()
    assert form.take() is None
    assert codes(form) == {NON_FIELD_ERRORS: ["stale"]}


def test_what_the_door_refuses_is_told_in_the_form(case, clerk):
    form = sent("extend", case, clerk, extension=21, note="案情复杂")

    assert form.is_valid()
    assert form.take() is None
    assert codes(form) == {NON_FIELD_ERRORS: ["extension_cap"]}


def test_an_optional_fact_left_empty_keeps_its_default(case, clerk):
    form = sent("notify_fee", case, clerk, kind="by_piece", quantity=12, earlier="")

    assert form.is_valid()
    assert form.take().fees.get().earlier == 0


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (ValidationError("x", "a"), {NON_FIELD_ERRORS: ["a"]}),
        (
            ValidationError([ValidationError("x", "a"), ValidationError("y", "b")]),
            {NON_FIELD_ERRORS: ["a", "b"]},
        ),
        (ValidationError({"known": ValidationError("x", "a")}), {"known": ["a"]}),
        (
            ValidationError({"other": [ValidationError("x", "a")]}),
            {NON_FIELD_ERRORS: ["a"]},
        ),
    ],
)
def test_a_reason_stands_beside_its_field_where_the_form_has_it(refusal, expected):
    class Form(forms.Form):
        known = forms.CharField()

    form = Form({"known": "x"})
    form.is_valid()
    absorb(form, refusal)

    assert codes(form) == expected


# Mending what a step recorded


def correction(case, by, row=None, today=TODAY, **changes):
    """The form of a correction as it comes back from the browser."""
    blank = CorrectForm(workflow, case, row, by, today)
    data = typed(blank, **{"reason": "录入有误"} | changes)
    return CorrectForm(workflow, case, row, by, today, data)


def test_what_steps_recorded_can_be_mended_and_nothing_else(clerk):
    case = make_request("closed", agency=clerk.workplaces[0], channel="email")
    case = workflow.take("issue_code", case, by=clerk, on=RECEIVED, code_hash="x")

    assert set(CorrectForm(workflow, case, None, clerk, TODAY).facts) == {
        "confirmed_on",
        "draft_outcome",
        "grounds",  # that the draft left out
        "drafted_on",
        "document_number",
        "signed_on",
        "service",
        "outcome",
        "closed_on",
    }


def test_of_a_row_everything_but_its_file_can_be_mended(case, clerk):
    row = consulted(case, clerk, "某公司")
    case.refresh_from_db()

    facts = CorrectForm(workflow, case, row, clerk, TODAY).facts
    assert facts == ["kind", "party", "sent_on"]


def test_a_correction_mends_and_says_why(clerk):
    case = make_request("signed", agency=clerk.workplaces[0])

    form = correction(case, clerk, document_number="宝政公开〔2026〕13号")
    assert form.is_valid()
    mended = form.correct()

    event = mended.events.last()
    assert mended.document_number == "宝政公开〔2026〕13号"
    assert (event.step, event.on, event.note) == ("correct_record", TODAY, "录入有误")
    assert event.changes == {
        "document_number": ["宝政公开〔2026〕12号", "宝政公开〔2026〕13号"]
    }


def test_a_correction_needs_a_reason(clerk):
    case = make_request("signed", agency=clerk.workplaces[0])

    assert codes(correction(case, clerk, reason=" ")) == {"reason": ["required"]}


def test_a_stale_correction_is_refused(clerk):
    case = make_request("signed", agency=clerk.workplaces[0])
    form = correction(case, clerk, document_number="宝政公开〔2026〕13号")
    workflow.correct(case, by=clerk, on=TODAY, note="先改", phone="13800001111")

    assert form.is_valid()
    assert form.correct() is None
    assert codes(form) == {NON_FIELD_ERRORS: ["stale"]}


def test_nothing_is_mended_to_have_been_done_on_a_day_that_has_not_come(clerk):
    case = make_request("closed", agency=clerk.workplaces[0])
    tomorrow = TODAY + timedelta(days=1)

    form = correction(case, clerk, closed_on=tomorrow, signed_on=tomorrow)

    assert codes(form) == {"closed_on": ["future"], "signed_on": ["future"]}


def test_a_period_that_was_given_may_lie_ahead(clerk):
    case = make_request("correcting", agency=clerk.workplaces[0])

    form = correction(case, clerk, correction_until=TODAY + timedelta(days=30))

    assert form.is_valid()
    assert form.correct().correction_until == TODAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("status", "facts"),
    [
        ("correcting", ["correction_asked_on", "correction_until"]),
        ("signed", ["drafted_on", "draft_outcome", "signed_on", "document_number"]),
        ("closed", ["closed_on", "service"]),
    ],
)
def test_what_moved_the_case_on_is_not_taken_away_from_under_it(clerk, status, facts):
    """Else it would wait for something that was never asked for."""
    case = make_request(status, agency=clerk.workplaces[0])

    form = correction(case, clerk, **dict.fromkeys(facts, ""))

    assert codes(form) == dict.fromkeys(facts, ["required"])


def test_the_notice_of_a_fee_that_is_awaited_is_not_taken_away(clerk):
    case = make_request("paying", agency=clerk.workplaces[0])

    form = correction(case, clerk, case.fees.get(), notified_on="")

    assert codes(form) == {"notified_on": ["required"]}


def test_an_opinion_that_was_recorded_at_the_wrong_letter_is_taken_away(case, clerk):
    row = consulted(case, clerk, "甲公司")
    facts = {"row": row, "opinion": "agrees"}
    case = workflow.take("record_opinion", case, by=clerk, on=RECEIVED, **facts)
    row.refresh_from_db()

    form = correction(case, clerk, row, answered_on="", opinion="")

    assert form.is_valid()
    row = form.correct().consultations.get()
    assert (row.answered_on, row.opinion) == (None, "")


def test_an_extension_that_was_not_granted_is_taken_away(case, clerk):
    case = workflow.take(
        "extend", case, by=clerk, on=RECEIVED, note="复杂", extension=10
    )

    assert codes(correction(case, clerk, extension="")) == {"extension": ["required"]}
    form = correction(case, clerk, extension=0, extended_on="")
    assert form.is_valid()
    mended = form.correct()
    assert (mended.extension, mended.extended_on) == (0, None)


def test_a_mended_fact_is_held_to_what_the_law_allows(case, clerk):
    case = workflow.take(
        "extend", case, by=clerk, on=RECEIVED, note="复杂", extension=10
    )

    form = correction(case, clerk, extension=21)

    assert form.is_valid()
    assert form.correct() is None
    assert codes(form) == {NON_FIELD_ERRORS: ["extension_cap"]}
