"""Days counted one by one, against the calendar that finds them at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.workdays import FIRST, LAST, SpecialDay, WorkCalendar
from tests.factories import special_days

YEARS = range(2008, 2027)
CALENDAR = WorkCalendar.of(special_days(*YEARS))
ONE_DAY = timedelta(days=1)

days = st.dates(date(2009, 1, 1), date(2026, 6, 30))
counts = st.integers(1, 60)


def day(text):
    return date.fromisoformat(text)


def one_by_one(calendar, start, count):
    """What a person does with a wall calendar and a pencil."""
    while count:
        start += ONE_DAY
        count -= calendar.is_working(start)
    return start


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2025-09-26", True),  # a Friday
        ("2025-09-27", False),  # a Saturday
        ("2025-09-28", True),  # a make-up Sunday
        ("2025-10-01", False),  # National Day, a Wednesday
        ("2025-10-04", False),  # a Saturday within the holiday
        ("2025-10-06", False),  # Mid-Autumn, joined to National Day
        ("2025-10-11", True),  # a make-up Saturday
        ("2024-02-09", True),  # the eve of the Spring Festival, not a day of rest then
        ("2020-01-31", False),  # the Spring Festival of 2020 as prolonged
    ],
)
def test_which_days_work(text, working):
    assert CALENDAR.is_working(day(text)) is working


@pytest.mark.parametrize(
    ("start", "fifth"),
    [
        ("2025-09-25", "2025-10-09"),  # Thursday: 26, Sunday 28, 29, 30, then the 9th
        ("2025-09-26", "2025-10-10"),  # Friday
        ("2025-09-27", "2025-10-10"),  # Saturday
        (
            "2025-09-28",
            "2025-10-11",
        ),  # a make-up Sunday; the 11th is a make-up Saturday
        ("2025-09-29", "2025-10-13"),  # Monday
        ("2025-10-01", "2025-10-14"),  # the first day of the holiday
        ("2025-10-08", "2025-10-14"),  # its last
    ],
)
def test_the_days_before_and_in_a_holiday(start, fifth):
    assert CALENDAR.add(day(start), 5) == day(fifth)


@pytest.mark.parametrize(
    ("count", "end"),
    [
        (0, "2025-09-28"),
        (1, "2025-09-29"),
        (5, "2025-10-11"),
        (7, "2025-10-14"),
        (10, "2025-10-17"),
        (15, "2025-10-24"),
        (20, "2025-10-31"),
        (40, "2025-11-28"),
        (-1, "2025-09-26"),
        (-5, "2025-09-22"),
    ],
)
def test_so_many_working_days_from_a_day(count, end):
    assert CALENDAR.add(day("2025-09-28"), count) == day(end)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2023-02-06", 5, "2023-02-13"),  # no holiday
        ("2026-02-13", 2, "2026-02-24"),  # the whole Spring Festival, one make-up day
        ("2020-09-30", 3, "2020-10-12"),  # National Day and Mid-Autumn joined
        ("2023-09-18", 15, "2023-10-13"),  # the same, with two make-up days
        ("2021-04-01", 22, "2021-05-06"),  # two holidays: Qingming and Labour Day
        ("2022-12-20", 20, "2023-01-18"),  # over New Year
        ("2024-02-26", 5, "2024-03-04"),  # a leap February
        ("2023-02-27", 5, "2023-03-06"),  # a short one
        ("2024-02-29", 1, "2024-03-01"),
    ],
)
def test_windows(start, count, end):
    assert CALENDAR.add(day(start), count) == day(end)


@pytest.mark.parametrize(
    ("after", "until", "count"),
    [
        ("2025-09-30", "2025-09-30", 0),  # the same day
        ("2025-09-29", "2025-09-30", 1),
        ("2025-09-30", "2025-10-08", 0),  # nothing but holiday
        ("2025-09-30", "2025-10-09", 1),
        ("2025-09-30", "2025-09-01", 0),  # never less than none
        ("2025-09-27", "2025-09-28", 1),  # up to a make-up Sunday
    ],
)
def test_working_days_between(after, until, count):
    assert CALENDAR.count(day(after), day(until)) == count


@pytest.mark.parametrize(
    ("count", "reminded"), [(5, "2025-10-10"), (3, "2025-10-13"), (1, "2025-10-15")]
)
def test_reminders_lie_so_many_working_days_before(count, reminded):
    assert CALENDAR.add(day("2025-10-16"), -count) == day(reminded)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-10-11", "2025-10-11"),  # a make-up Saturday stays
        ("2025-10-12", "2025-10-13"),
        ("2025-10-01", "2025-10-09"),
    ],
)
def test_the_next_day_that_works(start, end):
    assert CALENDAR.on_or_after(day(start)) == day(end)


def test_special_days_between_are_told_in_order():
    told = CALENDAR.between(day("2025-09-28"), day("2025-10-01"))
    assert told == (
        SpecialDay(day("2025-09-28"), True, "national_day"),
        SpecialDay(day("2025-10-01"), False, "national_day"),
    )


def test_a_year_without_special_days_is_not_known_and_has_plain_weekends():
    assert [CALENDAR.knows(year) for year in (2026, 2027)] == [True, False]
    assert CALENDAR.add(day("2027-09-30"), 1) == day("2027-10-01")


@pytest.mark.parametrize(
    ("text", "year"),
    [("2018-12-29", 2019), ("2018-12-31", 2019), ("2019-01-01", 2019)],
)
def test_the_notice_of_a_year_names_days_of_the_december_before(text, year):
    special = CALENDAR.special[day(text)]
    assert special.notice_year == year
    assert WorkCalendar.of([special]).years == {year}


@pytest.mark.parametrize(
    ("today", "years", "awaited"),
    [
        ("2026-10-31", (2026,), None),
        ("2026-11-01", (2026,), 2027),
        ("2026-11-01", (2026, 2027), None),
        ("2027-01-04", (2026,), 2027),
        ("2026-11-01", (2025,), 2026),
    ],
)
def test_which_notice_is_awaited(today, years, awaited):
    calendar = WorkCalendar({}, frozenset(years))
    assert calendar.awaited(day(today)) == awaited


@pytest.mark.parametrize(
    ("first", "last", "unknown"),
    [
        ("2026-10-30", "2026-11-30", []),
        ("2026-11-26", "2026-12-24", []),
        ("2026-11-26", "2026-12-25", [2027]),  # its notice may name the end of December
        ("2026-12-03", "2028-01-04", [2027, 2028]),
        ("2025-12-03", "2026-01-04", []),
    ],
)
def test_the_years_on_whose_notices_a_time_depends(first, last, unknown):
    assert CALENDAR.unknown(day(first), day(last)) == unknown


def test_a_closure_counts_only_in_the_calendar_that_has_it():
    closed = SpecialDay(day("2026-03-04"), False, "local")
    local = WorkCalendar.of([*CALENDAR.special.values(), closed])
    assert local.add(day("2026-03-03"), 1) == day("2026-03-05")
    assert CALENDAR.add(day("2026-03-03"), 1) == day("2026-03-04")


def test_the_calendar_reaches_from_its_first_day_to_its_last():
    assert CALENDAR.add(LAST - ONE_DAY, 1) == LAST == CALENDAR.add(LAST, 0)
    assert CALENDAR.add(FIRST + ONE_DAY, -1) == FIRST == CALENDAR.add(FIRST, 0)
    assert (FIRST.year, LAST.year) == (1980, 2100)


@pytest.mark.parametrize(
    ("start", "count"),
    [
        (FIRST - ONE_DAY, 1),
        (LAST + ONE_DAY, 1),
        (LAST, 1),
        (FIRST, -1),
        (date.max, 0),
    ],
)
def test_outside_the_calendar_nothing_is_guessed(start, count):
    with pytest.raises(ValueError, match="calendar"):
        CALENDAR.add(start, count)


def test_a_moment_is_refused_since_its_day_depends_on_the_place():
    with pytest.raises(TypeError):
        CALENDAR.add(datetime(2026, 3, 2, 16, 30, tzinfo=UTC), 1)


def test_days_are_numbered_within_the_calendar_and_stand_still_outside():
    numbers = [
        CALENDAR.number(one)
        for one in (date.min, FIRST - ONE_DAY, FIRST, FIRST + ONE_DAY)
    ]
    assert numbers == [0, 0, 1, 2]  # a Tuesday and a Wednesday
    assert CALENDAR.number(LAST) == CALENDAR.number(date.max)


@given(days, counts)
def test_adding_finds_what_counting_finds(start, count):
    assert CALENDAR.add(start, count) == one_by_one(CALENDAR, start, count)


@given(days, counts)
def test_a_sum_is_a_working_day_and_as_many_days_away(start, count):
    end = CALENDAR.add(start, count)
    assert CALENDAR.is_working(end)
    assert CALENDAR.count(start, end) == count
    assert CALENDAR.count(CALENDAR.add(end, -count), end) == count


@given(days, days, counts)
def test_who_starts_later_never_ends_earlier(one, other, count):
    first, second = sorted([one, other])
    assert CALENDAR.add(first, count) <= CALENDAR.add(second, count)


@given(days, counts, counts)
def test_terms_can_be_counted_in_parts(start, count, more):
    assert CALENDAR.add(start, count + more) == CALENDAR.add(
        CALENDAR.add(start, count), more
    )


@given(days, counts, st.integers(0, 90), st.booleans())
def test_a_holiday_never_makes_it_earlier_nor_a_make_up_day_later(
    start, count, offset, working
):
    changed = SpecialDay(start + offset * ONE_DAY, working, "new")
    calendar = WorkCalendar.of([*CALENDAR.special.values(), changed])
    before, after = CALENDAR.add(start, count), calendar.add(start, count)
    assert after <= before if working else after >= before
