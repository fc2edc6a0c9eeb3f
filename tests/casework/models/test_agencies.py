"""The tree of agencies, and who sees which part of it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from casework.models import Agency, User
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """The city, a county with its bureau, and another department of the city."""
    city = make_agency("宝鸡市人民政府办公室", "BJ", "city_office")
    county = make_agency("扶风县人民政府", "FF", "county", parent=city)
    bureau = make_agency("扶风县教育局", "FFJY", parent=county)
    department = make_agency("宝鸡市民政局", "BJMZ", parent=city)
    return {"city": city, "county": county, "bureau": bureau, "department": department}


def path_of(*agencies):
    return "".join(f"/{agency.pk:06d}" for agency in agencies) + "/"


def places(tree):
    """The paths as they are stored, by name."""
    return {
        name: Agency.objects.get(pk=agency.pk).path for name, agency in tree.items()
    }


def test_an_agency_knows_everything_above_it(tree):
    city, county, bureau, department = tree.values()
    assert places(tree) == {
        "city": path_of(city),
        "county": path_of(city, county),
        "bureau": path_of(city, county, bureau),
        "department": path_of(city, department),
    }


def test_what_stands_beneath_moves_along(tree):
    city, county, bureau, department = tree.values()
    county.parent = department
    county.save()
    assert places(tree) == {
        "city": path_of(city),
        "county": path_of(city, department, county),
        "bureau": path_of(city, department, county, bureau),
        "department": path_of(city, department),
    }
    county.parent = None
    county.save()
    assert places(tree)["bureau"] == path_of(county, bureau)


def test_an_agency_that_was_read_before_a_move_does_not_undo_it(tree):
    city, county, bureau, department = tree.values()
    read_before = Agency.objects.select_related("parent").get(pk=bureau.pk)
    county.parent = department
    county.save()
    read_before.phone = "0917-3260000"
    read_before.save()
    assert places(tree)["bureau"] == path_of(city, department, county, bureau)


def test_saving_something_else_moves_nothing(tree, django_assert_num_queries):
    before = places(tree)
    tree["county"].phone = "0917-5212345"
    with django_assert_num_queries(4):  # two are the savepoint
        tree["county"].save()
    assert places(tree) == before


@pytest.mark.parametrize("beneath", ["city", "county", "bureau"])
def test_an_agency_cannot_stand_beneath_itself(tree, beneath):
    before = places(tree)
    tree["city"].parent = tree[beneath]
    for deed in (tree["city"].full_clean, tree["city"].save):
        with pytest.raises(ValidationError) as refusal:
            deed()
        (error,) = refusal.value.error_dict["parent"]
        assert error.code == "cycle"
    assert places(tree) == before


@pytest.mark.parametrize("field", ["name", "code"])
def test_two_agencies_have_not_the_same(field):
    first = make_agency()
    fields = {"name": "另一机关", "code": "ANOTHER", "kind": "county"}
    second = Agency(**fields | {field: getattr(first, field)})
    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert refusal.value.error_dict[field][0].code == "unique"
    with pytest.raises(IntegrityError):
        Agency.objects.bulk_create([second])


@pytest.mark.parametrize("code", ["B", "bj", "BJ1", "宝鸡", "ABCDEFGHI", "BJ\n"])
def test_a_code_is_of_capital_letters(code):
    with pytest.raises(ValidationError) as refusal:
        Agency(name="机关", code=code, kind="county").full_clean()
    assert "agency_code" in {error.code for error in refusal.value.error_dict["code"]}


def test_an_agency_with_others_beneath_stays(tree):
    with pytest.raises(ProtectedError):
        tree["city"].delete()


def test_a_closed_agency_is_not_active(tree):
    tree["bureau"].closed_on = "2026-01-01"
    tree["bureau"].save()
    assert set(Agency.objects.active()) == {*tree.values()} - {tree["bureau"]}


# Who sees what


def names_seen(tree, user):
    seen = set(Agency.objects.visible_to(user))
    return {name for name, agency in tree.items() if agency in seen}


@pytest.mark.parametrize(
    ("places", "seen"),
    [
        (["city"], {"city", "county", "bureau", "department"}),
        (["county"], {"county", "bureau"}),
        (["bureau"], {"bureau"}),
        (["department", "bureau"], {"department", "bureau"}),
        ([], set()),
    ],
)
def test_a_person_sees_the_own_agencies_and_all_beneath(tree, places, seen):
    user = make_user(agencies=[tree[place] for place in places])
    assert names_seen(tree, user) == seen
    assert {name for name, agency in tree.items() if user.sees(agency)} == seen


def test_an_agency_whose_number_begins_alike_is_not_beneath(tree):
    longer = Agency(
        pk=tree["county"].pk * 10, name="另一机关", code="OT", kind="county"
    )
    longer.save()
    user = make_user(agency=tree["county"])
    assert longer not in Agency.objects.visible_to(user)


def test_the_superuser_sees_everything_and_who_is_inactive_nothing(tree):
    everything = set(tree)
    superuser = make_user(is_superuser=True)
    left = make_user(agency=tree["city"], is_active=False)
    left_too = make_user(is_superuser=True, is_active=False)
    assert names_seen(tree, superuser) == everything
    for nobody in (left, left_too, AnonymousUser()):
        assert names_seen(tree, nobody) == set()
        assert User.objects.visible_to(nobody).count() == 0


def test_a_person_sees_the_staff_of_the_agencies_that_the_person_sees(tree):
    above = make_user(agency=tree["city"])
    own = make_user(agency=tree["county"])
    below = make_user(agencies=[tree["bureau"], tree["county"]])
    elsewhere = make_user(agency=tree["department"])
    superuser = make_user(is_superuser=True, agency=tree["county"])
    nowhere = make_user()
    assert set(User.objects.visible_to(own)) == {own, below}
    assert set(User.objects.visible_to(above)) == {above, own, below, elsewhere}
    assert set(User.objects.visible_to(nowhere)) == {nowhere}
    assert set(User.objects.visible_to(superuser)) == {
        above, own, below, elsewhere, superuser, nowhere,
    }  # fmt: skip


def test_a_log_in_name_is_taken_in_any_case():
    make_user(username="Wang")
    with pytest.raises(ValidationError) as refusal:
        User(username="wang", name="王", password="x").full_clean()
    (error,) = refusal.value.error_dict[NON_FIELD_ERRORS]
    assert error.code == "taken"
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(username="wang", name="王")])


def test_a_person_is_called_by_the_full_name_else_by_the_log_in_name():
    assert [str(make_user(name="王芳")), str(make_user(name="", username="wang"))] == [
        "王芳",
        "wang",
    ]


def test_where_a_person_works_is_asked_once(tree, django_assert_num_queries):
    user = make_user(agency=tree["county"])
    with django_assert_num_queries(3):
        for _again in range(2):
            list(Agency.objects.visible_to(user))
