"""Anyone reads the published replies, and nothing else of the items."""

from datetime import date, timedelta

import pytest
from django.test import Client

from proposals.models import Proposal
from proposals.views import public, shown
from proposals.workflow import items
from tests.factories import make_agency, make_calendar, make_user
from tests.item_ledgers import ASSIGNED, CLOSED, REPLIED, UNFILED, line, take
from tests.items import OFFICE, make_session

pytestmark = pytest.mark.django_db

SECRET = "CANARY"
PRIVATE = {
    "text": f"{SECRET}正文",
    "authors": f"{SECRET}甲，{SECRET}代表团；{SECRET}乙，{SECRET}代表团",
    "contacted": f"face_to_face 2016-04-05 {SECRET}丙 {SECRET}说",
    "key_leader": f"{SECRET}领导",
    "document_number": f"{SECRET}〔2016〕1号",
    "co_handlers": "GAJU 2016-04-01",
}
"""What stands in an item and is nobody's business."""


@pytest.fixture
def office():
    make_calendar(2016)
    city = make_agency("宝鸡市人民政府", "BJ", kind="city_office")
    make_agency("宝鸡市教育局", "JYJU", parent=city)
    make_agency(f"{SECRET}公安局", "GAJU", parent=city)
    make_session(city)
    return make_user(*OFFICE, agency=city)


@pytest.fixture
def told(office):
    """Takes rows in, and says what is published."""

    def taken(*rows):
        outcome = take(*rows, by=office)
        assert outcome.good, outcome.problems
        return list(shown(Proposal.objects.published()))

    return taken


def page(address, language="zh-hans"):
    client = Client()
    client.cookies["django_language"] = language
    return client.get(address)


def html(address, language="zh-hans"):
    response = page(address, language)
    assert response.status_code == 200
    return response.content.decode()


def test_a_reply_is_read_by_anyone(told):
    told(line(CLOSED, category="城建"))
    number = Proposal.objects.get().number
    assert f'href="/replies/{number}/"' in html("/replies/")
    text = html(f"/replies/{number}/")
    for said in (
        "已列入年度计划。",
        "宝鸡市教育局",
        "关于加快老旧小区改造的建议",
        "城建",
    ):
        assert said in text


def test_all_that_anyone_may_know(told):
    (case,) = told(line(CLOSED, category="城建", author_consents="yes"))
    assert public(case) == {
        "number": "BJ-R14-6-0001",
        "name": case.official_name,
        "title": "关于加快老旧小区改造的建议",
        "category": "城建",
        "authors": [{"name": "示例一", "group": "渭滨代表团"}],
        "units": [
            {
                "name": "宝鸡市教育局",
                "result_class": "A",
                "meaning": "所提问题已经解决或基本解决",
                "replied_on": date(2016, 5, 5),
            }
        ],
        "assigned_on": date(2016, 3, 10),
        "replied_on": date(2016, 5, 5),
        "published_on": date(2016, 5, 20),
        "publication": case.get_publication_display(),
        "text": "已列入年度计划。",
    }


@pytest.mark.parametrize("consents", ["", "no"])
def test_nothing_personal_is_reached_without_consent(told, consents):
    (case,) = told(line(CLOSED, PRIVATE, author_consents=consents))
    for address in ("/replies/", f"/replies/{case.number}/"):
        for language in ("zh-hans", "en"):
            assert SECRET not in html(address, language)


def test_with_consent_only_the_lead_author_is_named(told):
    (case,) = told(line(CLOSED, PRIVATE, author_consents="yes"))
    text = html(f"/replies/{case.number}/")
    assert (text.count(SECRET), f"{SECRET}甲 · {SECRET}代表团" in text) == (2, True)
    assert SECRET not in html("/replies/")


@pytest.mark.parametrize(
    "row",
    [
        line(UNFILED), line(), line(ASSIGNED), line(REPLIED),
        line(CLOSED, published_on=""),
        line(CLOSED, publication="not", publication_reason="秘密", published_on=""),
    ],
)  # fmt: skip
def test_what_is_not_published_is_nowhere(told, row):
    assert told(row) == []
    number = Proposal.objects.get().number
    assert number not in html("/replies/")
    assert page(f"/replies/?text={number}").context["replies"] == []
    assert page(f"/replies/{number}/").status_code == 404


def test_an_address_of_nothing_is_the_same_page_as_one_that_is_not_published(told):
    told(line(REPLIED))
    number = Proposal.objects.get().number
    absent, hidden = page("/replies/BJ-R14-6-9999/"), page(f"/replies/{number}/")
    assert (absent.status_code, hidden.status_code) == (404, 404)
    assert [t.name for t in absent.templates] == [t.name for t in hidden.templates]


def test_what_was_taken_back_is_gone(told, office):
    (case,) = told(line(CLOSED))
    why = {"publication_reason": "含有个人信息"}
    items.take("unpublish", case, by=office, on=date(2016, 6, 1), **why)
    assert page(f"/replies/{case.number}/").status_code == 404
    assert case.number not in html("/replies/")


def test_of_two_rounds_the_last_reply_that_was_served_is_shown(told):
    (case,) = told(line(CLOSED))
    (task,) = case.replies
    again = type(task)(agency=task.agency, round=2, result_class="B")
    again.closed_on = date(2016, 7, 1)
    case.replies.append(again)
    assert [unit["result_class"] for unit in public(case)["units"]] == ["B"]


def test_what_is_written_is_text_and_no_markup(told):
    told(line(CLOSED, title="<b>粗</b>", published_text="<script>x</script>"))
    case = Proposal.objects.get()
    assert "<script>x" not in html(f"/replies/{case.number}/")
    assert "<b>粗" not in html("/replies/")


@pytest.mark.parametrize(
    "asked",
    [
        "page=x", "page=2016-05-20.999999999999999999", "page=-2016-05-20.1",
        "year=x&unit=1&result_class=%00&body=?", "unit=%00",
        f"text={'长' * 101}", "text=%25_%27",
    ],
)  # fmt: skip
def test_whatever_the_address_asks_there_is_a_page(told, asked):
    told(line(CLOSED))
    html(f"/replies/?{asked}")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pages_are_only_read(method):
    assert getattr(Client(), method)("/replies/").status_code in (403, 405)


def many(count):
    """So many rows, published on days one after another."""
    first = date(2016, 5, 20)
    return [
        line(CLOSED, official_number=f"{n}", closed_on="",
             published_on=f"{first + timedelta(n)}")
        for n in range(1, count + 1)
    ]  # fmt: skip


def test_the_latest_stand_first_and_every_page_leads_on(told):
    told(*many(120))
    numbers, address = [], "/replies/?body=congress"
    pages = 0
    while address:
        context = page(address).context
        numbers += [reply["number"] for reply in context["replies"]]
        following = context["page"].next
        address = following and f"/replies/?body=congress&page={following}"
        pages += 1
    assert (pages, len(numbers)) == (3, 120)
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_takes_the_same_number_of_queries(
    told, count, django_assert_num_queries
):
    told(*many(count))
    with django_assert_num_queries(7):
        html("/replies/")
    number = Proposal.objects.first().number
    with django_assert_num_queries(3):
        html(f"/replies/{number}/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_speak_both_languages(told, language):
    (case,) = told(line(CLOSED))
    for address in ("/", "/replies/", f"/replies/{case.number}/"):
        assert f'<html lang="{language}">' in html(address, language)


def test_the_way_leads_from_the_first_page():
    assert 'href="/replies/"' in html("/")
