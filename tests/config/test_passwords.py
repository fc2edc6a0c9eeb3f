"""Who has to choose a password first, what is open until then, and what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.models import User
from config.passwords import AnotherPassword
from tests.factories import VIEW, make_agency, make_user

pytestmark = pytest.mark.django_db

GIVEN, OWN = "abcd-efgh-2345-6789", "自己想的口令，要长一些才行"
CHANGE, DESK = reverse("admin:password_change"), reverse("reports:today")


@pytest.fixture
def clerk():
    """Fresh from whoever keeps the accounts."""
    clerk = make_user(VIEW, agency=make_agency(), is_staff=True)
    clerk.set_initial_password(GIVEN)
    clerk.save()
    return clerk


def aged(user, **age):
    User.objects.filter(pk=user.pk).update(password_set_at=timezone.now() - age["by"])


def log_in(client, user, password):
    return client.post(
        reverse("admin:login"), {"username": user.username, "password": password}
    )


def change(client, old, new):
    told = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(CHANGE, told)


def test_with_an_initial_password_nothing_else_is_open(client, clerk):
    log_in(client, clerk, GIVEN)

    for page in (DESK, "/desk/requests/", "/admin/", "/admin/casework/agency/"):
        assert client.get(page).url == CHANGE
        assert client.post(page, {"note": "x"}).url == CHANGE
    for page in ("/", "/status/", CHANGE):
        assert client.get(page).status_code == 200
    assert client.post(reverse("admin:logout")).status_code == 200


def test_once_it_is_changed_everything_is(client, clerk):
    log_in(client, clerk, GIVEN)
    response = change(client, GIVEN, OWN)

    assert client.get(response.url).url == DESK
    assert client.get(DESK).status_code == 200
    clerk.refresh_from_db()
    assert clerk.check_password(OWN)
    assert not clerk.password_is_initial


def test_it_is_not_changed_into_itself(client, clerk):
    log_in(client, clerk, GIVEN)
    form = change(client, GIVEN, GIVEN).context["form"]

    assert form.errors.as_data()["new_password2"][0].code == "same_password"
    assert client.get(DESK).url == CHANGE


def test_who_has_no_account_yet_has_no_password_to_repeat():
    AnotherPassword().validate(GIVEN)
    AnotherPassword().validate(GIVEN, User(username="new"))
    with pytest.raises(ValidationError):
        AnotherPassword().validate(GIVEN, make_user(password=GIVEN))


@pytest.mark.parametrize(
    ("hours", "age", "enters"), [(72, 71, True), (72, 73, False), (0, 999, True)]
)
def test_an_initial_password_is_void_after_a_while(
    client, clerk, settings, hours, age, enters
):
    settings.INITIAL_PASSWORD_HOURS = hours
    aged(clerk, by=timedelta(hours=age))

    response = log_in(client, clerk, GIVEN)

    assert ("_auth_user_id" in client.session) is enters
    if not enters:
        errors = response.context["form"].errors.as_data()["__all__"]
        assert [error.code for error in errors] == ["void_password"]


@pytest.mark.parametrize(
    ("days", "age", "is_open"), [(90, 89, True), (90, 91, False), (0, 999, True)]
)
def test_a_password_grows_too_old(client, settings, days, age, is_open):
    settings.PASSWORD_DAYS = days
    user = make_user(VIEW, agency=make_agency(), password=OWN, is_staff=True)
    aged(user, by=timedelta(days=age))
    log_in(client, user, OWN)

    assert client.get(DESK).status_code == (200 if is_open else 302)
    # What was typed is not lost over it.
    assert client.post("/desk/requests/", {}).status_code != 302
    change(client, OWN, GIVEN)
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("made", ["new", "reset"])
def test_what_the_keeper_of_accounts_hands_over_is_an_initial_one(made, client):
    place = make_agency()
    keeper = make_user(
        "casework.add_user", "casework.change_user", agency=place, is_staff=True
    )
    client.force_login(keeper)
    page = "/admin/casework/user/"
    if made == "new":
        fields = {"username": "li.na", "name": "李娜", "agencies": [place.pk]}
        client.post(f"{page}add/", fields | {"is_active": "on"})
        user = User.objects.get(username="li.na")
    else:
        user = make_user(agency=place, is_staff=True, password=OWN)
        client.post(f"{page}{user.pk}/reset-password/")
        user.refresh_from_db()
    assert user.password_is_initial
