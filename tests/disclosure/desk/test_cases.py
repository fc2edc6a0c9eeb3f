"""The desk's pages of requests: each step as in the admin, and what belongs to one."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from disclosure.workflow import workflow
from tests.clients import logged_in, send
from tests.disclosure.test_admin import IDENTITY, PDF, STEPS
from tests.factories import CHIEF, CLERK, VIEW, make_agency, make_request

pytestmark = pytest.mark.django_db


def page(case, rest=""):
    return f"/desk/requests/{case.number}/{rest}"


def in_admin(case, rest):
    return f"/admin/disclosure/disclosurerequest/{case.pk}/{rest}"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def client(agency):
    return logged_in(*CHIEF, agency=agency)


@pytest.fixture
def case(agency, today):
    return make_request(agency=agency, received=today, identity=IDENTITY)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_does_at_the_desk_what_it_does_in_the_admin(client, agency, today, name):
    status, days, before, facts = STEPS[name]
    received = today - timedelta(days=days)
    told = {"agency": agency, "received": received, "by": client.user}
    earlier = make_request(**told)
    left = []
    for address in (in_admin, page):
        case = make_request(status, **told)
        if before:
            on = {"by": client.user, "on": received}
            workflow.take(before[0], case, **on, **before[1])
        sent = dict(facts)
        if "repeats" in facts:
            sent["repeats"] = earlier.number
        if "file" in facts:
            sent["file"] = SimpleUploadedFile(facts["file"], PDF)
        response = send(client, address(case, f"step/{name}/"), **sent)
        case.refresh_from_db()
        event = case.events.last()
        changes = event.changes
        left.append(
            (
                response.status_code,
                response.get("Location") == address(case, "change/" * (not left)),
                (case.status, case.due_on, case.version),
                (event.step, event.on, event.by, event.note, changes),
            )
        )

    assert left[0] == left[1]
    assert left[1][3][0] == name


def test_the_applicant_is_masked_for_everyone(agency, today):
    case = make_request(
        agency=agency, received=today, identity=IDENTITY, applicant="欧阳小明",
        phone="13812345678", email="wang.xiaoming@example.cn",
        address="宝鸡市渭滨区经二路155号",
    )  # fmt: skip

    for permissions in ((VIEW,), CHIEF):
        html = logged_in(*permissions, agency=agency).get(page(case)).text
        for hidden in ("小明", "12345678", "xiaoming", "经二路", IDENTITY):
            assert hidden not in html
        for shown in ("欧阳*明", "138****5678", "w***@example.cn", "渭滨区***"):
            assert shown in html


def test_the_applicant_is_shown_for_a_reason_and_the_record_says_so(client, case):
    address = page(case, "step/reveal/")
    assert address in client.get(page(case)).text

    refused, shown = (send(client, address, note=note) for note in (" ", "核对身份"))

    assert (IDENTITY in refused.text, IDENTITY in shown.text) == (False, True)
    [event] = case.events.filter(step="reveal")
    assert (event.by, event.note) == (client.user, "核对身份")


def test_a_clerk_is_not_offered_to_see_the_applicant(case):
    clerk = logged_in(*CLERK, agency=case.agency)

    assert "step/reveal/" not in clerk.get(page(case)).text
    assert clerk.get(page(case, "step/reveal/")).status_code == 403


def test_the_slip_is_made_at_the_desk(client, case):
    address = page(case, "step/issue_code/")

    asked, made = client.get(address), client.post(address)

    assert "code" not in asked.context
    assert made.context["code"] in made.text
    assert f'href="{page(case)}"' in made.text
    assert case.events.filter(step="issue_code").count() == 1


def test_a_file_is_listed_and_fetched_through_the_view_that_checks(client, case, today):
    file = {"title": "申请书", "file": ContentFile(PDF, "a.pdf")}
    workflow.take("attach", case, by=client.user, on=today, **file)
    address = in_admin(case, f"attachment/{case.attachments.get().pk}/")

    assert f'href="{address}"' in client.get(page(case)).text
    file = client.get(address)
    assert b"".join(file.streaming_content) == PDF


# Related requests


def link(client, case, earlier):
    on = {"by": client.user, "on": timezone.localdate()}
    return workflow.take("link", case, **on, repeats=earlier)


def test_a_request_and_the_one_that_it_repeats_name_each_other(client, case, agency):
    later = link(client, make_request(agency=agency, received=case.received_on), case)

    assert client.get(page(later)).context["repeats"] == case
    assert list(client.get(page(case)).context["repeated_by"]) == [later]


def test_what_repeats_it_elsewhere_is_not_named(client, case, today):
    above = make_agency()
    case.agency.parent = above
    case.agency.save()
    office = logged_in(*CHIEF, agency=above)
    beside = make_request(agency=make_agency(parent=above), received=today)
    link(office, beside, case)
    link(office, case, beside)

    seen = {who: who.get(page(case)).context for who in (office, client)}

    assert list(seen[office]["repeated_by"]) == [beside]
    assert seen[office]["repeats"] == beside
    assert list(seen[client]["repeated_by"]) == []
    assert seen[client]["repeats"] is None
    assert beside.number not in "".join(
        part for part in client.get(page(case)).text.split("timeline")[:1]
    )


def test_other_requests_of_the_applicant_are_for_who_may_see_the_applicant(
    client, case, agency, today
):
    kept = {"received": today, "identity": IDENTITY}
    same = make_request(agency=agency, **kept)
    make_request(agency=make_agency(), **kept)
    make_request(agency=agency, received=today)
    clerk = logged_in(*CLERK, agency=agency)

    assert list(client.get(page(case)).context["same"]) == [same]
    assert list(clerk.get(page(case)).context["same"]) == []
    assert same.number not in clerk.get(page(case)).text
