"""Rows of a register in words, and the year that is shown."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone

from reports.models import Problem, WebsiteCheck
from reports.registers import COLUMNS, Listing, YearForm
from reports.sources import REGISTERS
from tests.factories import make_agency, make_user
from tests.registers import make_check, make_inspection, make_problem


def test_every_register_has_its_columns():
    assert COLUMNS.keys() == {*REGISTERS.values()}


def test_a_row_in_words(db):
    office = make_agency("市政府办公室")
    check = make_check(office, 2, found=3)
    user = make_user("reports.view_websitecheck", agency=office)
    listing = Listing.of(WebsiteCheck.objects.all(), user)
    [row] = listing
    assert [cell.text for cell in row] == [
        "2025", check.get_quarter_display(), "市政府办公室", "40", "3", "0", "—",
    ]  # fmt: skip
    assert [cell.numeric for cell in row] == [
        True,
        False,
        False,
        True,
        True,
        True,
        False,
    ]
    assert (len(listing.heads), len(listing), listing.whole) == (7, 1, True)


def test_whoever_may_not_see_such_rows_sees_none(db):
    office = make_agency()
    with pytest.raises(PermissionDenied):
        Listing.of(WebsiteCheck.objects.all(), make_user(agency=office))


@pytest.mark.parametrize("rows", [1, 20])
def test_many_rows_ask_once(db, rows, django_assert_num_queries):
    inspection = make_inspection(make_agency())
    for _row in range(rows):
        make_problem(inspection)
    user = make_user("reports.view_problem")
    user.has_perm("reports.view_problem")
    with django_assert_num_queries(1):
        assert len(Listing.of(Problem.objects.all(), user)) == rows


@pytest.mark.parametrize(
    ("asked", "years", "shown"),
    [
        ("", [2025, 2016], 2025),
        ("year=2016", [2025, 2016], 2016),
        ("year=2017", [2025, 2016], 2025),
        ("year=x", [2025, 2016], 2025),
        ("", [], timezone.localdate().year),
    ],
)
def test_the_year_that_is_shown(asked, years, shown):
    assert YearForm(QueryDict(asked), years).shown == shown
