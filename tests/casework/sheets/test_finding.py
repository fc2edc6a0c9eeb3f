"""The ledgers of real offices: where their headers are, and which rows are cases."""

import io
from datetime import date

import pytest

from casework.sheets import CellError, Column, Row, Sheet, Unreadable, find, read
from tests.casework.sheets.files import a_book, saved

COLUMNS = (
    Column("number", "编号", ("申请编号", "登记号")),
    Column("applicant", "申请人"),
    Column("received_on", "收到日期", ("收文日期",), "day"),
    Column("disclosed", "予以公开", ("答复情况/予以公开",)),
    Column("refused", "不予公开", ("答复情况/不予公开",)),
)
HEADERS = ("编号", "申请人", "收到日期")


def sheet(*rows, merged=(), encoding=""):
    """A sheet of these rows, each a list or one text with | between its cells."""
    cells = [row.split("|") if isinstance(row, str) else row for row in rows]
    numbered = [
        Row(number, [cell or None for cell in row])
        for number, row in enumerate(cells, 1)
    ]
    return Sheet(
        "", encoding, [row for row in numbered if any(row.cells)], list(merged)
    )


def refused(*rows, columns=COLUMNS):
    with pytest.raises(Unreadable) as error:
        find(sheet(*rows), columns)
    return error.value.code, error.value.params


def test_the_headers_stand_somewhere_near_the_top():
    ledger = find(
        sheet(
            "宝鸡市依申请公开台账", "", "填报单位：市政府|||2016年", HEADERS, "1|张三|x"
        ),
        COLUMNS,
    )
    assert ledger.headers == 4
    assert ledger.title == ["宝鸡市依申请公开台账", "填报单位：市政府", "2016年"]
    assert ledger.letters == {"number": "A", "applicant": "B", "received_on": "C"}
    assert ledger.rows == [
        (5, {"number": "1", "applicant": "张三", "received_on": "x"})
    ]
    assert (ledger.unknown, ledger.skipped) == ([], [])


@pytest.mark.parametrize(
    "header",
    [
        "编号", "編號", " 编 号 ", "编号*", "（编号）", "number", "Number", "登记号",
        "申請編號",
    ],
)  # fmt: skip
def test_a_header_is_known_however_it_is_written(header):
    ledger = find(sheet(["申请人", header, "收文日期"], "张三|1|x"), COLUMNS)

    assert ledger.letters["number"] == "B"


def test_all_columns_are_enough_if_there_are_fewer_than_three():
    columns = COLUMNS[:2]

    assert find(sheet("编号|申请人", "1|张三"), columns).headers == 1
    assert refused("编号|其他", "1|2", columns=columns)[0] == "no_headers"


def test_headers_further_down_are_not_looked_for():
    assert find(sheet(*[""] * 14, HEADERS, "1|2|3"), COLUMNS).headers == 15
    code, params = refused(*["x"] * 15, HEADERS, "1|2|3")
    assert (code, params["rows"]) == ("no_headers", 15)


def test_a_column_that_stands_twice_is_refused_by_its_letters():
    code, params = refused("编号|申请人|收到日期|其他|登记号", "1|2|3|4|5")

    assert (code, params) == ("header_twice", {"letters": "A, E", "name": "编号"})


def test_other_columns_are_told_but_not_ordinals():
    ledger = find(
        sheet("序号|编号|申请人|收到日期|办理人||", "1|2|3|4|5||没有标题"), COLUMNS
    )
    assert ledger.unknown == [("E", "办理人"), ("G", "")]


def test_headers_without_rows_are_refused():
    assert refused(HEADERS) == ("no_rows", {})
    assert refused(HEADERS, "合计|3") == ("no_rows", {})


TWO_LEVELS = [
    ["台账"],
    ["编号", "申请人", "收到日期", "答复情况", None],
    [None, None, None, "予以公开", "不予公开"],
    ["1", "张三", "x", "是", None],
]
MERGES = ["A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"]


def test_sub_headers_are_joined_to_what_stands_over_them():
    ledger = find(read(saved(a_book(TWO_LEVELS, *MERGES))), COLUMNS)

    assert (ledger.headers, ledger.title) == (3, ["台账"])
    assert list(ledger.letters.items()) == [
        ("number", "A"), ("applicant", "B"), ("received_on", "C"),
        ("disclosed", "D"), ("refused", "E"),
    ]  # fmt: skip
    assert [number for number, _row in ledger.rows] == [4]


def test_sub_headers_are_known_in_a_csv_file_which_has_no_merged_cells():
    lines = "\n".join(",".join(cell or "" for cell in row) for row in TWO_LEVELS)
    ledger = find(read(io.BytesIO(lines.encode("gb18030"))), COLUMNS)

    assert (ledger.headers, ledger.title) == (3, ["台账"])
    assert ledger.letters["refused"] == "E"


