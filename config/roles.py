"""The roles that people have, as groups of permissions.

Which cases a person sees is not said here: those of the agencies in which the person
works and of all beneath them. A group is made when it is missing; one that exists is
left as the office has set it, but for what comes with a new app.
"""

from django.apps import apps as installed
from django.utils.translation import pgettext_lazy

LOOK = (
    "casework.view_agency",
    "disclosure.view_disclosurerequest",
    "disclosure.view_consultation",
    "disclosure.view_fee",
    "disclosure.view_remedy",
    "disclosure.view_attachment",
    "disclosure.view_requestevent",
    "proposals.view_session",
    "proposals.view_proposal",
    "proposals.view_assignment",
    "proposals.view_author",
    "proposals.view_contact",
    "proposals.view_feedback",
    "proposals.view_commitment",
    "proposals.view_proposalevent",
    "proposals.view_assignmentevent",
    "reports.view_annualreport",
    "reports.view_submission",
)
HANDLE = (
    *LOOK,
    "disclosure.add_disclosurerequest",
    "disclosure.change_disclosurerequest",
    "disclosure.handle_disclosurerequest",
    "proposals.handle_proposal",
    "proposals.handle_assignment",
    "reports.change_annualreport",
    "reports.handle_submission",
)
APPROVE = (
    *HANDLE,
    "disclosure.approve_disclosurerequest",
    "disclosure.reveal_applicant",
    "proposals.approve_proposal",
    "reports.publish_annualreport",
)

ROLES = {
    "clerk": HANDLE,
    "approver": APPROVE,
    "city office": (
        *APPROVE,
        "casework.add_agency",
        "casework.change_agency",
        "casework.view_calendarday",
        "casework.change_calendarday",
        "reports.view_tally",
        "reports.add_tally",
        "reports.change_tally",
        "reports.delete_tally",
        "reports.add_annualreport",
        "reports.approve_submission",
        "proposals.add_session",
        "proposals.change_session",
        "proposals.add_proposal",
        "proposals.change_proposal",
        "proposals.assign_proposal",
        "proposals.add_assignment",
        "proposals.change_assignment",
    ),
    "auditor": (
        *LOOK,
        "casework.view_user",
        "casework.view_calendarday",
        "reports.view_tally",
    ),
    "system administrator": (
        "casework.view_agency",
        "casework.view_user",
        "casework.add_user",
        "casework.change_user",
    ),
}
"""By the names of the groups, which are English keys; pages show the labels."""

ROLE_LABELS = {
    "clerk": pgettext_lazy("role", "clerk"),
    "approver": pgettext_lazy("role", "approver"),
    "city office": pgettext_lazy("role", "city office"),
    "auditor": pgettext_lazy("role", "auditor"),
    "system administrator": pgettext_lazy("role", "system administrator"),
}
"""A page of casework cannot ask here: it looks up the key under the context `role`."""


def make_roles(sender, apps=installed, using="default", **kwargs):
    """Make the missing groups, once everything that they are granted exists."""
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
        permissions = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:
        return
    known = {
        f"{app}.{codename}": pk
        for app, codename, pk in permissions.values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    held = permissions.filter(group__isnull=False)
    old_apps = set(held.values_list("content_type__app_label", flat=True))
    for name, granted in ROLES.items():
        if not known.keys() >= set(granted):
            continue
        group, made = groups.get_or_create(name=name)
        group.permissions.add(
            *(
                known[permission]
                for permission in granted
                if made or permission.partition(".")[0] not in old_apps
            )
        )
