"""The figures that bodies report as numbers: what they are called, what they may be."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.tables import Form, Line, Part
from casework.tables.units import TEN_THOUSAND_YUAN, YUAN
from disclosure.annual_forms import form_for
from reports.entered import ENTERED
from reports.yearly import EDITIONS

MONEY = (YUAN, TEN_THOUSAND_YUAN)
"""The units of which there may be a part; of all others there are whole ones."""


def edition(year: int) -> Form:
    """The form of the year, with what stands beside it."""
    return EDITIONS[form_for(year).edition]


def enterable(part: Part, line: Line, totals: bool = True) -> bool:
    """Whether a body enters it as a number: of one whose cases are kept elsewhere also
    what is counted from cases."""
    return line.reported or bool(totals and line.flows and part.source in ENTERED)


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


def named(form: Form, code: str, column: str = "") -> str:
    """The figure as a person chooses it: its code tells its place in the form; and in
    which column it stands, unless that is the whole."""
    if code not in form.lines:
        return code
    name = f"{code} {form.named(code)}"
    beside = {leaf.code: leaf.label for leaf in form.part_of[code].leaves[:-1]}
    return f"{name} · {beside[column]}" if column in beside else name


def refusals(
    year: int,
    code: str,
    value: Decimal | None,
    column: str = "",
    *,
    totals: bool = False,
) -> dict[str, ValidationError]:
    """Why a body cannot report the number as this figure of the year, by field; one
    that enters totals reports what is counted of others."""
    form = edition(year)
    line, part = form.lines.get(code), form.part_of.get(code)
    if line is None or not enterable(part, line):
        message = _("The form of %(year)s has no such figure to report.")
        return {"code": ValidationError(message, "unknown_code", {"year": year})}
    if not enterable(part, line, totals):
        message = _(
            "This figure is counted from the cases, unless the body enters totals."
        )
        return {"code": ValidationError(message, "counted")}
    if column and column not in {leaf.code for leaf in part.leaves}:
        message = _("The figure has no such column.")
        return {"column": ValidationError(message, "unknown_column")}
    if value is not None and value < 0 and not line.signed:
        message = _("This figure cannot be negative.")
        return {"value": ValidationError(message, "negative")}
    if value is not None and line.unit not in MONEY and value != int(value):
        message = _("This figure is a whole number.")
        return {"value": ValidationError(message, "not_whole")}
    return {}
