"""The limits of suggestions and proposals: the worked examples, and the boundaries."""

from datetime import date

import pytest

from casework.workdays import WorkCalendar
from proposals.deadlines import (
    Facts,
    Limit,
    Rules,
    counts_for_next,
    deadline,
    end,
    stretches,
)
from tests.factories import special_days

CALENDAR = WorkCalendar.of(special_days(*range(2016, 2027)))
R1 = Rules(
    returning=Limit(5, "working_days"),
    opinion=Limit(1, "months"),
    reply=Limit(3, "months"),
    difficult=Limit(6, "months"),
    again=Limit(1, "months"),
)
R2 = Rules(reply=Limit(5, "months"))


def day(text):
    return date.fromisoformat(text)


def due(rules=R1, role="lead", **facts):
    return deadline(Facts(role, **facts), rules, CALENDAR)


@pytest.mark.parametrize(
    ("example", "limit", "start", "nominal", "last", "warn"),
    [
        ("P1", (3, "months"), "2016-03-10", "2016-06-10", "2016-06-12", "2016-06-08"),
        ("P1 return", (5, "working_days"), "2016-03-10", "2016-03-17", "2016-03-17",
         "2016-03-17"),
        ("P2", (3, "months"), "2016-11-30", "2017-02-28", "2017-02-28", "2017-02-28"),
        ("P2 difficult", (6, "months"), "2016-11-30", "2017-05-30", "2017-05-31",
         "2017-05-27"),
        ("P3 return", (5, "working_days"), "2017-03-31", "2017-04-10", "2017-04-10",
         "2017-04-10"),
        ("P3 opinion", (1, "months"), "2017-03-31", "2017-04-30", "2017-05-02",
         "2017-04-28"),
        ("P3", (3, "months"), "2017-03-31", "2017-06-30", "2017-06-30", "2017-06-30"),
        ("P3 difficult", (6, "months"), "2017-03-31", "2017-09-30", "2017-09-30",
         "2017-09-30"),
        ("P4 first", (3, "months"), "2024-03-29", "2024-06-29", "2024-07-01",
         "2024-06-28"),
        ("P4 return", (5, "working_days"), "2024-03-29", "2024-04-08", "2024-04-08",
         "2024-04-08"),
        ("P4 again assigned", (3, "months"), "2024-04-15", "2024-07-15", "2024-07-15",
         "2024-07-15"),
        ("P5", (3, "months"), "2025-03-21", "2025-06-21", "2025-06-23", "2025-06-20"),
        ("P5 difficult", (6, "months"), "2025-03-21", "2025-09-21", "2025-09-22",
         "2025-09-19"),
        ("P6", (1, "months"), "2017-02-03", "2017-03-03", "2017-03-03", "2017-03-03"),
        ("P7", (5, "months"), "2026-03-20", "2026-08-20", "2026-08-20", "2026-08-20"),
        ("P7 three months", (3, "months"), "2026-03-20", "2026-06-20", "2026-06-22",
         "2026-06-18"),
        ("P8", (3, "months"), "2024-02-28", "2024-05-28", "2024-05-28", "2024-05-28"),
        ("P8 opinion", (1, "months"), "2024-02-28", "2024-03-28", "2024-03-28",
         "2024-03-28"),
    ],
)  # fmt: skip
def test_the_worked_examples_come_out(example, limit, start, nominal, last, warn):
    found = end(Limit(*limit), day(start), CALENDAR)
    assert (found.nominal, found.last, found.warn) == (
        day(nominal),
        day(last),
        day(warn),
    ), example


def test_a_fixed_day_takes_the_place_of_the_limit_for_items_of_the_session():
    rules = Rules(reply=Limit(3, "months"), reply_by=date(2026, 8, 31))
    march = day("2026-03-20")
    assert due(rules, assigned_on=march).due == day("2026-08-31")
    between = due(rules, assigned_on=march, in_session=False)
    assert between.due == day("2026-06-22")


