"""The calendar and the calculator: for everyone, light, and of nobody."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.clients import logged_in
from tests.factories import CHIEF, make_agency, make_calendar, make_request

pytestmark = pytest.mark.django_db

CANARY = "金丝雀"
ASKED = {"channel": "in_person", "submitted_on": "2026-03-02"}
ITEM = {"body": "congress", "assigned_on": "2026-07-03", "limit": "reply"}


def get(address, **asked):
    return Client().get(address, asked)


# The calendar


def test_without_a_year_it_is_this_one():
    assert get("/calendar/").context["year"] == timezone.localdate().year


@pytest.mark.parametrize(
    ("year", "known", "december"),
    [(2025, True, False), (2026, True, True), (2027, False, False)],
)
def test_a_year_says_how_far_it_is_known(year, known, december):
    make_calendar(2025, 2026)

    told = get(f"/calendar/{year}/").context

    assert (told["year"], told["known"]) == (year, known)
    assert told["december"] is december
    assert {2025, 2026, year} <= set(told["years"])
    assert len(told["sheets"]) == 12


@pytest.mark.parametrize("year", [0, 1980, 2101, 99999])
def test_a_year_outside_the_calendar_is_not_there(year):
    assert get(f"/calendar/{year}/").status_code == 404


def test_the_year_that_is_shown_is_marked_among_the_others():
    make_calendar(2025, 2026)

    html = get("/calendar/2025/").content.decode()

    assert html.count("aria-current") == 1
    assert '<a href="/calendar/2025/" aria-current="page">2025</a>' in html


# The calculator


def answers(response):
    return [response.context[name]["answer"] for name in ("of_request", "of_item")]


def test_nothing_is_told_before_something_is_asked():
    response = get("/calculator/")

    assert answers(response) == [None, None]
    for name in ("of_request", "of_item"):
        assert not response.context[name]["form"].is_bound


def test_each_half_is_asked_by_itself():
    make_calendar(2026)

    of_request, of_item = get("/calculator/", **ASKED), get("/calculator/", **ITEM)

    assert answers(of_request)[0]["due_on"] == date(2026, 3, 30)
    assert answers(of_request)[1] is answers(of_item)[0] is None
    assert answers(of_item)[1]["due_on"] == date(2026, 10, 8)


def test_what_is_wrong_is_told_at_the_top_and_beside_the_field():
    response = get("/calculator/", **ASKED | {"arrived_on": "2026-03-01"})

    html = response.content.decode()
    assert answers(response) == [None, None]
    assert 'href="#id_arrived_on"' in html
    assert 'id="id_arrived_on_error"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("address", ["/calendar/", "/calculator/"])
def test_there_are_no_other_ways_to_ask(address):
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)(address).status_code == 405


# Everyone, and nobody


@pytest.mark.parametrize("address", ["/", "/calendar/2026/", "/calculator/"])
def test_whoever_asks_learns_nothing_of_any_case(address):
    make_calendar(2026)
    case = make_request(subject=f"{CANARY}批复", applicant=f"{CANARY}先生")
    people = [
        Client(),
        logged_in(*CHIEF, agency=case.agency),
        logged_in(*CHIEF, agency=make_agency()),
    ]

    for person in people:
        html = person.get(address, ASKED).content.decode()
        assert CANARY not in html
        assert case.number not in html


@pytest.mark.parametrize(
    ("address", "queries"), [("/", 0), ("/calendar/2026/", 1), ("/calculator/", 2)]
)
def test_a_page_asks_the_database_for_the_calendar_alone(
    address, queries, django_assert_num_queries
):
    make_calendar(2025, 2026)
    asked = ASKED | ITEM if address == "/calculator/" else {}
    get(address, **asked)  # the calendar is built

    with django_assert_num_queries(queries):
        assert get(address, **asked).status_code == 200
