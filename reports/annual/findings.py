"""What the checks before publication found, each with its cells or its cases."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reports.verdicts import Verdict, verdicts
from reports.yearly import Yearly

FAILS, WARNS, UNKNOWN, HOLDS = "fails", "warns", "unknown", "holds"
ORDER = (FAILS, WARNS, UNKNOWN, HOLDS)


@dataclass(frozen=True)
class Detail:
    """One place at which a check says something; with a place in the tables, the number
    of a case, or neither."""

    text: str
    row: str = ""
    column: str = ""
    number: str = ""


@dataclass(frozen=True)
class Finding:
    """What one check found. One that fails keeps the report from being published,
    unless a reason is given."""

    code: str
    text: str
    state: str
    details: list[Detail] = field(default_factory=list)
    reason: str = ""

    @property
    def blocks(self) -> bool:
        return self.state == FAILS and not self.reason

    def as_data(self) -> dict:
        """As it is frozen: without the numbers of cases, which lead to persons."""
        details = [one.text for one in self.details if not one.number]
        said = {"code": self.code, "text": self.text, "state": self.state}
        return said | {"details": details, "reason": self.reason}


def failing(details: list[Detail]) -> str:
    return FAILS if details else HOLDS


def warning(details: list[Detail]) -> str:
    """What can be so in truth is no reason to keep a report back."""
    return WARNS if details else HOLDS


def of_identities(yearly: Yearly) -> Iterator[Finding]:
    """Every identity of the forms, in every column."""
    for verdict in verdicts(yearly):
        state = verdict.state
        if state == FAILS and verdict.identity.warns:
            state = WARNS
        text = f"{verdict.identity.text} ({verdict.formula})"
        code = f"identity.{verdict.identity.code}"
        yield Finding(code, text, state, list(_differences(verdict)))


def _differences(verdict: Verdict) -> Iterator[Detail]:
    identity = verdict.identity
    for place in verdict.places:
        check = place.check
        if check.holds is False:
            text = _("%(place)s: %(left)s against %(right)s, difference %(gap)s") % {
                "place": place.label,
                "left": place.left,
                "right": place.right,
                "gap": place.difference,
            }
            cell = (check.place, identity.left[0])
            row, column = cell if identity.across else reversed(cell)
            yield Detail(text, row, column)
