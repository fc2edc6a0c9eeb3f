"""What the pages of a case do alike in the admin and at the desk."""

import pytest

from disclosure.models import Status
from disclosure.workflow import workflow
from proposals.models import TaskStatus
from proposals.workflow import items, tasks
from tests.clients import logged_in
from tests.factories import CHIEF, VIEW, make_agency, make_request, make_user
from tests.items import OFFICE, fresh, make_assigned, make_item, make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (Status.REGISTERED, "confirm"),
        (Status.HANDLING, "submit_draft"),
        (Status.CORRECTING, "correct"),
        (Status.PAYING, "pay"),
        (Status.REVIEW, "sign"),
        (Status.SIGNED, "serve"),
        (Status.CLOSED, None),
    ],
)
def test_one_step_leads_on_in_the_admin_and_at_the_desk(status, name):
    agency = make_agency()
    case = make_request(status, agency=agency)
    client = logged_in(*CHIEF, agency=agency)
    admin = f"/admin/disclosure/disclosurerequest/{case.pk}/change/"

    for address in (admin, f"/desk/requests/{case.number}/"):
        response = client.get(address)
        primary = response.context["primary"]
        assert (primary and primary.name) == name
    assert response.content.count(b'class="button"') == (1 if name else 0)


def test_what_ends_a_case_otherwise_does_not_lead_on():
    """Nobody is tempted to withdraw what only waits for a signature."""
    case = make_request("review")
    clerk = make_user(VIEW, "disclosure.handle_disclosurerequest", agency=case.agency)

    steps = workflow.possible(case, clerk)

    assert "withdraw" in [step.name for step in steps]
    assert workflow.leading(case, steps) is None


def test_what_has_been_assigned_is_not_assigned_first_of_all():
    session = make_session()
    office = make_user(*OFFICE, agency=session.agency)
    filed = make_item(session, office, status="filed")
    unit = make_agency(parent=session.agency)
    assigned = fresh(make_assigned([(unit, "lead")], session, office))
    [task] = assigned.assignments.all()

    leading = [
        kind.leading(case, kind.possible(case, office))
        for kind, case in ((items, filed), (items, assigned), (tasks, task))
    ]

    assert [step and step.name for step in leading] == ["assign", None, "sign_for"]
    assert task.status == TaskStatus.ASSIGNED


def test_the_page_in_the_admin_and_the_one_at_the_desk_lead_to_each_other():
    case = make_request()
    client = logged_in(*CHIEF, agency=case.agency)
    admin = f"/admin/disclosure/disclosurerequest/{case.pk}/change/"
    desk = f"/desk/requests/{case.number}/"

    assert f'href="{desk}"' in client.get(admin).text
    assert f'href="{admin}"' in client.get(desk).text
