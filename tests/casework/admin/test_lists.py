"""The admin's list: its pages, its order, what it costs, and whom it serves."""

from datetime import date
from html import unescape

import pytest
from django.contrib.messages import constants as levels
from django.contrib.messages import get_messages
from django.utils import timezone

from casework.pages import SIZE
from casework.search import LONGEST
from disclosure.models import DisclosureRequest, Status
from tests.clients import form_on, logged_in, typed
from tests.factories import CHIEF, VIEW, make_agency, make_many, make_request

pytestmark = pytest.mark.django_db

LIST = "/admin/disclosure/disclosurerequest/"
DAYS = [date(2026, 3, day) for day in (2, 3, 4)]


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def client(agency):
    return logged_in(*CHIEF, agency=agency)


@pytest.fixture
def cases(agency):
    """A page and a half."""
    case = make_request(agency=agency, subject="规划公告")
    more = make_many(case, SIZE // 2 * 3 - 1, received_on=DAYS, due_on=[*DAYS, None])
    return [case, *more]


def listed(client, address="", **asked):
    """The cases on the page, and the addresses of the others."""
    shown = client.get(f"{LIST}{address}", asked or None).context["cl"]
    return [case.pk for case in shown.result_list], shown.page_addresses


def newest_first(cases):
    return [
        case.pk for case in sorted(cases, key=lambda case: (case.received_on, case.pk))
    ][::-1]


def test_the_pages_lead_there_and_back(client, cases):
    first, others = listed(client)
    assert others.keys() == {"next"}
    second, back = listed(client, others["next"])
    assert back.keys() == {"first", "previous"}

    assert first + second == newest_first(cases)
    assert listed(client, back["previous"]) == (first, others)
    assert listed(client, back["first"]) == (first, others)


def test_the_page_links_to_the_others_and_counts_what_is_whole(client, cases):
    html = unescape(client.get(LIST).content.decode())
    _rows, others = listed(client)
    assert f'<a href="{others["next"]}" rel="next">' in html

    whole = client.get(LIST, {"status__exact": "closed"}).context["cl"]
    assert (whole.page.whole, whole.page_addresses) == (True, {})


def test_filters_words_and_order_go_along_to_the_next_page(client, cases):
    asked = {"light": "open", "q": "公告 规划", "status__exact": "handling"}
    column = client.get(LIST).context["cl"].list_display.index("due")
    first, others = listed(client, o=f"-{column}", **asked)
    second, _back = listed(client, others["next"])

    def latest(case):
        return case.due_on or date.max, case.pk

    assert first + second == [
        case.pk for case in sorted(cases, key=latest, reverse=True)
    ]


@pytest.mark.parametrize("column", ["received", "due"])
def test_the_list_is_sorted_by_what_an_index_serves(client, cases, column):
    shown = client.get(LIST).context["cl"]
    place = shown.list_display.index(column)
    sortable = [name for name in shown.list_display if name in shown.sortable_by]
    assert sortable == ["received", "due"]

    upwards, _others = listed(client, o=place)
    expected = sorted(
        cases, key=lambda case: (getattr(case, f"{column}_on") or date.max, case.pk)
    )
    assert upwards == [case.pk for case in expected[:SIZE]]


@pytest.mark.parametrize("order", ["", "1", "-2", "99", "x", "0.-0", "1.-3.x"])
def test_an_order_that_no_index_serves_is_that_of_receipt(client, cases, order):
    assert listed(client, o=order)[0] == listed(client)[0]


@pytest.mark.parametrize("mark", ["2", "x", "2026-02-30.1", "1900-01-01.1"])
def test_a_mark_that_leads_nowhere_begins_the_list(client, cases, mark):
    assert listed(client, p=mark)[0] == listed(client)[0]


def test_too_long_a_text_is_said_and_not_looked_for(client, cases):
    answer = client.get(LIST, {"q": "规" * (LONGEST + 1)})

    assert [told.level for told in answer.context["messages"]] == [levels.ERROR]
    assert answer.context["cl"].query == ""
    assert len(answer.context["cl"].result_list) == SIZE


def test_all_at_once_is_not_shown(client, cases):
    assert listed(client, all="")[0] == listed(client)[0]


# Steps for many


def test_the_chosen_cases_of_a_later_page_take_a_step(client, agency):
    today = timezone.localdate()
    case = make_request("registered", agency, today, subject="规划")
    waiting = [case, *make_many(case, SIZE + 4)]
    asked = {"light": "unconfirmed", "q": "规划"}
    _first, others = listed(client, **asked)
    on_page, _back = listed(client, others["next"])
    chosen = on_page[:2]
    address = f"{LIST}{others['next']}"
    data = {"action": "bulk_confirm", "_selected_action": chosen, "index": 0}

    form = client.post(address, data)
    assert [case.pk for case in form.context["cases"]] == sorted(chosen)
    done = client.post(address, data | {"take": "yes", **typed(form_on(form))})

    assert [told.level for told in get_messages(done.wsgi_request)] == [levels.SUCCESS]
    handled = DisclosureRequest.objects.filter(status=Status.HANDLING)
    assert set(handled.values_list("pk", flat=True)) == set(chosen)
    assert len(waiting) == SIZE + 5


def test_a_step_for_all_goes_no_further_than_the_words(client, agency):
    case = make_request("registered", agency, timezone.localdate(), subject="规划")
    make_many(case, 1, subject=["公告"])
    data = {"action": "bulk_confirm", "_selected_action": 0, "select_across": 1}

    form = client.post(f"{LIST}?q=规划", data)

    assert [case.subject for case in form.context["cases"]] == ["规划"]


def test_what_the_page_is_a_part_of_is_narrowed_by_the_words(client, cases):
    # An export takes this and not the page.
    make_many(cases[0], 1, subject=["学区"])
    shown = client.get(LIST, {"q": "规划"}).context["cl"]

    assert [case.pk for case in shown.queryset] == newest_first(cases)


# What it costs


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "规划"},
        {"status__exact": "handling", "light": "open", "year": "2026"},
        {"beneath": "ALL"},
        {"o": "7"},
    ],
    ids=str,
)
def test_a_longer_list_takes_no_more_queries(asked, django_assert_num_queries):
    agency = make_agency(code="ALL")
    client = logged_in(VIEW, agency=agency)
    case = make_request(agency=agency, subject="规划")
    # Session, person, permissions (2), places (2), calendar; agencies to choose from;
    # the page and its agencies; for words the rows ahead, for an agency it and what is
    # beneath.
    count = 10 + ("q" in asked) + 2 * ("beneath" in asked)
    for more in (0, 29):
        make_many(case, more)
        client.get(LIST)
        with django_assert_num_queries(count):
            shown = client.get(LIST, asked)
        assert len(shown.context["cl"].result_list) == 1 + more


def test_a_further_page_takes_one_query_as_well(
    client, cases, django_assert_num_queries
):
    _rows, others = listed(client)
    with django_assert_num_queries(10):
        listed(client, others["next"])


# Who


def test_three_people(agency):
    above = agency
    own, elsewhere = make_agency(parent=above), make_agency(parent=above)
    case = make_request(agency=own, subject="规划公告")
    foreign = make_request(subject="规划公告")
    seen = {
        name: [
            listed(logged_in(VIEW, agency=place), **asked)[0]
            for asked in ({}, {"q": "规划"}, {"p": f"-1999-01-01.{case.pk}"})
        ]
        for name, place in {
            "own": own,
            "above": above,
            "elsewhere": elsewhere,
            "foreign": foreign.agency,
        }.items()
    }
    assert seen == {
        "own": [[case.pk]] * 3,
        "above": [[case.pk]] * 3,
        "elsewhere": [[]] * 3,
        "foreign": [[foreign.pk]] * 3,
    }
