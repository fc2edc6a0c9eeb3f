"""Which sessions, parts and columns of suggestions and proposals a year has."""

from datetime import date

import pytest

from proposals.models import Proposal
from reports.item_figures import columns, of, sessions
from tests.factories import make_agency, make_user
from tests.items import VIEW, make_item, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_agency(kind="city_office")


def test_the_sessions_are_of_the_place_of_what_is_beneath_and_above(city):
    county = make_agency(kind="county", parent=city)
    bureau = make_agency(parent=county)
    of_city, of_county = make_session(city), make_session(county)
    elsewhere = make_agency(kind="county", parent=city)
    found = {
        place.pk: set(sessions(2016, place, None))
        for place in (city, county, bureau, elsewhere)
    }
    both = {of_city, of_county}
    assert list(found.values()) == [both, both, both, {of_city}]
    assert set(sessions(2017, city, None)) == set()


def test_a_person_sees_the_sessions_only_with_the_right_to_items(city):
    session = make_session(city)
    for rights, seen in ((VIEW, {session}), ((), set())):
        person = make_user(*rights, agency=city)
        assert set(sessions(2016, city, person)) == seen


def test_a_body_has_parts_where_it_has_a_session(city):
    congress, cppcc = make_session(city), make_session(city, "cppcc")
    assert of([]) == []
    assert [found.body for found in of([congress])] == ["congress"]
    both = of([cppcc, congress])
    assert [found.body for found in both] == ["congress", "cppcc"]
    assert [part.code for found in both for part in found.parts] == [
        f"{prefix}{number}" for prefix in "JZ" for number in range(1, 9)
    ]


def test_each_line_of_both_bodies_has_a_code_of_its_own(city):
    both = of([make_session(city), make_session(city, "cppcc")])
    codes = [line.code for found in both for part in found.parts for line in part.lines]
    assert len(set(codes)) == len(codes)


def test_every_rate_says_what_it_is(city):
    for found in of([make_session(city), make_session(city, "cppcc")]):
        rates = [line for part in found.rates for line in part.lines if line.ratio]
        assert len(rates) > 15
        assert all(line.note for line in rates)


def test_columns_are_the_values_that_items_of_the_year_have(city):
    session = make_session(city)
    later = make_session(
        city, number=7, opened_on=date(2017, 2, 1), closed_on=date(2017, 2, 5)
    )
    for place, category in ((session, "教育"), (session, ""), (later, "城建")):
        make_item(place, category=category)
    found = columns(Proposal.objects.all(), 2016, "category")
    assert [column.code for column in found] == ["category:", "category:教育"]
    assert columns(None, 2016, "category") == ()
