"""The calendar's pages: by years, entered by the notice, told apart without colour."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import NoReverseMatch, reverse

from casework.models import CalendarDay
from casework.recalculation import CHANGE_CALENDAR
from casework.workflow import RECALCULATE
from disclosure.models import RequestEvent
from tests.casework.forms.test_calendar import NOTICE
from tests.factories import (
    CLERK,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)

pytestmark = pytest.mark.django_db

YEARS = "/admin/casework/calendarday/"
NOTICE_2027 = f"{YEARS}2027/notice/"
RECALCULATE_NOW = f"{YEARS}recalculate/"
VIEW_CALENDAR = "casework.view_calendarday"


@pytest.fixture
def city(client):
    """The city office, logged in, above one agency whose request runs into 2027."""
    make_calendar(2025, 2026)
    office = make_agency(kind="city_office")
    below = make_agency(parent=office)
    make_request(agency=below, received=date(2026, 12, 21))
    user = make_user(CHANGE_CALENDAR, agency=office, is_staff=True)
    client.force_login(user)
    return client


def numbers(response):
    return [move.case.number for move in response.context["moves"]]


def test_the_years_are_listed_and_no_single_day_can_be_reached(city):
    day = CalendarDay.objects.first()

    response = city.get(YEARS)

    assert {row["year"] for row in response.context["years"]} >= {2025, 2026}
    assert city.get(f"{YEARS}{day.pk}/change/").status_code == 404
    assert city.get(f"{YEARS}{day.pk}/delete/").status_code == 404
    assert city.get(f"{YEARS}add/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("admin:casework_calendarday_add")


def test_a_year_is_shown_in_weeks_from_monday_marked_by_words(city):
    sheets = city.get(f"{YEARS}2026/").context["sheets"]

    assert [month.month for month, _weeks in sheets] == list(range(1, 13))
    weeks = sheets[1][1]
    assert [cell and cell.day.day for cell in weeks[0]] == [None] * 6 + [1]
    cells = {cell.day: cell for week in weeks for cell in week if cell}
    rest, made_up = cells[date(2026, 2, 16)], cells[date(2026, 2, 14)]
    assert (rest.working, made_up.working) == (False, True)
    assert rest.mark
    assert made_up.mark
    assert rest.mark != made_up.mark
    assert (cells[date(2026, 2, 7)].mark, cells[date(2026, 2, 7)].working) == (
        "",
        False,
    )


def test_the_preview_shows_what_would_move_and_changes_nothing(city):
    response = city.post(NOTICE_2027, NOTICE | {"preview": "yes"})

    assert response.status_code == 200
    assert response.context["working"] == 248
    assert len(numbers(response)) == 1
    assert not CalendarDay.objects.as_calendar().knows(2027)
    assert LogEntry.objects.count() == 0


def test_the_preview_carries_what_was_typed_on_to_entering(city):
    preview = city.post(NOTICE_2027, NOTICE | {"preview": "yes"})
    carried = {
        field.html_name: field.value() or "" for field in preview.context["form"]
    }

    back = city.post(NOTICE_2027, carried | {"change": "yes"})

    assert back.context["form"]["make_up"].value() == NOTICE["make_up"]
    assert city.post(NOTICE_2027, carried | {"enter": "yes"}).status_code == 302
    assert CalendarDay.objects.as_calendar().knows(2027)


def test_a_notice_that_cannot_be_is_neither_shown_nor_entered(city):
    wrong = NOTICE | {"make_up": "2027-02-22"}

    for button in ("preview", "enter"):
        response = city.post(NOTICE_2027, wrong | {button: "yes"})
        assert response.context["form"].has_error("make_up", "weekday")

    assert not CalendarDay.objects.as_calendar().knows(2027)


def test_entering_is_logged_and_leads_to_the_cases_that_move(city):
    response = city.post(NOTICE_2027, NOTICE | {"enter": "yes"})

    assert response.url == RECALCULATE_NOW
    assert set(
        CalendarDay.objects.of_notice(2027).values_list("notice", flat=True)
    ) == {NOTICE["notice"]}
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.object_repr) == ("2027", "2027")
    assert entry.change_message.startswith(f"{NOTICE['notice']} +2026-12-31 休")
    assert [e.pk for e in city.get(f"{YEARS}2027/").context["entries"]] == [entry.pk]


def test_a_notice_entered_anew_logs_only_what_differs(city):
    city.post(NOTICE_2027, NOTICE | {"enter": "yes"})

    city.post(NOTICE_2027, NOTICE | {"qingming_last": "2027-04-04", "enter": "yes"})

    newest = LogEntry.objects.order_by("-pk").first()
    assert newest.change_message == f"{NOTICE['notice']} −2027-04-05 休"


def test_where_nothing_moves_entering_leads_to_the_year(city):
    city.post(NOTICE_2027, NOTICE | {"enter": "yes"})
    city.post(RECALCULATE_NOW, {"note": "国务院通知"})

    response = city.post(NOTICE_2027, NOTICE | {"enter": "yes"})

    assert response.url == f"{YEARS}2027/"


def test_recalculating_needs_a_press_and_is_done_once(city):
    city.post(NOTICE_2027, NOTICE | {"enter": "yes"})
    shown = numbers(city.get(RECALCULATE_NOW))
    assert len(shown) == 1
    assert RequestEvent.objects.filter(step=RECALCULATE).count() == 0

    assert city.post(RECALCULATE_NOW, {"note": ""}).status_code == 200
    city.post(RECALCULATE_NOW, {"note": "国务院通知"})
    city.post(RECALCULATE_NOW, {"note": "国务院通知"})

    event = RequestEvent.objects.get(step=RECALCULATE)
    assert (event.case.number, event.note) == (shown[0], "国务院通知")
    assert numbers(city.get(RECALCULATE_NOW)) == []


def test_a_known_year_comes_filled_in(city):
    form = city.get(f"{YEARS}2026/notice/").context["form"]

    assert form["spring_festival_first"].value() == date(2026, 2, 15)
    assert form["make_up"].value().split()[0] == "2026-01-04"


def test_only_the_cases_that_a_person_sees_are_told(client):
    make_calendar(2025, 2026)
    office = make_agency(kind="city_office")
    own, other = make_agency(parent=office), make_agency(parent=office)
    cases = {
        agency: make_request(agency=agency, received=date(2026, 12, 21))
        for agency in (own, other)
    }
    everything = sorted(case.number for case in cases.values())

    for agency, seen in (
        (office, everything),
        (own, [cases[own].number]),
        (make_agency(), []),
    ):
        client.force_login(make_user(CHANGE_CALENDAR, agency=agency, is_staff=True))
        preview = client.post(NOTICE_2027, NOTICE | {"preview": "yes"})
        assert numbers(preview) == seen


@pytest.mark.parametrize(
    ("permissions", "looking", "entering"),
    [
        ((CHANGE_CALENDAR,), 200, 200),
        ((VIEW_CALENDAR,), 200, 403),
        (CLERK, 403, 403),
        ((), 403, 403),
    ],
)
def test_who_may_look_and_who_may_enter(client, permissions, looking, entering):
    make_calendar(2026)
    user = make_user(*permissions, agency=make_agency(), is_staff=True)
    client.force_login(user)

    assert [client.get(page).status_code for page in (YEARS, f"{YEARS}2026/")] == [
        looking,
        looking,
    ]
    pages = (NOTICE_2027, RECALCULATE_NOW)
    assert [client.get(page).status_code for page in pages] == [entering, entering]
    posted = client.post(NOTICE_2027, NOTICE | {"enter": "yes"}).status_code
    assert posted == (302 if entering == 200 else 403)
    assert CalendarDay.objects.as_calendar().knows(2027) is (entering == 200)


@pytest.mark.parametrize("year", [1980, 2101, 9999])
def test_a_year_beyond_the_calendar_is_not_there(city, year):
    assert city.get(f"{YEARS}{year}/").status_code == 404
    assert city.get(f"{YEARS}{year}/notice/").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_preview_asks_as_often_for_many_cases(
    client, django_assert_num_queries, rows
):
    make_calendar(2025, 2026)
    agency = make_agency()
    clerk = make_user(*CLERK, "disclosure.approve_disclosurerequest", agency=agency)
    for _row in range(rows):
        make_request(agency=agency, received=date(2026, 12, 21), by=clerk)
    client.force_login(make_user(CHANGE_CALENDAR, agency=agency, is_staff=True))

    with django_assert_num_queries(16):
        client.post(NOTICE_2027, NOTICE | {"preview": "yes"})
