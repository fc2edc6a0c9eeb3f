"""The accounts' pages: who reaches whom, what is never given, the first password."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse

from casework.models import User
from tests.factories import CHIEF, make_agency, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/casework/user/"
KEEPER = tuple(f"casework.{deed}_user" for deed in ("view", "add", "change"))
PASSWORD = re.compile(r">((?:[2-9a-z]{4}-){3}[2-9a-z]{4})<")


@pytest.fixture
def office():
    return make_agency(kind="city_office")


@pytest.fixture
def county(office):
    return make_agency(kind="county", parent=office)


@pytest.fixture
def keeper(office):
    return make_user(*KEEPER, agency=office, is_staff=True)


@pytest.fixture
def accounts(client, keeper):
    """The pages as the system administrator of the whole city sees them."""
    client.force_login(keeper)
    return client


def new(agency, **fields):
    typed = {
        "username": "wang.min",
        "name": "王敏",
        "agencies": [agency.pk],
        "groups": [Group.objects.get(name="clerk").pk],
        "is_active": "on",
    }
    return typed | fields


def errors(response):
    form = response.context["adminform"].form
    return {
        name: [error.code for error in found]
        for name, found in form.errors.as_data().items()
    }


def listed(response):
    return {user.username for user in response.context["cl"].result_list}


def test_a_new_account_gets_a_password_that_is_shown_once(accounts, county):
    response = accounts.post(f"{PAGE}add/", new(county))

    (password,) = PASSWORD.findall(response.content.decode())
    user = User.objects.get(username="wang.min")
    assert user.check_password(password)
    assert password not in user.password
    assert user.is_staff
    assert not user.is_superuser
    assert list(user.agencies.all()) == [county]
    assert [group.name for group in user.groups.all()] == ["clerk"]
    assert LogEntry.objects.get().object_id == str(user.pk)
    for page in (PAGE, f"{PAGE}{user.pk}/change/", f"{PAGE}{user.pk}/history/"):
        assert password not in accounts.get(page).content.decode()


def test_what_the_form_does_not_show_cannot_be_posted(accounts, county):
    clerk = make_user(agency=county, is_staff=True)
    smuggled = {
        "is_superuser": "on",
        "is_staff": "",
        "user_permissions": ["1", "2"],
        "password": "chosen-by-the-admin",
    }

    accounts.post(f"{PAGE}add/", new(county, **smuggled))
    accounts.post(
        f"{PAGE}{clerk.pk}/change/", new(county, username=clerk.username, **smuggled)
    )

    for user in (User.objects.get(username="wang.min"), User.objects.get(pk=clerk.pk)):
        assert (user.is_superuser, user.is_staff) == (False, True)
        assert user.user_permissions.count() == 0
        assert not user.check_password("chosen-by-the-admin")


@pytest.mark.parametrize("username", ["clerk.a", "CLERK.A", "Clerk.A"])
def test_a_log_in_name_is_taken_in_any_case(accounts, county, username):
    make_user(agency=county, username="clerk.a")

    response = accounts.post(f"{PAGE}add/", new(county, username=username))

    assert errors(response) == {"username": ["taken"]}


def test_an_account_has_a_place(accounts, county):
    response = accounts.post(f"{PAGE}add/", new(county, agencies=[]))

    assert errors(response) == {"agencies": ["required"]}


def test_a_superuser_is_neither_seen_nor_reached(accounts, office):
    boss = make_user(agency=office, is_superuser=True, is_staff=True)

    assert boss.username not in listed(accounts.get(PAGE))
    for page in ("change", "history", "reset-password", "delete"):
        assert accounts.get(f"{PAGE}{boss.pk}/{page}/").status_code in (403, 404)
        assert accounts.post(f"{PAGE}{boss.pk}/{page}/").status_code in (403, 404)
    assert User.objects.get(pk=boss.pk).password == boss.password


def test_a_superuser_does_not_reach_another_one_either(client, office):
    one, other = (make_user(is_superuser=True, is_staff=True) for _time in range(2))
    client.force_login(one)

    assert client.get(f"{PAGE}{other.pk}/change/").status_code == 404


def test_nobody_changes_the_own_place_and_rights(accounts, keeper, county):
    approver = Group.objects.get(name="approver")

    accounts.post(
        f"{PAGE}{keeper.pk}/change/",
        new(county, name="新名", groups=[approver.pk], is_active="", username="other"),
    )

    again = User.objects.get(pk=keeper.pk)
    assert again.name == "新名"
    assert again.is_active
    assert again.username == keeper.username
    assert county not in again.agencies.all()
    assert again.groups.count() == 0


def test_the_own_password_is_changed_and_not_reset(accounts, keeper):
    response = accounts.post(f"{PAGE}{keeper.pk}/reset-password/")

    assert response.url == reverse("admin:password_change")
    assert User.objects.get(pk=keeper.pk).password == keeper.password


def test_a_reset_makes_a_new_password_ends_the_sessions_and_is_logged(
    accounts, client, county
):
    clerk = make_user(agency=county, is_staff=True, password="the old one 123")
    elsewhere = type(client)()
    elsewhere.force_login(clerk)
    assert elsewhere.get("/admin/").status_code == 200
    page = f"{PAGE}{clerk.pk}/reset-password/"

    assert accounts.get(page).status_code == 200
    clerk.refresh_from_db()
    assert clerk.check_password("the old one 123"), "asking is not doing"
    (password,) = PASSWORD.findall(accounts.post(page).content.decode())

    clerk.refresh_from_db()
    assert clerk.check_password(password)
    assert elsewhere.get("/admin/").status_code == 302
    assert LogEntry.objects.get().object_id == str(clerk.pk)


def test_no_address_sets_a_chosen_password(accounts, county):
    clerk = make_user(agency=county)

    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_password_change", args=[clerk.pk])
    answer = accounts.post(
        f"{PAGE}{clerk.pk}/password/", {"password1": "x", "password2": "x"}
    )
    assert answer.status_code in (302, 404)
    assert User.objects.get(pk=clerk.pk).password == clerk.password


def test_an_account_is_made_inactive_and_never_deleted(accounts, county):
    clerk = make_user(agency=county, is_staff=True)

    assert accounts.post(f"{PAGE}{clerk.pk}/delete/").status_code == 403
    accounts.post(
        f"{PAGE}{clerk.pk}/change/",
        new(county, username=clerk.username, is_active=""),
    )

    assert not User.objects.get(pk=clerk.pk).is_active


def test_three_people_see_the_staff_that_is_theirs(client, office, county):
    clerk = make_user(agency=county)
    for agency, reached in ((county, 200), (office, 200), (make_agency(), 404)):
        client.force_login(make_user(*KEEPER, agency=agency, is_staff=True))
        assert (clerk.username in listed(client.get(PAGE))) is (reached == 200)
        for page in ("change", "history", "reset-password"):
            answer = client.get(f"{PAGE}{clerk.pk}/{page}/")
            assert answer.status_code == reached


def test_whoever_sees_more_is_only_shown(client, office, county):
    both = make_user(agencies=[office, county], is_staff=True)
    client.force_login(make_user(*KEEPER, agency=county, is_staff=True))

    assert client.get(f"{PAGE}{both.pk}/change/").status_code == 200
    changed = client.post(
        f"{PAGE}{both.pk}/change/", new(county, username=both.username)
    )
    assert changed.status_code == 403
    assert client.post(f"{PAGE}{both.pk}/reset-password/").status_code == 403
    again = User.objects.get(pk=both.pk)
    assert again.password == both.password
    assert again.agencies.count() == 2


def test_an_account_is_given_only_agencies_that_the_giver_sees(client, office, county):
    client.force_login(make_user(*KEEPER, agency=county, is_staff=True))

    response = client.post(f"{PAGE}add/", new(county, agencies=[office.pk]))

    assert errors(response) == {"agencies": ["invalid_choice"]}


@pytest.mark.parametrize("permissions", [(), CHIEF, ("casework.view_user",)])
def test_the_pages_are_closed_to_everybody_else(client, county, permissions):
    other = make_user(agency=county)
    client.force_login(make_user(*permissions, agency=county, is_staff=True))

    for page in ("", "add/", f"{other.pk}/change/", f"{other.pk}/reset-password/"):
        assert client.get(PAGE + page).status_code == 403
    assert client.get(f"{PAGE}999999/change/").status_code == 403
    index = client.get("/admin/").context["app_list"]
    assert "user" not in [
        model["object_name"].lower() for app in index for model in app["models"]
    ]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?is_active__exact=1", 200),
        ("?password__startswith=a", 400),
        ("?agencies__name=x", 400),
        ("?is_superuser__exact=1", 400),
    ],
)
def test_a_list_is_narrowed_only_by_what_is_offered(accounts, address, status):
    assert accounts.get(PAGE + address).status_code == status


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_often_for_many(
    accounts, county, django_assert_num_queries, rows
):
    for _row in range(rows):
        make_user(agency=county)

    with django_assert_num_queries(9):
        accounts.get(PAGE)
