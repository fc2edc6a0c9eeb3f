"""What becomes of the identities of a form, and how it is said."""

from decimal import Decimal

import pytest
from django.utils import translation

from casework.tables import TOTAL
from reports.models import Tally
from reports.verdicts import verdicts
from reports.yearly import Yearly
from tests.factories import make_agency, make_request


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


def verdict(yearly, code):
    return next(one for one in verdicts(yearly) if one.identity.code == code)


def test_an_identity_that_holds_shows_the_whole(office):
    make_request("handling", office)
    found = verdict(Yearly(2026, office), "T3.flow")

    assert (found.state, found.shape) == ("holds", "✓")
    assert [(place.check.place, place.left) for place in found.told] == [("C3.3", "1")]


@pytest.mark.parametrize(
    ("code", "formula"),
    [
        (
            "T3.flow",
            "1. New requests this year + 2. Carried over from last year"
            " = 3. Results this year › (7) Total results"
            " + 4. Carried over to next year",
        ),
        (
            "T3.results",
            "3. Results this year: (1) Disclosed + … + (6) Other handling › Other"
            " = (7) Total results",
        ),
        (
            "T3.last",
            "2. Carried over from last year"
            " = 4. Carried over to next year of last year",
        ),
        ("T3.applicants", "Natural persons + … + Other = Total"),
    ],
)
def test_a_formula_has_names_and_no_codes(office, code, formula):
    with translation.override("en"):
        assert verdict(Yearly(2026, office), code).formula == formula


def test_formulas_that_say_the_same_say_of_what(office):
    said = [verdict(Yearly(2026, office), f"T2.1.{n}.last").formula for n in (1, 2)]
    assert len(set(said)) == 2


def test_an_identity_that_fails_shows_where_and_by_how_much(office):
    for code, value in (("S1.1", 9), ("S1.2.1", 4), ("S1.2.2", Decimal("4"))):
        Tally.objects.create(agency=office, year=2016, code=code, value=value)
    found = verdict(Yearly(2016, office), "S1.1.channels")

    assert (found.state, found.shape) == ("fails", "✗")
    assert [
        (place.check.place, place.left, place.right, place.difference)
        for place in found.told
    ] == [("total", "9", "8", "1"), ("city_office", "9", "8", "1")]


def test_an_identity_without_a_side_cannot_be_told(office):
    found = verdict(Yearly(2016, office), "S8.3.staff")
    assert (found.state, found.shape, found.told) == ("unknown", "○", [])


def test_every_identity_of_the_form_is_shown(office):
    yearly = Yearly(2016, office)
    shown_codes = [one.identity.code for one in verdicts(yearly)]
    asked = [one.code for one in yearly.form.identities]
    assert shown_codes == asked
    assert TOTAL.code == "total"
