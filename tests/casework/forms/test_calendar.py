"""The notice as it is typed: its spellings, its refusals, and every year since 2004."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import NON_FIELD_ERRORS

from casework.forms import NoticeForm
from casework.forms.calendar import days_in, read_day
from casework.management.commands.load_calendar import packaged
from casework.models import CalendarDay
from casework.workdays import SpecialDay, WorkCalendar

NOTICE = {
    "notice": "国办发明电〔2026〕9号",
    "new_year_first": "2026-12-31",
    "new_year_last": "2027-01-02",
    "spring_festival_first": "2027-02-05",
    "spring_festival_last": "2027-02-13",
    "qingming_first": "2027-04-03",
    "qingming_last": "2027-04-05",
    "labour_day_first": "2027-05-01",
    "labour_day_last": "2027-05-05",
    "dragon_boat_first": "2027-06-09",
    "dragon_boat_last": "2027-06-09",
    "mid_autumn_first": "2027-09-15",
    "mid_autumn_last": "2027-09-15",
    "national_day_first": "2027-10-01",
    "national_day_last": "2027-10-07",
    "make_up": "2027-01-30、2027-02-20、2027-05-08、2027-09-26、2027-10-09",
}
"""Invented, in the manner of a notice."""
PACKAGED = packaged()


def typed(**fields) -> NoticeForm:
    return NoticeForm(2027, NOTICE | fields)


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-14",
        "2027/2/14",
        "2027.2.14",
        "20270214",
        "2027年2月14日",
        "2027年 2月 14日",
        "2月14日",
        "2-14",
        "２０２７－０２－１４",  # noqa: RUF001
        " 2027-02-14 ",
    ],
)
def test_a_day_is_read_in_many_spellings(text):
    assert read_day(text, 2027) == date(2027, 2, 14)


@pytest.mark.parametrize(
    "text",
    ["", "14", "2月30日", "2027-13-01", "二月十四日", "14/2/2027", "2027-02-14x"],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        read_day(text, 2027)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2月14日（星期六）、2月28日（星期六）上班。", ["2月14日", "2月28日"]),
        ("2027-02-14, 2027/2/28;2.20\n5.8", ["2027-02-14", "2027/2/28", "2.20", "5.8"]),
        ("2027年 2月14日 和 2月28日", ["2027年2月14日", "2月28日"]),
        ("  ", []),
    ],
)
def test_days_are_picked_out_of_a_sentence_of_the_notice(text, days):
    assert days_in(text) == days


def test_a_sound_notice_gives_its_days():
    form = typed()

    assert form.is_valid(), form.errors.as_data()
    days = form.days()
    assert len([day for day in days if not day.working]) == 29
    assert [(day.day, day.festival) for day in days if day.working] == [
        (date(2027, 1, 30), "spring_festival"),
        (date(2027, 2, 20), "spring_festival"),
        (date(2027, 5, 8), "labour_day"),
        (date(2027, 9, 26), "national_day"),
        (date(2027, 10, 9), "national_day"),
    ]
    assert days[0] == SpecialDay(date(2026, 12, 31), False, "new_year")
    assert {day.notice_year for day in days} == {2027}
    assert form.left_empty() == []


def test_a_festival_that_is_joined_with_another_is_left_empty():
    form = typed(mid_autumn_first="", mid_autumn_last="")

    assert form.is_valid()
    assert form.left_empty() == [CalendarDay.Festival.MID_AUTUMN.label]


@pytest.mark.parametrize(
    ("fields", "place", "code"),
    [
        ({"notice": ""}, "notice", "required"),
        ({"labour_day_last": ""}, "labour_day_last", "half"),
        ({"qingming_first": ""}, "qingming_first", "half"),
        ({"qingming_first": "soon"}, "qingming_first", "not_a_day"),
        ({"qingming_last": "2027-04-02"}, "qingming_last", "order"),
        ({"qingming_first": "2026-04-03"}, "qingming_first", "outside"),
        ({"qingming_last": "2028-04-05"}, "qingming_last", "outside"),
        ({"qingming_first": "2026-12-31"}, "qingming_first", "outside"),
        ({"new_year_first": "2026-11-30"}, "new_year_first", "outside"),
        ({"new_year_last": "2026-12-31"}, "new_year_last", "outside"),
        ({"new_year_last": "2027-12-31"}, "new_year_last", "next_notice"),
        ({"new_year_first": "2027-01-02"}, "new_year_first", "by_law"),
        ({"labour_day_first": "", "labour_day_last": ""}, "labour_day_first", "by_law"),
        (
            {"mid_autumn_first": "2027-09-30", "mid_autumn_last": "2027-10-02"},
            "national_day_first",
            "overlap",
        ),
        (
            {"qingming_first": "2027-05-04", "qingming_last": "2027-05-06"},
            "qingming_first",
            "overlap",
        ),
        ({"make_up": "2027-02-30"}, "make_up", "not_a_day"),
        ({"make_up": "2027-02-22"}, "make_up", "weekday"),
        ({"make_up": "2027-02-06"}, "make_up", "rests"),
        ({"make_up": "2026-02-07"}, "make_up", "outside"),
        ({"make_up": "2027-12-25"}, "make_up", "next_notice"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(fields, place, code):
    form = typed(**fields)

    assert not form.is_valid()
    found = {
        name: [error.code for error in errors]
        for name, errors in form.errors.as_data().items()
    }
    assert found == {place: [code]}


def test_make_up_days_of_new_year_may_lie_in_the_december_before():
    form = typed(make_up="2026-12-26")

    assert form.is_valid()
    made_up = SpecialDay(date(2026, 12, 26), True, "new_year")
    assert form.days()[0] == made_up


def test_nothing_entered_is_one_error():
    form = NoticeForm(2027, {"notice": "国办发明电〔2026〕9号"})

    assert not form.is_valid()
    (errors,) = form.errors.as_data().values()
    assert [error.code for error in errors] == ["nothing"]
    assert list(form.errors) == [NON_FIELD_ERRORS]


@pytest.mark.parametrize("year", PACKAGED)
def test_every_year_can_be_typed_anew_from_what_is_known(year):
    rows = [
        CalendarDay(day=day.day, working=day.working, festival=day.festival)
        for day in sorted(PACKAGED[year], key=lambda day: day.day)
    ]

    form = NoticeForm(year, NoticeForm.as_typed(rows) | {"notice": "号"})

    assert form.is_valid(), form.errors.as_data()
    known, again = WorkCalendar.of(PACKAGED[year]), WorkCalendar.of(form.days())
    days = [date(year - 1, 12, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in days if known.is_working(day) != again.is_working(day)] == []
