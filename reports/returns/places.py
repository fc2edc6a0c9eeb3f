"""The places of the form that a body fills in, and what must be said of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.models import Agency
from casework.tables import Identity, Line, added
from disclosure.annual_forms import FORMS, form_for
from reports.annual.findings import FAILS
from reports.bodies import LEVELS
from reports.models import Tally
from reports.reported import edition, enterable, named
from reports.verdicts import Verdict, verdicts
from reports.yearly import Yearly

Cell = tuple[str, str]
"""The codes of row and column."""


class Place(NamedTuple):
    """Where a body enters a number."""

    row: Line
    column: Line
    label: str
    statutory: bool
    """Whether the form itself asks for it; what stands beside the form is free."""

    @property
    def cell(self) -> Cell:
        return self.row.code, self.column.code

    @property
    def key(self) -> str:
        return key(self.cell)


def key(cell: Cell) -> str:
    """A cell as the name of a field."""
    return "/".join(cell)


def places(year: int, totals: bool) -> list[Place]:
    """What the body reports; of one that enters totals also what is counted of others.
    Those of the form come first."""
    form, statutory = edition(year), form_for(year).lines
    return [
        Place(line, leaf, _label(form, line, leaf, part.leaves), line.code in statutory)
        for part in form.parts
        for line in part.lines
        if enterable(part, line, totals)
        for leaf in part.leaves
    ]


def _label(form, line: Line, leaf: Line, leaves: tuple[Line, ...]) -> str:
    name = named(form, line.code)
    return f"{name} · {leaf.label}" if len(leaves) > 1 else name


def entered(agency: Agency, year: int) -> dict[Cell, Any]:
    """What the body itself has entered."""
    own = Tally.objects.filter(agency=agency, year=year)
    return {(tally.code, tally.column): tally.value for tally in own}


def own_identities(year: int) -> list[Identity]:
    """Those of the form that must hold within the year. Where it leads back to the
    year before, last year's figure may be what is wrong: that is told, no more."""
    return [
        identity
        for identity in form_for(year).identities
        if not identity.warns and not identity.of_last_year
    ]


def completed(year: int, values: dict[Cell, Any]) -> dict[Cell, Any]:
    """The values, with each sum that was left blank though all that it adds is there;
    `values` has every cell that the body fills in."""
    values = dict(values)
    sums = list(_sums(year, values))
    while found := {
        whole: added(values, parts)
        for whole, parts in sums
        if values[whole] is None and all(values[part] is not None for part in parts)
    }:
        values |= found
    return values


def _sums(year: int, cells: Iterable[Cell]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Each cell that is a sum of others by an identity, and those others."""
    cells = set(cells)
    rows, columns = ({cell[at] for cell in cells} for at in (0, 1))
    for identity in own_identities(year):
        if identity.sense != "=":
            continue
        for place in rows if identity.across else columns:
            sides = list(identity.cells(place))
            for whole, parts in (sides, sides[::-1]):
                if len(whole) == 1 and cells.issuperset(whole + parts):
                    yield whole[0], parts


def blank(year: int, totals: bool, own: dict[Cell, Any]) -> Iterator[ValidationError]:
    """The places of the form at which nothing has been entered."""
    for place in places(year, totals):
        if place.statutory and place.cell not in own:
            message = _("Enter a number; 0 if there was none.")
            yield ValidationError(message, "blank", {"place": place.key})


def unequal(yearly: Yearly) -> Iterator[ValidationError]:
    """Where an identity that must hold does not, at the cell that it says something
    of."""
    own = set(own_identities(yearly.year))
    for verdict in of_form(yearly):
        if verdict.state != FAILS or verdict.identity not in own:
            continue
        for place in verdict.places:
            if place.check.holds is False:
                message = _(
                    "%(text)s (%(formula)s); %(at)s: %(left)s against %(right)s, "
                    "difference %(gap)s"
                )
                _left, right = verdict.identity.cells(place.check.place)
                said = {
                    "text": verdict.identity.text,
                    "formula": verdict.formula,
                    "at": place.label,
                    "left": place.left,
                    "right": place.right,
                    "gap": place.difference,
                    "place": key(right[0]),
                }
                yield ValidationError(message, "unequal", said)


def of_form(yearly: Yearly) -> list[Verdict]:
    """What becomes of the form's own identities, in the columns of the form."""
    own = FORMS[yearly.form.edition].identities
    return [
        replace(
            verdict, places=[p for p in verdict.places if p.check.place not in LEVELS]
        )
        for verdict in verdicts(yearly)
        if verdict.identity in own
    ]
