"""Who draws letters up, what the file is called, and that it is recorded."""

from datetime import date
from io import BytesIO
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from disclosure.letters.rendering import CONTENT_TYPE
from disclosure.workflow import HANDLE, workflow
from tests.clients import logged_in, read, send
from tests.factories import CHIEF, CLERK, RECEIVED, VIEW, make_agency, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    above = make_agency(kind="city_office")
    return make_request(agency=make_agency(parent=above, phone="0917-0000001"))


def address(case, kind="receipt"):
    return f"/desk/requests/{case.number}/letters/{kind}.docx"


def drawn(case):
    return list(case.events.filter(step="letter").values_list("by", "note"))


def test_the_letter_is_a_file_that_nobody_keeps(case):
    client = logged_in(VIEW, HANDLE, agency=case.agency)
    response = client.get(address(case))
    said = Document(BytesIO(response.content)).paragraphs

    assert response.status_code == 200
    assert response["Content-Type"] == CONTENT_TYPE
    assert response["Cache-Control"] == "no-store, private"
    name = quote(f"政府信息公开申请登记回执 {case.number}.docx")
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert "王小明：" in [paragraph.text for paragraph in said]


def test_that_it_was_drawn_up_is_recorded_and_changes_nothing(case):
    client = logged_in(VIEW, HANDLE, agency=case.agency)
    client.get(address(case))
    client.get(address(case))

    version, status = case.version, case.status
    case.refresh_from_db()
    event = case.events.last()
    assert drawn(case) == [(client.user.pk, "receipt_v1")] * 2
    assert (event.on, event.changes) == (timezone.localdate(), {})
    assert (case.version, case.status) == (version, status)


def test_the_history_says_so_in_words(case):
    client = logged_in(*CLERK, agency=case.agency)
    client.get(address(case))
    page = client.get(f"/admin/disclosure/disclosurerequest/{case.pk}/change/")

    (newest, *_older) = page.context["history"]
    assert newest["label"] == workflow.label("letter")
    assert newest["event"].note == "receipt_v1"


@pytest.mark.parametrize("kind", ["receipt", "reply"])
def test_the_agency_and_the_one_above_draw_it_up_and_nobody_elsewhere(case, kind):
    of_it = logged_in(VIEW, HANDLE, agency=case.agency)
    above = logged_in(VIEW, HANDLE, agency=case.agency.parent)
    elsewhere = logged_in(VIEW, HANDLE, agency=make_agency())
    expected = 200 if kind == "receipt" else 409

    answers = [
        c.get(address(case, kind)).status_code for c in (of_it, above, elsewhere)
    ]
    assert answers == [expected, expected, 404]
    assert [by for by, _note in drawn(case)] == (
        [of_it.user.pk, above.user.pk] if kind == "receipt" else []
    )


def test_elsewhere_it_is_as_if_there_were_no_such_request(case):
    client = logged_in(VIEW, HANDLE, agency=make_agency())
    theirs = client.get(address(case))
    none = client.get("/desk/requests/BJ-2026-9999-01/letters/receipt.docx")

    assert theirs.status_code == none.status_code == 404
    assert read(theirs) == read(none)


def test_who_only_reads_requests_draws_nothing_up(case):
    reader = logged_in(VIEW, agency=case.agency)
    response = Client().get(address(case))

    assert reader.get(address(case)).status_code == 403
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/?next=")
    assert drawn(case) == []


def test_a_letter_is_read_and_nothing_else(case):
    client = logged_in(VIEW, HANDLE, agency=case.agency)

    assert client.head(address(case)).status_code == 405
    assert client.post(address(case)).status_code == 405
    assert drawn(case) == []


@pytest.mark.parametrize("kind", ["nothing", "receipt/1", "consultation/999999"])
def test_what_is_no_letter_of_the_request_is_not_found(case, kind):
    client = logged_in(VIEW, HANDLE, agency=case.agency)

    assert client.get(address(case, kind)).status_code == 404


def test_a_letter_of_a_consultation_is_of_that_consultation(case):
    other = make_request(agency=case.agency)
    client = logged_in(*CHIEF, agency=case.agency)
    told = {"kind": "third_party", "party": "某公司"}
    for one in (case, other):
        workflow.take("consult", one, by=client.user, on=RECEIVED, **told)
    row = case.consultations.get().pk

    assert client.get(address(case, f"consultation/{row}")).status_code == 200
    assert client.get(address(other, f"consultation/{row}")).status_code == 404
    assert client.get(address(case, "consultation")).status_code == 404


def test_a_letter_that_lacks_something_says_what(case):
    client = logged_in(VIEW, HANDLE, agency=case.agency)
    response = client.get(address(case, "correction"))

    missing = response.context["letter"].missing
    assert response.status_code == 409
    assert len(missing) == 3
    for fact in missing:
        assert str(fact.label) in response.content.decode()


def test_what_a_draft_left_out_is_added_later(case):
    client = logged_in(*CHIEF, agency=case.agency)
    signed = make_request("signed", agency=case.agency)
    before = client.get(address(signed, "reply")).status_code

    page = f"/admin/disclosure/disclosurerequest/{signed.pk}/correct/"
    send(client, page, grounds="见附件。", reason="补记")

    assert (before, client.get(address(signed, "reply")).status_code) == (409, 200)


def test_the_page_of_the_request_lists_the_letters_for_who_handles_it(case):
    page = f"/admin/disclosure/disclosurerequest/{case.pk}/change/"
    handling = logged_in(*CLERK, agency=case.agency).get(page)
    reading = logged_in(VIEW, agency=case.agency).get(page)

    listed = [letter.kind for letter in handling.context["letters"]]
    assert listed == [
        "receipt", "correction", "extension", "consultation", "fee", "reply",
    ]  # fmt: skip
    assert f'href="{address(case)}"' in handling.content.decode()
    assert f'href="{address(case, "reply")}"' not in handling.content.decode()
    assert reading.context["letters"] == ()
    assert "/letters/" not in reading.content.decode()


def test_a_list_of_many_letters_asks_no_more_often(case, django_assert_max_num_queries):
    client = logged_in(*CHIEF, agency=case.agency)
    page = f"/admin/disclosure/disclosurerequest/{case.pk}/change/"

    def consult(times):
        for number in range(times):
            case.consultations.create(
                kind="third_party", party=f"公司{number}", sent_on=date(2026, 3, 3)
            )

    consult(1)
    client.get(page)
    with django_assert_max_num_queries(100) as one:
        client.get(page)
    consult(29)
    with django_assert_max_num_queries(100) as thirty:
        client.get(page)
    assert len(thirty) == len(one)
