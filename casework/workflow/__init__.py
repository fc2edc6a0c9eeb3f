"""The one door through which a case changes: the steps, and who may take them."""

from casework.workflow.checks import check_workflows
from casework.workflow.door import CORRECT, RECALCULATE, REGISTER, Stale, Workflow
from casework.workflow.steps import SAME, Deed, Step

__all__ = [
    "CORRECT",
    "RECALCULATE",
    "REGISTER",
    "SAME",
    "Deed",
    "Stale",
    "Step",
    "Workflow",
    "check_workflows",
]
