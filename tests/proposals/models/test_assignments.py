"""What can never be false of an assignment."""

from datetime import date

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from proposals.models import Assignment
from proposals.workflow import tasks
from tests.factories import make_agency
from tests.items import (
    ASSIGNED,
    REPLIED,
    make_assigned,
    replied,
)

pytestmark = pytest.mark.django_db

EARLIER, LATER = date(2016, 3, 1), date(2016, 5, 3)

BROKEN = [
    ("assigned", {"closed_on": LATER}, "closed_means_decided"),
    ("assigned", {"outcome": "replied"}, "closed_means_decided"),
    ("assigned", {"status": "closed"}, "closed_means_decided"),
    ("closed", {"closed_on": None}, "closed_means_decided"),
    ("closed", {"outcome": ""}, "closed_means_decided"),
    ("assigned", {"signed_for_on": EARLIER}, "signed_for_on_before_assigned_on"),
    ("assigned", {"return_asked_on": EARLIER}, "return_asked_on_before_assigned_on"),
    ("assigned", {"drafted_on": EARLIER}, "drafted_on_before_assigned_on"),
    ("closed", {"signed_on": ASSIGNED}, "signed_on_before_drafted_on"),
    ("closed", {"return_asked_on": LATER}, "closed_on_before_return_asked_on"),
    ("closed", {"signed_on": LATER}, "closed_on_before_signed_on"),
    (
        "closed",
        {"signed_on": None, "closed_on": EARLIER, "signed_for_on": None},
        "closed_on_before_assigned_on",
    ),
]


@pytest.fixture
def case(session, office):
    unit = make_agency(parent=session.agency)
    return make_assigned([(unit, "lead")], session, office)


@pytest.mark.parametrize(("status", "fields", "code"), BROKEN)
def test_what_can_never_be_false(status, fields, code, case, office):
    task = case.assignments.get()
    if status == "closed":
        task = replied(case, office, REPLIED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=task.pk).update(**fields)
    for name, value in fields.items():
        setattr(task, name, value)
    with pytest.raises(ValidationError) as refused:
        task.validate_constraints()
    (error,) = refused.value.error_dict[NON_FIELD_ERRORS]
    assert error.code == code


def joining(case, agency, role, round=1):
    return Assignment(
        case=case, agency=agency, role=role, round=round, assigned_on=ASSIGNED
    )


def test_an_item_has_one_lead_in_each_round(case, office, session):
    other = make_agency(parent=session.agency)
    with pytest.raises(ValidationError) as refused:
        tasks.open(joining(case, other, "lead"), by=office, on=ASSIGNED)
    (error,) = refused.value.error_dict[NON_FIELD_ERRORS]
    assert error.code == "one_lead"
    task = tasks.open(joining(case, other, "co_handler"), by=office, on=ASSIGNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=task.pk).update(role="lead")
    again = tasks.open(joining(case, other, "lead", round=2), by=office, on=ASSIGNED)
    assert again.number == f"{case.number}-3"


@pytest.mark.parametrize("outcome", ["returned", "ended"])
def test_a_unit_has_an_item_once_unless_it_is_rid_of_it(case, office, outcome):
    task = case.assignments.get()
    with pytest.raises(ValidationError) as refused:
        tasks.open(joining(case, task.agency, "co_handler"), by=office, on=ASSIGNED)
    (error,) = refused.value.error_dict[NON_FIELD_ERRORS]
    assert error.code == "once_a_unit"
    rid = {"outcome": outcome, "status": "closed", "closed_on": REPLIED}
    Assignment.objects.filter(pk=task.pk).update(**rid)
    assert tasks.open(joining(case, task.agency, "lead"), by=office, on=ASSIGNED)


def test_only_the_government_that_assigns_adds_an_assignment(case, office, session):
    other = make_agency()
    with pytest.raises(ValidationError) as refused:
        tasks.open(joining(case, other, "co_handler"), by=office, on=ASSIGNED)
    assert list(refused.value.error_dict) == ["agency"]


def test_who_writes_to_the_author(case, office, session):
    other = make_agency(parent=session.agency)
    helper = tasks.open(joining(case, other, "co_handler"), by=office, on=ASSIGNED)
    assert list(Assignment.objects.replying()) == [
        *case.assignments.exclude(pk=helper.pk)
    ]
