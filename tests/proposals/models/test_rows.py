"""What can never be false of authors, feedback and commitments."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from proposals.models import (
    AssignmentEvent,
    Author,
    Commitment,
    Feedback,
    ProposalEvent,
)
from tests.factories import make_agency
from tests.items import REPLIED, make_closed, make_item, make_office, make_session

pytestmark = pytest.mark.django_db

EARLIER = date(2016, 3, 1)


@pytest.fixture
def case():
    session = make_session()
    unit = make_agency(parent=session.agency)
    return make_closed([(unit, "lead")], session, make_office(session))


def test_authors_stand_in_an_order(case):
    lead = case.authors.get()
    second = {"place": 2, "kind": "deputy", "name": "示例二"}
    Author.objects.create(case=case, **second)
    assert list(case.authors.values_list("place", flat=True)) == [1, 2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Author.objects.create(case=case, **second | {"place": lead.place})


@pytest.mark.parametrize(
    ("attitude", "result"), [("none", "satisfied"), ("satisfied", "none")]
)
def test_a_form_that_was_not_returned_says_nothing(case, attitude, result):
    row = case.feedback.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=row.pk).update(attitude=attitude, result=result)
    Feedback.objects.filter(pk=row.pk).update(attitude="none", result="none")


def test_an_author_answers_once_in_a_round(case):
    row = case.feedback.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.round = 2
    row.full_clean()
    row.save(force_insert=True)


def test_feedback_is_of_an_author_of_the_item(case):
    row = case.feedback.get()
    row.author = make_item(case.session, make_office(case.session)).authors.get()
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    (error,) = refused.value.error_dict["author"]
    assert error.code == "author"


@pytest.mark.parametrize(
    "fields",
    [
        {"settled_on": REPLIED},
        {"state": "kept"},
        {"settled_on": EARLIER, "state": "kept"},
        {"due_on": EARLIER},
    ],
)
def test_what_can_never_be_false_of_a_commitment(case, fields):
    facts = {"promised": "年内", "promised_on": REPLIED, "due_on": date(2016, 12, 31)}
    row = Commitment.objects.create(case=case, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(**fields)
    for name, value in fields.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError):
        row.full_clean()


@pytest.mark.parametrize("model", [ProposalEvent, AssignmentEvent])
def test_an_event_is_never_changed_or_deleted(case, model):
    event = model.objects.first()
    assert event
    for deed in (lambda: model.objects.update(note="x"), event.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_rows_read_as_what_they_are(case):
    contact = case.contacts.create(
        contacted_on=REPLIED, way="visit", who="张", said="听取"
    )
    assert str(case.authors.get()) == "示例1"
    assert str(contact).startswith("2016-04-05 ")
