"""Which figures a body may report, how they are called, and what they may be."""

from decimal import Decimal

import pytest

from reports.reported import edition, figure_choices, named, refusals
from reports.yearly import EDITIONS

MADE = "T2.1.2.made"


@pytest.mark.parametrize(
    ("year", "form"),
    [(2008, "2014"), (2018, "2014"), (2019, "2019"), (2020, "2019"), (2021, "2021")],
)
def test_the_year_chooses_the_form(year, form):
    assert edition(year) is EDITIONS[form]


def test_each_figure_of_any_edition_is_offered_once():
    (empty, _label), *groups = figure_choices()
    codes = [code for _title, group in groups for code, _name in group]
    every = {code for form in EDITIONS.values() for code in form.reported}
    assert empty == ""
    assert (len(codes), set(codes)) == (len(every), every)
    assert [len(group) for _title, group in groups][0] > 0


def test_a_figure_is_called_by_its_code_and_its_place():
    form = EDITIONS["2021"]
    assert named(form, MADE).startswith(f"{MADE} ")
    assert len(named(form, MADE)) > len(MADE) + 1
    assert named(form, "X9") == "X9"


@pytest.mark.parametrize(
    ("year", "code", "value", "refused"),
    [
        (2025, MADE, Decimal(3), {}),
        (2025, MADE, Decimal(0), {}),
        (2025, MADE, None, {}),
        (2025, MADE, Decimal(-1), {"value": "negative"}),
        (2016, MADE, Decimal(3), {"code": "unknown_code"}),
        (2025, "X9", Decimal(-3), {"code": "unknown_code"}),
        (2025, "T3.1", Decimal(3), {"code": "counted"}),
        (2025, "T3.3", Decimal(3), {"code": "unknown_code"}),
    ],
)
def test_what_may_be_reported(year, code, value, refused):
    found = refusals(year, code, value)
    assert {field: error.code for field, error in found.items()} == refused


@pytest.mark.parametrize(
    ("year", "code", "column", "value", "refused"),
    [
        (2025, "T3.1", "C3.1", "3", {}),
        (2025, "T3.1", "C3.3", "3", {}),
        (2025, "T3.1", "C3.2", "3", {"column": "unknown_column"}),
        (2025, "T3.1", "total", "3", {"column": "unknown_column"}),
        (2025, "T3.1", "C3.1", "3.5", {"value": "not_whole"}),
        (2025, "T3.1", "C3.1", "-3", {"value": "negative"}),
        (2025, "T3.3", "C3.1", "3", {"code": "unknown_code"}),
        (2025, "T6.fee_received_amount", "total", "3.5", {}),
        (2025, "R.closed_late", "total", "3", {}),
        (2025, MADE, "total", "3", {}),
        (2025, MADE, "total", "3.5", {"value": "not_whole"}),
        (2025, "R.visits", "total", "0.5", {"value": "not_whole"}),
        (2025, "T2.8.1.amount", "total", "3.5", {}),
        (2016, "S8.4", "total", "3.5", {}),
        (2016, "S8.3", "total", "3", {"code": "unknown_code"}),
        (2016, "S3.1.1", "total", "3", {}),
    ],
)
def test_what_a_body_that_enters_totals_may_enter(year, code, column, value, refused):
    found = refusals(year, code, Decimal(value), column, totals=True)
    assert {field: error.code for field, error in found.items()} == refused


def test_a_figure_beside_the_total_is_called_by_its_column_too():
    form = EDITIONS["2021"]
    whole = named(form, "T3.1")
    assert named(form, "T3.1", "C3.3") == whole
    assert named(form, "T3.1", "C3.1").startswith(f"{whole} · ")


def test_a_change_may_be_negative():
    signed = [
        (year, line.code)
        for year in (2016, 2019, 2021)
        for line in edition(year).reported.values()
        if line.signed
    ]
    assert [place for place in signed if refusals(*place, Decimal(-1))] == []