@pytest.mark.parametrize(
    ("facts", "rule", "last"),
    [
        ({}, "reply", "2025-06-23"),
        ({"extended_on": day("2025-06-18")}, "difficult", "2025-09-22"),
        ({"role": "co_handler"}, "opinion", "2025-04-21"),
        ({"again_on": day("2025-07-04")}, "again", "2025-08-04"),
    ],
)
def test_each_part_has_its_own_limit(facts, rule, last):
    found = due(assigned_on=day("2025-03-21"), **facts)
    assert (found.why["rule"], found.due) == (rule, day(last))


def test_a_fixed_day_says_nothing_of_what_is_assigned_after_it():
    rules = Rules(reply=Limit(3, "months"), reply_by=date(2026, 8, 31))
    assert due(rules, assigned_on=day("2026-08-28")).due == day("2026-08-31")
    assert due(rules, assigned_on=day("2026-08-31")).due == day("2026-11-30")


def test_before_assignment_nothing_is_due():
    found = due(rules=Rules(reply_by=date(2026, 8, 31)), assigned_on=None)
    assert (found.due, found.why["waiting"]) == (None, "assignment")


def test_calendar_days_are_a_limit_too():
    found = end(Limit(10, "days"), day("2016-03-10"), CALENDAR)
    assert (found.nominal, found.last, found.warn) == (
        day("2016-03-20"),
        day("2016-03-21"),
        day("2016-03-18"),
    )


def test_a_limit_that_the_session_does_not_set_is_none():
    found = due(R2, role="co_handler", assigned_on=day("2026-03-20"))
    assert (found.due, found.why["waiting"]) == (None, "no_limit")


def test_a_year_that_is_not_known_makes_the_date_provisional():
    found = due(assigned_on=day("2026-11-30"))
    assert (found.provisional, found.why["unknown_years"]) == (True, [2027])


@pytest.mark.parametrize(
    ("filed", "later"),
    [("2025-12-05", False), ("2025-12-06", True), ("2025-12-08", True)],
)
def test_what_is_filed_after_the_cut_off_counts_for_the_next_session(filed, later):
    assert counts_for_next(day(filed), (12, 5)) is later


@pytest.mark.parametrize(
    ("limit", "runs"),
    [
        # Three months end on the first day of a rest: the working day after is last.
        (
            Limit(3, "months"),
            [
                ("2016-03-10", "2016-03-10", "start", None),
                ("2016-03-11", "2016-06-10", "counted", None),
                ("2016-06-11", "2016-06-11", "holiday", None),
                ("2016-06-12", "2016-06-12", "make_up", None),
            ],
        ),
        (
            Limit(5, "days"),
            [
                ("2016-03-10", "2016-03-10", "start", None),
                ("2016-03-11", "2016-03-15", "counted", (1, 5)),
            ],
        ),
        (
            Limit(5, "working_days"),
            [
                ("2016-03-10", "2016-03-10", "start", None),
                ("2016-03-11", "2016-03-11", "counted", (1, 1)),
                ("2016-03-12", "2016-03-13", "weekend", None),
                ("2016-03-14", "2016-03-17", "counted", (2, 5)),
            ],
        ),
    ],
)
def test_the_days_of_a_limit_are_told_in_runs(limit, runs):
    found = due(Rules(reply=limit), assigned_on=day("2016-03-10"))

    told = list(stretches(found.why, CALENDAR))

    assert [(str(s.first), str(s.last), s.kind, s.numbers) for s in told] == runs
    assert told[-1].last == found.due


def test_a_fixed_day_ends_the_days_of_a_limit():
    found = due(Rules(reply_by=day("2016-06-30")), assigned_on=day("2016-03-10"))

    [start, counted] = stretches(found.why, CALENDAR)

    assert (counted.first, counted.last) == (day("2016-03-11"), day("2016-06-30"))
