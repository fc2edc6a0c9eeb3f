"""The kinds of case that the desk looks at: who may see them, who does what, and where
their pages are."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from casework.models import Case
from disclosure.models import DisclosureRequest
from disclosure.workflow import APPROVE, HANDLE, workflow
from proposals.models import Assignment, Proposal
from proposals.workflow import items, rights, tasks


@dataclass(frozen=True)
class Kind:
    """A kind of case; permissions by their full names."""

    code: str
    model: type[Case]
    lists: str
    """The name of the page that lists them."""
    pages: str
    """The name of the page of one."""
    view: str
    handle: str
    """Of those who handle it, in the agency whose case it is."""
    approve: str
    """Of those who answer for it there."""
    title: Callable[[Case], str]
    """What may be written of a case outside: nothing personal."""

    @property
    def label(self) -> str:
        return self.model._meta.verbose_name_plural

    @property
    def name(self) -> str:
        return self.model._meta.verbose_name

    def visible_to(self, user):
        """The cases that the person sees, none without the permission to look."""
        cases = self.model.objects
        return cases.visible_to(user) if user.has_perm(self.view) else cases.none()

    def list(self, **query) -> str:
        """The address of the list, narrowed by `light`, `status` or `beneath`."""
        return f"{reverse(self.lists)}?{urlencode(query)}"

    def page(self, case) -> str:
        """The address of the page of a case."""
        return reverse(self.pages, args=[case.number])


REQUESTS = Kind(
    "request",
    DisclosureRequest,
    "disclosure:requests",
    "disclosure:request",
    workflow.permission("view"),
    HANDLE,
    APPROVE,
    # The subject tells who asked for what, and is personal.
    lambda case: "",
)
TASKS = Kind(
    "task",
    Assignment,
    "proposals:tasks",
    "proposals:task",
    tasks.permission("view"),
    rights.WORK,
    rights.APPROVE,
    lambda case: case.subject,
)
ITEMS = Kind(
    "item",
    Proposal,
    "proposals:items",
    "proposals:item",
    items.permission("view"),
    rights.ASSIGN,
    rights.APPROVE,
    lambda case: case.subject,
)
KINDS = (REQUESTS, TASKS, ITEMS)
