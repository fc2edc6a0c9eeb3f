"""What every kind of sheet has in common, on the figures that bodies report."""

import pytest
from django.utils.translation import override

from casework.resources import SheetField, batched
from casework.resources import base as of_sheets
from casework.sheets import CellError, Choice, Day, Number, Text, Unreadable, Whole
from disclosure.resources import RequestResource
from tests.factories import CHIEF, make_agency, make_user
from tests.ledgers import a_csv, a_workbook, counted, line, lines, take, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make_user(*CHIEF, agency=make_agency("宝鸡市人民政府", "BJ"))


def test_things_come_in_lists_of_so_many():
    assert list(batched(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batched([], 2)) == []


@pytest.mark.parametrize(
    ("widget", "kind", "choices"),
    [
        (Text(), "text", ()),
        (Day(), "day", ()),
        (Whole(), "number", ()),
        (Number(), "number", ()),
        (Choice([("a", "甲")]), "choice", (("a", "甲"),)),
    ],
)
def test_a_field_says_what_may_stand_in_its_column(widget, kind, choices):
    field = SheetField("名称", widget, names=("别名",), required=True, help="说明")
    field.column_name = "name"
    column = field.column
    assert (column.code, column.label, column.names) == ("name", "名称", ("别名",))
    assert (column.kind, column.choices) == (kind, choices)
    assert (column.required, column.help) == (True, "说明")


def test_who_waits_is_told_how_far_it_is(chief, monkeypatch):
    monkeypatch.setattr(of_sheets, "BATCH", 10)
    done = []
    resource = RequestResource(chief, of_sheets.date(2026, 3, 9), done.append)
    rows = lines(25)
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    resource.take_in(a_csv(table), "ledger.csv", dry_run=True)
    assert done == [10, 20]


@pytest.mark.parametrize("bad", [0, 9, 10, 24])
def test_a_bad_row_in_any_batch_leaves_nothing_of_the_others(chief, monkeypatch, bad):
    monkeypatch.setattr(RequestResource._meta, "batch_size", 10)
    rows = lines(25)
    rows[bad] |= {"arrived_on": "2024-04-15"}
    taken = take(*rows, by=chief)
    assert told(taken) == [(bad + 2, "arrived_on", "arrived_on_before_submitted_on")]
    assert (counted(taken), RequestResource.model.objects.count()) == ((24, 0, 1), 0)


def test_rows_of_several_batches_are_all_stored(chief, monkeypatch):
    monkeypatch.setattr(RequestResource._meta, "batch_size", 10)
    for expected in ((25, 0, 0), (0, 25, 0)):
        assert counted(take(*lines(25), by=chief)) == expected
    assert RequestResource.model.objects.count() == 25


def test_every_cell_that_is_wrong_is_named_by_the_letter_that_the_person_sees(chief):
    sheet = [
        ["说明文字"],
        ["序号", "备注", "文号", "编号", "受理单位", "申请方式", "申请人类型", "申请人",
         "申请内容", "申请日期"],
        [],
        [1, "", "", "1", "BJ", "飞鸽", "公民", "王", "批复", "昨天"],
    ]  # fmt: skip
    taken = take(a_csv(sheet), by=chief)
    assert [(p.row, p.letter, p.code, p.shown) for p in taken.problems] == [
        (4, "F", "no_such_choice", "飞鸽"),
        (4, "J", "not_a_day", "昨天"),
    ]


def test_reasons_are_in_the_order_of_the_sheet_and_in_the_readers_language(chief):
    rows = [line(number=f"{n}", channel="飞鸽") for n in range(12)]
    messages = []
    for language in ("zh-hans", "en"):
        with override(language):
            taken = take(*rows, by=chief)
            messages.append(taken.problems[0].message)
    assert [problem.row for problem in taken.problems] == list(range(2, 14))
    assert messages[0] != messages[1]


def test_an_error_of_a_spreadsheet_is_shown_as_it_was(chief):
    taken = take(a_workbook(line(submitted_on="#N/A")), by=chief)
    [problem] = taken.problems
    assert (problem.value, problem.shown, problem.code) == (
        CellError("#N/A"), "#N/A", "cell_error",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("编号,受理单位,申请方式\n", "no_rows"),
        ("一,二\n1,2\n", "no_headers"),
        ("编号,编号,受理单位,申请方式,申请人\n1,1,BJ,当面,王\n", "header_twice"),
        ("编号,受理单位,申请方式\n1,BJ,当面\n", "columns_missing"),
    ],
)
def test_what_is_no_sheet_of_this_kind_is_refused_as_a_whole(chief, content, code):
    rows = [text.split(",") for text in content.splitlines()]
    with pytest.raises(Unreadable) as refused:
        take(a_csv(rows), by=chief)
    assert refused.value.code == code
