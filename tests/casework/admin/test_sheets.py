"""Sheets come in in two steps and go out as a stream, for whoever may and sees them."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from casework import exports
from casework.admin import sheets as pages
from casework.models import Agency, Upload
from casework.sheets.reading import LIMITS
from disclosure.ledger_out import MASK
from disclosure.models import DisclosureRequest
from reports.models import Tally
from tests.casework.sheets.files import a_book, saved
from tests.clients import form_on, logged_in
from tests.factories import CHIEF, CLERK, VIEW, make_agency, make_request
from tests.ledgers import a_csv, line, replied, table

pytestmark = pytest.mark.django_db

IDENTITY = "11010519491231002X"
CASE, AGENCY, TALLY = (
    "disclosure_disclosurerequest", "casework_agency", "reports_tally",
)  # fmt: skip
ADMINS = {
    CASE: (line(), DisclosureRequest, "disclosure.{}_disclosurerequest"),
    AGENCY: (
        {"name": "宝鸡市教育局", "code": "JY", "kind": "department", "parent": "BJ"},
        Agency,
        "casework.{}_agency",
    ),
    TALLY: (
        {"year": 2025, "agency": "BJ", "code": "T2.1.2.made", "value": 3},
        Tally,
        "reports.{}_tally",
    ),
}


def page(name, of=CASE):
    return reverse(f"admin:{of}_{name}")


@pytest.fixture
def agency():
    return make_agency("宝鸡市人民政府", "BJ", kind="city_office")


@pytest.fixture
def client(agency):
    return logged_in(*CHIEF, agency=agency)


def send_in(client, *rows, of=CASE, name="ledger.csv", **data):
    content = rows[0] if isinstance(rows[0], bytes) else a_csv(table(rows)).getvalue()
    file = SimpleUploadedFile(name, content)
    return client.post(page("import", of), {"file": file, **data})


def previewed(client, *rows, **more):
    """The page that the upload leads to, and its address."""
    sent = send_in(client, *rows, **more)
    return client.get(sent["Location"]), sent["Location"]


def read_csv(answer, encoding="utf-8-sig") -> list[list[str]]:
    content = b"".join(answer) if answer.streaming else answer.content
    return list(csv.reader(StringIO(content.decode(encoding))))


def export(client, of=CASE, query="", **data):
    return client.post(f"{page('export', of)}{query}", {"format": "csv", **data})


# In


@pytest.mark.parametrize("of", ADMINS)
def test_a_sheet_is_previewed_and_then_imported(agency, of):
    row, model, permission = ADMINS[of]
    rights = [permission.format(deed) for deed in ("view", "add")]
    client = logged_in(*rights, agency=agency)
    before = model.objects.count()

    preview, address = previewed(client, row, of=of)
    assert preview.context["taken"].new == 1
    assert model.objects.count() == before

    done = client.post(address)
    assert (done.status_code, done["Location"]) == (302, page("changelist", of))
    assert model.objects.count() == before + 1
    upload = Upload.objects.get()
    assert (upload.new, upload.same, bytes(upload.sealed)) == (1, 0, b"")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_whole_way_with_a_bad_row(client, language):
    client.cookies["django_language"] = language
    rows = [line(number="1"), line(number="2", channel="飞鸽"), replied(number="3")]
    preview, address = previewed(client, *rows)
    assert [problem.row for problem in preview.context["problems"]] == [3]
    assert "飞鸽" in preview.content.decode()

    refused = client.post(address)
    assert (refused.status_code, DisclosureRequest.objects.count()) == (200, 0)

    marked = client.get(preview.context["marked"])
    assert marked["Content-Type"] == "text/csv; charset=utf-8"
    sheet = read_csv(marked)
    assert [row[-2] != "" for row in sheet] == [True, False, True, False]
    sheet[2][2] = "当面"

    repaired = SimpleUploadedFile("repaired.csv", a_csv(sheet, "gb18030").getvalue())
    sent = client.post(page("import"), {"file": repaired})
    done = client.post(sent["Location"], follow=True)

    assert done.redirect_chain == [(page("changelist"), 302)]
    assert DisclosureRequest.objects.count() == 3
    [message] = done.context["messages"]
    assert "repaired.csv" in str(message)
    entry = LogEntry.objects.get(action_flag=ADDITION)
    assert (entry.user, "repaired.csv" in entry.object_repr) == (client.user, True)


def test_a_workbook_with_a_merged_title_comes_in(client):
    rows = [["宝鸡市依申请公开台账"], *table([replied()])]
    book = saved(a_book(rows, "A1:K1")).getvalue()
    _preview, address = previewed(client, book, name="台账.xlsx")
    client.post(address)
    assert DisclosureRequest.objects.get().outcome == "disclosed"


def test_to_confirm_twice_imports_once(client):
    _preview, address = previewed(client, line())
    answers = [client.post(address) for _time in range(2)]
    assert [answer["Location"] for answer in answers] == [page("changelist")] * 2
    assert DisclosureRequest.objects.count() == 1
    assert LogEntry.objects.filter(action_flag=ADDITION).count() == 1
    assert client.get(address)["Location"] == page("changelist")


def test_to_import_the_same_file_again_changes_nothing(client):
    for new in (1, 0):
        preview, address = previewed(client, line())
        assert preview.context["taken"].new == new
        client.post(address)
    assert DisclosureRequest.objects.get().events.count() == 1


@pytest.mark.parametrize("place", ["colleague", "above", "elsewhere", "superuser"])
def test_nobody_reaches_what_another_has_sent_in(agency, client, place):
    preview, address = previewed(client, line(subject="金丝雀", channel="飞鸽"))
    above = make_agency()
    agency.parent = above
    agency.save()
    other = {
        "colleague": lambda: logged_in(*CHIEF, agency=agency),
        "above": lambda: logged_in(*CHIEF, agency=above),
        "elsewhere": lambda: logged_in(*CHIEF, agency=make_agency()),
        "superuser": lambda: logged_in(is_superuser=True),
    }[place]()
    answers = [
        other.get(address), other.post(address), other.get(preview.context["marked"]),
    ]  # fmt: skip
    absent = f"{page('process_import')}?upload=8b1f7a8e-0000-4000-8000-000000000000"
    assert [answer.status_code for answer in answers] == [404] * 3
    assert other.get(absent).status_code == 404
    assert not DisclosureRequest.objects.exists()


def test_what_was_sent_in_for_one_list_is_not_there_for_another(agency):
    client = logged_in(is_superuser=True)
    sent = send_in(client, line())["Location"]
    token = sent.partition("?")[2]
    for of in (AGENCY, TALLY):
        for name in ("process_import", "import_marked"):
            address = f"{page(name, of)}?{token}"
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404


@pytest.mark.parametrize("token", ["", "?upload=", "?upload=x", "?upload=1'--", "?a=1"])
def test_a_garbled_token_is_refused(client, token):
    for name in ("process_import", "import_marked"):
        assert client.get(page(name) + token).status_code == 403
        assert client.post(page(name) + token).status_code == 403


@pytest.mark.parametrize(("minutes", "taken"), [(29, True), (31, False)])
def test_what_was_sent_in_too_long_ago_is_sent_in_again(client, minutes, taken):
    preview, address = previewed(client, line(channel="ems"))
    sent_at = timezone.now() - timedelta(minutes=minutes)
    Upload.objects.update(sent_at=sent_at)

    answer = client.post(address)

    expected = page("changelist") if taken else page("import")
    assert answer["Location"] == expected
    assert DisclosureRequest.objects.exists() is taken
    again = client.get(preview.context["marked"])["Location"]
    assert again == expected


def test_a_file_that_is_too_large_is_refused(client):
    answer = send_in(client, b"1" * (LIMITS.size + 1))
    errors = form_on(answer).errors.as_data()
    assert answer.status_code == 413
    assert [error.code for error in errors["file"]] == ["too_large"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("content", [b"", None])
def test_there_is_a_file_and_something_in_it(client, content):
    file = {} if content is None else {"file": SimpleUploadedFile("a.csv", content)}
    answer = client.post(page("import"), {"encoding": "", **file})
    assert list(form_on(answer).errors) == ["file"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        "一,二\n1,2\n".encode(),
        b"PK\x03\x04 no zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
        b"<html><table><tr><td>1</td></tr></table></html>",
        "编号,\0\n".encode(),
    ],
)
def test_why_a_file_is_not_taken_is_told_on_the_page(client, content):
    answer, address = previewed(client, content)
    assert answer.status_code == 200
    [reason] = answer.context["refusal"]
    assert str(answer.context["upload"]) in answer.content.decode()
    assert client.post(address).status_code == 200
    assert len(reason) > 10


def test_an_encoding_may_be_told(client):
    content = a_csv(table([line(subject="批复")]), "gb18030").getvalue()
    good, _address = previewed(client, content, encoding="gb18030")
    wrong, _address = previewed(client, content, encoding="utf-8")
    assert good.context["taken"].sheet.encoding == "gb18030"
    assert "refusal" in wrong.context


def test_the_page_shows_so_many_problems_and_counts_them_all(client, monkeypatch):
    monkeypatch.setattr(pages, "SHOWN", 3)
    rows = [line(number=f"{n}", channel="飞鸽") for n in range(5)]
    preview, _address = previewed(client, *rows, line(number="合计"))
    assert len(preview.context["problems"]) == 3
    assert len(preview.context["taken"].problems) == 5
    assert [number for number, *_why in preview.context["skipped"]] == [7]


def test_what_the_preview_shows_is_written_as_text(client):
    row = line(subject="<script>alert(1)</script>", applicant="<b>", x="<i>")
    preview, _address = previewed(client, row)
    said = preview.content.decode()
    assert ("<script>alert" in said, "&lt;script&gt;" in said) == (False, True)


@pytest.mark.parametrize("of", ADMINS)
def test_whoever_may_not_add_imports_nothing_and_may_export(agency, of):
    client = logged_in(ADMINS[of][2].format("view"), agency=agency)
    for name in ("import", "process_import", "import_template", "import_marked"):
        assert client.get(page(name, of)).status_code == 403
        assert client.post(page(name, of)).status_code == 403
    assert client.get(page("export", of)).status_code == 200
    assert export(client, of).status_code == 200
    said = client.get(page("changelist", of)).content.decode()
    assert (page("import", of) in said, page("export", of) in said) == (False, True)


@pytest.mark.parametrize("of", ADMINS)
def test_whoever_may_not_view_exports_nothing(agency, of):
    client = logged_in(ADMINS[of][2].format("add"), agency=agency)
    assert client.get(page("export", of)).status_code == 403
    assert export(client, of).status_code == 403


@pytest.mark.parametrize("of", ADMINS)
def test_nobody_is_sent_to_the_log_in(of):
    names = ("import", "process_import", "import_template", "import_marked", "export")
    for name in names:
        for send in (Client().get, Client().post):
            assert send(page(name, of))["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("of", ADMINS)
def test_the_template_names_every_column(agency, of, language):
    client = logged_in(ADMINS[of][2].format("add"), agency=agency)
    client.cookies["django_language"] = language
    answer = client.get(page("import_template", of))
    assert answer["Content-Disposition"].startswith("attachment;")
    book = load_workbook(BytesIO(b"".join(answer)))
    headers = [cell.value for cell in book.worksheets[0][1]]
    columns = client.get(page("import", of)).context["columns"]
    with override(language):
        assert headers == [str(column.label) for column in columns]


@pytest.mark.parametrize("of", ADMINS)
def test_an_empty_template_that_is_filled_in_comes_in(agency, of):
    row, model, permission = ADMINS[of]
    client = logged_in(
        permission.format("add"), permission.format("view"), agency=agency
    )
    book = load_workbook(BytesIO(b"".join(client.get(page("import_template", of)))))
    columns = client.get(page("import", of)).context["columns"]
    for place, column in enumerate(columns, 1):
        book.worksheets[0].cell(2, place).value = row.get(column.code)
    preview, address = previewed(client, saved(book).getvalue(), of=of, name="a.xlsx")
    assert preview.context["taken"].problems == []
    client.post(address)
    assert model.objects.filter(pk__gt=0).exists()


# Out


def test_the_list_goes_out_as_a_stream_and_says_how_many_rows_it_had(agency, client):
    for number in "123":
        make_request(agency=agency, by=client.user, subject=f"第{number}件")
    make_request(subject="金丝雀")

    answer = export(client)

    assert answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].endswith('.csv"')
    headers, *rows, last = read_csv(answer)
    assert [row[6] for row in rows] == ["第1件", "第2件", "第3件"]
    assert len({len(row) for row in (headers, *rows, last)}) == 1
    assert ("3" in last[0], str(client.user) in last[0]) == (True, True)


def test_the_first_bytes_tell_excel_what_they_are(client):
    assert next(iter(export(client))).startswith(b"\xef\xbb\xbf")
    gb = export(client, format="csv-gb18030")
    assert "编号" in b"".join(gb).decode("gb18030")


def test_the_list_goes_out_as_it_is_narrowed(agency, client):
    make_request("registered", agency, by=client.user, subject="甲")
    make_request("handling", agency, by=client.user, subject="乙")
    query = "?status__exact=handling"
    _headers, *rows, _last = read_csv(export(client, query=query))
    assert [row[6] for row in rows] == ["乙"]
    assert client.get(page("export") + query).context["count"] == 1
    entry = LogEntry.objects.filter(action_flag=CHANGE).latest("pk")
    assert "status__exact=handling" in entry.object_repr


def test_a_search_goes_out_as_it_was_found(agency, client):
    for subject in ("棚户区改造", "道路规划"):
        make_request(agency=agency, by=client.user, subject=subject)
    _headers, *rows, _last = read_csv(export(client, query="?q=棚户区"))
    assert [row[6] for row in rows] == ["棚户区改造"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "|x", "%x"])
def test_no_text_is_calculated(agency, client, text):
    make_request(agency=agency, by=client.user, subject=f"{text}甲", applicant=text)
    _headers, row, _last = read_csv(export(client))
    assert (row[6], row[4]) == (f"'{text}甲", f"'{text}")

    answer = export(client, format="xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer))).active
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}
    assert sheet["G2"].value.startswith("'")


@pytest.mark.parametrize("of", [AGENCY, TALLY])
def test_no_text_of_other_lists_is_calculated(agency, of):
    Agency.objects.filter(pk=agency.pk).update(aliases="=1+1")
    Tally.objects.create(
        agency=agency, year=2025, code="T2.1.2.made", value=-3, note="=1+1"
    )
    client = logged_in(ADMINS[of][2].format("view"), agency=agency)
    _headers, row, _last = read_csv(export(client, of))
    assert "'=1+1" in row
    assert of == AGENCY or "-3" in row


@pytest.mark.parametrize(
    ("of", "kind"),
    [(CASE, "csv"), (CASE, "csv-gb18030"), (CASE, "xlsx"), (AGENCY, "csv"),
     (TALLY, "xlsx")],
)  # fmt: skip
def test_what_went_out_comes_in_without_a_change(agency, of, kind):
    row, _model, permission = ADMINS[of]
    rights = [permission.format(deed) for deed in ("add", "view", "change")]
    client = logged_in(*rights, agency=agency)
    _preview, address = previewed(client, row, of=of)
    client.post(address)

    content = b"".join(export(client, of, format=kind))
    name = "a.xlsx" if kind == "xlsx" else "a.csv"
    preview, _address = previewed(client, content, of=of, name=name)

    taken = preview.context["taken"]
    same = 2 if of == AGENCY else 1
    assert (taken.problems, taken.new, taken.same) == ([], 0, same)
    assert [why for _number, why, _text in taken.ledger.skipped] == ["total"]


def test_a_day_goes_into_a_workbook_as_a_day(agency, client):
    make_request(agency=agency, by=client.user)
    sheet = load_workbook(BytesIO(b"".join(export(client, format="xlsx")))).active
    assert sheet["H2"].is_date


def test_more_than_a_workbook_holds_goes_out_as_csv(agency, client, monkeypatch):
    monkeypatch.setattr(exports, "XLSX_ROWS", 1)
    make_request(agency=agency, by=client.user)
    assert export(client, format="xlsx").streaming
    make_request(agency=agency, by=client.user)

    answer = export(client, format="xlsx")

    errors = form_on(answer).errors.as_data()
    assert [error.code for error in errors["format"]] == ["too_many"]
    assert len(read_csv(export(client))) == 4


def test_an_identity_goes_out_in_full_only_with_a_reason(agency, client):
    case = make_request(agency=agency, by=client.user, identity=IDENTITY)

    def identity(**data):
        return read_csv(export(client, **data))[1][5]

    assert (identity(), identity(reason="无")) == (MASK, MASK)
    assert case.events.count() == 1
    assert list(form_on(export(client, full="on", reason=" ")).errors) == ["reason"]
    assert case.events.count() == 1

    assert identity(full="on", reason="市审计局审计") == IDENTITY
    event = case.events.last()
    assert (event.step, event.note, event.by) == ("reveal", "市审计局审计", client.user)
    entry = LogEntry.objects.filter(action_flag=CHANGE).latest("pk")
    assert "市审计局审计" in entry.object_repr


def test_without_the_permission_there_is_nothing_to_sign(agency):
    case = make_request(agency=agency, identity=IDENTITY)
    client = logged_in(*CLERK, agency=agency)
    assert list(form_on(client.get(page("export"))).fields) == ["format"]
    answer = export(client, full="on", reason="审计")
    assert read_csv(answer)[1][5] == MASK
    assert case.events.count() == 1


@pytest.mark.parametrize("place", ["own", "above", "elsewhere"])
def test_three_people_export(agency, place):
    above = make_agency()
    agency.parent = above
    agency.save()
    case = make_request(agency=agency)
    where = {"own": agency, "above": above, "elsewhere": make_agency()}[place]
    client = logged_in(VIEW, agency=where)
    expected = [] if place == "elsewhere" else [case.number]
    assert [row[0] for row in read_csv(export(client))[1:-1]] == expected
    assert client.get(page("export")).context["count"] == len(expected)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("of", ADMINS)
def test_the_pages_are_shown_in_both_languages(agency, of, language):
    rights = [ADMINS[of][2].format(deed) for deed in ("add", "view")]
    client = logged_in(*rights, agency=agency)
    client.cookies["django_language"] = language
    for name in ("import", "export", "changelist"):
        answer = client.get(page(name, of))
        assert (answer.status_code, answer["Content-Language"]) == (200, language)
