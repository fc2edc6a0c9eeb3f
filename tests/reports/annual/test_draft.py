"""A version as it stands: its sections, texts, findings, and the paper they make."""

from datetime import date

import pytest

from reports.annual.draft import Draft
from reports.models import AnnualReport, Tally
from tests.factories import make_agency, make_request
from tests.items import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_agency("宝鸡市人民政府办公室", kind="city_office")


def draft(office, year=2025, **fields):
    return Draft(AnnualReport(agency=office, year=year, **fields))


def found(draft, code):
    return {one.code: one for one in draft.findings}[code]


@pytest.mark.parametrize(
    ("year", "with_items", "codes"),
    [
        (2016, False, ["1", "2", "3", "items", "5", "6", "7"]),
        (2016, True, ["1", "2", "3", "items", "5", "6", "7"]),
        (2020, False, ["1", "2", "3", "4", "5", "6"]),
        (2025, False, ["1", "2", "3", "4", "5", "6"]),
        (2025, True, ["1", "2", "3", "4", "5", "6", "items"]),
    ],
)
def test_the_sections_are_those_of_the_edition_and_what_the_body_wants(
    office, year, with_items, codes
):
    found = draft(office, year, with_items=with_items)
    assert [section.code for section in found.sections] == codes


def test_the_tables_stand_in_their_sections_or_behind_them(office):
    def tables(year):
        return {
            chapter.code: len(chapter.blocks)
            for chapter in draft(office, year).paper.chapters
            if chapter.blocks
        }

    assert tables(2025) == {"2": 1, "3": 1, "4": 1}
    assert tables(2016) == {"annex": 1}


@pytest.mark.parametrize(
    ("alone", "title", "said"),
    [
        (False, "", "宝鸡市人民政府2025年政府信息公开工作年度报告"),
        (True, "", "宝鸡市人民政府办公室2025年政府信息公开工作年度报告"),
        (False, "另一标题", "另一标题"),
    ],
)
def test_the_office_of_a_government_reports_for_it(office, alone, title, said):
    assert draft(office, alone=alone, title=title).title == said


def test_a_text_is_suggested_until_one_is_written(office):
    assert "本年度发出收费通知{T6.fee_notices}件" in draft(office).text("6")
    assert draft(office, texts={"6": "无。"}).text("6") == "无。"
    assert draft(office, texts={"6": ""}).text("6") == ""


def test_items_are_suggested_for_each_body_of_the_year(office):
    make_session(office)
    text = draft(office, 2016).text("items")
    assert ("{J2.handled}" in text, "{Z2.handled}" in text) == (True, False)


def test_a_section_without_tables_must_have_a_text(office):
    empty = draft(office, texts={"4": "", "5": "", "6": "无。"})
    states = {code: found(empty, f"prose.{code}").state for code in ("4", "5", "6")}
    assert states == {"4": "holds", "5": "fails", "6": "holds"}


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("（三）政府信息管理。\n（四）政府信息公开平台建设。\n规范有序。", 1),
        ("（三）政府信息管理。\n规范有序。\n（五）监督保障。", 1),
        ("（三）政府信息管理。\n规范有序。\n\n（五）监督保障。\n落实到位。", 0),
        ("（三）政府信息管理。规范有序。", 0),
    ],
)
def test_a_heading_is_bare_if_nothing_stands_beneath_it(office, text, bare):
    assert len(found(draft(office, texts={"1": text}), "prose.1").details) == bare


@pytest.mark.parametrize(
    ("text", "state"),
    [("无。", "warns"), ("工作考核、社会评议、责任追究结果均已公开。", "holds")],
)
def test_a_government_tells_of_assessment_and_accountability(office, text, state):
    told = draft(office, texts={"1": text})
    assert found(told, "prose.accountable").state == state


def test_others_need_not_tell_of_accountability(office):
    bureau = make_agency(kind="department", parent=office)
    for one in (
        draft(office, alone=True),
        draft(office, 2016),
        Draft(AnnualReport(agency=bureau, year=2025)),
    ):
        assert "prose.accountable" not in {finding.code for finding in one.findings}


def test_prose_is_compared_with_the_tables(office):
    make_request("handling", office, date(2025, 3, 4))
    wrong = draft(office, texts={"5": "全年收到公开申请2件，处理举报3件。"})
    finding = found(wrong, "prose.5")
    assert finding.state == "fails"
    assert [(one.row, one.column) for one in finding.details] == [("T3.1", "C3.3")]
    typed = found(wrong, "prose.typed")
    assert (typed.state, [one.text for one in typed.details]) == ("unknown", ["3件"])


@pytest.mark.parametrize(
    ("fields", "state", "numbers"),
    [
        ({"texts": {"5": "联系电话0917-3260000。"}}, "holds", []),
        ({"texts": {"5": "联系电话13891701234。"}}, "warns", ["138****1234"]),
        (
            {"texts": {"5": "张某（11010519491231002X）。"}},
            "fails",
            ["11*************02X"],
        ),
        ({"correction": "删去11010519491231002X。"}, "fails", ["11*************02X"]),
        ({"reasons": {"x": "11010519491231002X"}}, "fails", ["11*************02X"]),
        (
            {"texts": {"9": "11010519491231002X"}},
            "holds",
            [],
        ),  # no section is the ninth
    ],
)
def test_numbers_of_persons_are_found_in_what_is_printed(
    office, fields, state, numbers
):
    finding = found(draft(office, **fields), "prose.personal")
    assert (finding.state, [one.text for one in finding.details]) == (state, numbers)


def test_the_worst_comes_first(office):
    states = [finding.state for finding in draft(office).findings]
    order = ["fails", "warns", "unknown", "holds"]
    assert states == sorted(states, key=order.index)
    assert len({finding.code for finding in draft(office).findings}) == len(states)


@pytest.mark.parametrize(("year", "section"), [(2016, "7"), (2025, "6")])
def test_a_reason_unblocks_and_is_printed_in_the_last_section_of_the_form(
    office, year, section
):
    reasons = {"plausible.blank": "相关数据未作统计。", "identity.T3.flow": "无关"}
    explained = draft(office, year, reasons=reasons, with_items=True)
    assert "plausible.blank" not in {one.code for one in explained.blocking}
    printed = {
        chapter.code: "".join(run.text for runs in chapter.paragraphs for run in runs)
        for chapter in explained.paper.chapters
    }
    holding = [code for code, text in printed.items() if "未作统计" in text]
    assert holding == [section]
    # What holds needs no reason.
    assert "无关" not in printed[section]


def test_beneath_the_form_of_2014_stands_who_answers_for_it(office):
    signed = {"head": "张华", "reviewer": "李军", "filled_on": date(2017, 3, 1)}
    values = [value for _label, value in draft(office, 2016, **signed).paper.signature]
    assert values == ["张华", "李军", "", "", "2017年3月1日"]
    assert draft(office, 2025, **signed).paper.signature == []


def test_a_correction_says_what_it_corrects(office):
    assert draft(office).paper.notice == ""
    corrected = draft(office, version=2, correction="更正第三节。")
    assert "更正第三节。" in corrected.paper.notice


def test_a_report_of_a_body_alone_has_its_own_figures(office):
    bureau = make_agency(parent=office)
    make_request("handling", bureau, date(2025, 3, 4))
    Tally.objects.create(agency=bureau, year=2025, code="T2.5.1.decisions", value=2)
    figures = {alone: draft(office, alone=alone).yearly.figures for alone in (0, 1)}
    assert [figures[alone]["T3.1", "C3.3"] for alone in (0, 1)] == [1, 0]
