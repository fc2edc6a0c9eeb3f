"""The figures that bodies report as numbers: what they are called, what they may be."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.tables import Form
from disclosure.annual_forms import form_for
from reports.yearly import EDITIONS


def edition(year: int) -> Form:
    """The form of the year, with what stands beside it."""
    return EDITIONS[form_for(year).edition]


def figure_choices() -> list:
    """The figures of every edition, the latest first; one of several once."""
    said: set[str] = set()
    groups: list = [("", "---------")]
    for year, form in reversed(EDITIONS.items()):
        codes = [code for code in form.reported if code not in said]
        said |= set(codes)
        title = _("Form of %(edition)s") % {"edition": year}
        groups.append((title, [(code, named(form, code)) for code in codes]))
    return groups


def named(form: Form, code: str) -> str:
    """The figure as a person chooses it: its code tells its place in the form."""
    return f"{code} {form.named(code)}" if code in form.reported else code


def refusals(year: int, code: str, value: Decimal | None) -> dict[str, ValidationError]:
    """Why a body cannot report the number as this figure of the year, by field."""
    line = edition(year).reported.get(code)
    if line is None:
        message = _("The form of %(year)s has no such figure to report.")
        return {"code": ValidationError(message, "unknown_code", {"year": year})}
    if value is not None and value < 0 and not line.signed:
        message = _("This figure cannot be negative.")
        return {"value": ValidationError(message, "negative")}
    return {}
