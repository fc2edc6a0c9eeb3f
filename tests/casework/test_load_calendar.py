"""The special days that come from the package, and what is not overwritten."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casework.management.commands.load_calendar import FESTIVALS, packaged, spans
from casework.models import CalendarDay
from casework.workdays import SpecialDay
from tests.factories import RECEIVED, make_agency, make_request

pytestmark = pytest.mark.django_db


def load(*arguments) -> str:
    out = StringIO()
    call_command("load_calendar", *arguments, stdout=out)
    return out.getvalue()


def state():
    return list(CalendarDay.objects.values_list("day", "festival", "entered_at"))


def test_every_festival_of_the_package_has_a_code_of_ours():
    assert set(FESTIVALS.values()) == set(CalendarDay.Festival)
    assert {day.festival for days in packaged().values() for day in days} == set(
        CalendarDay.Festival.values
    )


def test_every_year_of_the_package_is_loaded():
    load()

    calendar = CalendarDay.objects.as_calendar()
    assert calendar.years == packaged().keys()
    assert not calendar.is_working(date(2015, 9, 3)), "Victory Day, once"
    assert calendar.is_working(date(2026, 2, 14)), "a Saturday that is worked"


def test_days_of_december_belong_to_the_next_notice():
    load("--year", "2018")
    assert not CalendarDay.objects.filter(day=date(2018, 12, 31)).exists()

    load("--year", "2019")
    calendar = CalendarDay.objects.as_calendar()
    assert calendar.years == {2018, 2019}
    assert not calendar.is_working(date(2018, 12, 31))
    assert calendar.is_working(date(2018, 12, 29))


def test_a_second_run_changes_nothing():
    load()
    before = state()

    load()

    assert state() == before


def test_only_a_year_that_differs_is_replaced():
    load("--year", "2025", "--year", "2026")
    untouched = dict(
        CalendarDay.objects.of_notice(2025).values_list("day", "entered_at")
    )
    CalendarDay.objects.get(day=date(2026, 5, 1)).delete()

    load()

    assert CalendarDay.objects.filter(day=date(2026, 5, 1)).exists()
    after = dict(CalendarDay.objects.of_notice(2025).values_list("day", "entered_at"))
    assert after == untouched


@pytest.mark.parametrize(("arguments", "kept"), [((), True), (("--replace",), False)])
def test_what_was_entered_by_hand_is_kept_unless_told_otherwise(arguments, kept):
    by_hand = SpecialDay(date(2026, 5, 1), False, "labour_day")
    CalendarDay.objects.enter(2026, [by_hand], "国办发明电〔2025〕7号")

    load("--year", "2026", *arguments)

    assert (CalendarDay.objects.count() == 1) is kept


def test_a_year_that_the_package_does_not_know_is_refused():
    with pytest.raises(CommandError):
        load("--year", "2099")

    assert CalendarDay.objects.count() == 0


def test_loading_leaves_the_cases_to_recalculate():
    load("--year", "2026")
    make_request(agency=make_agency(), received=RECEIVED)
    CalendarDay.objects.enter(2026, [SpecialDay(date(2026, 5, 1), False, "labour_day")])

    told = load("--year", "2026")

    assert "recalculate" not in told, "the very days by which it was worked out"
    CalendarDay.objects.enter(
        2026, [*packaged()[2026], SpecialDay(date(2026, 3, 10), False, "national_day")]
    )
    assert "recalculate" in load("--year", "2025")


@pytest.mark.parametrize(
    ("years", "told"),
    [([], ""), ([2026], "2026"), ([2006, 2004, 2005, 2010], "2004–2006, 2010")],
)
def test_years_in_a_row_are_told_by_the_first_and_the_last(years, told):
    assert spans(years) == told
