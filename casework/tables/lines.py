"""Lines of a form, which say in data what they count."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Flow(StrEnum):
    """What a record did in a year: it came in, new or carried over, and it went out,
    finished or carried over; or it belongs to the year as a whole."""

    NEW = "new"
    CARRIED_IN = "carried_in"
    FINISHED = "finished"
    CARRIED_OUT = "carried_out"
    PRESENT = "present"


@dataclass(frozen=True)
class Ratio:
    """How many of the whole, in so many parts; none of nothing."""

    part: str
    whole: tuple[str, ...]
    times: int = 100
    among: tuple[str, ...] = ()
    """The parts of a list, of which this is one: then the shares of the list add up as
    they are printed."""


@dataclass(frozen=True, eq=False)
class Line:
    """A row or a column of a form: its code, its words, and what it counts."""

    code: str
    label: str
    flows: tuple[Flow, ...] = ()
    where: Mapping[str, frozenset] = field(default_factory=dict)
    """By name of a fact, the values of it that are counted."""
    _: KW_ONLY
    unit: str = ""
    note: str = ""
    """What it is exactly, where its label cannot say."""
    measure: str = "records"
    """How many, or the sum of one of the source's `amounts`."""
    distinct: str = ""
    """Not how many records, but how many values of this fact they have."""
    per: int = 1
    """How many of what is measured make one of the unit."""
    reported: bool = False
    """Whether bodies report it as a number."""
    signed: bool = False
    """Whether the reported number may be negative."""
    parts: tuple[str, ...] = ()
    """The lines that it is the sum of."""
    ratio: Ratio | None = None
    told: Callable[[Any, int], Any] | None = None
    """What it says of a form and a year, whoever reports."""

    @property
    def heading(self) -> bool:
        return not (
            self.flows or self.reported or self.parts or self.ratio or self.told
        )

    @property
    def additive(self) -> bool:
        """Whether the figure of a whole is the sum of the figures of its parts."""
        return not (self.ratio or self.told)

    @property
    def parent(self) -> str:
        """The line beneath which it is printed."""
        return self.code.rpartition(".")[0]

    def admits(self, fact: str, value: Any) -> bool:
        """Whether it may count records with this value of a fact, or with these
        `flows`."""
        if fact == "flows":
            return not (self.flows and value.isdisjoint(self.flows))
        return fact not in self.where or value in self.where[fact]

    def measured(self, groups: list[dict]) -> int | Decimal:
        if self.distinct:
            return len({group[self.distinct] for group in groups})
        if self.measure == "records":
            return sum(group["records"] for group in groups)
        amounts = (group[self.measure] or Decimal(0) for group in groups)
        return sum(amounts, Decimal(0)) / self.per


TOTAL = Line("total", _("Total"))


def counted(
    code: str, label: str, flow: Flow, *, unit: str, distinct: str = "", **facts
) -> Line:
    """A line that counts the records that went this way, of these values."""
    return Line(code, label, (flow,), only(**facts), unit=unit, distinct=distinct)


def only(**facts) -> dict[str, frozenset]:
    """Of each fact these values, and no other."""
    return {name: frozenset(values) for name, values in facts.items()}


def reported(code: str, label: str, unit: str, **facts) -> Line:
    """A line that bodies report as a number."""
    return Line(code, label, reported=True, unit=unit, **facts)
