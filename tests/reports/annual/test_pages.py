"""The desk's pages of annual reports: who may, what they show, what they do."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from docx import Document

from reports.annual.duties import CHANGE_TEXTS
from reports.annual.pages import VIEW
from reports.annual.publishing import PUBLISH, publish
from reports.models import AnnualReport
from tests.clients import logged_in, read, typed
from tests.factories import CHIEF, make_agency, make_request, make_user
from tests.factories import VIEW as VIEW_CASES

pytestmark = pytest.mark.django_db

ALL = (VIEW, CHANGE_TEXTS, PUBLISH, VIEW_CASES)
TEXTS = {"1": "本年新收申请{T3.1}件。", "5": "无。", "6": "无。"}
BLANK = {"plausible.blank": "未作统计。"}
ANNUALS = reverse("reports:annuals")
GET = ("annual", "annual_texts")
POST = ("annual_reasons", "annual_publish", "annual_revise", "annual_discard")


def page(name="annual", year=2025, code="JY"):
    return reverse(f"reports:{name}", args=[year, code])


@pytest.fixture
def office():
    return make_agency("宝鸡市人民政府办公室", "BJ", "city_office")


@pytest.fixture
def bureau(office):
    return make_agency("宝鸡市教育局", "JY", parent=office)


@pytest.fixture
def case(bureau):
    return make_request("handling", bureau, date(2025, 12, 25))


@pytest.fixture
def draft(bureau, case):
    return AnnualReport.objects.create(agency=bureau, year=2025, texts=TEXTS)


@pytest.fixture
def client(bureau):
    return logged_in(*ALL, agency=bureau)


@pytest.fixture
def published(draft, bureau):
    draft.reasons = BLANK
    draft.save()
    return publish(draft, make_user(PUBLISH, agency=bureau), date(2026, 1, 20))


# Who


@pytest.fixture(params=["own", "above", "elsewhere"])
def place(request, office, bureau):
    """Where a person works, of three: at the body, above it, or elsewhere."""
    elsewhere = make_agency("宝鸡市气象局", "QT", parent=office)
    return {"own": bureau, "above": office, "elsewhere": elsewhere}[request.param]


def status(place):
    return 404 if place.code == "QT" else 200


@pytest.mark.parametrize("name", ["annual", "annual_texts"])
def test_three_people_at_a_draft(draft, name, place):
    client = logged_in(*ALL, agency=place)
    answer = client.get(page(name))
    assert answer.status_code == status(place)
    if answer.status_code == 404:
        assert read(answer) == read(client.get(page(name, code="NO")))


def test_three_people_at_what_was_published(published, place):
    answer = logged_in(*ALL, agency=place).get(page())
    assert answer.status_code == status(place)


def test_three_people_at_the_list(draft, place):
    answer = logged_in(*ALL, agency=place).get(ANNUALS, {"year": 2025})
    assert len(answer.context["reports"]) == (status(place) == 200)


@pytest.mark.parametrize("name", POST)
def test_what_lies_elsewhere_is_not_there_to_be_changed(office, draft, name):
    client = logged_in(*ALL, agency=make_agency(parent=office))
    assert client.post(page(name), {"changes": 0}).status_code == 404
    assert AnnualReport.objects.get().published_on is None


@pytest.mark.parametrize("name", GET)
def test_nobody_is_shown_to_the_log_in(client, draft, name):
    client.logout()
    assert client.get(page(name)).url.startswith(reverse("admin:login"))


@pytest.mark.parametrize(
    ("name", "permissions", "status"),
    [
        ("annual", (), 403), ("annual", (VIEW,), 200),
        ("annual_texts", (VIEW,), 403), ("annual_texts", (VIEW, CHANGE_TEXTS), 200),
    ],
)  # fmt: skip
def test_each_page_wants_its_permission(bureau, draft, name, permissions, status):
    client = logged_in(*permissions, agency=bureau)
    assert client.get(page(name)).status_code == status


@pytest.mark.parametrize("name", POST)
def test_each_deed_wants_its_permission_and_a_form(bureau, draft, name):
    client = logged_in(VIEW, VIEW_CASES, agency=bureau)
    assert client.post(page(name)).status_code == 403
    client = logged_in(*ALL, agency=bureau)
    assert client.get(page(name)).url == page()
    assert AnnualReport.objects.get().published_on is None


def test_the_list_is_of_a_year(client, draft, bureau):
    older = AnnualReport.objects.create(agency=bureau, year=2020)
    assert list(client.get(ANNUALS, {"year": 2025}).context["reports"]) == [draft]
    assert list(client.get(ANNUALS, {"year": 2020}).context["reports"]) == [older]


def test_the_list_begins_with_last_year_and_with_ones_own_body(client, bureau):
    context = client.get(ANNUALS).context
    last_year = timezone.localdate().year - 1
    assert context["year"].shown == last_year
    assert context["form"].initial == {"year": last_year, "agency": bureau}


# Begun


def test_a_report_is_begun_once(client, bureau):
    wanted = {"year": 2024, "agency": "JY", "alone": "on"}
    for _time in range(2):
        assert client.post(ANNUALS, wanted).url == page(year=2024)
    report = AnnualReport.objects.get()
    assert (report.agency, report.alone, report.version) == (bureau, True, 1)
    assert report.writer == str(client.user)


def test_who_may_only_look_begins_none(bureau):
    client = logged_in(VIEW, agency=bureau)
    answer = client.post(ANNUALS, {"year": 2024, "agency": "JY"})
    assert (answer.context["form"], AnnualReport.objects.count()) == (None, 0)


# Read


def test_a_draft_shows_what_is_found_with_the_way_to_it(client, draft, case):
    answer = client.get(page())
    text = answer.content.decode()
    codes = {one.code for one, _mark, _reason in answer.context["findings"]}
    assert "plausible.blank" in codes
    assert reverse("reports:behind") in text
    assert "本年新收申请" in text


def test_a_published_version_shows_what_was_published(client, published, bureau):
    make_request("handling", bureau, date(2025, 12, 26))
    answer = client.get(page())
    assert answer.context["intact"] is True
    text = answer.content.decode()
    assert published.digest in text
    assert "本年新收申请1件" in text
    assert reverse("reports:behind") not in text


@pytest.mark.parametrize("version", ["3", "x", "0"])
def test_a_version_that_is_not_there_is_not_found(client, draft, version):
    assert client.get(page(), {"version": version}).status_code == 404


def test_who_may_not_see_cases_is_not_led_to_them(bureau, draft):
    late = make_request("handling", bureau, date(2025, 3, 4))
    text = logged_in(VIEW, agency=bureau).get(page()).content.decode()
    assert late.number not in text


@pytest.mark.parametrize("agencies", [1, 25])
def test_a_draft_asks_as_often_for_many(
    office, bureau, agencies, django_assert_max_num_queries
):
    for _number in range(agencies):
        make_request("handling", make_agency(parent=office), date(2025, 3, 4))
    AnnualReport.objects.create(agency=office, year=2025)
    client = logged_in(*ALL, agency=office)
    with django_assert_max_num_queries(30):
        client.get(page(code="BJ"))


@pytest.mark.parametrize("reports", [1, 25])
def test_the_list_asks_as_often_for_many(office, reports, django_assert_num_queries):
    for _number in range(reports):
        AnnualReport.objects.create(agency=make_agency(parent=office), year=2025)
    client = logged_in(*ALL, agency=office)
    with django_assert_num_queries(8):
        client.get(ANNUALS, {"year": 2025})


# Written


def write(client, **changes):
    address = page("annual_texts")
    form = client.get(address).context["form"]
    return client.post(address, typed(form, **changes))


def test_texts_are_saved(client, draft):
    assert write(client, text_5="存在不足。").url == page()
    draft.refresh_from_db()
    assert (draft.texts["5"], draft.changes) == ("存在不足。", 1)
    assert LogEntry.objects.get().object_id == str(draft.pk)


def test_what_another_person_saved_is_not_overwritten_unseen(client, draft):
    address = page("annual_texts")
    form = client.get(address).context["form"]
    write(client, text_5="先写的。")
    answer = client.post(address, typed(form, text_5="后写的。"))
    assert answer.status_code == 409
    assert "先写的。" in str(answer.context["stale"])
    assert answer.context["form"]["text_5"].value() == "后写的。"
    draft.refresh_from_db()
    assert draft.texts["5"] == "先写的。"
    again = client.post(address, typed(answer.context["form"]))
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.texts["5"] == "后写的。"


def test_only_the_sections_that_differ_are_shown_beside(client, draft):
    draft.texts = {"1": "第一段。\n第二段。", "5": "无。", "6": "无。"}
    draft.save()
    form = client.get(page("annual_texts")).context["form"]
    write(client, text_5="先写的。")
    # As a browser sends it.
    told = typed(form, text_1="第一段。\r\n第二段。", text_5="后写的。")
    answer = client.post(page("annual_texts"), told)
    assert [text for _label, text in answer.context["stale"]] == ["先写的。"]


@pytest.mark.parametrize(
    ("year", "row", "beside"),
    [(2025, "{T3.1}", "{T3.1@C3.1}"), (2016, "{S3.1}", "{S3.1@city_office}")],
)
def test_the_examples_are_figures_of_the_edition(office, bureau, year, row, beside):
    AnnualReport.objects.create(agency=office, year=year)
    client = logged_in(*ALL, agency=office)
    context = client.get(page("annual_texts", year, "BJ")).context
    assert (context["row"], context["beside"]) == (row, beside)
    columns = {
        line.code for _title, _lines, found in context["names"] for line in found
    }
    assert beside.strip("{}").partition("@")[2] in columns


def test_a_published_version_is_not_written_in(client, published):
    assert client.get(page("annual_texts")).status_code == 404
    assert client.post(page("annual_discard")).status_code == 404


# Published


def publish_as_shown(client, **changes):
    shown = client.get(page()).context
    told = {"changes": shown["report"].changes, "shown": shown["shown"]}
    return client.post(page("annual_publish"), told | changes)


def test_a_report_is_published_when_reasons_are_given(client, draft):
    publish_as_shown(client)
    draft.refresh_from_db()
    assert draft.published_on is None

    client.post(page("annual_reasons"), {"changes": 0} | BLANK)
    for wrong in ({"changes": 0}, {"changes": "x"}, {"shown": ""}):
        publish_as_shown(client, **wrong)
        draft.refresh_from_db()
        assert (draft.reasons, draft.published_on) == (BLANK, None)

    publish_as_shown(client)
    draft.refresh_from_db()
    assert draft.approver == client.user.get_full_name()
    assert len(draft.digest) == 64


def test_a_reason_that_was_left_blank_is_told(client, draft):
    draft.texts = {}
    draft.save()
    answer = client.post(page("annual_reasons"), {"changes": 0} | BLANK, follow=True)
    levels = [message.level_tag for message in answer.context["messages"]]
    assert levels == ["success", "warning"]
    reasons = dict.fromkeys(answer.context["reasons"].findings, "未作统计。")
    answer = client.post(page("annual_reasons"), {"changes": 1} | reasons, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]


def test_a_reason_of_a_version_that_has_changed_is_shown_again(client, draft):
    answer = client.post(page("annual_reasons"), {"changes": 7} | BLANK)
    assert answer.status_code == 409
    assert "未作统计。" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.reasons == {}


def test_a_correction_is_begun_once_beside_what_it_corrects(client, published):
    for _time in range(2):
        answer = client.post(page("annual_revise"))
        assert answer.url == page("annual_texts")
    versions = list(AnnualReport.objects.order_by("version"))
    assert [(one.version, bool(one.published_on)) for one in versions] == [
        (1, True), (2, False),
    ]  # fmt: skip
    shown = client.get(page(), {"version": 1})
    assert shown.context["report"] == published


@pytest.mark.parametrize("name", ["annual_revise", "annual_texts"])
def test_what_is_done_is_done_to_the_last_version(client, published, name):
    client.post(page("annual_revise"))
    first = f"{page(name)}?version=1"
    client.post(first)
    assert client.get(page("annual_texts") + "?version=1").status_code == 200
    assert AnnualReport.objects.count() == 2


def test_a_draft_is_thrown_away(client, draft):
    assert client.post(page("annual_discard")).url == ANNUALS
    assert not AnnualReport.objects.exists()


# On paper


def test_three_people_at_the_word_file_of_a_draft(draft, place):
    answer = logged_in(VIEW, agency=place).get(page("annual_document"))
    assert answer.status_code == status(place)
    if answer.status_code == 200:
        texts = [one.text for one in Document(BytesIO(answer.content)).paragraphs]
        assert "本年新收申请1件。" in texts


def test_what_is_published_is_no_draft(client, published):
    assert client.get(page("annual_document")).status_code == 404


# Since publication


def test_the_cases_that_made_a_difference_are_led_to(client, published, bureau):
    assert client.get(page()).context["differences"] == []
    new = make_request(
        "handling", bureau, date(2025, 12, 26), by=make_user(*CHIEF, agency=bureau)
    )
    text = client.get(page()).content.decode()
    assert reverse("disclosure:request", args=[new.number]) in text
