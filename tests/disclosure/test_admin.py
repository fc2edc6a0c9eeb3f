"""What staff see and press of requests: the receipt, each step, identities, files."""

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from stdnum.cn import ric

from casework.masking import mask_identity
from disclosure import codes as query_codes
from disclosure.models import Attachment, DisclosureRequest, RequestEvent, Status
from disclosure.outcomes import RULINGS
from disclosure.workflow import HANDLE, REVEAL, workflow
from tests.clients import codes, form_on, logged_in, send, typed
from tests.factories import CHIEF, CLERK, VIEW, make_agency, make_request

pytestmark = pytest.mark.django_db

LIST = "/admin/disclosure/disclosurerequest/"
IDENTITY = "00000019900101123"
IDENTITY += ric.calc_check_digit(f"{IDENTITY}0")
NEW = {
    "applicant_kind": "natural_person",
    "applicant": "王小明",
    "subject": "棚户区改造项目的批复文件",
    "description": "请公开棚户区改造项目的批复文件。",
}
PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"


def page(case, rest="change/"):
    return f"{LIST}{case.pk}/{rest}"


def text(response):
    return response.content.decode()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def agency():
    return make_agency(phone="0917-3260000")


@pytest.fixture
def client(agency):
    return logged_in(*CHIEF, agency=agency)


@pytest.fixture
def case(agency, today):
    return make_request(agency=agency, received=today, identity=IDENTITY)


# Receipt


@pytest.mark.parametrize(
    ("channel", "receipt"),
    [
        ("in_person", "submitted_on"),
        ("registered_post", "arrived_on"),
        ("ems", "arrived_on"),
        ("ordinary_letter", None),
        ("other_unit", None),
        ("fax", None),
        ("email", None),
        ("online", None),
    ],
)
def test_receipt_is_by_channel_at_once_or_to_be_confirmed(
    client, today, channel, receipt
):
    days = {"submitted_on": today - timedelta(days=3), "arrived_on": today}

    send(client, f"{LIST}add/", **NEW, channel=channel, **days)

    case = DisclosureRequest.objects.get()
    assert (case.status, case.received_on) == (
        (Status.HANDLING, days[receipt]) if receipt else (Status.REGISTERED, None)
    )
    assert (case.due_on is None) is (receipt is None)


# Each step, by the form that its button opens


def earlier(client, case, name, on, **facts):
    return workflow.take(name, case, by=client.user, on=on, **facts)


THIRD_PARTY = {"kind": "third_party", "party": "某公司"}
SUIT = {"kind": "direct", "body": "铁路运输法院"}
STEPS = {
    # step: the case's status, the day of its receipt, what was done before, facts
    "confirm": ("registered", 0, None, {}),
    "correct": ("correcting", 0, None, {}),
    "pay": ("paying", 0, None, {}),
    "submit_draft": ("handling", 0, None, {"draft_outcome": "disclosed"}),
    "sign": ("review", 0, None, {"document_number": "〔2026〕1号"}),
    "serve": ("signed", 0, None, {"service": "posted"}),
    "return_draft": ("review", 0, None, {"note": "重写"}),
    "reply_on_the_spot": ("handling", 0, None, {"draft_outcome": "already_public"}),
    "ask_correction": (
        "handling", 0, None,
        {"correction_until": date(2100, 1, 4), "correction_points": "写明文号"},
    ),
    "lapse": ("correcting", 90, None, {}),
    "consult": ("handling", 0, None, THIRD_PARTY),
    "letter_delivered": ("handling", 0, ("consult", THIRD_PARTY), {}),
    "record_opinion": (
        "handling", 0, ("consult", THIRD_PARTY), {"opinion": "objects"},
    ),
    "extend": ("handling", 0, None, {"extension": 20, "note": "案情复杂"}),
    "notify_fee": ("handling", 0, None, {"kind": "by_volume", "quantity": 150}),
    "lapse_unpaid": ("paying", 90, None, {}),
    "link": ("handling", 0, None, {"repeats": "earlier"}),
    "attach": ("handling", 0, None, {"title": "申请书", "file": "答复.pdf"}),
    "withdraw": ("handling", 0, None, {}),
    "close": ("handling", 0, None, {"note": "申请人死亡"}),
    "file_remedy": ("closed", 0, None, SUIT),
    "decide_remedy": ("closed", 0, ("file_remedy", SUIT), {"result": "upheld"}),
    "reveal": ("handling", 0, None, {"note": "核对身份"}),
}  # fmt: skip


