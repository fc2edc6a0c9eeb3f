"""Who may do what, and how a step says no."""

from django.core.exceptions import ValidationError

HANDLE = "proposals.handle_proposal"
ASSIGN = "proposals.assign_proposal"
APPROVE = "proposals.approve_proposal"
WORK = "proposals.handle_assignment"


def refusal(code, message, **params):
    return ValidationError(message, code, params)


def ended_as(outcome):
    return lambda case: {"outcome": outcome}
