"""The annual report as a Word file: its styles, and its tables as they are printed."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from reports.annual.draft import Draft
from reports.documents import ACROSS, DRAFT, as_docx
from reports.models import AnnualReport
from tests.factories import CHIEF, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_agency("宝鸡市人民政府办公室", "BJ", "city_office")


def drawn(office, year, draft=False, **fields):
    """The paper of an unsaved version, and its file read back."""
    file = BytesIO()
    with translation.override("zh-hans"):
        paper = Draft(AnnualReport(agency=office, year=year, **fields)).paper
        as_docx(paper, file, draft)
    return paper, Document(file)


def said(document):
    """Its paragraphs, with their styles."""
    return [(p.style.name, p.text) for p in document.paragraphs if p.text]


def cells(table):
    """The text at each place of a grid, in which a merged cell stands many times."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def expected(block):
    grid = [[""] * block.width for _row in block.rows]
    for row, column, cell in block.placed():
        for down in range(cell.rowspan):
            for right in range(cell.colspan):
                text = cell.shown if cell.figure else str(cell.text)
                grid[row + down][column + right] = text
    return grid


def test_it_is_an_official_document(office):
    texts = {
        "1": "（一）主动公开\n（二）依申请公开。全年新收{T3.1}件，依法依规办理完毕。"
    }

    _paper, document = drawn(office, 2025, texts=texts)

    assert said(document)[:4] == [
        ("公文标题", "宝鸡市人民政府\n2025年政府信息公开工作年度报告"),
        ("公文一级标题", "一、总体情况"),
        ("公文二级标题", "（一）主动公开"),
        ("公文正文", "（二）依申请公开。全年新收0件，依法依规办理完毕。"),
    ]
    assert (
        document.core_properties.title == "宝鸡市人民政府2025年政府信息公开工作年度报告"
    )


@pytest.mark.parametrize(("draft", "times"), [(True, 1), (False, 0)])
def test_a_draft_says_that_it_is_one(office, draft, times):
    _paper, document = drawn(office, 2025, draft)
    assert said(document).count(("公文字号", DRAFT)) == times


def test_a_later_version_says_what_it_corrects(office):
    fields = {"version": 2, "correction": "更正了收费金额。"}
    paper, document = drawn(office, 2025, **fields)
    assert said(document)[1] == ("公文字号", paper.notice)


@pytest.mark.parametrize("year", [2016, 2020, 2025])
def test_its_tables_are_those_that_are_printed(office, year):
    chief = make_user(*CHIEF, agency=office)
    make_request("handling", office, date(year, 3, 4), by=chief)

    paper, document = drawn(office, year)

    blocks = [block for chapter in paper.chapters for block in chapter.blocks]
    assert [cells(table) for table in document.tables] == list(map(expected, blocks))


@pytest.mark.parametrize(
    ("year", "heads"), [(2016, [1]), (2025, [0, 3, 3])], ids=["2014", "2021"]
)
def test_the_heads_of_a_table_stand_on_each_page_again(office, year, heads):
    _paper, document = drawn(office, year)
    marked = [
        sum(row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows)
        for table in document.tables
    ]
    assert marked == heads


def test_a_table_that_fits_stands_on_one_page(office):
    def kept(table):
        rows = table._tbl.tr_lst
        return [row.find(f".//{qn('w:keepNext')}") is not None for row in rows]

    for table in drawn(office, 2025)[1].tables:
        assert kept(table) == [True] * (len(table.rows) - 1) + [False]
    (form,) = drawn(office, 2016)[1].tables
    assert not any(kept(form))


def test_the_form_of_2014_is_an_annex(office):
    _paper, document = drawn(office, 2016)
    texts = said(document)
    at = texts.index(("公文附件", "附件"))
    assert texts[at - 1] == ("公文正文", "附件：政府信息公开情况统计表")
    assert texts[at + 1] == ("公文标题", "政府信息公开情况统计表")
    assert "宝鸡市人民政府" in texts[at + 2][1]
    assert "2016" in texts[at + 2][1]


def test_a_number_stays_in_its_line(office):
    """Of Chinese, a line may end after each of its figures."""
    _paper, document = drawn(office, 2025)
    languages = document.element.findall(f".//{qn('w:lang')}")
    assert {one.get(qn("w:val")) for one in languages} == {"en-US"}


def test_every_table_fits_between_the_margins(office):
    for year in (2016, 2025):
        _paper, document = drawn(office, year)
        for table in document.tables:
            widths = [int(c._gridCol.get(qn("w:w"))) for c in table.columns]
            assert ACROSS - len(widths) < sum(widths) <= ACROSS
            for row in table._tbl.tr_lst:
                assert sum(cell.width.twips for cell in row.tc_lst) == sum(widths)


def test_who_answers_for_it_stands_beneath_the_form_of_2014(office):
    signed = {"head": "赵", "reviewer": "钱", "writer": "孙", "phone": "0917-0000001"}

    _paper, document = drawn(office, 2016, filled_on=date(2017, 3, 20), **signed)

    (_style, last) = said(document)[-1]
    parts = "单位负责人：赵 审核人：钱 填报人：孙 联系电话：0917-0000001 填报日期："
    assert last.split("　")[:-1] == parts.split()[:-1]
    assert said(drawn(office, 2025, **signed)[1])[-1] != last


def test_what_word_cannot_hold_is_left_out(office):
    _paper, document = drawn(office, 2025, texts={"5": "问题\x08一\x00"})
    assert ("公文正文", "问题一") in said(document)
