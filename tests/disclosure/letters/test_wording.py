"""That each reply has its words, its articles and its remedies; the tariffs."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from disclosure.fees import by_piece, by_volume
from disclosure.letters.wording import BLANK, DECISIONS, TARIFFS, basis, remedies
from disclosure.models import Fee, Outcome
from disclosure.outcomes import RECONSIDERATION_FIRST, REPLIES

with (Path(__file__).parents[1] / "outcomes.csv").open(encoding="utf-8") as file:
    TABLE = {row["code_name"]: row for row in csv.DictReader(file)}

DIGITS = "零一二三四五六七八九十"
ARTICLE = re.compile(r"第([一二三四五六七八九十]+)条(?:第([一二])款)?(?:第（(.)）项)?")
FIRST = date(2024, 1, 1)


def number(chinese):
    """Of an article: 三十六 is 36, 十四 is 14."""
    tens, ten, ones = chinese.rpartition("十")
    return (DIGITS.index(tens or "一") * 10 if ten else 0) + DIGITS.index(ones or "零")


def articles(text):
    """Those that a letter names, as the table writes them."""
    return {
        str(number(article))
        + (f" para. {number(paragraph)}" if paragraph else "")
        + (f"({number(item)})" if item else "")
        for article, paragraph, item in ARTICLE.findall(text)
    }


def of_table(basis):
    if basis == "practice":
        return set()
    return set(re.sub(r"^Arts?\. ", "", basis).split(" and "))


@pytest.mark.parametrize(
    ("chinese", "expected"), [("二", 2), ("十四", 14), ("三十", 30), ("三十六", 36)]
)
def test_a_chinese_number_is_read(chinese, expected):
    assert number(chinese) == expected


def test_each_outcome_that_is_replied_has_its_words():
    assert tuple(DECISIONS) == REPLIES


def test_no_two_decisions_say_the_same():
    assert len({decision.text for decision in DECISIONS.values()}) == len(DECISIONS)


@pytest.mark.parametrize("outcome", REPLIES)
def test_a_reply_rests_on_the_articles_of_the_table(outcome):
    named = articles(DECISIONS[outcome].articles)
    expected = of_table(TABLE[outcome]["basis_2019"])

    # Of art. 16 the table names the ground; that it is refused stands in art. 36.
    assert named in (expected, expected | {"36(3)"})


def test_what_follows_practice_alone_names_no_article():
    silent = [outcome for outcome in REPLIES if not basis(DECISIONS[outcome])]

    assert silent == [Outcome.REISSUE]


@pytest.mark.parametrize("outcome", sorted(RECONSIDERATION_FIRST))
def test_a_refusal_says_why(outcome):
    assert DECISIONS[outcome].needs_grounds


@pytest.mark.parametrize(
    ("outcome", "on", "first"),
    [
        ("trade_secret", date(2023, 12, 31), False),
        ("trade_secret", FIRST, True),
        ("partly_disclosed", date(2023, 12, 31), False),
        ("partly_disclosed", FIRST, True),
        ("nonexistent", FIRST, False),
        ("administrative_lookup", FIRST, False),
        ("excessive", FIRST, False),
    ],
)
def test_from_2024_a_refusal_goes_to_reconsideration_first(outcome, on, first):
    said = remedies(outcome, on, "宝鸡市人民政府", "宝鸡市金台区人民法院")

    assert ("第二十三条第一款第（四）项" in said) is first
    assert ("应当自收到本答复之日起60日内先向宝鸡市人民政府" in said) is first
    assert ("15日内向宝鸡市金台区人民法院" in said) is first
    assert ("6个月内向宝鸡市金台区人民法院" in said) is not first


@pytest.mark.parametrize("on", [date(2023, 12, 31), FIRST])
def test_where_to_turn_is_left_to_be_filled_in_when_it_is_not_known(on):
    assert remedies("trade_secret", on, "", "").count(BLANK) == 2
    assert remedies("trade_secret", on, "宝鸡市人民政府", "").count(BLANK) == 1


def test_the_tariffs_say_what_is_charged():
    said = {
        Fee.Kind.BY_PIECE: [
            (10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (51, 400),
        ],
        Fee.Kind.BY_VOLUME: [(30, 0), (31, 10), (101, 20), (201, 40)],
    }  # fmt: skip
    charged = {Fee.Kind.BY_PIECE: by_piece, Fee.Kind.BY_VOLUME: by_volume}
    assert TARIFFS.keys() == said.keys()
    for kind, steps in said.items():
        for number_of, price in steps:
            total = charged[kind]
            assert total(number_of) - total(number_of - 1) == price
