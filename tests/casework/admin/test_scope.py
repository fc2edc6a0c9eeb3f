"""Three people and nobody at every address of the admin: who sees what, and acts on it.

The addresses come from the site itself, so that a page which nobody has thought about
here fails.
"""

import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLResolver, reverse

from casework.admin import ScopedAdmin
from casework.models import Agency, CalendarDay, User
from casework.references import reference
from disclosure.models import DisclosureRequest
from disclosure.workflow import workflow
from proposals.workflow import items, tasks
from reports.models import AnnualReport, Submission, Tally
from tests.clients import logged_in, read, typed
from tests.factories import CHIEF, RECEIVED, make_agency, make_request, make_user
from tests.items import ASSIGNED, make_assigned, make_office, make_session, replied
from tests.registers import (
    make_check,
    make_inspection,
    make_problem,
    make_score,
    make_task,
)

pytestmark = pytest.mark.django_db

CANARY = "金丝雀"
IDENTITY = "CANARY123"
LIST = "/admin/disclosure/disclosurerequest/"
ABSENT = 987654

CASE = "disclosure_disclosurerequest"
OF_A_CASE = {
    f"{CASE}_change": [()],
    f"{CASE}_history": [()],
    f"{CASE}_delete": [()],
    f"{CASE}_step": [(name,) for name in workflow.steps],
    f"{CASE}_correct": [
        (),
        ("consultations", "consultation"),
        ("fees", "fee"),
        ("remedies", "remedy"),
        ("attachments", "attachment"),
    ],
    f"{CASE}_attachment": [("attachment",)],
}
"""What stands in an address behind the key of the case; a word for a row of it."""
ITEM = "proposals_proposal"
OF_AN_ITEM = {
    f"{ITEM}_change": [()],
    f"{ITEM}_history": [()],
    f"{ITEM}_delete": [()],
    f"{ITEM}_step": [(name,) for name in items.steps],
    f"{ITEM}_correct": [
        (),
        ("authors", "author"),
        ("contacts", "talk"),
        ("feedback", "answer"),
        ("commitments", "commitment"),
    ],
}
TASK = "proposals_assignment"
OF_A_TASK = {
    f"{TASK}_change": [()],
    f"{TASK}_history": [()],
    f"{TASK}_delete": [()],
    f"{TASK}_step": [(name,) for name in tasks.steps],
    f"{TASK}_correct": [()],
}
REGISTERS = ("plantask", "selfinspection", "problem", "websitecheck", "assessment")
OF_OTHERS = {
    "casework_agency_change": "agency",
    "casework_agency_history": "agency",
    "casework_agency_delete": "agency",
    "casework_user_change": "user",
    "casework_user_history": "user",
    "casework_user_delete": "user",
    "casework_user_reset": "user",
    **{
        f"reports_{record}_{page}": record
        for record in ("annualreport", "submission")
        for page in ("change", "history", "delete")
    },
    "reports_tally_change": "tally",
    "reports_tally_history": "tally",
    "reports_tally_delete": "tally",
    "proposals_session_change": "session",
    "proposals_session_history": "session",
    "proposals_session_delete": "session",
    **{
        f"reports_{register}_{page}": register
        for register in REGISTERS
        for page in ("change", "history", "delete")
    },
}
SHEETS = (
    CASE, ITEM, "casework_agency", "reports_tally",
    *(f"reports_{register}" for register in REGISTERS),
)  # fmt: skip
LISTS = [
    "index",
    "casework_agency_changelist",
    "casework_agency_add",
    "casework_user_changelist",
    "casework_user_add",
    "casework_calendarday_changelist",
    "casework_calendarday_recalculate",
    f"{CASE}_changelist",
    f"{CASE}_add",
    f"{CASE}_find",
    "reports_annualreport_changelist",
    "reports_annualreport_add",
    "reports_submission_changelist",
    "reports_submission_add",
    "reports_tally_changelist",
    "reports_tally_add",
    "proposals_session_changelist",
    "proposals_session_add",
    f"{ITEM}_changelist",
    f"{ITEM}_add",
    f"{ITEM}_assign_many",
    f"{TASK}_changelist",
    f"{TASK}_add",
    *(
        f"reports_{register}_{page}"
        for register in REGISTERS
        for page in ("changelist", "add")
    ),
    *(
        f"{model}_{page}"
        for model in SHEETS
        for page in ("import", "process_import", "import_marked", "export")
    ),
]
OF_NOBODY = {
    # The same for everyone who may see them at all.
    "login", "logout", "password_change", "password_change_done", "jsi18n", "app_list",
    "auth_group_changelist", "auth_group_add", "auth_group_history",
    "auth_group_delete", "auth_group_change",
    "casework_calendarday_change", "casework_calendarday_notice",
    *(f"{model}_import_template" for model in SHEETS),
    # Redirects to the page of the key, and the end of the list of addresses.
    "auth/group/<path:object_id>/", "casework/agency/<path:object_id>/",
    "casework/user/<path:object_id>/", "disclosure/disclosurerequest/<path:object_id>/",
    "reports/tally/<path:object_id>/", "(?P<url>.*)$",
    "reports/annualreport/<path:object_id>/", "reports/submission/<path:object_id>/",
    *(f"reports/{register}/<path:object_id>/" for register in REGISTERS),
    *(f"proposals/{name}/<path:object_id>/" for name in ("session", "proposal",
                                                         "assignment")),
    # Below, by itself.
    "autocomplete",
}  # fmt: skip


