"""What bodies report as numbers: each once, and seen by who sees the body."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from reports.models import Tally
from tests.factories import make_agency, make_user


def make_tally(agency, **changes):
    said = {"agency": agency, "year": 2025, "code": "R.visits", "value": 3} | changes
    return Tally.objects.create(**said)


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


def test_a_body_reports_a_figure_of_a_year_once(office):
    make_tally(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_tally(office)
    for other in ({"year": 2024}, {"code": "S6"}, {"agency": make_agency()}):
        make_tally(**{"agency": office} | other)
    assert Tally.objects.count() == 4


@pytest.mark.parametrize("value", [Decimal("0.0035"), Decimal("-2"), Decimal(10**11)])
def test_a_number_is_kept_to_the_yuan_in_ten_thousands(office, value):
    tally = make_tally(office, value=value)
    tally.refresh_from_db()
    assert tally.value == value


@pytest.mark.parametrize(("place", "seen"), [("own", 1), ("above", 1), ("other", 0)])
def test_three_people(office, place, seen):
    bureau = make_agency(parent=office)
    make_tally(bureau)
    places = {"own": bureau, "above": office, "other": make_agency(parent=office)}
    user = make_user(agency=places[place])
    assert Tally.objects.visible_to(user).count() == seen
