"""What becomes of the identities of a form (勾稽关系), and how it is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from os.path import commonprefix

from django.utils.translation import gettext as _

from casework.tables import LAST, Check, Form, Identity, Line, joined
from reports.printed import shown
from reports.yearly import Yearly

SHAPES = {"holds": "✓", "fails": "✗", "unknown": "○"}


@dataclass(frozen=True)
class Place:
    """An identity at one place, as it is shown."""

    check: Check
    label: str
    whole: bool
    """Whether it is the column of the total."""
    gap: Line | None

    @property
    def left(self) -> str:
        return shown(self.check.left)

    @property
    def right(self) -> str:
        return shown(self.check.right)

    @property
    def difference(self) -> str:
        return shown(self.check.difference)


@dataclass(frozen=True)
class Verdict:
    """What becomes of an identity, at all places together."""

    identity: Identity
    formula: str
    places: list[Place]

    @property
    def state(self) -> str:
        """`holds`, `fails`, or `unknown` where a side has not been reported."""
        said = {place.check.holds for place in self.places}
        if False in said:
            return "fails"
        return "holds" if True in said else "unknown"

    @property
    def shape(self) -> str:
        return SHAPES[self.state]

    @property
    def told(self) -> list[Place]:
        """What is worth showing: where it fails, or else that the whole holds."""
        failing = [place for place in self.places if place.check.holds is False]
        holding = [place for place in self.places if place.check.holds]
        return failing or [p for p in holding if p.whole][:1] or holding[-1:]


SPELLED_OUT = 4
"""A longer sum is said by its first and its last term."""


def _formula(identity: Identity, form: Form, columns: dict[str, Line]) -> str:
    """The terms by their names; what all of them stand beneath is said once, before."""
    left, right = identity.sides
    paths = {term: _path(term, form, columns) for term in (*left, *right)}
    above = commonprefix([path[:-1] for path in paths.values()])

    def side(terms: Iterable[str]) -> str:
        names = [_named(term, paths[term][len(above) :]) for term in terms]
        if len(names) > SPELLED_OUT:
            names = [names[0], "…", names[-1]]
        return " + ".join(names)

    formula = f"{side(left)} {identity.sense} {side(right)}"
    if not above:
        return formula
    return _("%(above)s: %(formula)s") % {"above": joined(above), "formula": formula}


def _path(term: str, form: Form, columns: dict[str, Line]) -> list[str]:
    code = term.removeprefix(LAST)
    return [str(columns[code].label)] if code in columns else form.path(code)


def _named(term: str, path: list[str]) -> str:
    name = joined(path)
    return _("%(name)s of last year") % {"name": name} if LAST in term else name


def verdicts(yearly: Yearly) -> list[Verdict]:
    """Of every identity of the form, in its order."""
    totals = {part.total for part in yearly.form.parts}
    leaves = [column for part in yearly.form.parts for column in part.leaves]
    columns = {column.code: column for column in (*leaves, *yearly.splits)}
    lines = yearly.form.lines | columns
    found: dict[Identity, list[Place]] = {}
    for check in yearly.checks:
        identity = check.identity
        place = Place(
            check,
            lines[check.place].label,
            check.place in totals,
            lines.get(identity.gap),
        )
        found.setdefault(identity, []).append(place)
    return [
        Verdict(identity, _formula(identity, yearly.form, columns), places)
        for identity, places in found.items()
    ]
