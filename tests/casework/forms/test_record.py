"""The form of a case's record: for whom, until when, and what the door said."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import modelform_factory

from casework.forms import CaseForm, conflicts
from casework.workflow import Stale
from disclosure.models import Channel, DisclosureRequest
from disclosure.workflow import workflow
from tests.clients import typed
from tests.factories import CHIEF, VIEW, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 9)
FIELDS = (
    "agency", "channel", "submitted_on", "arrived_on", "applicant_kind", "applicant",
    "phone", "subject", "description",
)  # fmt: skip
RECORD = {
    "channel": "online",
    "submitted_on": TODAY,
    "applicant_kind": "natural_person",
    "applicant": "王小明",
    "subject": "批复文件",
    "description": "请公开批复文件。",
}


def form_of(by, data=None, refusal=None, instance=None):
    told = {"by": by, "today": TODAY, "refusal": refusal}
    form = type("RecordForm", (CaseForm,), told)
    return modelform_factory(DisclosureRequest, form, fields=FIELDS)(
        data, instance=instance
    )


def sent(by, refusal=None, instance=None, **changes):
    blank = form_of(by, instance=instance)
    record = {} if instance else RECORD
    return form_of(by, typed(blank, **record | changes), refusal, instance)


def codes(form):
    return {
        name: [error.code for error in errors.as_data()]
        for name, errors in form.errors.items()
    }


@pytest.fixture
def above():
    return make_agency()


def test_a_case_is_for_an_agency_that_the_person_sees_and_that_is_not_closed(above):
    beneath = make_agency(parent=above)
    make_agency(parent=above, closed_on=date(2025, 12, 31))
    elsewhere = make_agency()
    person = make_user(VIEW, agency=above)

    form = form_of(person)

    assert set(form.fields["agency"].queryset) == {above, beneath}
    assert codes(sent(person, agency=elsewhere.pk)) == {"agency": ["invalid_choice"]}


def test_who_works_in_one_agency_need_not_choose_it(above):
    one = make_user(VIEW, agency=above)
    two = make_user(VIEW, agencies=[above, make_agency()])

    assert form_of(one)["agency"].value() == above.pk
    assert form_of(two)["agency"].value() is None
    assert sent(one).is_valid()


def test_each_form_has_its_own_mark_and_keeps_it(above):
    person = make_user(VIEW, agency=above)
    first, second = form_of(person), form_of(person)
    marks = [form["submission"].value() for form in (first, second)]

    assert marks[0] != marks[1]
    again = form_of(person, typed(first))
    assert again["submission"].value() == marks[0]


@pytest.mark.parametrize("name", ["submitted_on", "arrived_on"])
def test_nothing_came_in_on_a_day_that_has_not_come(above, name):
    person = make_user(VIEW, agency=above)
    tomorrow = TODAY + timedelta(days=1)

    assert codes(sent(person, **{name: tomorrow})) == {name: ["future"]}
    assert codes(sent(person, **{name: TODAY})) == {}


def test_what_the_door_refused_stands_in_the_form(above):
    person = make_user(VIEW, agency=above)
    refusal = ValidationError(
        {
            "subject": ValidationError("x", "a"),
            "reason": ValidationError("x", "b"),
            "number": ValidationError("x", "c"),
        }
    )

    form = sent(person, refusal)

    assert codes(form) == {"subject": ["a"], "reason": ["b"], NON_FIELD_ERRORS: ["c"]}
    assert form["applicant"].value() == "王小明"


def test_what_two_people_wrote_is_set_side_by_side():
    case = make_request(phone="13800001111")
    clerk = make_user(*CHIEF, agency=case.agency)
    typed_before = typed(form_of(clerk, instance=case), phone="13700003333")
    workflow.correct(
        case, by=clerk, on=TODAY, note="先改", phone="13900002222", channel="online",
        confirmed_on=case.received_on,
    )  # fmt: skip
    case.refresh_from_db()

    form = form_of(clerk, typed_before, Stale(), case)

    assert codes(form) == {NON_FIELD_ERRORS: ["stale"]}
    fields = form.fields
    assert conflicts(form) == [
        (fields["channel"].label, Channel.ONLINE.label, Channel.IN_PERSON.label),
        (fields["phone"].label, "13900002222", "13700003333"),
    ]
