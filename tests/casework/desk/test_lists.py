"""What the desk's lists of every kind of case have in common."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from casework.desk import lists
from casework.pages import SIZE
from disclosure.models import DisclosureRequest
from proposals.models import Assignment, Proposal
from tests.casework.admin.test_sheets import read_csv
from tests.clients import logged_in
from tests.factories import CHIEF, VIEW, make_agency, make_many, make_request, make_user
from tests.items import ASSIGN, make_assigned, make_office, make_session

pytestmark = pytest.mark.django_db

MODELS = {
    "disclosure:requests": DisclosureRequest,
    "proposals:items": Proposal,
    "proposals:tasks": Assignment,
}
MAY_VIEW = {
    "disclosure:requests": VIEW,
    "proposals:items": "proposals.view_proposal",
    "proposals:tasks": "proposals.view_assignment",
}
every_list = pytest.mark.parametrize("name", MODELS)


@pytest.fixture
def city():
    return make_agency("宝鸡市人民政府", "BJ", kind="city_office")


@pytest.fixture
def bureau(city):
    return make_agency("宝鸡市教育局", "JY", parent=city)


@pytest.fixture
def make(city, bureau):
    """Makes so many cases of the bureau, of the kind that is in a list."""

    def made(name, number=1):
        if name == "disclosure:requests":
            chief = make_user(*CHIEF, agency=bureau)
            case, each = make_request(agency=bureau, by=chief), {}
        else:
            session = make_session(city)
            item = make_assigned([(bureau, "lead")], session, make_office(session))
            case, each = item, {"official_number": range(2, number + 1)}
            if name == "proposals:tasks":
                case = item.assignments.get()
                each = {"round": range(2, number + 1)}
        make_many(case, number - 1, **each) if number > 1 else None
        if name == "proposals:items":
            for other in Proposal.objects.exclude(pk=case.pk):
                task = case.assignments.get()
                task.pk, task.case, task.number = None, other, f"{other.number}-1"
                Assignment.objects.bulk_create([task])
        return MODELS[name].objects.order_by("received_on", "pk")

    return made


def numbers(answer):
    return [case.number for case in answer.context["page"]]


def conditions(answer):
    return {
        condition.name: (condition.value, without)
        for condition, without in answer.context["conditions"]
    }


# Who


@every_list
def test_nobody_is_shown_to_the_log_in(name):
    answer = Client().get(reverse(name))
    assert (answer.status_code, answer.url.partition("?")[0]) == (
        302,
        reverse("admin:login"),
    )


@every_list
def test_who_may_not_view_is_refused(name, city, make):
    client = logged_in(agency=city)
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name), {"format": "csv"}).status_code == 403


@every_list
@pytest.mark.parametrize(("place", "seen"), [("JY", 1), ("BJ", 1), ("QT", 0)])
def test_three_people(name, city, bureau, make, place, seen):
    case = make(name).get()
    elsewhere = make_agency("宝鸡市气象局", "QT", parent=city)
    agency = {"JY": bureau, "BJ": city, "QT": elsewhere}[place]
    client = logged_in(MAY_VIEW[name], agency=agency)

    answer = client.get(reverse(name))
    assert numbers(answer) == [case.number] * seen
    assert (case.number in answer.content.decode()) == bool(seen)
    exported = client.post(reverse(name), {"format": "csv"})
    assert len(read_csv(exported)) == 2 + seen
    narrowed = client.get(reverse(name), {"beneath": "JY"})
    assert numbers(narrowed) == [case.number] * seen
    assert list(narrowed.context["errors"]) == ["beneath"] * (place == "QT")


# What is listed


@every_list
@pytest.mark.parametrize("number", [1, 30])
def test_a_list_asks_as_often_for_many(
    name, city, make, number, django_assert_num_queries
):
    make(name, number)
    client = logged_in(MAY_VIEW[name], agency=city)
    # Session, user, permissions (2), workplaces; places, agencies to choose, the page;
    # the calendar; then what the columns tell and, of items, what can be chosen, the
    # places once more, whether their tasks are few, and the tasks.
    asked = {"disclosure:requests": 10, "proposals:items": 15, "proposals:tasks": 14}
    with django_assert_num_queries(asked[name]):
        assert len(client.get(reverse(name)).context["page"]) == number


@every_list
def test_all_pages_show_all_there_and_back(name, city, make):
    cases = make(name, 2 * SIZE + 3)
    expected = [case.number for case in reversed(cases)]
    client = logged_in(MAY_VIEW[name], agency=city)

    there, back, query = [], [], ""
    while query is not None:
        answer = client.get(reverse(name) + query)
        there.append(numbers(answer))
        query = answer.context["pages"].get("next")
    query = answer.context["pages"]["previous"]
    while query:
        answer = client.get(reverse(name) + query)
        back.append(numbers(answer))
        query = answer.context["pages"].get("previous")

    assert sum(there, []) == expected
    assert back == there[-2::-1]


@pytest.fixture
def requests(bureau):
    chief = make_user(*CHIEF, agency=bureau)
    for received, subject in ((9, "学区划分"), (2, "招生計劃"), (16, "校车")):
        day = date(2026, 3, received)
        make_request("handling", bureau, day, by=chief, subject=subject)
    make_request(
        "closed", bureau, date(2026, 2, 2), by=chief, subject="食堂", closed=day
    )
    return {case.subject: case.number for case in DisclosureRequest.objects.all()}


@pytest.fixture
def clerk(bureau):
    return logged_in(VIEW, agency=bureau)


REQUESTS = "disclosure:requests"


@pytest.mark.parametrize(
    ("order", "subjects"),
    [
        ("", ["校车", "学区划分", "招生計劃", "食堂"]),
        ("received", ["食堂", "招生計劃", "学区划分", "校车"]),
        ("-received", ["校车", "学区划分", "招生計劃", "食堂"]),
        ("due", ["食堂", "招生計劃", "学区划分", "校车"]),
        ("-due", ["校车", "学区划分", "招生計劃", "食堂"]),
        ("applicant", ["校车", "学区划分", "招生計劃", "食堂"]),
    ],
)
def test_a_list_is_in_the_order_that_is_asked_for(clerk, requests, order, subjects):
    answer = clerk.get(reverse(REQUESTS), {"order": order} if order else {})
    assert numbers(answer) == [requests[subject] for subject in subjects]


def test_a_head_sorts_by_its_day_and_turns_the_order(clerk, requests):
    answer = clerk.get(
        reverse(REQUESTS), {"order": "due", "light": "open", "page": "x"}
    )
    assert [(address, way) for _label, address, way in answer.context["days"]] == [
        ("?light=open&order=received", ""),
        ("?light=open&order=-due", "ascending"),
    ]


def test_each_condition_is_a_link_that_removes_it(clerk, requests):
    asked = {"text": "招生计划", "light": "open", "order": "due", "page": "x"}
    answer = clerk.get(reverse(REQUESTS), asked)

    assert numbers(answer) == [requests["招生計劃"]]
    without = {name: link for name, (_value, link) in conditions(answer).items()}
    assert without == {
        "text": "?light=open&order=due",
        "light": "?text=%E6%8B%9B%E7%94%9F%E8%AE%A1%E5%88%92&order=due",
    }
    assert len(numbers(clerk.get(reverse(REQUESTS) + without["text"]))) == 3
    assert answer.context["cleared"] == "?order=due"


def test_what_was_left_open_does_not_stand_in_the_address(clerk, requests):
    asked = {"text": "", "light": "open", "channel": "", "order": "due"}
    answer = clerk.get(reverse(REQUESTS), asked)
    assert answer.url == f"{reverse(REQUESTS)}?light=open&order=due"


def test_a_condition_says_what_was_chosen(clerk, requests, bureau):
    asked = {
        "text": " 校 ", "channel": "in_person", "beneath": "JY",
        "received_from": "2026-03-03",
    }  # fmt: skip
    clerk.cookies["django_language"] = "en"
    answer = clerk.get(reverse(REQUESTS), asked)
    assert {name: value for name, (value, _link) in conditions(answer).items()} == {
        "text": "校",
        "channel": "handed in in person",
        "beneath": "宝鸡市教育局",
        "received_from": "2026-03-03",
    }


WRONG = {
    "text": "长" * 201, "light": "red", "status": "lost", "beneath": "NO",
    "channel": "x", "outcome": "x", "due_from": "soon", "closed_until": "2026-02-30",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [*WRONG.items(), ("beneath", "a\0b"), ("text", "a\0b"), ("beneath", "BJ")],
)
def test_an_unknown_value_is_an_error_and_never_a_list(clerk, requests, name, value):
    answer = clerk.get(reverse(REQUESTS), {name: value})

    assert answer.status_code == 200
    assert numbers(answer) == []
    assert list(answer.context["errors"]) == [name]
    assert conditions(answer) == {name: (value, "?")}
    page = clerk.post(f"{reverse(REQUESTS)}?{name}=x".replace("text=x", "light=x"))
    assert not page.streaming


@pytest.mark.parametrize(
    ("asked", "wrong", "cleared"),
    [({}, False, 0), ({"text": "没有"}, False, 1), ({"light": "red"}, True, 1)],
)
def test_an_empty_list_says_why_and_offers_one_thing_to_do(
    bureau, asked, wrong, cleared
):
    client = logged_in(*CHIEF, agency=bureau)
    answer = client.get(reverse(REQUESTS), asked)

    links = Links()
    links.feed(answer.content.decode())
    register = reverse("admin:disclosure_disclosurerequest_add")
    assert bool(answer.context["errors"]) == wrong
    assert links.buttons == ["?" if cleared else register]


def test_who_may_not_register_is_not_asked_to(clerk):
    links = Links()
    links.feed(clerk.get(reverse(REQUESTS)).content.decode())
    assert links.buttons == []


def test_without_tasks_the_office_is_led_to_what_is_to_be_assigned(city):
    client = logged_in("proposals.view_assignment", ASSIGN, agency=city)
    assert client.get(reverse("proposals:tasks")).context["next_deed"][1] == (
        f"{reverse('proposals:items')}?status=filed"
    )


class Links(HTMLParser):
    """The links of a page that look like buttons."""

    def __init__(self):
        super().__init__()
        self.buttons = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and attrs.get("class") == "button":
            self.buttons.append(attrs["href"])


# How many


@pytest.mark.parametrize(
    ("number", "told"), [(3, (3, False)), (SIZE, (SIZE, False)), (59, (59, False)),
                         (60, (60, False)), (61, (60, True))],
)  # fmt: skip
def test_a_list_says_how_many_there_are(bureau, make, clerk, monkeypatch, number, told):
    monkeypatch.setattr(lists, "COUNTED", 60)
    make(REQUESTS, number)
    for query in ("", "?text=批复"):
        answer = clerk.get(reverse(REQUESTS) + query)
        assert (answer.context["count"], answer.context["uncounted"]) == told


def test_for_printing_many_are_on_one_page(make, clerk, monkeypatch):
    monkeypatch.setattr(lists, "PRINTED", SIZE + 5)
    make(REQUESTS, SIZE + 7)
    answer = clerk.get(reverse(REQUESTS))
    assert len(numbers(answer)) == SIZE
    answer = clerk.get(reverse(REQUESTS) + answer.context["to_print"])
    assert len(numbers(answer)) == SIZE + 5
    assert answer.context["to_pages"] == "?"


# Out


@pytest.mark.parametrize(
    "query",
    ["", "?light=open", "?text=招生计划", "?text=没有", "?received_until=2026-03-02"],
)
def test_what_goes_out_is_the_list(clerk, requests, query):
    listed = numbers(clerk.get(reverse(REQUESTS) + query))
    answer = clerk.post(reverse(REQUESTS) + query, {"format": "csv"})
    assert sorted(row[0] for row in read_csv(answer)[1:-1]) == sorted(listed)


@every_list
@pytest.mark.parametrize("kind", ["csv", "csv-gb18030", "xlsx"])
def test_each_list_goes_out_in_each_format_and_that_is_logged(name, city, make, kind):
    make(name)
    client = logged_in(MAY_VIEW[name], agency=city)
    answer = client.post(f"{reverse(name)}?light=open", {"format": kind})

    assert answer.streaming
    assert answer["Content-Disposition"].startswith("attachment")
    entry = LogEntry.objects.get()
    assert (entry.user, "light=open" in entry.object_repr) == (client.user, True)


def test_a_format_that_is_none_is_refused(clerk, requests):
    answer = clerk.post(reverse(REQUESTS), {"format": "pdf"})
    assert list(answer.context["export"].errors) == ["format"]
    assert LogEntry.objects.count() == 0


def test_identity_numbers_go_out_in_full_only_for_who_may_see_them(requests, bureau):
    may, may_not = logged_in(*CHIEF, agency=bureau), logged_in(VIEW, agency=bureau)
    shown = [c.get(reverse(REQUESTS)).context["export"].fields for c in (may, may_not)]
    assert [list(fields) for fields in shown] == [
        ["format", "full", "reason"],
        ["format"],
    ]
