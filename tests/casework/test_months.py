"""A year as it is shown: its weeks, its festivals, how many of its days work."""

from datetime import date, timedelta

import pytest

from casework.models import CalendarDay
from casework.months import MARKS, Holiday, holidays, sheets, working_days
from casework.workdays import WorkCalendar
from tests.factories import special_days

CALENDAR = WorkCalendar.of(special_days(*range(2008, 2027)))
F = CalendarDay.Festival


@pytest.mark.parametrize("year", [2020, 2024, 2026, 2027])
def test_each_day_of_the_year_stands_in_one_cell(year):
    cells = [
        cell
        for _month, weeks in sheets(year, CALENDAR)
        for week in weeks
        for cell in week
        if cell
    ]

    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    assert len({cell.day for cell in cells}) == len(cells) == days
    assert [c.working for c in cells] == [CALENDAR.is_working(c.day) for c in cells]
    assert sum(cell.working for cell in cells) == working_days(year, CALENDAR)
    marked = {cell.day: cell.mark for cell in cells if cell.mark}
    special = CALENDAR.between(date(year, 1, 1), date(year, 12, 31))
    assert marked == {day.day: MARKS[day.working] for day in special}


@pytest.mark.parametrize(
    ("year", "festivals", "first", "last", "make_up"),
    [
        (2026, [F.SPRING], "2026-02-15", "2026-02-23", ["2026-02-14", "2026-02-28"]),
        (2026, [F.QINGMING], "2026-04-04", "2026-04-06", []),
        (2026, [F.NATIONAL], "2026-10-01", "2026-10-07", ["2026-09-20", "2026-10-10"]),
        # Two that the notice joins.
        (
            2025,
            [F.NATIONAL, F.MID_AUTUMN],
            "2025-10-01",
            "2025-10-08",
            ["2025-09-28", "2025-10-11"],
        ),
        # Begun in the December before, or made up for in it: told in both years.
        (2018, [F.NEW_YEAR], "2018-12-30", "2019-01-01", ["2018-12-29"]),
        (2019, [F.NEW_YEAR], "2018-12-30", "2019-01-01", ["2018-12-29"]),
        (2011, [F.NEW_YEAR], "2012-01-01", "2012-01-03", ["2011-12-31"]),
    ],
)
def test_a_holiday_has_its_days(year, festivals, first, last, make_up):
    labels = tuple(festival.label for festival in festivals)
    days = map(date.fromisoformat, (first, last))
    made_up = tuple(map(date.fromisoformat, make_up))

    assert Holiday(labels, *days, made_up) in list(holidays(year, CALENDAR))


@pytest.mark.parametrize("year", [*range(2009, 2026)])
def test_the_holidays_have_all_special_days_of_the_year(year):
    special = CALENDAR.between(date(year, 1, 1), date(year, 12, 31))
    told = list(holidays(year, CALENDAR))

    rests = {h.first + timedelta(n) for h in told for n in range(h.days)}
    worked = [day for h in told for day in h.make_up]
    assert {day for day in rests if day.year == year} == {
        day.day for day in special if not day.working
    }
    assert sorted(day for day in worked if day.year == year) == [
        day.day for day in special if day.working
    ]


def test_a_year_that_is_not_known_has_none():
    assert list(holidays(2028, CALENDAR)) == []