def test_each_step_is_tried_that_a_form_takes():
    elsewhere = {
        "issue_code",  # makes its own code: the slip, below
        "letter",  # is noted by what draws it up
        "charge_costs",  # of the version of 2007: below
    }
    assert STEPS.keys() == workflow.steps.keys() - elsewhere


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_by_its_form(client, agency, today, name):
    status, days, before, facts = STEPS[name]
    received = today - timedelta(days=days)
    case = make_request(status, agency=agency, received=received, by=client.user)
    if before:
        earlier(client, case, before[0], received, **before[1])
    if "repeats" in facts:
        facts = {"repeats": make_request(agency=agency, received=received).number}
    if "file" in facts:
        facts = facts | {"file": SimpleUploadedFile(facts["file"], PDF)}

    response = send(client, page(case, f"step/{name}/"), **facts)

    case.refresh_from_db()
    step, event = workflow.steps[name], case.events.last()
    assert response.status_code == (200 if name == "reveal" else 302)
    assert case.status == (step.target or status)
    assert (event.step, event.on, event.by) == (name, today, client.user)


def test_costs_are_collected_of_a_request_under_the_version_of_2007(client, agency):
    old = make_request("closed", agency=agency, received=date(2016, 3, 1))

    send(client, page(old, "step/charge_costs/"), quantity=12, amount="3.60")

    assert str(old.fees.get().amount) == "3.60"


# Identities


@pytest.mark.parametrize("number", [IDENTITY, f" {IDENTITY.lower()} "])
def test_an_identity_number_is_kept_sealed(client, today, number):
    data = NEW | {"channel": "in_person", "submitted_on": today}

    send(client, f"{LIST}add/", **data, identity_number=number)

    row = str(DisclosureRequest.objects.values().get())
    assert IDENTITY not in row
    assert DisclosureRequest.objects.same_identity(IDENTITY).exists()


def test_an_identity_number_with_a_slip_of_the_pen_is_refused(client, today):
    wrong = IDENTITY[:-1] + ("0" if IDENTITY[-1] != "0" else "1")
    data = NEW | {"channel": "in_person", "submitted_on": today}

    response = send(client, f"{LIST}add/", **data, identity_number=wrong)

    assert codes(response) == {"identity_number": ["identity"]}


def test_an_identity_number_left_empty_in_a_correction_is_kept(client, case):
    send(client, page(case), phone="13800001111", reason="补电话")

    case.refresh_from_db()
    assert case.identity_masked == mask_identity(IDENTITY)


def test_an_identity_number_is_corrected_and_the_record_tells_no_number(client, case):
    passport = "E12345678"

    send(client, page(case), identity_number=passport, reason="改为护照")

    case.refresh_from_db()
    assert case.identity_masked == mask_identity(passport)
    assert case.events.last().changes == {
        "identity_sealed": None,
        "identity_hash": None,
    }


def walk(client, case):
    """Everything that is shown of a case, but for the page that reveals."""
    steps = [f"step/{name}/" for name in workflow.steps]
    for rest in ("change/", "correct/", *steps):
        yield rest, client.get(page(case, rest))
    yield "list", client.get(LIST)
    yield "index", client.get("/admin/")
    yield "slip", client.post(page(case, "step/issue_code/"))
    data = typed(form_on(client.get(page(case))), reason="")
    yield "refused", client.post(page(case), data | {"subject": "改"})
    chosen = {"action": "bulk_withdraw", "_selected_action": case.pk}
    yield "bulk", client.post(LIST, chosen)