@pytest.mark.parametrize("merged", [[(1, 2, 1, 3), (1, 4, 1, 5), (1, 1, 2, 1)], []])
def test_equal_sub_headers_are_told_apart_by_what_stands_over_them(merged):
    columns = (
        Column("number", "编号"),
        Column("asked", "件数", ("申请/件数",)),
        Column("answered", "答复件数", ("答复/件数",)),
    )
    rows = ["编号|申请||答复|", "|件数|日期|件数|日期", "1|2|3|4|5"]
    encoding = "" if merged else "utf-8"
    ledger = find(sheet(*rows, merged=merged, encoding=encoding), columns)

    assert ledger.letters == {"number": "A", "asked": "B", "answered": "D"}
    assert ledger.unknown == [("C", "申请/日期"), ("E", "答复/日期")]


def test_a_header_merged_across_stands_for_its_first_column():
    merged = [(1, 2, 1, 3)]
    ledger = find(sheet("编号|申请人||收到日期", "1|张三||x", merged=merged), COLUMNS)

    assert ledger.letters == {"number": "A", "applicant": "B", "received_on": "D"}


def test_a_subtitle_over_the_headers_is_no_header():
    merged = [(1, 1, 1, 5), (2, 1, 2, 2), (2, 3, 2, 5)]
    rows = ["台账", "填报单位：市政府||单位：件||", "编号|申请人|收到日期||", "1|2|3||"]
    ledger = find(sheet(*rows, merged=merged), COLUMNS)

    assert (ledger.headers, len(ledger.title)) == (3, 3)
    assert ledger.letters["number"] == "A"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("", "blank"),
        ("　| |\u00a0", "blank"),
        ("合计|3|", "total"),
        ("|合 計|3", "total"),
        ("小计：|3|", "total"),
        ("总计（件）||3", "total"),
        ("备注：以上|||", "note"),
        ("注1：无|x|", "note"),
        ("說明|x|y", "note"),
        ("填表人：张三|审核人：李四|", "signature"),
        ("|制表|2016年3月", "signature"),
        ("单位负责人(签字)|x|", "signature"),
        ("编号|申请人|收到日期", "header"),
    ],
)
def test_a_row_that_is_no_case_is_skipped_and_told(row, reason):
    ledger = find(sheet(HEADERS, "1|张三|x", row, "2|李四|y"), COLUMNS)

    assert [number for number, _row in ledger.rows] == [2, 4]
    assert [(number, why) for number, why, _text in ledger.skipped] == [(3, reason)]


@pytest.mark.parametrize(
    "text",
    ["注销登记的申请", "合计金额说明书", "说明书", "备注栏申请", "制表工具", "总计划"],
)
def test_a_text_that_only_begins_so_is_a_case(text):
    ledger = find(sheet(HEADERS, [text, "张三", "x"], "2|李四|y"), COLUMNS)

    assert [number for number, _row in ledger.rows] == [2, 3]


def test_notes_at_the_foot_are_skipped_and_told():
    foot = ["合计|2|", "", "本表一式两份", "|由办公室填写"]
    ledger = find(sheet(HEADERS, "1|张三|x", "独自|", "2|李四|y", *foot), COLUMNS)

    assert [number for number, _row in ledger.rows] == [2, 3, 4]
    assert ledger.skipped == [
        (5, "total", "合计"),
        (6, "blank", ""),
        (7, "note", "本表一式两份"),
        (8, "note", "由办公室填写"),
    ]


def test_a_table_of_one_column_has_no_notes_at_its_foot():
    ledger = find(sheet("编号", "1", "2"), COLUMNS[:1])

    assert ledger.rows == [(2, {"number": "1"}), (3, {"number": "2"})]


def test_texts_lose_the_guard_and_the_blanks_around_them_and_nothing_else():
    rows = [
        ["\u3000 '=1+1\u00a0", " cafe\u0301  a ", 3],
        ["'-5", "'x'", date(2016, 3, 1)],
    ]
    ledger = find(sheet(HEADERS, *rows), COLUMNS)

    assert [tuple(row.values()) for _number, row in ledger.rows] == [
        ("'=1+1", "café  a", 3),
        ("-5", "'x'", date(2016, 3, 1)),
    ]


def test_what_is_merged_down_stands_in_each_row():
    rows = ["1|张三|x", "2||y", "||", "3|李四|z"]
    ledger = find(sheet(HEADERS, *rows, merged=[(2, 2, 4, 2)]), COLUMNS)

    assert [row["applicant"] for _number, row in ledger.rows] == [
        "张三",
        "张三",
        "李四",
    ]
    assert ledger.skipped == [(4, "blank", "")]


def test_an_error_of_the_spreadsheet_is_shown_as_it_shows_itself():
    foot = [CellError("#N/A"), "x", "y"]
    ledger = find(sheet(HEADERS, foot, HEADERS), COLUMNS)

    assert str(ledger.rows[0][1]["number"]) == "#N/A"


def test_rows_that_a_kind_of_sheet_leaves_out_are_skipped_with_its_reason():
    ledger = find(sheet(HEADERS, "1|2|3", "", "4|5|6"), COLUMNS)
    (first, row), _other = ledger.rows
    less = ledger.without(lambda one: "told" if one == row else "")
    assert [number for number, _row in less.rows] == [ledger.rows[1][0]]
    assert [(number, reason) for number, reason, _text in less.skipped] == [
        (first, "told"),
        (3, "blank"),
    ]
    with pytest.raises(Unreadable) as error:
        ledger.without(lambda one: "told")
    assert error.value.code == "no_rows"
