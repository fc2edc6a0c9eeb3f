"""The days of the notices, as they are entered and read."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from casework.models import CalendarDay
from casework.workdays import SpecialDay
from tests.factories import make_calendar, special_days

pytestmark = pytest.mark.django_db

EVE, MONDAY = date(2026, 3, 2), date(2026, 3, 3)
REST = SpecialDay(MONDAY, False, "qingming")
MAKE_UP = SpecialDay(date(2025, 12, 28), True, "new_year")


def as_entered():
    return sorted(CalendarDay.objects.values_list("day", "working", "festival"))


def test_an_empty_calendar_knows_no_year_and_has_plain_weekends():
    calendar = CalendarDay.objects.as_calendar()
    assert calendar.years == set()
    assert calendar.add(date(2026, 9, 30), 1) == date(2026, 10, 1)


def test_the_calendar_has_the_days_that_were_entered():
    calendar = make_calendar(2025, 2026)
    assert calendar.years == {2025, 2026}
    assert {*calendar.special.values()} == {*special_days(2025, 2026)}
    assert calendar.add(date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_entering_replaces_the_days_of_the_notice_and_no_others():
    make_calendar(2025, 2027)
    others = as_entered()
    CalendarDay.objects.enter(2026, special_days(2026), "国办发明电〔2025〕7号")
    CalendarDay.objects.enter(2026, [REST, MAKE_UP], "国办发明电〔2026〕1号")
    mine = [(day.day, day.working, day.festival) for day in (REST, MAKE_UP)]
    assert as_entered() == sorted(others + mine)
    notices = CalendarDay.objects.of_notice(2026).values_list("notice", flat=True)
    assert set(notices) == {"国办发明电〔2026〕1号"}


def test_the_notice_reaches_from_the_end_of_the_december_before():
    days = [
        date(2025, 12, 24),
        date(2025, 12, 25),
        date(2026, 12, 24),
        date(2026, 12, 25),
    ]
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, working=False, festival="new_year") for day in days
    )
    found = CalendarDay.objects.of_notice(2026).values_list("day", flat=True)
    assert list(found) == days[1:3]


def test_a_change_is_seen_at_once():
    calendar = make_calendar(2026)
    assert calendar.is_working(MONDAY) is True
    CalendarDay.objects.enter(2026, [REST])
    assert CalendarDay.objects.as_calendar().is_working(MONDAY) is False
    working = SpecialDay(MONDAY, True, "qingming")
    CalendarDay.objects.enter(2026, [working])  # as many days as before
    assert CalendarDay.objects.as_calendar().is_working(MONDAY) is True
    CalendarDay.objects.all().delete()
    assert CalendarDay.objects.as_calendar().years == set()


def test_the_calendar_is_built_once_and_asked_for_in_one_query(
    django_assert_num_queries,
):
    calendar = make_calendar(2026)
    with django_assert_num_queries(1):
        assert CalendarDay.objects.as_calendar() is calendar


def test_a_day_is_entered_once():
    CalendarDay.objects.enter(2026, [REST])
    again = CalendarDay(day=MONDAY, working=True, festival="qingming")
    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    assert refusal.value.error_dict["day"][0].code == "unique"
    with pytest.raises(IntegrityError):
        CalendarDay.objects.bulk_create([again])


def test_a_notice_that_cannot_be_entered_leaves_the_old_one():
    CalendarDay.objects.enter(2026, [REST])
    with pytest.raises(IntegrityError):
        CalendarDay.objects.enter(2026, [MAKE_UP, MAKE_UP])
    assert as_entered() == [(REST.day, REST.working, REST.festival)]
