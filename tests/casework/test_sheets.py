"""Rows that leave as files: no text becomes a formula, no number becomes a text."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from casework.sheets import csv_lines, guarded, put

DANGEROUS = [
    "=1+1", "+86 917", "-2+3", "@SUM(A1)", "|calc", "%0A=1", "\t=1", "\r=1", "\n=1",
    "  =1", "\u3000＝1", "＋1", "－1", "＠A1", " \t1",
]  # fmt: skip


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_would_be_calculated_is_kept_a_text(text):
    assert guarded(text) == f"'{text}"


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
