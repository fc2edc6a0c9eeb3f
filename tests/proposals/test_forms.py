"""What is read out of the lines and the numbers that people type."""

import pytest
from django.core.exceptions import ValidationError

from proposals.forms import number_of, read_authors


@pytest.mark.parametrize(
    ("line", "body", "author"),
    [
        ("张三，渭滨", "congress", ("张三", "渭滨", "deputy")),
        ("张三，渭滨", "cppcc", ("张三", "渭滨", "member")),
        ("张三, 渭滨 , deputy", "congress", ("张三", "渭滨", "deputy")),
        ("张三\t工商界", "cppcc", ("张三", "工商界", "member")),
        ("民盟宝鸡市委，，party", "cppcc", ("民盟宝鸡市委", "", "party")),
        ("提案委，，Special Committee", "cppcc", ("提案委", "", "committee")),
        ("张三", "congress", ("张三", "", "deputy")),
        ("张三，", "congress", ("张三", "", "deputy")),
    ],
)
def test_a_line_is_an_author(line, body, author, settings):
    settings.LANGUAGE_CODE = "en"

    (found,) = read_authors(line, body)

    assert (found["name"], found["group"], found["kind"]) == author


def test_the_order_of_the_lines_is_that_of_the_authors():
    found = read_authors("张三\n\n  \n李四\r\n王五", "congress")

    assert [author["name"] for author in found] == ["张三", "李四", "王五"]


@pytest.mark.parametrize(
    "line",
    [
        "，渭滨",
        "张三，渭滨，谁",
        "张三，渭滨，deputy，又",
        "张" * 101,
        "张三，" + "渭" * 61,
    ],
)
def test_each_bad_line_is_named_by_its_number(line):
    with pytest.raises(ValidationError) as refusal:
        read_authors(f"李四\n{line}\n王五\n{line}", "congress")

    errors = refusal.value.error_list
    assert [(error.code, error.params["number"]) for error in errors] == [
        ("line", 2),
        ("line", 4),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("23", 23),
        (" 023 ", 23),
        ("第23号", 23),
        ("23号", 23),
        ("bj-r14-6-0023", "BJ-R14-6-0023"),
        ("9999999999", "9999999999"),
        ("²", "²"),
    ],
)
def test_a_number_is_the_official_one_or_that_of_the_intake(text, number):
    assert number_of(text) == number
