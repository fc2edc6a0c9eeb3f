"""The desk's pages of suggestions and proposals, and of the units' assignments."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.desk import CaseDesk, Column, ListPage, Rows
from casework.models import CalendarDay
from proposals.case_pages import ItemPages, TaskPages, parts
from proposals.filters import ItemFilter, TaskFilter
from proposals.models import Assignment, Author, Proposal
from proposals.models.assignments import handling
from proposals.reasons import calendar
from proposals.resources import ProposalResource
from proposals.tasks_out import TaskResource
from proposals.workflow import ASSIGN, items, tasks

HANDLED = Prefetch("assignments", Assignment.objects.select_related("agency"))
AT_MOST = 20
"""How many other items of the same authors a page names."""


class ItemList(ListPage):
    workflow, filters, resource = items, ItemFilter, ProposalResource
    desk_name = ItemPages.desk_name
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
    desk_name = TaskPages.desk_name
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


class AssignedDesk(CaseDesk):
    """What both have in common: a clock that starts with the assignment."""

    def months(self, case):
        return calendar(case.due_why)


class ItemDesk(ItemPages, AssignedDesk):
    case_template = "proposals/item"
    related = ("agency", "session__agency", "merged_into__session")
    facts = (
        "session",
        "official_number",
        "category",
        "submitted_on",
        "filed_on",
        "assigned_on",
        "extended_on",
        "key_leader",
        "replied_on",
        "again_on",
        "publication",
        "publication_reason",
        "published_on",
    )
    sections = (
        Rows("authors", ("name", "group", "kind", "phone"), frozenset({"phone"})),
        Rows("contacts", ("contacted_on", "way", "who", "said"), frozenset({"said"})),
        Rows(
            "feedback",
            ("author", "round", "given_on", "attitude", "result", "words"),
            frozenset({"words"}),
        ),
        Rows(
            "commitments", ("promised", "promised_on", "due_on", "state", "settled_on")
        ),
    )

    def text(self, case):
        return case.text

    def name(self, case):
        return case.official_name if case.official_number else ""

    def page(self, request, case):
        context = super().page(request, case)
        seen = Proposal.objects.visible_to(request.user)
        return context | {
            "merged_into": seen.filter(pk=case.merged_into_id)
            .select_related("session")
            .first()
            if case.merged_into_id
            else None,
            "same": same_authors(case, context["authors"], seen),
        }


class TaskDesk(TaskPages, AssignedDesk):
    case_template = "proposals/task"
    related = (
        "agency",
        "suggested_unit",
        "unit_instead",
        "case__session__agency",
        "case__agency",
    )
    facts = (
        "role",
        "round",
        "assigned_on",
        "suggested_unit",
        "signed_for_on",
        "return_asked_on",
        "return_reason",
        "return_text",
        "unit_instead",
        "opinion",
        "drafted_on",
        "reworks",
        "signed_on",
        "document_number",
        "outcome",
    )

    def text(self, task):
        return task.case.text

    def name(self, task):
        return task.case.official_name

    def page(self, request, task):
        calendar = CalendarDay.objects.as_calendar()
        others = parts(task.case, request.user, calendar)
        return {
            **super().page(request, task),
            "tasks": [part for part in others if part["task"].pk != task.pk],
        }


def same_authors(case: Proposal, authors, seen):
    """What its authors have made besides, in the same session, of what is seen."""
    theirs = Author.objects.filter(
        name__in=[author.name for author in authors],
        kind__in=[author.kind for author in authors],
        case__session=case.session_id,
    )
    others = seen.filter(session=case.session_id, pk__in=theirs.values("case"))
    return others.exclude(pk=case.pk).select_related("session")[:AT_MOST]


item_desk, task_desk = ItemDesk(), TaskDesk()
