"""Who has to choose a password first, what is open until then, what is refused; what
becomes of a form that is sent after the log-in has run out.
"""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.models import User
from config.logins import AnotherPassword, keep
from reports.models import AnnualReport
from tests.factories import VIEW, make_agency, make_user

pytestmark = pytest.mark.django_db

GIVEN, OWN = "abcd-efgh-2345-6789", "自己想的口令，要长一些才行"
CHANGE, DESK = reverse("admin:password_change"), reverse("reports:today")
ANNUALS = reverse("reports:annuals")


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


# How long a log-in lasts


def idle(client, **times):
    """Let the log-in be older than it is, by so many minutes."""
    session = client.session
    for name, minutes in times.items():
        session[name] -= minutes * 60
    session.save()


@pytest.mark.parametrize(
    ("minutes", "times", "stays"),
    [
        (30, {"seen": 29}, True),
        (30, {"seen": 31}, False),
        (0, {"seen": 500}, True),
        (30, {"began": 599}, True),
        (30, {"began": 601}, False),
        (0, {"began": 601, "seen": 5}, False),
    ],
)
def test_a_log_in_ends(client, settings, minutes, times, stays):
    settings.IDLE_MINUTES = minutes
    client.force_login(make_user(VIEW, agency=make_agency()))
    idle(client, **times)

    assert client.get(DESK).status_code == (200 if stays else 302)
    assert ("_auth_user_id" in client.session) is stays


def test_each_page_begins_the_wait_anew_and_no_log_in_anew(client):
    client.force_login(make_user(VIEW, agency=make_agency()))
    began = client.session["began"]
    for _page in range(3):
        idle(client, seen=20)
        assert client.get(DESK).status_code == 200
    assert client.session["began"] == began


def test_what_is_sent_after_too_long_a_wait_is_kept_as_well(client):
    client.force_login(make_user(VIEW, agency=make_agency()))
    idle(client, seen=31)

    assert client.post("/desk/requests/", {"format": "csv"}).status_code == 401


def test_a_session_of_before_is_one_that_has_ended(client):
    client.force_login(make_user(VIEW, agency=make_agency()))
    session = client.session
    del session["began"], session["seen"]
    session.save()

    assert client.get(DESK).status_code == 302


# What is sent too late


@pytest.fixture
def late(client):
    """A text of a report is sent after the person was logged out."""
    agency = make_agency()
    rights = ("reports.view_annualreport", "reports.change_annualreport")
    make_user(*rights, agency=agency, password=OWN, is_staff=True, username="wang.min")
    AnnualReport.objects.create(agency=agency, year=2025)
    page = reverse("reports:annual_texts", args=[2025, agency.code])
    text = "第一段“引语”。\n第二段<b>。"
    return page, client.post(page, {"title": "年度报告", "text_1": text, "changes": 0})


def again(client, answer, password):
    """Log in on the page as it came."""
    told = dict(re.findall(r'name="(kept|next)" value="([^"]+)"', answer.text))
    assert len(told) == 2
    told |= {"username": "wang.min", "password": password}
    return client.post(reverse("admin:login"), told)


def test_what_is_sent_too_late_is_sent_after_the_next_log_in(client, late):
    page, answer = late
    assert answer.status_code == 401
    assert not AnnualReport.objects.get().texts

    answer = again(client, again(client, answer, "the wrong one"), OWN)

    assert answer.context["address"] == page
    assert not AnnualReport.objects.get().texts
    answer = client.post(page, dict(answer.context["typed"]))
    assert answer.status_code == 302
    assert AnnualReport.objects.get().texts["1"] == "第一段“引语”。\n第二段<b>。"


def test_what_is_kept_is_sealed(late):
    _page, answer = late
    assert "第一段" not in answer.text


@pytest.mark.parametrize("typed", ["", "x", []])
def test_who_keeps_nothing_of_ours_is_logged_in_as_ever(client, late, typed):
    sealed = typed if isinstance(typed, str) else keep(typed)
    told = {"username": "wang.min", "password": OWN, "kept": sealed}
    assert client.post(reverse("admin:login"), told).url == DESK


def test_who_sends_nothing_logs_in_first(client):
    assert client.post(ANNUALS).url == f"{reverse('admin:login')}?next={ANNUALS}"