def walk(patterns, before=""):
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, here)
        else:
            yield pattern.name or here


def test_each_address_of_the_admin_is_tried():
    tried = {
        *OF_A_CASE, *OF_AN_ITEM, *OF_A_TASK, *OF_OTHERS, *LISTS, *OF_NOBODY
    }  # fmt: skip

    assert set(walk(admin.site.get_urls())) == tried


def test_each_page_of_our_models_is_scoped():
    by_visibility = {
        model
        for model, page in admin.site._registry.items()
        if isinstance(page, ScopedAdmin)
    }
    otherwise = {
        CalendarDay,  # the same days for everyone
        Group,
    }
    assert by_visibility == admin.site._registry.keys() - otherwise


# What there is to see


def everything():
    """Every permission that there is."""
    found = Permission.objects.values_list("content_type__app_label", "codename")
    return [f"{app}.{codename}" for app, codename in found]


@pytest.fixture
def above():
    return make_agency()


@pytest.fixture
def own(above):
    return make_agency(f"{CANARY}局", parent=above)


@pytest.fixture
def things(own, settings):
    """A case and all that can belong to one, and its neighbours; all of them sing."""
    by = make_user(*CHIEF, agency=own, name=f"{CANARY}科员")
    case = make_request(
        agency=own, by=by, identity=IDENTITY, subject=f"{CANARY}批复",
        description=f"请公开{CANARY}批复。", applicant=CANARY, phone=f"{CANARY}1380000",
        address=f"{CANARY}路", email="canary@example.cn",
    )  # fmt: skip
    taken = {"by": by, "on": RECEIVED}
    workflow.take("consult", case, **taken, kind="agency", party=CANARY)
    workflow.take(
        "attach", case, **taken, title=CANARY,
        file=ContentFile(b"%PDF-1.7\n%%EOF\n", "x.pdf"),
    )  # fmt: skip
    workflow.take("notify_fee", case, **taken, kind="by_volume", quantity=31)
    workflow.take("file_remedy", case, **taken, kind="direct", body=CANARY)
    return (
        handled_item(own)
        | registered(own)
        | {
            "case": DisclosureRequest.objects.get(),
            "consultation": case.consultations.get(),
            "fee": case.fees.get(),
            "remedy": case.remedies.get(),
            "attachment": case.attachments.get(),
            "agency": own,
            "user": by,
            "annualreport": AnnualReport.objects.create(
                agency=own, year=2025, title=CANARY, correction=CANARY
            ),
            "submission": Submission.objects.create(
                agency=own, year=2025, remark=CANARY, submitted_by=CANARY
            ),
            "tally": Tally.objects.create(
                agency=own, year=2026, code="T2.1.1.made", value=3, note=CANARY
            ),
        }
    )


