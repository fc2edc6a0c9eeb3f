"""The vocabulary of outcomes, equal to the table that lawyers read."""

import csv
from pathlib import Path

import pytest
from django.utils import translation

from disclosure.outcomes import (
    CLOSINGS,
    RECONSIDERATION_FIRST,
    REPLIES,
    RULINGS,
    Outcome,
)

with Path(__file__).with_name("outcomes.csv").open(encoding="utf-8") as file:
    TABLE = {row["code_name"]: row for row in csv.DictReader(file)}


def test_there_are_the_outcomes_of_the_table_in_its_order():
    assert Outcome.values == list(TABLE)
    assert list(RULINGS) == list(Outcome)


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_is_as_the_table_says(outcome):
    row, ruling = TABLE[outcome], RULINGS[outcome]
    with translation.override("en"):
        said = {
            "label_en": str(outcome.label),
            "basis_2019": str(ruling.basis_2019),
            "basis_2007": str(ruling.basis_2007),
            "leaf_2021": ruling.leaf_2021,
            "leaf_2019": ruling.leaf_2019,
            "leaf_2014": ruling.leaf_2014,
        }
    with translation.override("zh-hans"):
        said["label_zh"] = str(outcome.label)
    assert said == {name: row[name] for name in said}


def test_a_reply_says_something_and_a_closing_only_ends():
    assert {*REPLIES} | CLOSINGS == {*Outcome}
    assert {*REPLIES} & CLOSINGS == set()
    assert {outcome.value for outcome in CLOSINGS} == {
        "not_corrected",
        "fee_unpaid",
        "withdrawn",
        "other",
    }


def test_what_is_refused_under_articles_14_to_16_goes_to_reconsideration_first():
    assert {outcome.value for outcome in RECONSIDERATION_FIRST} == {
        "partly_disclosed",
        "state_secret",
        "forbidden_by_law",
        "security_and_stability",
        "trade_secret",
        "personal_privacy",
        "internal_affairs",
        "process_information",
        "enforcement_case_file",
    }