def test_an_identity_number_is_on_no_page(client, case):
    for name, response in walk(client, case):
        assert IDENTITY not in text(response), name
        assert IDENTITY not in str(response.headers), name
    found = client.get(f"{LIST}?q={IDENTITY}").context["cl"].result_list
    assert list(found) == []


def test_who_only_reads_sees_the_applicant_masked(agency, today):
    case = make_request(
        agency=agency, received=today, identity=IDENTITY, applicant="欧阳小明",
        phone="13812345678", email="wang.xiaoming@example.cn",
        address="宝鸡市渭滨区经二路155号",
    )  # fmt: skip
    auditor = logged_in(VIEW, agency=agency)

    html = text(auditor.get(page(case)))

    for hidden in ("小明", "12345678", "xiaoming", "经二路", IDENTITY):
        assert hidden not in html
    for shown in ("欧阳*明", "138****5678", "w***@example.cn", "渭滨区***"):
        assert shown in html


def test_the_name_of_an_organisation_is_not_personal(agency, today):
    case = make_request(
        agency=agency, received=today, applicant="宝鸡示例律师事务所",
        applicant_kind="legal_service",
    )  # fmt: skip

    assert "宝鸡示例律师事务所" in text(logged_in(VIEW, agency=agency).get(page(case)))


def reveal(client, case, **changes):
    return send(client, page(case, "step/reveal/"), **{"note": "核对身份"} | changes)


def test_an_identity_is_shown_for_a_reason_and_the_record_says_so(client, case):
    response = reveal(client, case)

    assert response.status_code == 200
    assert IDENTITY in text(response)
    event = case.events.last()
    assert (event.step, event.by, event.note) == ("reveal", client.user, "核对身份")
    assert event.changes == {}
    assert IDENTITY not in text(client.get(page(case)))


def test_an_identity_is_not_shown_without_a_reason(client, case):
    response = reveal(client, case, note=" ")

    assert codes(response) == {"note": ["required"]}
    assert IDENTITY not in text(response)
    assert not case.events.filter(step="reveal").exists()


def test_an_identity_is_not_shown_to_who_may_not_see_it(case):
    clerk = logged_in(*CLERK, agency=case.agency)
    data = {"note": "想看", "on": case.received_on, "version": case.version}

    response = clerk.post(page(case, "step/reveal/"), data)

    assert response.status_code == 403
    assert IDENTITY not in text(response)


def test_a_form_that_comes_again_shows_no_identity(client, case):
    address = page(case, "step/reveal/")
    data = typed(form_on(client.get(address)), note="核对身份")

    first, second = client.post(address, data), client.post(address, data)

    assert IDENTITY in text(first)
    assert (second.status_code, IDENTITY in text(second)) == (409, False)
    assert case.events.filter(step="reveal").count() == 1


def test_no_identity_is_shown_without_an_event_of_its_own(client, case, agency, today):
    """Not by a form that has been sent for something else, or for another request."""
    other = make_request(agency=agency, received=today, identity=IDENTITY)
    used = uuid4()
    earlier(client, other, "consult", today, submission=used, **THIRD_PARTY)
    address = page(case, "step/reveal/")
    data = typed(form_on(client.get(address)), note="核对身份", submission=used)

    assert IDENTITY in text(client.post(address, data))
    assert case.events.filter(step="reveal").count() == 1


def test_a_submission_of_another_request_changes_nothing(client, case, agency, today):
    other = make_request(agency=agency, received=today)
    used = uuid4()
    earlier(client, other, "consult", today, submission=used, **THIRD_PARTY)

    response = send(client, page(case, "step/withdraw/"), submission=used)

    assert response["Location"] == page(other)
    case.refresh_from_db()
    assert case.status == Status.HANDLING


# Finding by an identity number


