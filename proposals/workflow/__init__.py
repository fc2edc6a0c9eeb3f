"""The tables of steps of items and of units, and the deeds that touch both."""

from proposals.workflow.assigning import assign, refuse_roles
from proposals.workflow.items import items, last_round
from proposals.workflow.rights import APPROVE, ASSIGN, HANDLE, WORK
from proposals.workflow.tasks import tasks

__all__ = [
    "APPROVE",
    "ASSIGN",
    "HANDLE",
    "WORK",
    "assign",
    "items",
    "last_round",
    "refuse_roles",
    "tasks",
]