def registered(own):
    """A row of each register."""
    inspection = make_inspection(own, name=CANARY, note=CANARY)
    return {
        "plantask": make_task(own, heading=CANARY, title=CANARY, result=CANARY),
        "selfinspection": inspection,
        "problem": make_problem(inspection, found=CANARY, measure=CANARY),
        "websitecheck": make_check(own, note=CANARY),
        "assessment": make_score(own, assessor=CANARY, note=CANARY),
    }


def handled_item(own):
    """An item of this agency in the hands of a unit beneath it, and all that belongs
    to one."""
    session = make_session(own)
    taken = {"by": make_office(session), "on": ASSIGNED}
    unit = make_agency(f"{CANARY}科", parent=own)
    item = make_assigned(
        [(unit, "lead")], session, taken["by"], subject=f"{CANARY}建议", text=CANARY,
        category=CANARY, key_leader=CANARY,
    )  # fmt: skip
    items.take("contact", item, **taken, way="letter", who=CANARY, said=CANARY)
    replied(item, taken["by"], ASSIGNED)
    items.take("promise", item, **taken, promised=CANARY, due_on=ASSIGNED)
    items.take(
        "hear", item, **taken, author=item.authors.get(), attitude="satisfied",
        result="satisfied", words=CANARY,
    )  # fmt: skip
    return {
        "session": session,
        "item": item,
        "author": item.authors.get(),
        "talk": item.contacts.get(),
        "answer": item.feedback.get(),
        "commitment": item.commitments.get(),
        "task": item.assignments.get(),
    }


def addresses(things, absent=False):
    """Of each page about something, with the keys of these things or with none."""

    def key(name):
        return ABSENT if absent else things[name].pk

    kinds = {"case": OF_A_CASE, "item": OF_AN_ITEM, "task": OF_A_TASK}
    for kind, pages in kinds.items():
        for name, tails in pages.items():
            for tail in tails:
                rest = [key(part) if part in things else part for part in tail]
                yield reverse(f"admin:{name}", args=[key(kind), *rest])
    for name, thing in OF_OTHERS.items():
        yield reverse(f"admin:{name}", args=[key(thing)])


def plain(response):
    """The answer without what is new each time or stood in the address."""
    # To its end, which closes the file of a download.
    text = b"".join(response).decode(errors="replace") + str(dict(response.headers))
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"\d+", "0", text)


def kept():
    """All that may be changed by a page."""
    models = (
        *apps.get_app_config("casework").get_models(),
        *apps.get_app_config("proposals").get_models(),
        DisclosureRequest,
        *apps.get_app_config("reports").get_models(),
    )
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (*models, *(r.related_model for r in _rows()))
    }


def _rows():
    return DisclosureRequest._meta.related_objects


# The tests


def test_what_is_not_yours_is_answered_as_what_is_not_there(things):
    client = logged_in(*everything(), agency=make_agency())
    before = kept()

    for send in (client.get, client.post):
        pairs = zip(addresses(things), addresses(things, absent=True), strict=True)
        for foreign, absent in pairs:
            answers = send(foreign), send(absent)
            said = [(answer.status_code, plain(answer)) for answer in answers]
            assert said[0] == said[1], foreign
            assert CANARY not in said[0][1], foreign
            assert said[0][0] == 404, foreign

    assert kept() == before


