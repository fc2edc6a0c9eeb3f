"""Rows that leave as files: no text becomes a formula, no number becomes a text."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from casework.sheets import (
    Column,
    csv_lines,
    find,
    guarded,
    put,
    read,
    template,
    unguarded,
    xlsx,
)

DANGEROUS = [
    "=1+1", "+86 917", "-2+3", "@SUM(A1)", "|calc", "%0A=1", "\t=1", "\r=1", "\n=1",
    "  =1", "\u3000＝1", "＋1", "－1", "＠A1", " \t1",
]  # fmt: skip


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_would_be_calculated_is_kept_a_text(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "'", "'x", "''", "'宝鸡'", " '=1"])
def test_only_the_guard_is_taken_off(text):
    assert unguarded(text) == text


@given(st.text("'=+-@| \u3000＝a", max_size=6))
def test_a_guarded_text_is_read_as_it_was(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "value", ["宝鸡", "1=1", "A-1", "", "（一）", 0, -3, Decimal("-1.5"), None]
)
def test_anything_else_stays_as_it_is(value):
    assert guarded(value) == value


def test_a_csv_file_begins_with_the_mark_and_ends_its_lines_as_excel_does():
    lines = list(csv_lines([("机关", "值"), ("=危险", -3), ('逗号,引号"', None)]))

    assert lines[0] == "\ufeff"
    assert "".join(lines[1:]) == ('机关,值\r\n\'=危险,-3\r\n"逗号,引号""",\r\n')


def test_a_csv_file_is_written_line_by_line():
    rows = iter([("一",), ("二",)])
    lines = csv_lines(rows)

    assert (next(lines), next(lines)) == ("\ufeff", "一\r\n")
    assert list(rows) == [("二",)]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_csv_file_is_read_back_as_it_was_guarded(text):
    body = "".join(csv_lines([(text,)])).removeprefix("\ufeff")

    assert list(csv.reader(io.StringIO(body, newline=""))) == [[f"'{text}"]]


@pytest.mark.parametrize("text", ["=1+1", "@A", "宝鸡", "'=1"])
def test_a_text_in_an_excel_file_is_never_a_formula(text):
    book, file = Workbook(), io.BytesIO()
    put(book.active["A1"], text)
    book.save(file)

    cell = load_workbook(file).active["A1"]
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("value", [3, -3, Decimal("1.5")])
def test_a_number_in_an_excel_file_is_a_number(value):
    book, file = Workbook(), io.BytesIO()
    put(book.active["A1"], value)
    book.save(file)

    cell = load_workbook(file).active["A1"]
    assert (cell.data_type, cell.value) == ("n", value)


def test_what_an_excel_file_cannot_hold_is_left_out():
    book = Workbook()
    put(book.active["A1"], "坏\x00字\x0b符")
    assert book.active["A1"].value == "坏字符"


def test_an_excel_file_holds_texts_numbers_and_days_as_they_are():
    file = io.BytesIO()
    xlsx([["编号", "=1+1", "#N/A"], ("007", 12, date(2016, 3, 1)), (None, True)], file)

    rows = [
        [(cell.data_type, cell.value) for cell in row]
        for row in load_workbook(file).active.iter_rows()
    ]
    assert rows[0] == [("s", "编号"), ("s", "'=1+1"), ("s", "#N/A")]
    assert rows[1][:2] == [("s", "007"), ("n", 12)]
    assert (rows[1][2][0], rows[1][2][1].date()) == ("d", date(2016, 3, 1))
    assert rows[2] == [("n", None), ("b", True), ("n", None)]


def test_an_excel_file_is_written_row_by_row():
    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield (number,)

    file = io.BytesIO()
    xlsx(rows(), file)
    file.seek(0)
    assert (taken, [row.cells for row in read(file).rows]) == (
        [0, 1, 2],
        [[0], [1], [2]],
    )


COLUMNS = (
    Column("number", "编号", required=True, help="如 BJ-2016-1"),
    Column("received_on", "收到日期", kind="day", required=True),
    Column("fee", "费用", kind="number"),
    Column(
        "outcome",
        "答复情况",
        kind="choice",
        choices=tuple((f"c{number}", f"第{number}种" * 20) for number in range(40)),
    ),
)


@pytest.fixture(scope="module")
def filled_in():
    file = io.BytesIO()
    template(COLUMNS, file)
    return file


def test_a_template_has_headers_and_formats(filled_in):
    sheet = load_workbook(filled_in).worksheets[0]

    assert [(cell.value, cell.font.bold) for cell in sheet[1]] == [
        ("编号", True), ("收到日期", True), ("费用", True), ("答复情况", True),
    ]  # fmt: skip
    assert sheet.freeze_panes == "A2"
    assert [sheet.column_dimensions[letter].number_format for letter in "ABCD"] == [
        "@", "yyyy-mm-dd", "General", "@",
    ]  # fmt: skip


def test_a_template_offers_the_allowed_values_on_a_sheet_of_their_own(filled_in):
    book = load_workbook(filled_in)
    lists = book.worksheets[1]
    (rule,) = book.worksheets[0].data_validations.dataValidation

    assert rule.type == "list"
    assert str(rule.sqref) == "D2:D20001"
    assert rule.formula1 == f"'{lists.title}'!$A$2:$A$41"
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * 3
    assert [cell.value for cell in lists["A"]] == [
        "答复情况",
        *(label for _code, label in COLUMNS[3].choices),
    ]


def test_a_template_explains_each_column(filled_in):
    note = load_workbook(filled_in).worksheets[2]

    assert [row[0] for row in note.iter_rows(min_row=2, values_only=True)] == [
        str(column.label) for column in COLUMNS
    ]
    assert note["D2"].value == "如 BJ-2016-1"


def test_a_template_without_choices_has_no_list():
    file = io.BytesIO()
    template(COLUMNS[:3], file)

    assert len(load_workbook(file).worksheets) == 2


def test_a_template_that_was_filled_in_is_read(filled_in):
    book, file = load_workbook(filled_in), io.BytesIO()
    book.worksheets[0].append(["610302199001011234", date(2016, 3, 1), 1.5, "第1种"])
    book.save(file)
    file.seek(0)

    (row,) = find(read(file), COLUMNS).rows
    assert row == (
        2,
        {
            "number": "610302199001011234",
            "received_on": date(2016, 3, 1),
            "fee": 1.5,
            "outcome": "第1种",
        },
    )
