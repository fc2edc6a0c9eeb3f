"""The lists at the desk and of the public are narrowed, each by its conditions."""

from datetime import date

import pytest
from django.test import RequestFactory

from proposals.filters import (
    ItemFilter,
    ReplyFilter,
    TaskFilter,
    categories,
    classes,
    units,
    years,
)
from proposals.models import Assignment, Proposal, Session
from tests.factories import make_agency, make_calendar, make_user
from tests.item_ledgers import CLOSED, line, take
from tests.items import OFFICE, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """Three published replies, and one that is none."""
    make_calendar(2016)
    city = make_agency("宝鸡市人民政府", "BJ", kind="city_office")
    for code in ("JYJU", "GAJU", "JTJU"):
        make_agency(code=code, parent=city)
    make_session(city, opened_on=date(2015, 2, 17))
    make_session(city, body="cppcc", term=11, number=5)
    office = make_user(*OFFICE, agency=city)
    apart = {
        "lead": "", "signed_for_on": "",
        "separate": "GAJU 2016-05-03/2016-05-05 文1 B；JYJU 2016-05-03/2016-05-05",
    }  # fmt: skip
    made = [
        line(CLOSED, category="城建"),
        line(CLOSED, official_number="24", title="关于檔案目錄的建議",
             published_on="2017-01-04", closed_on="2017-01-05", category="文化"),
        line(CLOSED, apart, session="cppcc 11-5", official_number="1", category="城建",
             authors="示例，教育界"),
        line(CLOSED, official_number="25", published_on="", lead="JTJU",
             category="秘密"),
    ]  # fmt: skip
    assert take(*made, by=office).good
    return office


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["R23", "R24", "Z1"]),
        ({"year": "2017"}, ["R24"]),
        ({"body": "cppcc"}, ["Z1"]),
        ({"unit": "JYJU"}, ["R23", "R24", "Z1"]),
        ({"unit": "GAJU"}, ["Z1"]),
        ({"category": "城建"}, ["R23", "Z1"]),
        ({"result_class": "B"}, ["Z1"]),
        ({"text": "老旧 小区"}, ["R23", "Z1"]),
        ({"text": "檔案"}, ["R24"]),
        ({"text": "档案目录"}, ["R24"]),
        ({"text": "老舊小區", "body": "congress"}, ["R23"]),
        ({"text": "BJ-R14-6-0001"}, ["R23"]),
        ({"year": "1999", "unit": "JTJU", "result_class": "?"}, ["R23", "R24", "Z1"]),
        ({"text": "不存在的词"}, []),
    ],
)
def test_a_list_is_narrowed(office, asked, found):
    cases = Proposal.objects.published().order_by("session__body", "official_number")
    names = [
        f"{'R' if case.kind == 'congress' else 'Z'}{case.official_number}"
        for case in ReplyFilter(asked, cases).narrow(cases)
    ]
    assert sorted(names) == found


def test_a_choice_names_only_what_is_published(office):
    assert years() == [("2017", "2017"), ("2016", "2016")]
    assert categories() == [("城建", "城建"), ("文化", "文化")]
    assert [unit.code for unit in units(None)] == ["JYJU", "GAJU"]
    assert classes() == [(letter, letter) for letter in "ABCD"]


def test_every_choice_may_be_left_open(office):
    form = ReplyFilter({}, Proposal.objects.published()).form
    fields = [field for name, field in form.fields.items() if name != "text"]
    assert {next(iter(field.choices))[0] for field in fields} == {""}


def test_without_any_reply_there_is_nothing_to_choose():
    assert (years(), categories(), list(units(None))) == ([], [], [])


# At the desk


@pytest.fixture
def asking(office):
    """The request of somebody of the office."""
    request = RequestFactory().get("/")
    request.user = office
    return request


def names(items):
    return sorted(
        f"{'R' if item.kind == 'congress' else 'Z'}{item.official_number}"
        for item in items
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["R23", "R24", "R25", "Z1"]),
        ({"body": "cppcc"}, ["Z1"]),
        ({"status": "closed"}, ["R23", "R24", "R25", "Z1"]),
        ({"status": "assigned"}, []),
        ({"light": "open"}, []),
        ({"beneath": "JTJU"}, ["R25"]),
        ({"beneath": "BJ"}, ["R23", "R24", "R25", "Z1"]),
        ({"key": "yes"}, []),
        ({"key": "no"}, ["R23", "R24", "R25", "Z1"]),
        ({"outcome": "handled"}, ["R23", "R24", "R25", "Z1"]),
        ({"outcome": "merged"}, []),
        ({"commitment": "open"}, []),
        ({"result_class": "B"}, ["Z1"]),
        ({"closed_from": "2017-01-05", "closed_until": "2017-01-05"}, ["R24"]),
        ({"received_from": "2017-01-01"}, []),
        ({"text": "档案目录"}, ["R24"]),
        ({"text": "老舊小區", "beneath": "GAJU"}, ["Z1"]),
    ],
)
def test_a_list_of_items_is_narrowed(asking, asked, found):
    narrowed = ItemFilter(asked, Proposal.objects.order_by("pk"), request=asking)
    assert narrowed.is_valid()
    assert names(narrowed.narrow(narrowed.queryset)) == found


def test_categories_are_those_of_the_session_that_is_chosen(asking):
    session = Session.objects.get(body="congress")
    asked = {"session": str(session.pk), "category": "文化"}
    items = Proposal.objects.order_by("pk")

    narrowed = ItemFilter(asked, items, request=asking)
    chosen = narrowed.form.fields["category"].choices
    assert [value for value, _label in chosen] == ["", "城建", "文化", "秘密"]
    assert names(narrowed.narrow(items)) == ["R24"]


@pytest.mark.parametrize("session", ["", "0", "x", "9" * 30])
def test_a_category_without_its_session_is_refused(asking, session):
    asked = {"session": session, "category": "文化"}
    items = Proposal.objects.order_by("pk")
    errors = ItemFilter(asked, items, request=asking).form.errors
    assert errors.keys() == {"category"} | ({"session"} if session else set())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["R23", "R24", "R25", "Z1", "Z1"]),
        ({"body": "cppcc"}, ["Z1", "Z1"]),
        ({"beneath": "GAJU"}, ["Z1"]),
        ({"role": "separate"}, ["Z1", "Z1"]),
        ({"role": "lead"}, ["R23", "R24", "R25"]),
        ({"outcome": "replied"}, ["R23", "R24", "R25", "Z1", "Z1"]),
        ({"outcome": "returned"}, []),
        ({"status": "return_asked"}, []),
        ({"result_class": "B"}, ["Z1"]),
        ({"text": "档案"}, ["R24"]),
        ({"light": "open"}, []),
    ],
)
def test_a_list_of_tasks_is_narrowed(asking, asked, found):
    tasks = Assignment.objects.filter(role__in=("lead", "separate")).order_by("pk")
    narrowed = TaskFilter(asked, tasks, request=asking)
    assert narrowed.is_valid()
    assert names(task.case for task in narrowed.narrow(tasks)) == found


def test_tasks_are_narrowed_to_a_session(asking):
    session = Session.objects.get(body="cppcc")
    tasks = Assignment.objects.order_by("pk")
    narrowed = TaskFilter({"session": str(session.pk)}, tasks, request=asking)
    assert {task.case.session for task in narrowed.narrow(tasks)} == {session}
