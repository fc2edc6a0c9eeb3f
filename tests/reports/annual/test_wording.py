"""The words by which a text tells of a figure."""

import re
from datetime import date

import pytest

from reports.annual.phrases import PHRASES
from reports.annual.prose import told
from reports.models import Tally
from reports.yearly import EDITIONS, Yearly
from tests.factories import CHIEF, make_agency, make_request, make_user

DAY = date(2025, 3, 4)
KNOWN = {code for form in EDITIONS.values() for code in form.lines} | {
    # Of a year with sessions.
    *(
        f"{body}{code}"
        for body in "JZ"
        for code in ("1.received", "2.handled", "2.replied")
    )
}


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.code)
def test_each_tells_of_a_figure_that_there_is(phrase):
    assert {*phrase.rows, *phrase.others} <= KNOWN
    for words in (phrase.key, phrase.near, phrase.unless):
        assert re.compile(words).groups == 0


@pytest.fixture
def office():
    return make_agency(kind="city_office")


def places(text, year, office):
    """The row and the column with which the last number is compared."""
    *_others, last = told(text, Yearly(year, office)).mentions
    return f"{last.row} {last.column}".strip()


REQUESTS = "2025年，依申请公开工作平稳有序。"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("本年新收政府信息公开申请24件", "T3.1 C3.3"),
        ("共收到公民、法人和其他组织依申请公开24件", "T3.1 C3.3"),
        ("全年受理政府信息公开申请，共计24件", "T3.1 C3.3"),
        ("新收自然人申请20件", "T3.1 C3.1"),
        ("新收政府信息公开申请24件，其中自然人20件", "T3.1 C3.1"),
        ("收到申请24件，其中商业企业申请3件", "T3.1 C3.2.1"),
        ("上年结转2件", "T3.2 C3.3"),
        ("2024年结转政府信息公开申请2件", "T3.2 C3.3"),
        ("结转2026年继续办理3件", "T3.4 C3.3"),
        ("结转下年度继续办理3件", "T3.4 C3.3"),
        ("已办结政府信息公开申请21件", "T3.3.7 C3.3"),
        ("按期答复申请21件", "R.closed_in_time total"),
        ("予以公开11件", "T3.3.1 C3.3"),
        ("部分公开2件", "T3.3.2 C3.3"),
        ("不予公开5件", "T3.3.3 C3.3"),
        ("不予公开（属于国家秘密1件", "T3.3.3.1 C3.3"),
        ("无法提供5件", "T3.3.4 C3.3"),
        ("不予处理5件", "T3.3.5 C3.3"),
        ("其他处理5件", "T3.3.6 C3.3"),
        ("本机关不掌握相关政府信息7件", "T3.3.4.1 C3.3"),
        ("重复申请1件", "T3.3.5.2 C3.3"),
        ("行政复议3件", "T4.1.5 total"),
        ("行政复议3件，维持1件", "T4.1.1 total"),
        ("行政诉讼3件", "T4.2 total"),
        ("未经复议直接起诉3件", "T4.2.1.5 total"),
        ("复议后起诉3件", "T4.2.2.5 total"),
        ("制发行政规范性文件3件", "T2.1.2.made total"),
        ("废止规章3件", "T2.1.1.repealed total"),
        ("现行有效行政规范性文件3件", "T2.1.2.valid total"),
        ("作出行政许可决定3件", "T2.5.1.decisions total"),
        ("行政事业性收费金额3万元", "T2.8.1.amount total"),
        ("发出收费通知3件", "T6.fee_notices total"),
        ("发出收费通知3件，总金额300元", "T6.fee_notified_amount total"),
        ("发出收费通知3件，实际收取的总金额300元", "T6.fee_received_amount total"),
        ("收取信息处理费300元", "T6.fee_received_amount total"),
    ],
)
def test_what_reports_since_2019_say(office, text, place):
    assert places(REQUESTS + text, 2025, office) == place


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "受理群众举报投诉130件",
        "收到人大代表建议以外的来信15件",
        "受理行政许可申请1200件",
        "新收申请较上年增加3件",
        "不予受理2件",
        "尚未办结3件",
        "予以公开和部分公开13件",
        "行政复议、行政诉讼5件",
        "受理并办结申请24件",
        "收到法人或者其他组织申请4件",
        "各县区和市级部门受理申请44件",
        "因信息不存在无法提供3件",
        "上年结转行政复议案件2件",
        "办结申请事项，印发通知30件",
    ],
)
def test_what_is_not_certain_is_compared_with_nothing(office, text):
    assert places(REQUESTS + text, 2025, office) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("全年累计公开各类政府信息14万余条", "S1.1 total"),
        ("通过政府网站主动公开政府信息75257条", "S1.2.2 total"),
        ("通过市政府门户网站主动公开政府信息1200条", ""),
        ("主要负责同志参加新闻发布会3次", "S2.2.1.1 total"),
        ("组织召开新闻发布会15场次", "S2.2.1 total"),
        ("收到申请130件，其中当面申请41件", "S3.1.1 total"),
        ("各县区加大力度，全市共受理申请130件", "S3.1 total"),
        ("各部门发表政策解读文章70篇", ""),
        ("播出线上访谈19期", "S2.2.2 total"),
        ("收到申请3件，延期办结1件", "S3.2.2 total"),
        ("不同意公开10件", "S3.3.4 total"),
        ("同意公开10件", "S3.3.2 total"),
        ("制发规范性文件12件", "S1.1.2 total"),
        ("举办各类培训班170人次", ""),
        ("接受培训人员170人次", "S9.3 total"),
    ],
)
def test_what_reports_until_2018_say(office, text, place):
    assert places(text, 2016, office) == place


@pytest.mark.django_db
def test_what_the_form_heads_without_a_figure_is_a_sum(office):
    chief = make_user(*CHIEF, agency=office)
    for outcome in ("state_secret", "internal_affairs", "nonexistent"):
        make_request("closed", office, DAY, by=chief, closed=DAY, outcome=outcome)
    text = "答复申请3件，其中不予公开2件、无法提供2件、其他处理0件。"
    faults = [one.fault for one in told(text, Yearly(2025, office)).mentions]
    assert faults == ["", "", "differs", ""]


@pytest.mark.django_db
def test_a_number_is_read_in_the_unit_of_its_figure(office):
    Tally.objects.create(agency=office, year=2025, code="T2.8.1.amount", value=35)
    yearly = Yearly(2025, office)
    faults = {
        text: told(text, yearly).mentions[-1].fault
        for text in ("行政事业性收费金额35万元", "行政事业性收费金额35元")
    }
    assert list(faults.values()) == ["", "differs"]


@pytest.mark.django_db
def test_a_number_is_right_that_is_one_of_those_that_the_words_may_mean(office):
    Tally.objects.create(agency=office, year=2016, code="S1.1", value=147485)
    yearly = Yearly(2016, office)
    said = [
        (one.said, one.fault)
        for one in told("主动公开政府信息十四万余条，分为两条。", yearly).mentions
    ]
    assert said == [("十四万余条", "")]
