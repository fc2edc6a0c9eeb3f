"""Why a last day is what it is: each sentence, and whether it is law or local."""

import json
from datetime import date

import pytest

from casework.reasons import NOTICES
from casework.workdays import WorkCalendar
from proposals import reasons as told_by
from proposals.deadlines import Facts, Limit, Rules, deadline
from proposals.reasons import BY_ANALOGY, CONVENTION, LAW, LOCAL, reasons
from tests.factories import special_days

CALENDAR = WorkCalendar.of(special_days(*range(2015, 2026)))
RULES = Rules(
    opinion=Limit(1, "months"),
    reply=Limit(3, "months"),
    difficult=Limit(6, "months"),
    again=Limit(1, "months"),
)
ASSIGNED = date(2016, 3, 8)


def sources(body="congress", rules=RULES, **facts):
    facts = Facts(**{"role": "lead", "assigned_on": ASSIGNED} | facts)
    why = json.loads(json.dumps(deadline(facts, rules, CALENDAR).why))
    return [reason.source for reason in reasons(why, body)]


@pytest.mark.parametrize(
    ("body", "facts", "basis"),
    [
        ("congress", {}, LAW["2015"]),
        ("congress", {"assigned_on": date(2025, 3, 10)}, LAW["2015"]),
        ("congress", {"assigned_on": date(2025, 3, 11)}, LAW["2025"]),
        ("congress", {"extended_on": date(2016, 6, 8)}, LAW["2015"]),
        ("congress", {"role": "co_handler"}, LOCAL),
        ("congress", {"again_on": date(2016, 7, 4)}, LOCAL),
        ("cppcc", {}, LOCAL),
        ("cppcc", {"extended_on": date(2016, 6, 8)}, LOCAL),
    ],
)
def test_only_three_and_six_months_for_suggestions_are_law(body, facts, basis):
    assert sources(body, **facts)[1] == basis


def test_a_shorter_limit_for_suggestions_is_a_local_rule():
    assert sources(rules=Rules(reply=Limit(2, "months")))[1] == LOCAL


def test_a_fixed_day_is_a_local_rule():
    fixed = Rules(reply=Limit(3, "months"), reply_by=date(2016, 8, 31))

    assert sources(rules=fixed) == ["", LOCAL, ""]
    assert sources(rules=fixed, in_session=False) == ["", LAW["2015"], ""]


def test_a_day_of_rest_is_moved_and_warned_of():
    """2016-06-10 is the day after the Dragon Boat festival (example P1)."""
    assert sources(assigned_on=date(2016, 3, 10)) == [
        "", LAW["2015"], BY_ANALOGY, CONVENTION, "",
    ]  # fmt: skip


def test_a_year_that_is_not_known_is_told():
    assert sources(assigned_on=date(2027, 3, 9))[-1] == NOTICES


@pytest.mark.parametrize(
    ("rules", "facts", "count"),
    [(RULES, {"assigned_on": None}, 1), (Rules(), {}, 2)],
)
def test_without_a_limit_the_page_says_what_is_missing(rules, facts, count):
    assert len(sources(rules=rules, **facts)) == count


def test_every_rule_unit_and_wait_has_its_words():
    assert told_by.STARTS.keys() == {"reply", "opinion", "difficult", "again"}
    assert told_by.TERMS.keys() == {"days", "working_days", "months"}
    assert told_by.WAITING.keys() == {"assignment", "no_limit"}


def test_nothing_is_said_of_what_has_no_clock():
    assert list(reasons({}, "congress")) == []
