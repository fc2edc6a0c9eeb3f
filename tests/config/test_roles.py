"""The whole square of roles and permissions, and that what the office set is kept."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from casework.models import User
from config.roles import ROLE_LABELS, ROLES
from disclosure.models import DisclosureRequest
from tests.factories import make_agency, make_request

pytestmark = pytest.mark.django_db

OURS = ("casework", "disclosure", "proposals", "reports")
INTERNAL = {"attempts", "counter", "reminder", "upload"}


def every_permission():
    found = Permission.objects.filter(content_type__app_label__in=OURS)
    return sorted(
        f"{app}.{codename}"
        for app, codename in found.values_list("content_type__app_label", "codename")
    )


def person(role, agency=None) -> User:
    user = User.objects.create_user(role.replace(" ", "."), name=role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    if agency:
        user.agencies.add(agency)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_and_each_permission(role):
    user = person(role)

    granted = [name for name in every_permission() if user.has_perm(name)]

    assert granted == sorted(ROLES[role])


def test_every_role_has_a_label():
    assert ROLE_LABELS.keys() == ROLES.keys()


def test_the_system_administrator_reads_no_case(client):
    agency = make_agency()
    case = make_request(agency=agency)
    client.force_login(person("system administrator", agency))
    page = "/admin/disclosure/disclosurerequest/"

    assert not [
        name
        for name in ROLES["system administrator"]
        if name.startswith(("disclosure.", "reports."))
    ]
    for address in ("", "add/", f"{case.pk}/change/", f"{case.pk}/step/confirm/"):
        assert client.get(page + address).status_code == 403


def test_the_auditor_sees_every_kind_of_record_and_changes_nothing():
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    kinds = {
        f"{model._meta.app_label}.view_{model._meta.model_name}"
        for model in models
        if model._meta.model_name not in INTERNAL
    }

    assert set(ROLES["auditor"]) == kinds


@pytest.mark.parametrize("role", ROLES)
def test_nobody_deletes_what_is_a_record(role):
    deleting = {name for name in ROLES[role] if ".delete_" in name}

    rows = {"tally", "plantask", "selfinspection", "problem", "websitecheck"}
    assert deleting <= {f"reports.delete_{row}" for row in rows | {"assessment"}}


def test_each_role_of_the_office_has_everything_of_the_one_before():
    clerk, approver, city = (
        set(ROLES[role]) for role in ("clerk", "approver", "city office")
    )

    assert clerk < approver < city


@pytest.mark.parametrize("role", ["clerk", "approver", "city office", "auditor"])
def test_a_role_says_what_and_the_agency_says_which(role):
    case = make_request()
    make_request()

    cases = DisclosureRequest.objects.visible_to(person(role, case.agency))

    assert list(cases) == [case]


def test_a_group_that_exists_is_left_as_the_office_set_it():
    clerk = Group.objects.get(name="clerk")
    clerk.permissions.clear()
    Group.objects.get(name="auditor").delete()

    call_command("migrate", verbosity=0)

    assert clerk.permissions.count() == 0
    again = Group.objects.get(name="auditor")
    assert again.permissions.count() == len(ROLES["auditor"])


def test_what_comes_with_a_new_model_is_granted_and_nothing_else_is():
    clerk, city = (Group.objects.get(name=name) for name in ("clerk", "city office"))
    taken_away = Permission.objects.get(codename="handle_disclosurerequest")
    clerk.permissions.remove(taken_away)
    for group in Group.objects.all():
        group.permissions.remove(
            *Permission.objects.filter(content_type__model="plantask")
        )

    call_command("migrate", verbosity=0)

    def held(group):
        found = group.permissions.filter(content_type__app_label="reports")
        return {f"reports.{name}" for name in found.values_list("codename", flat=True)}

    for group in (clerk, city):
        mine = {name for name in ROLES[group.name] if name.startswith("reports.")}
        assert held(group) == mine
    assert taken_away not in clerk.permissions.all()
