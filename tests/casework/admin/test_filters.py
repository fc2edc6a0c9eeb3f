"""The lists that can be narrowed: by light, each light a question; by agency."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.models import CalendarDay
from disclosure.models import DisclosureRequest
from reports.desk import piles
from reports.kinds import REQUESTS
from tests.clients import logged_in, read
from tests.factories import CHIEF, VIEW, make_agency, make_request

pytestmark = pytest.mark.django_db

LIST = "/admin/disclosure/disclosurerequest/"


@pytest.fixture
def today():
    """Today, made a working day, so that something can be due."""
    today = timezone.localdate()
    CalendarDay.objects.create(day=today, working=True, festival="national_day")
    return today


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def client(agency):
    return logged_in(*CHIEF, agency=agency)


@pytest.fixture
def cases(agency, today):
    """One case of each light and of each edge between two of them, by its name."""
    calendar = CalendarDay.objects.as_calendar()

    def due_in(days, status="handling", **fields):
        """A request whose last day is so many working days from today."""
        received = calendar.add(today, days - 20)
        return make_request(status, agency, received, **fields)

    return {
        "unconfirmed": make_request("registered", agency, today),
        "overdue": due_in(-1),
        "today": due_in(0),
        "in 2": due_in(2),
        "in 3": due_in(3),
        "in 5": due_in(5),
        "in 6": due_in(6),
        "correcting": make_request("correcting", agency, today),
        "paying": make_request("paying", agency, today),
        "closed in time": make_request("closed", agency, today),
        "closed on the last day": due_in(0, "closed", closed=today),
        "closed late": due_in(-1, "closed", closed=today),
        "lapsed": make_request(
            "closed", agency, today - timedelta(days=90), outcome="not_corrected"
        ),
    }


def found(client, **query):
    list_ = client.get(LIST, query).context["cl"].result_list
    return {case.pk for case in list_}


OPEN = {
    "unconfirmed", "overdue", "today", "in 2", "in 3", "in 5", "in 6", "correcting",
    "paying",
}  # fmt: skip
CLOSED = {"closed in time", "closed on the last day", "closed late", "lapsed"}


@pytest.mark.parametrize(
    ("light", "expected"),
    [
        ("unconfirmed", {"unconfirmed"}),
        ("overdue", {"overdue"}),
        ("today", {"today"}),
        ("2", {"today", "in 2"}),
        ("5", {"today", "in 2", "in 3", "in 5"}),
        ("waiting", {"correcting", "paying"}),
        ("open", OPEN),
        ("on_time", {"closed in time", "closed on the last day", "lapsed"}),
        ("late", {"closed late"}),
        ("no such light", OPEN | CLOSED),
    ],
)
def test_a_light_finds_exactly_its_cases(client, cases, light, expected):
    names = {case.pk: name for name, case in cases.items()}

    assert {names[pk] for pk in found(client, light=light)} == expected


def test_a_list_narrowed_by_a_light_has_as_many_as_the_pile(client, cases, today):
    on_the_desk = {
        pile.heap.address: pile.count
        for pile in piles(client.user, today)
        if pile.heap.kind is REQUESTS and pile.heap.narrows
    }

    assert len(on_the_desk) == 10
    for address, count in on_the_desk.items():
        assert len(client.get(address).context["page"]) == count, address


def test_each_open_case_is_in_one_place(client, cases, today):
    lights = ("unconfirmed", "overdue", "today", "waiting")
    parts = [found(client, light=light) for light in lights]
    open_ = DisclosureRequest.objects.open()
    later = set(open_.filter(due_on__gt=today).values_list("pk", flat=True))

    assert sum(map(len, parts)) + len(later) == len(OPEN)
    assert set.union(later, *parts) == found(client, light="open")


def test_the_lights_of_the_list_say_the_same_as_the_filters(client, cases):
    shown = {
        "unconfirmed": "lamp-unconfirmed",
        "overdue": "lamp-overdue",
        "today": "lamp-today",
        "waiting": "lamp-waiting",
        "late": "lamp-late",
        "on_time": "lamp-on_time",
    }
    for light, lamp in shown.items():
        html = client.get(LIST, {"light": light}).content.decode()
        count = len(found(client, light=light))
        assert html.count('<span class="lamp ') == count, light
        assert html.count(f'<span class="lamp {lamp}"') == count, light


def test_a_date_in_a_year_that_is_not_known_is_found(client, agency, today):
    make_request("closed", agency=agency, received=today)
    CalendarDay.objects.all().delete()
    case = make_request(agency=agency, received=today)

    assert found(client, light="provisional") == {case.pk}


def test_an_agency_is_shown_with_everything_beneath(agency, client, today):
    beneath = make_agency(parent=agency)
    further = make_agency(parent=beneath)
    cases = {
        place.code: make_request(agency=place, received=today)
        for place in (agency, beneath, further)
    }
    codes = [agency.code, beneath.code, further.code]

    for n, code in enumerate(codes):
        expected = {cases[code].pk for code in codes[n:]}
        assert found(client, beneath=code) == expected


def test_an_agency_is_chosen_in_a_form_that_keeps_the_other_filters(agency, client):
    beneath = make_agency("宝鸡市<第二>局", parent=agency)
    asked = {"light": "open", "q": "规划", "beneath": beneath.code, "p": "2026-03-02.1"}

    html = client.get(LIST, asked).content.decode()
    [form] = re.findall(r'<form class="agency-filter">.*?</form>', html, re.DOTALL)

    kept = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    assert dict(kept) == {"light": "open", "q": "规划"}
    options = re.findall(r'<option value="(\w*)"( selected)?>([^<]*)</option>', form)
    assert options[1:] == [
        (agency.code, "", agency.name),
        (beneath.code, " selected", "宝鸡市&lt;第二&gt;局"),
    ]


def test_a_year_finds_what_was_received_in_it(client, agency, today):
    cases = {
        day: make_request(agency=agency, received=day)
        for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31))
    }
    cases[None] = make_request("registered", agency, date(2025, 6, 2))
    every = {case.pk for case in cases.values()}

    def years(year):
        return {
            day for day, case in cases.items() if case.pk in found(client, year=year)
        }

    assert years(2024) == {date(2024, 12, 31)}
    assert years(2025) == {date(2025, 1, 1), date(2025, 12, 31)}
    assert years(2008) == set()
    for wrong in (2007, today.year + 1, "x", ""):
        assert found(client, year=wrong) == every


def test_the_years_are_those_of_the_regulation(client, today):
    [offered] = [
        [year for year, _label in spec.lookup_choices]
        for spec in client.get(LIST).context["cl"].filter_specs
        if getattr(spec, "parameter_name", "") == "year"
    ]
    assert offered == [str(year) for year in range(today.year, 2007, -1)]


def test_only_agencies_within_sight_are_offered_and_asked_for(agency, client, today):
    beneath = make_agency(parent=agency)
    above = make_agency()
    foreign = make_request(received=today).agency
    specs = client.get(LIST).context["cl"].filter_specs
    [offered] = [
        [code for code, _name in spec.lookup_choices]
        for spec in specs
        if getattr(spec, "parameter_name", "") == "beneath"
    ]

    assert set(offered) == {agency.code, beneath.code}
    answers = {
        read(client.get(LIST, {"beneath": code}))
        for code in (foreign.code, above.code, "NONE")
    }
    assert len(answers) == 1
    assert client.get(LIST, {"beneath": foreign.code}).status_code == 404


def test_what_no_database_could_hold_is_not_asked_for(client):
    for name in ("beneath", "status__exact", "light", "q"):
        assert client.get(LIST, {name: "a\0b"}).status_code < 500, name


def test_the_same_filters_for_whoever_only_looks(agency, cases):
    auditor = logged_in(VIEW, agency=agency)

    assert len(found(auditor, light="open")) == len(OPEN)
