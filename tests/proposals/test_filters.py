"""The public list is narrowed by year, body, unit, category, class and words."""

from datetime import date

import pytest

from proposals.filters import ReplyFilter, categories, classes, units, years
from proposals.models import Proposal
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
