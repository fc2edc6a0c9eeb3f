"""One of many keys: as a filter, and as a fact."""

import pytest

from casework.among import Among
from casework.models import Agency
from tests.factories import make_agency


@pytest.fixture
def agencies(db):
    return [make_agency() for _number in range(3)]


def test_a_key_is_one_of_many_or_not(agencies):
    one, _other, another = (agency.pk for agency in agencies)
    keys = Among("pk", {one, another})
    said = Agency.objects.order_by("pk").annotate(chosen=keys)

    assert list(said.values_list("chosen", flat=True)) == [True, False, True]
    assert set(Agency.objects.filter(keys).values_list("pk", flat=True)) == {
        one,
        another,
    }


def test_many_keys_are_one_parameter(agencies):
    keys = [*range(1000), *(agency.pk for agency in agencies)]
    query = Agency.objects.filter(Among("pk", keys)).query
    assert len(query.sql_with_params()[1]) == 1


def test_none_is_one_of_no_keys(agencies, django_assert_num_queries):
    nothing = Among("pk", ())
    said = Agency.objects.annotate(chosen=nothing).values_list("chosen", flat=True)
    assert list(said) == [False] * 3
    with django_assert_num_queries(0):
        assert list(Agency.objects.filter(nothing)) == []


def test_a_key_is_reached_through_what_it_belongs_to(agencies):
    first, *others = agencies
    Agency.objects.filter(pk=others[0].pk).update(parent=first)
    beneath = Agency.objects.filter(Among("parent__pk", {first.pk}))
    assert list(beneath) == [others[0]]