def test_requests_are_found_by_the_whole_identity_number(client, case, agency, today):
    make_request(agency=agency, received=today)
    elsewhere = make_request(received=today, identity=IDENTITY)

    response = client.post(f"{LIST}find/", {"identity_number": IDENTITY})

    assert list(response.context["found"]) == [case]
    assert elsewhere.number not in text(response)
    for part in (IDENTITY[:-1], IDENTITY[:6], "%", "_" * 18):
        response = client.post(f"{LIST}find/", {"identity_number": part})
        assert list(response.context["found"]) == []


def test_a_search_is_logged_without_the_number(client, case):
    client.post(f"{LIST}find/", {"identity_number": IDENTITY})

    (entry,) = LogEntry.objects.values_list("object_repr", "change_message")
    assert entry == ("按证件号码查找: 1", "")


def test_an_identity_number_in_an_address_finds_nothing(client, case):
    response = client.get(f"{LIST}find/?identity_number={IDENTITY}")

    assert response.context["found"] is None
    assert case.number not in text(response)
    assert IDENTITY not in text(response)


@pytest.mark.parametrize("permissions", [CLERK, (REVEAL,), (VIEW, HANDLE)])
def test_finding_needs_the_right_to_see_identities_and_requests(case, permissions):
    client = logged_in(*permissions, agency=case.agency)

    for response in (
        client.get(f"{LIST}find/"),
        client.post(f"{LIST}find/", {"identity_number": IDENTITY}),
    ):
        assert response.status_code == 403


def test_other_requests_of_the_applicant_are_named_within_sight(
    client, case, agency, today
):
    same = make_request(agency=agency, received=today, identity=IDENTITY)
    make_request(agency=agency, received=today)
    make_request(received=today, identity=IDENTITY)
    without = make_request(agency=agency, received=today)

    assert list(client.get(page(case)).context["related"]) == [same]
    assert list(client.get(page(without)).context["related"]) == []


# The slip and its code


def test_the_slip_makes_a_code_and_shows_it_once(client, case):
    asked = client.get(page(case, "step/issue_code/"))
    assert case.events.count() == 1
    assert "code" not in asked.context

    slip = client.post(page(case, "step/issue_code/"))

    code = slip.context["code"]
    assert code in text(slip)
    assert query_codes.find(case.number, code).pk == case.pk
    assert case.events.last().changes == {"code_hash": None}
    assert code not in text(client.get(page(case)))
    assert "no-store" in slip["Cache-Control"]


def test_a_slip_that_is_printed_again_has_a_new_code(client, case):
    first, second = (
        client.post(page(case, "step/issue_code/")).context["code"] for _ in range(2)
    )

    assert query_codes.find(case.number, first) is None
    assert query_codes.find(case.number, second).pk == case.pk


def test_nobody_chooses_a_code(client, case):
    chosen = "0" * 64

    client.post(
        page(case, "step/issue_code/"),
        {"code_hash": chosen, "version": case.version, "on": case.received_on},
    )
    client.post(page(case, "correct/"), {"code_hash": chosen, "reason": "改"})

    case.refresh_from_db()
    assert case.code_hash not in ("", chosen)


def test_a_slip_needs_the_permission_to_handle(case):
    reader = logged_in(VIEW, agency=case.agency)

    assert reader.get(page(case, "step/issue_code/")).status_code == 403
    assert reader.post(page(case, "step/issue_code/")).status_code == 403
    assert case.events.count() == 1


# Attachments


def archive(*members):
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for member in members:
            file.writestr(member, "内容")
    return content.getvalue()


def attach(client, case, name="答复.pdf", content=PDF, title="答复书"):
    file = SimpleUploadedFile(name, content)
    return send(client, page(case, "step/attach/"), title=title, file=file)


def download(client, kept):
    response = client.get(page(kept.case, f"attachment/{kept.pk}/"))
    return response, b"".join(response)