def test_lists_show_nothing_of_others(things):
    client = logged_in(*everything(), agency=make_agency())
    case = things["case"]
    before = kept()

    for name in LISTS:
        address = reverse(f"admin:{name}")
        for query in ("", f"?q={CANARY}", f"?q={case.number}", "?all="):
            answer = client.get(address + query, follow=True)
            assert case.number not in plain_without(answer, query), address
            assert CANARY not in plain_without(answer, query), address
    found = client.post(f"{LIST}find/", {"identity_number": IDENTITY})
    assert list(found.context["found"]) == []

    assert kept() == before


def plain_without(answer, query):
    """The page without what the person has typed."""
    said = answer.content.decode()
    if query.startswith("?q="):
        said = re.sub(r'(value|href)="[^"]*"', "", said)
    return said


@pytest.mark.parametrize("place", ["own", "above"])
def test_whoever_works_there_or_above_reaches_it(things, place, above):
    agency = {"own": things["agency"], "above": above}[place]
    client = logged_in(*everything(), agency=agency)

    for address in addresses(things):
        if not address.endswith("/delete/"):
            answer = client.get(address)
            assert answer.status_code in (200, 302), address
            assert plain(answer)
    assert things["case"].number in client.get(LIST).content.decode()


def test_nobody_is_asked_to_log_in(things):
    client, before = Client(), kept()
    listed = [reverse(f"admin:{name}") for name in (*LISTS, "autocomplete")]

    for address in (*addresses(things), *addresses(things, absent=True), *listed):
        for send in (client.get, client.post):
            answer = send(address)
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/admin/login/?next="), address

    assert kept() == before


def test_who_has_no_right_is_told_so_whatever_is_there(things):
    client = logged_in(agency=things["agency"])
    pairs = zip(addresses(things), addresses(things, absent=True), strict=True)

    for here, absent in pairs:
        for send in (client.get, client.post):
            answers = send(here), send(absent)
            assert [answer.status_code for answer in answers] == [403, 403], here
            assert read(answers[0]) == read(answers[1])


def test_rights_that_were_taken_away_are_gone_at_once(things):
    client = logged_in(*CHIEF, agency=things["agency"])
    address = f"{LIST}{things['case'].pk}/change/"
    assert client.get(address).status_code == 200

    client.user.agencies.clear()
    assert client.get(address).status_code == 404
    client.user.user_permissions.clear()
    assert client.get(address).status_code == 403
    User.objects.filter(pk=client.user.pk).update(is_active=False)
    assert client.get(address).status_code == 302


def test_a_foreign_case_is_not_chosen_for_a_step_of_many(things):
    mine = make_request("registered")
    client = logged_in(*CHIEF, agency=mine.agency)
    before = kept()
    data = {
        "action": "bulk_confirm",
        "_selected_action": [mine.pk, things["case"].pk, ABSENT],
        "select_across": "1",
    }

    asked = client.post(LIST, data)

    assert asked.context["cases"] == [mine]
    assert CANARY not in asked.content.decode()
    assert kept() == before


def test_a_foreign_agency_is_not_given_a_case(things):
    mine = make_agency()
    client = logged_in(*CHIEF, agency=mine)
    form = client.get(f"{LIST}add/").context["adminform"].form
    data = {
        "submission": form["submission"].value(), "seen_version": 0,
        "channel": "in_person", "submitted_on": RECEIVED, "subject": "批复",
        "applicant_kind": "business", "applicant": "某公司", "description": "批复",
    }  # fmt: skip

    answers = [
        client.post(f"{LIST}add/", data | {"agency": key})
        for key in (things["agency"].pk, ABSENT, "x", "")
    ]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert all("agency" in a.context["adminform"].form.errors for a in answers)
    assert CANARY not in answers[0].content.decode()
    assert DisclosureRequest.objects.count() == 1
    assert client.post(f"{LIST}add/", data | {"agency": mine.pk}).status_code == 302


