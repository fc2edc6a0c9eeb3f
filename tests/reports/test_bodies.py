"""Whose figures are counted: what lies beneath whom, and of what kind it is."""

from types import SimpleNamespace

import pytest

from reports.bodies import LEVELS, Bodies
from tests.factories import VIEW, make_agency, make_user


@pytest.fixture
def city(db):
    """A city office, beneath it a county with a school office, and a bureau."""
    office = make_agency(kind="city_office")
    county = make_agency(kind="county", parent=office)
    school = make_agency(kind="department", parent=county)
    bureau = make_agency(kind="department", parent=office)
    return SimpleNamespace(office=office, county=county, school=school, bureau=bureau)


def test_what_lies_beneath_a_child_is_the_childs_and_of_its_kind(city):
    bodies = Bodies(city.office)
    county = {city.county.pk, city.school.pk}

    assert bodies.unit(city.school) == city.county
    assert bodies.units == {
        city.office: {city.office.pk},
        city.county: county,
        city.bureau: {city.bureau.pk},
    }
    assert bodies.of_kind == {
        "city_office": {city.office.pk},
        "county": county,
        "department": {city.bureau.pk},
    }
    assert [level.code for level in bodies.levels] == [*LEVELS]


def test_a_body_alone_is_all_there_is(city):
    bodies = Bodies(city.county, alone=True)
    assert bodies.units == {city.county: {city.county.pk}}
    assert bodies.levels == ()


def test_a_person_counts_only_what_the_person_sees(city):
    seen = Bodies(city.office, user=make_user(VIEW, agency=city.county))
    assert seen.agencies.keys() == {city.county.pk, city.school.pk}
    assert Bodies(city.county, user=make_user(VIEW)).agencies == {}


def test_however_many_there_are_they_are_read_by_one_query(
    city, django_assert_num_queries
):
    bodies = Bodies(city.office)
    with django_assert_num_queries(1):
        assert [len(keys) for keys in bodies.units.values()] == [1, 2, 1]
