"""Which numbers a body enters, what follows from them, and what cannot be."""

from decimal import Decimal

import pytest

from disclosure.annual_forms import FORMS
from reports.returns.places import (
    blank,
    completed,
    entered,
    own_identities,
    places,
    unequal,
)
from reports.yearly import Yearly
from tests.reports.returns.year import YEAR, enter


def asked(year, totals):
    return [place.cell for place in places(year, totals) if place.statutory]


@pytest.mark.parametrize(
    ("year", "totals", "count"), [(2025, False, 10), (2025, True, 203)]
)
def test_the_form_asks_for_so_many_numbers(year, totals, count):
    assert len(asked(year, totals)) == len(set(asked(year, totals))) == count


@pytest.mark.parametrize("year", [2016, 2019, 2025])
def test_totals_are_all_that_the_form_does_not_derive(year):
    form = FORMS[{2016: "2014", 2019: "2019", 2025: "2021"}[year]]
    expected = {
        (line.code, leaf.code)
        for part in form.parts
        for line in part.lines
        if line.flows or line.reported
        for leaf in part.leaves
    }
    assert set(asked(year, True)) == expected
    reported = {cell for cell in expected if form.lines[cell[0]].reported}
    assert set(asked(year, False)) == reported


def test_of_figures_beside_the_form_a_body_with_cases_enters_what_is_reported():
    beside = {
        totals: {p.row.code for p in places(2025, totals) if not p.statutory}
        for totals in (False, True)
    }
    assert "R.visits" in beside[False] & beside[True]
    assert "R.closed_late" in beside[True] - beside[False]
    assert "R.on_time_rate" not in beside[True]


def values(**told):
    """Nothing entered but what is said, as `T4_1_1`."""
    found = dict.fromkeys(asked(2025, True))
    for name, value in told.items():
        found[name.replace("_", "."), "total"] = value
    return found


def test_a_sum_of_numbers_that_are_all_there_follows():
    told = values(T4_1_1=1, T4_1_2=2, T4_1_3=0, T4_1_4=4, T4_2_1_1=5)
    after = completed(2025, told)
    changed = {cell: value for cell, value in after.items() if value != told[cell]}
    assert changed == {("T4.1.5", "total"): 7}


def test_a_sum_that_was_entered_stays():
    told = values(T4_1_1=1, T4_1_2=2, T4_1_3=0, T4_1_4=4, T4_1_5=9)
    assert completed(2025, told) == told


def test_sums_of_sums_follow():
    told = {
        cell: None if cell[0] == "T3.3.7" or cell[1] == "C3.3" else 0
        for cell in asked(2025, True)
    } | {("T3.3.1", "C3.1"): 3, ("T3.3.2", "C3.2.1"): 4}
    after = completed(2025, told)
    assert None not in after.values()
    assert after["T3.3.7", "C3.1"] == 3
    assert after["T3.3.1", "C3.3"] == 3
    assert after["T3.3.7", "C3.3"] == 7


def test_what_leads_to_last_year_or_only_warns_is_none_of_the_form_s_own():
    codes = {identity.code for identity in own_identities(2025)}
    assert codes == {
        "T3.flow", "T3.results", "T3.applicants",
        "T4.1.total", "T4.2.1.total", "T4.2.2.total",
    }  # fmt: skip


def told(errors):
    return [(error.code, error.params["place"]) for error in errors]


def test_every_blank_place_of_the_form_is_named(county):
    enter(county, T2_1_1_made__total=None, T2_5_1_decisions__total=None)
    assert told(blank(YEAR, False, entered(county, YEAR))) == [
        ("blank", "T2.1.1.made/total"),
        ("blank", "T2.5.1.decisions/total"),
    ]


def test_an_identity_that_fails_is_named_at_its_cell(county):
    enter(
        county, totals=True, T3_1__C3_1=2, T3_1__C3_3=2, T3_4__C3_3=2, T4_1_1__total=1
    )
    assert told(unequal(Yearly(YEAR, county))) == [
        # New ones that are neither concluded nor carried over, by a natural person.
        ("unequal", "T3.3.7/C3.1"),
        ("unequal", "T3.4/C3.3"),
        ("unequal", "T4.1.5/total"),
    ]


def test_what_adds_up_is_well(county):
    enter(
        county, totals=True,
        T3_1__C3_1=2, T3_1__C3_3=2, T3_4__C3_1=2, T3_4__C3_3=2,
        T6_fee_notified_amount__total=Decimal("1.5"),
    )  # fmt: skip
    assert told(unequal(Yearly(YEAR, county))) == []
