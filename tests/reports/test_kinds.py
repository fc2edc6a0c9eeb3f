"""The kinds of case: who may see them, and that their pages are there."""

import pytest

from reports.kinds import ITEMS, KINDS, REQUESTS, TASKS
from tests.clients import logged_in
from tests.factories import VIEW, make_agency, make_request, make_user
from tests.items import OFFICE, make_assigned, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def cases(session):
    """One of each kind, in a unit of the office that assigns."""
    unit = make_agency(parent=session.agency)
    item = make_assigned([(unit, "lead")], session)
    return {
        REQUESTS: make_request(agency=unit),
        TASKS: item.assignments.get(),
        ITEMS: item,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_only_who_may_look_sees_a_kind(session, cases, kind):
    person = make_user(kind.view, agency=session.agency)

    assert [other for other in KINDS if other.visible_to(person)] == [kind]
    assert list(kind.visible_to(person)) == [cases[kind]]
    assert list(kind.visible_to(make_user(kind.view, agency=make_agency()))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_of_a_kind_are_there(session, cases, kind):
    client = logged_in(*OFFICE, VIEW, agency=session.agency)
    case = cases[kind]

    assert client.get(kind.page(case)).status_code == 200
    narrowed = {"light": "open", "status": case.status, "beneath": case.agency.code}
    assert client.get(kind.list(**narrowed)).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_outside_nothing_personal_is_told(cases, kind):
    case = cases[kind]

    told = kind.title(case)

    assert told == ("" if "subject" in case.PERSONAL else case.subject)
