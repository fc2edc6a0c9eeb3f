"""What can never be false of an item, and who sees it."""

from datetime import date

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from proposals.models import Proposal
from proposals.workflow import items
from tests.factories import make_agency, make_user
from tests.items import (
    ASSIGNED,
    REPLIED,
    SUBMITTED,
    UNIT,
    make_assigned,
    make_closed,
    make_item,
    make_office,
    make_session,
    replied,
)

pytestmark = pytest.mark.django_db

EARLIER, LATER = date(2016, 2, 1), date(2016, 5, 3)

BROKEN = [
    ("assigned", {"closed_on": LATER}, "closed_means_decided"),
    ("assigned", {"outcome": "handled"}, "closed_means_decided"),
    ("assigned", {"status": "closed"}, "closed_means_decided"),
    ("closed", {"closed_on": None}, "closed_means_decided"),
    ("closed", {"outcome": ""}, "closed_means_decided"),
    ("closed", {"status": "assigned"}, "closed_means_decided"),
    ("filed", {"official_number": None}, "filed_means_numbered"),
    ("closed", {"outcome": "merged"}, "merged_means_into"),
    ("filed", {"filed_on": EARLIER}, "filed_on_before_submitted_on"),
    ("assigned", {"assigned_on": EARLIER}, "assigned_on_before_filed_on"),
    ("assigned", {"extended_on": SUBMITTED}, "extended_on_before_assigned_on"),
    ("replied", {"replied_on": SUBMITTED}, "replied_on_before_assigned_on"),
    ("replied", {"again_on": ASSIGNED}, "again_on_before_replied_on"),
    ("closed", {"closed_on": ASSIGNED}, "closed_on_before_replied_on"),
    ("published", {"published_on": ASSIGNED}, "published_on_before_replied_on"),
    ("published", {"published_text": ""}, "published_means_decided"),
    ("published", {"publication": "not"}, "published_means_decided"),
    ("published", {"publication": ""}, "published_means_decided"),
    (
        "assigned",
        {"published_on": LATER, "published_text": "全文", "publication": "full"},
        "published_means_decided",
    ),
]


@pytest.fixture
def unit(session):
    return make_agency(parent=session.agency)


def item_at(status, session, office, unit):
    if status in ("registered", "filed"):
        return make_item(session, office, status=status)
    if status == "closed":
        return make_closed([(unit, "lead")], session, office)
    case = make_assigned([(unit, "lead")], session, office)
    if status in ("replied", "published"):
        replied(case, office, REPLIED)
    if status == "published":
        items.take("publish", case, by=office, on=REPLIED, published_text="全文")
    return Proposal.objects.get(pk=case.pk)


@pytest.mark.parametrize(("status", "fields", "code"), BROKEN)
def test_what_can_never_be_false(status, fields, code, session, office, unit):
    case = item_at(status, session, office, unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=case.pk).update(**fields)
    for name, value in fields.items():
        setattr(case, name, value)
    with pytest.raises(ValidationError) as refused:
        case.validate_constraints()
    (error,) = refused.value.error_dict[NON_FIELD_ERRORS]
    assert error.code == code


def test_one_official_number_in_a_session(session, office):
    first, second = (make_item(session, office) for _item in range(2))
    Proposal.objects.filter(pk=first.pk).update(official_number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=second.pk).update(official_number=1)
    second.official_number = 1
    with pytest.raises(ValidationError) as refused:
        second.validate_constraints()
    (error,) = refused.value.error_dict[NON_FIELD_ERRORS]
    assert error.code == "official_number"


@pytest.mark.parametrize("few", [100, 0])
def test_who_sees_an_item(session, office, unit, few, monkeypatch):
    monkeypatch.setattr("proposals.models.items.FEW", few)
    lead = make_agency(parent=session.agency)
    pairs = [(unit, "co_handler"), (lead, "lead")]
    case = make_assigned(pairs, session, office)
    above = make_user(*UNIT, agency=make_agency())
    session.agency.parent = above.workplaces[0]
    session.agency.save()
    mine, elsewhere = (
        make_user(*UNIT, agency=unit),
        make_user(*UNIT, agency=make_agency()),
    )
    for person, sees in ((office, 1), (above, 1), (mine, 1), (elsewhere, 0)):
        person = type(person).objects.get(pk=person.pk)
        assert Proposal.objects.visible_to(person).count() == sees
    assert Proposal.objects.visible_to(make_user(is_superuser=True)).get() == case
    office.is_active = False
    assert not Proposal.objects.visible_to(office).exists()


def test_a_unit_that_has_given_it_back_still_sees_what_it_did(session, office, unit):
    case = make_assigned([(unit, "lead")], session, office)
    case.assignments.update(outcome="returned", status="closed", closed_on=REPLIED)
    clerk = make_user(*UNIT, agency=unit)
    assert list(Proposal.objects.visible_to(clerk)) == [case]
    assert not case.admits(clerk, "proposals.handle_proposal")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("congress", "suggestion no. 1 of session 6 of People's Congress 14"),
        ("cppcc", "proposal no. 1 of session 6 of CPPCC committee 14"),
    ],
)
def test_what_an_item_is_called(body, name):
    session = make_session(body=body)
    office = make_office(session)
    case = make_item(session, office)
    assert case.official_name == case.number
    case = items.take("file", case, by=office, on=SUBMITTED, official_number=1)
    with translation.override("en"):
        assert case.official_name == name


def test_a_key_item_has_a_leader():
    assert not make_item().key
    assert make_item(key_leader="李副市长").key
