"""Terms, stops and lights, against a walk from day to day."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, permutations
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework.clocks import (
    Clock,
    Days,
    Light,
    Months,
    Stop,
    Stretch,
    WorkingDays,
    light,
)
from casework.workdays import WorkCalendar
from tests.factories import special_days

CALENDAR = WorkCalendar.of(special_days(*range(2008, 2027)))
ONE_DAY = timedelta(days=1)

days = st.dates(date(2009, 1, 1), date(2025, 12, 31))
counts = st.integers(1, 40)


@st.composite
def clocks(draw):
    """A start, a term, and up to four stops around the time that it runs."""
    start = draw(days)
    lengths = st.tuples(st.integers(-30, 90), st.integers(0, 40))
    stops = [
        Stop(start + after * ONE_DAY, start + (after + length) * ONE_DAY)
        for after, length in draw(st.lists(lengths, max_size=4))
    ]
    return Clock(start, WorkingDays(draw(counts)), tuple(stops))


def day(text):
    return date.fromisoformat(text)


def stop(after, until, reason=""):
    return Stop(day(after), day(until), reason)


def one_by_one(clock):
    """The due day, by asking of each day whether it counts."""
    today, left = clock.start, clock.term.count
    while left:
        today += ONE_DAY
        stopped = any(stop.after < today <= stop.until for stop in clock.stops)
        left -= CALENDAR.is_working(today) and not stopped
    return today


# Terms


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-01-30", 1, "2025-02-28"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2024-02-29", 6, "2024-08-29"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2025-03-17", 3, "2025-06-17"),
        ("2025-03-17", 6, "2025-09-17"),
        ("2025-03-17", 15, "2026-06-17"),
        ("2025-03-15", 3, "2025-06-16"),  # a Sunday moves
        ("2025-07-04", 3, "2025-10-09"),  # within National Day
        ("2025-06-28", 3, "2025-09-28"),  # a make-up Sunday stays
        ("2025-10-01", 3, "2026-01-04"),  # New Year's Day, to a make-up Sunday
        ("2025-12-15", 1, "2026-01-15"),  # the year's end
    ],
)
def test_months(start, months, end):
    assert Months(months).after(day(start), CALENDAR) == day(end)


def test_three_months_and_three_more_are_six_from_the_start():
    assert Months(3).nominal(Months(3).nominal(day("2025-03-15"))) == day("2025-09-15")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-03-03", 7, "2025-03-10"),
        ("2025-03-01", 7, "2025-03-10"),  # a Saturday moves
        ("2025-09-21", 7, "2025-09-28"),  # a make-up Sunday stays
        ("2025-09-27", 7, "2025-10-09"),
    ],
)
def test_days(start, count, end):
    assert Days(count).after(day(start), CALENDAR) == day(end)


# Stops


@pytest.mark.parametrize(
    ("stops", "due"),
    [
        ([], "2025-03-31"),
        ([("2025-03-05", "2025-03-12")], "2025-04-08"),  # five; over Qingming
        ([("2025-03-07", "2025-03-09")], "2025-03-31"),  # a weekend alone
        ([("2025-03-05", "2025-03-05")], "2025-03-31"),  # answered the same day
        ([("2025-03-05", "2025-03-06"), ("2025-03-10", "2025-03-11")], "2025-04-02"),
        (
            [
                ("2025-03-05", "2025-03-06"),
                ("2025-03-10", "2025-03-11"),
                ("2025-03-18", "2025-03-19"),
            ],
            "2025-04-03",
        ),
        ([("2025-03-05", "2025-03-12"), ("2025-03-10", "2025-03-12")], "2025-04-08"),
        ([("2025-03-05", "2025-03-10"), ("2025-03-10", "2025-03-12")], "2025-04-08"),
        ([("2025-02-10", "2025-02-20")], "2025-03-31"),  # all before the start
        ([("2025-02-10", "2025-03-04")], "2025-04-01"),  # from before the start
        ([("2025-03-28", "2025-04-07")], "2025-04-08"),  # from the last day but one
        ([("2025-03-31", "2025-04-30")], "2025-03-31"),  # asked on the last day
        ([("2025-04-01", "2025-04-30")], "2025-03-31"),  # and when it was over
        (
            # The first makes the limit last until the second begins.
            [("2025-03-27", "2025-04-07"), ("2025-04-08", "2025-04-10")],
            "2025-04-11",
        ),
    ],
)
def test_the_time_of_stops_is_not_counted(stops, due):
    every = tuple(stop(*days) for days in stops)
    clock = Clock(day("2025-03-03"), WorkingDays(20), every)
    assert clock.due(CALENDAR) == one_by_one(clock) == day(due)


def test_a_stop_over_a_holiday_stops_only_the_working_days():
    # Out of 2025-09-26 to 10-12: Sunday 28, 29, 30, the 9th, the 10th, Saturday 11.
    clock = Clock(
        day("2025-09-22"), WorkingDays(10), (stop("2025-09-26", "2025-10-12"),)
    )
    assert clock.due(CALENDAR) == day("2025-10-20")
    running = Clock(clock.start, clock.term)
    assert CALENDAR.count(running.due(CALENDAR), clock.due(CALENDAR)) == 6


def test_stops_that_overlap_or_touch_are_one():
    stops = (
        stop("2025-03-20", "2025-03-25"),
        stop("2025-03-05", "2025-03-10", "one"),
        stop("2025-03-10", "2025-03-12", "other"),
    )
    merged = (stop("2025-03-05", "2025-03-12"), stop("2025-03-20", "2025-03-25"))
    found = {
        Clock(day("2025-03-07"), WorkingDays(20), one).due(CALENDAR)
        for one in (stops, merged)
    }
    assert found == {day("2025-04-15")}


def test_the_order_of_stops_does_not_matter():
    stops = (
        stop("2024-04-18", "2024-05-08"),
        stop("2024-04-22", "2024-05-14"),
        stop("2024-05-20", "2024-05-22"),
    )
    found = {
        Clock(day("2024-04-15"), WorkingDays(20), order).due(CALENDAR)
        for order in permutations(stops)
    }
    assert found == {day("2024-06-11")}


@given(clocks())
def test_a_clock_says_what_counting_says(clock):
    assert clock.due(CALENDAR) == one_by_one(clock)


@given(days, counts, st.data())
def test_a_stop_moves_the_limit_by_its_working_days(start, count, data):
    running = Clock(start, WorkingDays(count)).due(CALENDAR)
    after = data.draw(st.dates(start, running - ONE_DAY))
    until = data.draw(st.dates(after, after + 60 * ONE_DAY))
    due = Clock(start, WorkingDays(count), (Stop(after, until),)).due(CALENDAR)
    assert CALENDAR.count(running, due) == CALENDAR.count(after, until)


# The days told


def test_the_days_of_a_limit_are_told():
    clock = Clock(
        day("2025-09-25"),
        WorkingDays(5),
        (stop("2025-09-28", "2025-10-09", "third_party"),),
    )
    assert list(clock.stretches(CALENDAR)) == [
        Stretch(day("2025-09-26"), day("2025-09-26"), "counted", "", (1, 1)),
        Stretch(day("2025-09-27"), day("2025-09-27"), "weekend"),
        Stretch(
            day("2025-09-28"), day("2025-09-28"), "make_up", "national_day", (2, 2)
        ),
        Stretch(day("2025-09-29"), day("2025-09-30"), "stopped", "third_party"),
        Stretch(day("2025-10-01"), day("2025-10-05"), "holiday", "national_day"),
        Stretch(day("2025-10-06"), day("2025-10-06"), "holiday", "mid_autumn"),
        Stretch(day("2025-10-07"), day("2025-10-08"), "holiday", "national_day"),
        Stretch(day("2025-10-09"), day("2025-10-09"), "stopped", "third_party"),
        Stretch(day("2025-10-10"), day("2025-10-10"), "counted", "", (3, 3)),
        Stretch(
            day("2025-10-11"), day("2025-10-11"), "make_up", "national_day", (4, 4)
        ),
        Stretch(day("2025-10-12"), day("2025-10-12"), "weekend"),
        Stretch(day("2025-10-13"), day("2025-10-13"), "counted", "", (5, 5)),
    ]


@given(clocks())
def test_every_day_is_told_once_and_the_numbers_end_with_the_term(clock):
    told = list(clock.stretches(CALENDAR))
    assert told[0].first == clock.start + ONE_DAY
    assert told[-1].last == clock.due(CALENDAR)
    assert all(after.first == before.last + ONE_DAY for before, after in pairwise(told))
    numbered = [stretch.numbers for stretch in told if stretch.numbers]
    assert numbered[0][0] == 1
    assert numbered[-1][1] == clock.term.count
    assert all(after[0] == before[1] + 1 for before, after in pairwise(numbered))


# Lights

DUE = "2025-10-16"


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2025-10-09", Light("later", 6)),
        ("2025-10-10", Light("soon", 5)),
        ("2025-10-13", Light("soon", 3)),
        ("2025-10-14", Light("urgent", 2)),
        ("2025-10-15", Light("urgent", 1)),
        ("2025-10-16", Light("today")),
        ("2025-10-17", Light("overdue", 1)),
        ("2025-10-20", Light("overdue", 2)),
        ("2025-11-10", Light("overdue", 17)),
    ],
)
def test_the_light_of_an_open_case(today, shown):
    assert light(day(DUE), None, day(today), CALENDAR) == shown


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2025, 10, 16, 15, 59, tzinfo=UTC), Light("today")),  # 23:59 here
        (datetime(2025, 10, 16, 16, 1, tzinfo=UTC), Light("overdue", 1)),  # 00:01
        (datetime(2025, 10, 17, 2, 59, tzinfo=ZoneInfo("Australia/Sydney")),
         Light("today")),
    ],
)  # fmt: skip
def test_a_day_ends_at_midnight_here_wherever_the_server_stands(moment, shown):
    assert light(day(DUE), None, timezone.localdate(moment), CALENDAR) == shown


def test_on_a_weekend_after_the_last_day_it_is_overdue_by_no_working_day_yet():
    friday, saturday = day("2025-10-17"), day("2025-10-18")
    assert light(friday, None, saturday, CALENDAR) == Light("overdue", 0)


@pytest.mark.parametrize(
    ("closed", "shown"),
    [
        ("2025-10-01", Light("on_time")),
        ("2025-10-16", Light("on_time")),
        ("2025-10-17", Light("late", 1)),
        ("2025-10-21", Light("late", 3)),
    ],
)
def test_the_light_of_a_closed_case_stays(closed, shown):
    for today in ("2025-10-21", "2035-01-01"):
        assert light(day(DUE), day(closed), day(today), CALENDAR) == shown


def test_the_light_of_a_case_without_a_due_day():
    today = day("2025-10-16")
    assert light(None, None, today, CALENDAR, started=False) == Light("unconfirmed")
    assert light(None, None, today, CALENDAR) == Light("waiting")
    assert light(None, today, today, CALENDAR) == Light("on_time")
