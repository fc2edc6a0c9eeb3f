"""The desk's pages of suggestions and proposals, and of the units' assignments."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.desk import Column, ListPage
from proposals.filters import ItemFilter, TaskFilter
from proposals.models import Assignment, Proposal
from proposals.models.assignments import handling
from proposals.resources import ProposalResource
from proposals.tasks_out import TaskResource
from proposals.workflow import ASSIGN, items, tasks

HANDLED = Prefetch("assignments", Assignment.objects.select_related("agency"))


class ItemList(ListPage):
    workflow, filters, resource = items, ItemFilter, ProposalResource
    title = _("Suggestions and proposals")
    received_label = _("assigned on")
    columns = (
        Column(_("official number"), lambda case: case.official_number or "—"),
        Column(_("subject"), lambda case: case.subject, wide=True),
        Column(_("session"), lambda case: case.session.name),
        Column(_("status"), Proposal.get_status_display),
        Column(_("replying unit"), lambda case: _names(handling(case).replying)),
        Column(_("co-handlers"), lambda case: _names(handling(case).co_handlers)),
        Column(_("class of result"), lambda case: _classes(handling(case).replying)),
    )
    related = ("session", HANDLED)


def _names(parts) -> str:
    return "、".join(task.agency.name for task in parts) or "—"


def _classes(parts) -> str:
    return "、".join(task.result_class for task in parts if task.result_class) or "—"


class TaskList(ListPage):
    workflow, filters, resource = tasks, TaskFilter, TaskResource
    title = _("Tasks of the units")
    received_label = _("assigned on")
    columns = (
        Column(_("official number"), lambda task: task.case.official_number or "—"),
        Column(_("title of the item"), lambda task: task.subject, wide=True),
        Column(_("session"), lambda task: task.case.session.name),
        Column(_("unit"), lambda task: task.agency.name),
        Column(_("role"), Assignment.get_role_display),
        Column(_("round"), lambda task: task.round),
        Column(_("status"), Assignment.get_status_display),
        Column(_("class of result"), lambda task: task.result_class or "—"),
    )
    related = ("agency", "case__session")

    def next_deed(self):
        """A task comes from assigning an item."""
        if not self.request.user.has_perm(ASSIGN):
            return None
        to_assign = f"{reverse('proposals:items')}?status=filed"
        return _("See the items that are to be assigned"), to_assign
