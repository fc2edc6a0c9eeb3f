"""What bodies report as numbers comes in and goes out as rows of a sheet."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reports.downloads import COLUMNS, as_csv
from reports.models import Submission, Tally
from reports.resources import TallyResource
from reports.yearly import Yearly
from tests.factories import make_agency, make_request, make_user
from tests.ledgers import TODAY, a_csv, a_workbook, counted, take, told

pytestmark = pytest.mark.django_db

ADD, VIEW = "reports.add_tally", "reports.view_tally"
AMOUNT = "T2.8.1.amount"
"""Of money there may be a part."""
FIGURE = {"year": "2025", "agency": "BJ", "code": "T2.1.2.made", "value": "3"}


@pytest.fixture
def office():
    return make_agency("宝鸡市人民政府", "BJ", kind="city_office")


@pytest.fixture
def clerk(office):
    return make_user(ADD, VIEW, agency=office)


def figure(**cells):
    return FIGURE | cells


def bring(*rows, by, **more):
    return take(*rows, by=by, resource=TallyResource, **more)


def went_out(by):
    found = Tally.objects.visible_to(by).select_related("agency")
    return [row for chunk in TallyResource(by, TODAY).lines(found) for row in chunk]


def test_figures_come_in(office, clerk):
    rows = [
        figure(note="据来信"),
        figure(code="T2.1.1.made", value="1,234"),
        figure(agency="宝鸡市人民政府", year="2024年", code=AMOUNT, value="12.5"),
    ]
    assert told(bring(*rows, by=clerk)) == [(4, "year", "not_whole")]
    rows[2] |= {"year": "２０２４"}

    assert counted(bring(*rows, by=clerk)) == (3, 0, 0)

    kept = Tally.objects.order_by("pk").values_list("agency", "year", "value", "note")
    assert list(kept) == [
        (office.pk, 2025, Decimal(3), "据来信"),
        (office.pk, 2025, Decimal(1234), ""),
        (office.pk, 2024, Decimal("12.5"), ""),
    ]
    assert LogEntry.objects.filter(action_flag=ADDITION, user=clerk).count() == 3


@pytest.mark.parametrize("year", ["2025", "２０２５", "2025.0", "2,025"])
def test_repeating_it_changes_nothing(clerk, year):
    bring(figure(), by=clerk)
    before = list(Tally.objects.values()), LogEntry.objects.count()
    taken = bring(figure(year=year, value="3.00"), by=clerk)
    assert (told(taken), counted(taken)) == ([], (0, 1, 0))
    assert (list(Tally.objects.values()), LogEntry.objects.count()) == before


def test_a_number_of_a_workbook_is_a_number(clerk):
    for expected in ((1, 0, 0), (0, 1, 0)):
        file = a_workbook(figure(year=2025, code=AMOUNT, value=3.25))
        assert counted(bring(file, by=clerk)) == expected
    assert Tally.objects.get().value == Decimal("3.25")


BAD = [
    ({"code": "T9.9"}, "code", "no_such_choice"),
    ({"code": "T3.3"}, "code", "no_such_choice"),
    ({"code": "T3.1", "column": "C9"}, "column", "no_such_choice"),
    ({"code": "T3.1", "column": "C3.2.1", "value": "2.5"}, "value", "not_whole"),
    ({"column": "C3.1"}, "column", "unknown_column"),
    ({"code": "T3.1", "year": "99999999999999"}, "code", "counted"),
    ({"year": "2016"}, "code", "unknown_code"),
    ({"value": "3.5"}, "value", "not_whole"),
    ({"value": "-3"}, "value", "negative"),
    ({"value": "many"}, "value", "not_a_number"),
    ({"code": AMOUNT, "value": "3.00001"}, "value", "max_decimal_places"),
    ({"value": "1234567890123"}, "value", "max_whole_digits"),
    ({"value": ""}, "value", "required"),
    ({"year": ""}, "year", "required"),
    ({"year": "heuer"}, "year", "not_whole"),
    ({"year": "1999"}, "code", "unknown_code"),
    ({"year": "2101"}, "year", "max_value"),
    ({"year": "99999999999999"}, "year", "max_value"),
    ({"year": "9" * 30}, "year", "not_whole"),
    ({"agency": "XX"}, "agency", "no_such_agency"),
    ({"note": "长" * 101}, "note", "too_long"),
]
"""Cells, the column that is named, and why."""


def test_bad_rows_are_named_and_nothing_is_written(clerk):
    # Each is of a year of its own, or it would stand there twice.
    rows = [
        figure(**{"year": year} | cells)
        for year, (cells, *_why) in enumerate(BAD, 2021)
    ]
    expected = [(n, *why) for n, (_cells, *why) in enumerate(BAD, 2)]
    assert told(bring(*rows, by=clerk)) == expected
    assert not Tally.objects.exists()


def test_another_number_of_the_same_figure_is_refused_and_both_are_shown(clerk):
    bring(figure(), by=clerk)
    taken = bring(figure(value="4"), by=clerk)
    assert told(taken) == [(2, "value", "other_content")]
    assert ("3" in taken.problems[0].message, "4" in taken.problems[0].message) == (
        True, True,
    )  # fmt: skip
    assert Tally.objects.get().value == 3


def test_a_figure_that_stands_twice_is_refused(clerk):
    assert told(bring(figure(), figure(value="4"), by=clerk)) == [(3, "code", "twice")]


def test_a_closed_agency_reports_nothing_new(office, clerk):
    make_agency("老局", "LJ", parent=office, closed_on="2020-01-01")
    taken = bring(figure(agency="LJ"), by=clerk)
    assert told(taken) == [(2, "agency", "closed_agency")]


@pytest.mark.parametrize(
    ("place", "codes"),
    [("own", []), ("above", []), ("elsewhere", [(2, "agency", "no_such_agency")])],
)
def test_three_people(office, place, codes):
    bureau = make_agency("宝鸡市教育局", "JY", parent=office)
    elsewhere = make_agency(parent=office)
    agency = {"own": bureau, "above": office, "elsewhere": elsewhere}[place]
    person = make_user(ADD, VIEW, agency=agency)
    Tally.objects.create(agency=bureau, year=2024, code="T2.1.2.made", value=9)

    assert told(bring(figure(agency="宝鸡市教育局"), by=person)) == codes
    assert len(went_out(person)) == (1 if codes else 3)


def test_whoever_may_not_add_imports_nothing(office):
    with pytest.raises(PermissionDenied):
        bring(figure(), by=make_user(VIEW, agency=office))


def test_a_trial_writes_nothing(clerk):
    assert counted(bring(figure(), by=clerk, dry_run=True)) == (1, 0, 0)
    assert not Tally.objects.exists()
    assert not LogEntry.objects.exists()


# Totals of a body whose cases are kept elsewhere

TOTAL = {"code": "T3.1", "value": "40"}


@pytest.mark.parametrize("column", [None, "", "C3.3", "total", "总计"])
def test_a_counted_figure_comes_in_as_a_total(office, clerk, column):
    cells = TOTAL if column is None else TOTAL | {"column": column}
    assert counted(bring(figure(**cells), by=clerk)) == (1, 0, 0)

    tally = Tally.objects.get()
    assert (tally.code, tally.column, tally.value) == ("T3.1", "C3.3", 40)
    made = Submission.objects.get()
    assert (made.agency, made.year, made.source) == (office, 2025, "totals")
    assert counted(bring(figure(**cells), by=clerk)) == (0, 1, 0)


def test_each_column_is_a_figure_of_its_own(clerk):
    rows = [figure(**TOTAL, column=code) for code in ("C3.1", "C3.3", "自然人")]
    assert told(bring(*rows, by=clerk)) == [(4, "code", "twice")]
    assert counted(bring(*rows[:2], by=clerk)) == (2, 0, 0)
    assert Submission.objects.count() == 1


def test_a_reported_figure_makes_no_totals_of_a_body(clerk):
    bring(figure(), by=clerk)
    assert not Submission.objects.exists()


def test_what_a_body_has_chosen_stays(office, clerk):
    chosen = Submission.objects.create(
        agency=office, year=2025, source="totals", alone=True
    )
    assert counted(bring(figure(**TOTAL), by=clerk)) == (1, 0, 0)
    assert list(Submission.objects.all()) == [chosen]
    Tally.objects.all().delete()
    Submission.objects.update(source="cases", submitted_on=date(2026, 1, 5))
    assert told(bring(figure(**TOTAL), by=clerk)) == [(2, "code", "counted")]


def test_a_body_that_has_only_been_reminded_has_not_chosen(office, clerk):
    Submission.objects.create(agency=office, year=2025, reminded_on=date(2026, 1, 5))
    assert counted(bring(figure(**TOTAL), by=clerk)) == (1, 0, 0)
    kept = Submission.objects.get()
    assert (kept.source, kept.reminded_on) == ("totals", date(2026, 1, 5))


def test_of_a_body_with_cases_of_the_year_no_totals_come_in(office, clerk):
    make_request("handling", make_agency(parent=office), date(2025, 3, 4))
    rows = [figure(**TOTAL), figure(**TOTAL, year="2024")]
    assert told(bring(*rows, by=clerk)) == [(2, "code", "counted")]
    assert not Submission.objects.exists()
    assert counted(bring(rows[1], by=clerk)) == (1, 0, 0)


def test_a_trial_makes_no_submission(clerk):
    assert counted(bring(figure(**TOTAL), by=clerk, dry_run=True)) == (1, 0, 0)
    assert not Submission.objects.exists()


def published(*figures):
    """Rows of the file of a published report: row, column, value."""
    names = dict.fromkeys(COLUMNS, "")
    whose = {"year": 2025, "edition": 2021, "agency_code": "BJ"}
    whose |= {"agency": "宝鸡市人民政府"}
    return a_csv(
        [
            COLUMNS,
            *(
                (
                    names | whose | {"row": row, "column": column, "value": value}
                ).values()
                for row, column, value in figures
            ),
        ]
    )


def test_of_a_published_report_what_follows_is_left_out(office, clerk):
    file = published(
        ("T3.1", "C3.3", 40),
        ("T3.1", "department", 40),
        ("T2.1.1.made", "total", ""),
        ("T2.1.2.made", "total", 5),
        ("R.closed_in_time", "total", 39),
        ("R.on_time_rate", "total", "97.50"),
        ("R.year", "total", 2025),
        ("J1.term", "total", 12),
    )
    taken = bring(file, by=clerk)
    assert (told(taken), counted(taken)) == ([], (3, 0, 0))
    assert [number for number, _why, _text in taken.ledger.skipped] == [3, 4, 7, 8, 9]
    kept = Tally.objects.order_by("code").values_list("code", "column", "value")
    assert list(kept) == [
        ("R.closed_in_time", "total", 39),
        ("T2.1.2.made", "total", 5),
        ("T3.1", "C3.3", 40),
    ]


def test_of_a_published_report_unknown_figures_are_refused(clerk):
    file = published(("T3.1", "C3.3", 40), ("T9.9", "total", 1), ("T3.1", "C9", 1))
    taken = bring(file, by=clerk)
    assert told(taken) == [
        (3, "code", "no_such_choice"),
        (4, "column", "no_such_choice"),
    ]
    assert not Tally.objects.exists()


def test_a_report_comes_in_as_it_went_out(office, clerk):
    whole = {
        (part, line, leaf)
        for part in Yearly(2025, office).statutory
        for line in part.lines
        if line.flows or line.reported
        for leaf in part.leaves
    }
    Submission.objects.create(agency=office, year=2025, source="totals")
    for number, (_part, line, leaf) in enumerate(whole, 1):
        place = {"code": line.code, "column": leaf.code}
        Tally.objects.create(agency=office, year=2025, value=number, **place)
    before = Yearly(2025, office).figures
    file = BytesIO("".join(as_csv(Yearly(2025, office))).encode())
    Tally.objects.all().delete()
    Submission.objects.all().delete()

    taken = bring(file, by=clerk)
    assert told(taken) == []
    assert taken.new >= len(whole)
    assert Yearly(2025, office).figures == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_went_out_comes_in_without_a_change(clerk, language):
    bring(figure(), figure(code=AMOUNT, value="12.5", year="2024"), by=clerk)
    with override(language):
        rows = went_out(clerk)
    taken = bring(a_csv(rows), by=clerk)
    assert (told(taken), counted(taken)) == ([], (0, 2, 0))


def test_many_rows_ask_no_more_than_one(office, clerk):
    def queries(count):
        places = [make_agency(parent=office) for _n in range(count)]
        rows = [figure(agency=place.code) for place in places]
        with CaptureQueriesContext(connection) as asked:
            assert counted(bring(*rows, by=clerk)) == (count, 0, 0)
        return len(asked)

    queries(1)
    assert queries(1) == queries(30)
