"""What a cell says, and what it is refused for."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from casework.sheets import CellError, Choice, Day, Number, Text, Whole
from casework.sheets.values import MESSAGES, refusal

OUTCOMES = (("disclosed", "予以公开"), ("partly", "部分公开"), ("refused", "不予公开"))
OUTCOME = Choice(OUTCOMES, {"公开": "disclosed", "全部公开": "disclosed"})
WIDGETS = [Day(), Text(), Whole(), Number(), OUTCOME]


def refused(widget, value):
    with pytest.raises(ValidationError) as error:
        widget.clean(value)
    return error.value.code


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("value", [None, "", "  ", "\u3000"])
def test_an_empty_cell_says_nothing(widget, value):
    assert widget.clean(value) == ("" if isinstance(widget, Text) else None)


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("shown", ["#N/A", "="])
def test_an_error_of_the_spreadsheet_is_no_value(widget, shown):
    assert refused(widget, CellError(shown)) == "cell_error"


@pytest.mark.parametrize(
    "value",
    [
        "2016-03-01", "2016-3-1", "2016/3/1", "2016/03/01", "2016.3.1", "2016.03.01",
        "20160301", "二〇一六年三月一日", "二零一六年三月一日",
        "2016年3月1日", "2016年03月01日", "2016 年 3 月 1 日", "２０１６年３月１日",
        "２０１６－０３－０１", "2016-03-01 00:00:00", "2016/3/1 9:30",
        "2016-03-01T00:00:00", "2016年3月1日 00:00", " 2016-03-01 ", "42430", "42430.5",
        42430, 42430.0, 42430.75, date(2016, 3, 1), datetime(2016, 3, 1, 9),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_written(value):
    assert Day().clean(value) == date(2016, 3, 1)


@pytest.mark.parametrize(
    ("value", "day"), [(20000, date(1954, 10, 3)), (80000, date(2119, 1, 11))]
)
def test_days_are_counted_within_what_is_likely(value, day):
    assert Day().clean(value) == day


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("3月1日", "not_a_day"),
        ("16-3-1", "not_a_day"),
        ("2016-3/1", "not_a_day"),
        ("2016-3", "not_a_day"),
        ("2016年3月", "not_a_day"),
        ("2016-03-01 上午", "not_a_day"),
        ("01/03/2016", "not_a_day"),
        ("无", "not_a_day"),
        (19999, "not_a_day"),
        (80001, "not_a_day"),
        (-42430, "not_a_day"),
        (True, "not_a_day"),
        ("2016-02-30", "no_such_day"),
        ("2015年2月29日", "no_such_day"),
        ("2016.13.1", "no_such_day"),
        ("0000-01-01", "no_such_day"),
    ],
)
def test_what_is_no_day_is_refused(value, code):
    assert refused(Day(), value) == code


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("宝政〔2016〕1号", "宝政〔2016〕1号"),
        ("ＡＢ　", "ＡＢ　"),
        ("007", "007"),
        ("610302199001011234", "610302199001011234"),
        (12, "12"),
        (12.0, "12"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (999_999_999_999_999, "999999999999999"),
        (13909170000.0, "13909170000"),
        (True, "TRUE"),
        (date(2016, 3, 1), "2016-03-01"),
    ],
)
def test_a_text_is_what_was_typed(value, text):
    assert Text().clean(value) == text


@pytest.mark.parametrize(
    "value",
    [
        610302199001011200, 6.10302199001011e17, 1_000_000_000_000_000, -1e15,
        float("inf"), "6.10302E+17", "6E+17", "1.39092e+10",
    ],
)  # fmt: skip
def test_a_long_number_is_refused_since_its_digits_are_lost(value):
    assert refused(Text(), value) == "digits_lost"


def test_a_text_may_have_a_greatest_length():
    assert Text(max_length=2).clean("宝鸡") == "宝鸡"
    assert refused(Text(max_length=2), "宝鸡市") == "too_long"


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (12, 12), (12.0, 12), ("12", 12), ("12.0", 12), ("１２", 12), ("1,234", 1234),
        ("１，２３４", 1234), (0, 0), ("007", 7),
    ],
)  # fmt: skip
def test_a_whole_number_is_understood(value, whole):
    assert Whole().clean(value) == whole


@pytest.mark.parametrize(
    "value",
    [-1, "-1", 1.5, "1.5", "12件", "1,23", "约12", True, date(2016, 3, 1), "9" * 5000],
)
def test_what_is_no_whole_number_is_refused(value):
    assert refused(Whole(), value) == "not_whole"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (12, "12"), (12.5, "12.5"), (0.1 + 0.2, "0.3"), ("12.50", "12.50"),
        ("-1,234.5", "-1234.5"), ("－１．５", "-1.5"), ("+3", "3"), (0.0, "0"),
    ],
)  # fmt: skip
def test_a_number_is_understood_to_its_last_decimal(value, number):
    assert Number().clean(value) == Decimal(number)


@pytest.mark.parametrize("value", ["1.2.3", "12元", "NaN", "1e5", True, "9" * 16])
def test_what_is_no_number_is_refused(value):
    assert refused(Number(), value) == "not_a_number"


@pytest.mark.parametrize(
    "value",
    [
        "disclosed",
        "DISCLOSED",
        "予以公开",
        " 予以公開 ",
        "公开",
        "全部公开",
        "予以 公开",
    ],
)
def test_a_choice_is_known_by_its_code_its_label_or_a_synonym(value):
    assert OUTCOME.clean(value) == "disclosed"


def test_a_choice_may_be_a_number():
    assert Choice([("1", "是"), ("0", "否")]).clean(1.0) == "1"


@pytest.mark.parametrize(
    ("value", "meant"),
    [("予以公开了", "予以公开"), ("部份公开", "部分公开"), ("—", ""), ("撤回", "")],
)
def test_of_an_unknown_choice_the_nearest_is_named(value, meant):
    with pytest.raises(ValidationError) as error:
        OUTCOME.clean(value)
    assert (error.value.code, error.value.params["meant"]) == ("no_such_choice", meant)


@pytest.mark.parametrize(
    ("count", "value", "said"),
    [
        (2, "选项0x", "no_such_choice_perhaps_among"),
        (2, "别的", "no_such_choice_among"),
        (30, "选项29x", "no_such_choice_perhaps"),
        (30, "别的", "no_such_choice"),
    ],
)
def test_the_allowed_values_are_named_if_they_are_few(count, value, said):
    widget = Choice([(f"c{n}", f"选项{n}") for n in range(count)])
    with pytest.raises(ValidationError) as error:
        widget.clean(value)
    assert error.value.message == MESSAGES[said]


@pytest.mark.parametrize("said", MESSAGES)
def test_each_refusal_can_be_said(said):
    params = {"length": 3, "most": 2, "allowed": "甲, 乙", "meant": "甲"}
    refusal_of_a_value = refusal(said, "丙", **params)

    assert "%(" not in refusal_of_a_value.messages[0]


@pytest.mark.parametrize(
    ("widget", "value", "rendered"),
    [
        (Day(), date(2016, 3, 1), date(2016, 3, 1)),
        (Text(), "=1", "=1"),
        (Whole(), 0, 0),
        (Number(), Decimal("1.50"), Decimal("1.50")),
        (OUTCOME, "partly", "部分公开"),
        (OUTCOME, "", ""),
        *[(widget, None, "") for widget in WIDGETS],
    ],
)
def test_a_value_goes_out_as_what_it_is(widget, value, rendered):
    assert widget.render(value) == rendered


@pytest.mark.parametrize(
    ("widget", "value"),
    [(Day(), date(2016, 3, 1)), (Number(), Decimal("1.50")), (OUTCOME, "refused")],
)
def test_what_went_out_comes_in_again(widget, value):
    assert widget.clean(str(widget.render(value))) == value