def test_a_foreign_case_is_not_named_for_a_step(things):
    mine = make_request()
    client = logged_in(*CHIEF, agency=mine.agency)
    address = f"{LIST}{mine.pk}/step/link/"
    form = client.get(address).context["form"]

    answers = [
        plain(client.post(address, typed(form, repeats=number)))
        for number in (things["case"].number, reference("BJ", 2026, 9999))
    ]

    assert CANARY not in answers[0]
    said = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
    assert said[0] == said[1]
    assert mine.events.count() == 1


def test_a_choice_tells_no_name_of_another_agency(things):
    client = logged_in(*everything(), agency=make_agency())

    for name in (
        f"{CASE}_add",
        "casework_agency_add",
        "casework_user_add",
        "proposals_session_add",
        f"{ITEM}_add",
        f"{ITEM}_assign_many",
    ):
        assert CANARY not in client.get(reverse(f"admin:{name}")).content.decode()


@pytest.mark.parametrize(
    "field",
    [
        ("disclosure", "disclosurerequest", "repeats"),
        ("disclosure", "disclosurerequest", "agency"),
        ("disclosure", "consultation", "case"),
        ("disclosure", "attachment", "case"),
        ("disclosure", "requestevent", "case"),
        ("disclosure", "requestevent", "by"),
        ("admin", "logentry", "user"),
        ("casework", "agency", "parent"),
        ("casework", "user", "agencies"),
        ("reports", "tally", "agency"),
        ("reports", "plantask", "unit"),
        ("reports", "problem", "inspection"),
        ("proposals", "session", "agency"),
        ("proposals", "proposal", "session"),
        ("proposals", "proposal", "merged_into"),
        ("proposals", "assignment", "case"),
        ("proposals", "author", "case"),
    ],
)
def test_what_completes_a_word_knows_nothing_of_others(things, field):
    client = logged_in(*everything(), agency=make_agency())
    root = make_user(is_superuser=True, name=f"{CANARY}超级")
    names = ("app_label", "model_name", "field_name")
    numbers = {str(things[name].pk) for name in ("case", "agency", "user")}
    numbers |= {str(root.pk)}

    for term in ("", CANARY, things["case"].number, root.username):
        query = dict(zip(names, field, strict=True)) | {"term": term}
        answer = client.get("/admin/autocomplete/", query)
        if answer.status_code == 200:
            found = answer.json()["results"]
            assert CANARY not in answer.content.decode()
            assert not numbers & {row["id"] for row in found if row["text"] == CANARY}
            assert [row for row in found if things["case"].number in row["text"]] == []
        else:
            assert answer.status_code in (403, 404)


def test_no_address_leads_to_any_object_of_any_model(things):
    client = logged_in(*everything(), agency=things["agency"])

    for key in (things["case"].pk, ABSENT):
        assert client.get(f"/admin/r/1/{key}/").status_code == 404


def test_the_key_of_a_case_that_cannot_be_one_is_not_there():
    client = logged_in(*CHIEF, agency=make_agency())

    for key in ("x", "0", "-1", "9" * 30, "1_2F", "%00", "1'--"):
        for page in ("change", "history", "delete"):
            assert client.get(f"{LIST}{key}/{page}/").status_code == 404, key


def test_a_file_is_for_three_people(things, above):
    address = reverse(
        f"admin:{CASE}_attachment", args=[things["case"].pk, things["attachment"].pk]
    )
    statuses = []
    for agency in (things["agency"], above, make_agency()):
        answer = logged_in(*CHIEF, agency=agency).get(address)
        statuses.append((answer.status_code, "%PDF-" in plain(answer)))

    assert statuses == [(200, True), (200, True), (404, False)]
    assert Client().get(address).status_code == 302


def test_a_case_of_an_agency_that_was_closed_is_still_seen(things):
    client = logged_in(*CHIEF, agency=things["agency"])
    Agency.objects.filter(pk=things["agency"].pk).update(closed_on=date(2026, 3, 31))

    assert client.get(f"{LIST}{things['case'].pk}/change/").status_code == 200
