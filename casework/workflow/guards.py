"""How a step says no, and what tables of steps for every kind of case say alike."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.masking import document_numbers
from casework.models import Case


def refusal(code: str, message: Any, **params: Any) -> ValidationError:
    """What a guard or a precondition answers where the step is not to be taken."""
    return ValidationError(message, code, params)


def limit_not_over(case: Case, on: date, facts: dict) -> ValidationError | None:
    """A limit that has passed cannot be extended: it would be no extension, but a
    delay."""
    if case.due_on is None or on <= case.due_on:
        return None
    return refusal(
        "limit_over",
        _("The limit ran out on %(day)s and can no longer be extended."),
        day=case.due_on,
    )


def no_number_of_a_person(name: str) -> Callable[..., ValidationError | None]:
    """A guard of a text that anyone will read: whose identity or bank card it names."""

    def guard(case: Case, on: date, facts: dict) -> ValidationError | None:
        found = list(document_numbers(facts.get(name) or ""))
        if not found:
            return None
        message = _(
            "The text has the identity or card number of a person (%(numbers)s): leave "
            "it out, or write it masked."
        )
        told = {"numbers": ", ".join(found), "fact": name}
        return refusal("number_of_a_person", message, **told)

    return guard


def ended_as(outcome: str) -> Callable[[Case], dict[str, Any]]:
    """What a step `sets` that ends the case with this outcome."""
    return lambda case: {"outcome": outcome}
