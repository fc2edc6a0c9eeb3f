"""Texts with figures by name, and the numbers that a hand has typed among them."""

from datetime import date

import pytest

from reports.annual.prose import Mention, told
from reports.models import Tally
from reports.yearly import Yearly
from tests.factories import make_agency, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def yearly():
    """2016: two requests in a county, one in the office, 147485 items published."""
    office = make_agency(kind="city_office")
    county = make_agency(kind="county", parent=office)
    for agency in (office, county, county):
        make_request("handling", agency, date(2016, 5, 3))
    for code, value in {"S1.1": 147485, "S1.2.1": 26, "S9.3": 170}.items():
        Tally.objects.create(agency=office, year=2016, code=code, value=value)
    return Yearly(2016, office)


def printed(text, yearly):
    return ["".join(run.text for run in runs) for runs in told(text, yearly).paragraphs]


def mentions(text, yearly):
    return [
        (one.said, one.row, one.column, one.fault)
        for one in told(text, yearly).mentions
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("受理{S3.1}起", "受理3起"),
        ("县区{S3.1@county}起", "县区2起"),
        ("公开{S1.1=14万余}，共{S1.1}", "公开14万余，共147485"),
        ("自{R.from}至{R.until}", "自2016年1月1日至2016年12月31日"),
        ("没有{S6}", "没有—"),
        ("{X1}与{S3.1@nowhere}", "{X1}与{S3.1@nowhere}"),
    ],
)
def test_a_figure_stands_where_it_is_named(yearly, text, said):
    assert printed(text, yearly) == [said]


def test_each_line_is_a_paragraph(yearly):
    assert printed("一\n\n  二 \n", yearly) == ["一", "二"]


def test_a_figure_leads_to_its_place(yearly):
    ((first, second, _end),) = told("受理{S3.1}起", yearly).paragraphs
    assert (first.row, second[1:]) == ("", ("S3.1", "total"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{S3.1}", ("3", "S3.1", "total", "")),
        ("{S1.1=14万余}", ("14万余", "S1.1", "total", "")),
        ("{S1.1=15万余}", ("15万余", "S1.1", "total", "differs")),
        ("{R.parts=七}", ("七", "R.parts", "total", "")),
        ("{R.from=2016年1月1日}", ("2016年1月1日", "R.from", "total", "")),
        ("{R.from=2015年1月1日}", ("2015年1月1日", "R.from", "total", "differs")),
        ("{S6}", ("—", "S6", "total", "blank")),
        ("{S6=0}", ("0", "S6", "total", "blank")),
        ("{X1}", ("{X1}", "X1", "", "unknown")),
        ("{S3.1@x}", ("{S3.1@x}", "S3.1", "x", "unknown")),
        ("受理{S3.1", ("受理{S3.1", "", "", "braces")),
    ],
)
def test_what_is_named_is_checked(yearly, text, found):
    assert mentions(text, yearly) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全市共受理政府信息公开申请3件。", [("3件", "S3.1", "total", "")]),
        ("共受理公开申请4件", [("4件", "S3.1", "total", "differs")]),
        (
            "共受理申请3件。其中市政府办公室受理1件，县区受理3件。",
            [
                ("3件", "S3.1", "total", ""),
                ("1件", "S3.1", "city_office", ""),
                ("3件", "S3.1", "county", "differs"),
            ],
        ),
        ("通过政府公报公开政府信息26条", [("26条", "S1.2.1", "total", "")]),
        ("主动公开政府信息14万余条", [("14万余条", "S1.1", "total", "")]),
        ("收到举报信5件", [("5件", "", "", "")]),
        ("受理申请3个", [("3个", "", "", "")]),
        ("2016年5月组织培训", []),
        ("受理{S3.1}件，办结3件", [("3", "S3.1", "total", ""), ("3件", "", "", "")]),
        ("行政复议1件", [("1件", "S4", "total", "differs")]),
        ("按期办结率98.5％，满意率97%", [("98.5％", "", "", ""), ("97%", "", "", "")]),
    ],
)
def test_a_typed_number_is_compared_with_the_figure_that_its_words_tell_of(
    yearly, text, found
):
    assert mentions(text, yearly) == found


def test_a_difference_has_both_numbers(yearly):
    (mention,) = told("共受理公开申请4件", yearly).mentions
    assert mention == Mention("4件", "S3.1", "total", 3, "differs")