def test_a_file_is_kept_under_a_random_name_and_served_by_its_title(client, case):
    attach(client, case, title="答复书")

    kept = case.attachments.get()
    assert re.fullmatch(r"attachments/[0-9a-f]{32}\.pdf", kept.file.name)
    response, content = download(client, kept)
    assert content == PDF
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_file_has_no_address_of_its_own(client, case):
    attach(client, case)

    name = case.attachments.get().file.name
    for address in (f"/{name}", f"/media/{name}", f"/static/{name}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("答复.pdf", b"<html><script>alert(1)</script></html>", "wrong_type"),
        ("答复.html", PDF, "wrong_type"),
        ("答复.pdf.exe", PDF, "wrong_type"),
        ("答复", PDF, "wrong_type"),
        (
            "宏.docx",
            archive("word/document.xml", "word/vbaProject.bin"),
            "wrong_type",
        ),
        ("图.svg", b"<svg onload='alert(1)'/>", "wrong_type"),
        ("空.pdf", b"", "empty"),
        ("长" * 296 + ".pdf", PDF, "max_length"),
    ],
)
def test_a_hostile_file_is_refused_beside_its_field(client, case, name, content, code):
    response = attach(client, case, name, content)

    assert codes(response) == {"file": [code]}
    assert form_on(response)["title"].value() == "答复书"
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "con.PDF"]
)
def test_the_name_of_a_file_leads_nowhere(client, case, settings, name):
    attach(client, case, name)

    stored = Path(case.attachments.get().file.path).resolve()
    assert stored.parent == Path(settings.MEDIA_ROOT, "attachments").resolve()


@pytest.mark.parametrize(
    "title", ["../../答复", "a\r\nSet-Cookie: x=1", 'a"; filename="x.exe', "\u202efdp"]
)
def test_a_title_is_a_name_and_nothing_else(client, case, title):
    attach(client, case, title=title)

    response, content = download(client, case.attachments.get())
    assert content == PDF
    assert "Set-Cookie" not in response
    disposition = response["Content-Disposition"]
    assert disposition.rstrip('"').endswith(".pdf")
    assert "/" not in disposition
    assert "%E2%80%AE" not in disposition


def test_a_file_of_another_request_is_not_there(client, case, agency, today):
    attach(client, case)
    other = make_request(agency=agency, received=today)

    address = page(other, f"attachment/{case.attachments.get().pk}/")
    assert client.get(address).status_code == 404


# What the page says


@pytest.mark.parametrize("status", Status)
def test_the_page_of_a_request_in_each_status(client, agency, today, status):
    case = make_request(status, agency=agency, received=today, identity=IDENTITY)

    context = client.get(page(case)).context

    assert context["reasons"]
    assert bool(context["counted"]) is (case.due_on is not None)
    assert context["identity"] == mask_identity(IDENTITY)


def test_the_other_days_that_count_are_named(client, agency, today):
    days = {
        status: [day for _what, day in client.get(page(case)).context["dates"]]
        for status in ("registered", "handling", "correcting", "paying", "review")
        for case in [make_request(status, agency=agency, received=today)]
    }

    assert [len(found) for found in days.values()] == [0, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("received", "version"),
    [(date(2016, 3, 1), "basis_2007"), (date(2026, 3, 2), "basis_2019")],
)
def test_the_outcome_is_cited_by_the_version_that_held(
    client, agency, received, version
):
    case = make_request("closed", agency=agency, received=received)

    basis = getattr(RULINGS[case.outcome], version)
    assert client.get(page(case)).context["basis"] == basis


def test_each_event_is_in_the_history(client, case):
    attach(client, case)
    client.post(page(case, "step/issue_code/"))
    reveal(client, case)

    history = client.get(page(case)).context["history"]

    assert [entry["event"].step for entry in history] == [
        "reveal",
        "issue_code",
        "attach",
        "register",
    ]
    assert RequestEvent.objects.count() == 4


def test_a_step_that_is_refused_by_the_law_is_told(client, case):
    response = send(client, page(case, "step/extend/"), extension=21, note="案情复杂")

    assert codes(response) == {NON_FIELD_ERRORS: ["extension_cap"]}
