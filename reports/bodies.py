"""Whose figures a year's totals are: a body's own, or with everything beneath it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from casework.models import Agency, User
from casework.tables import Line

LEVELS = tuple(Agency.Kind.values)


@dataclass(frozen=True)
class Bodies:
    """The agencies that are counted for one, of those that the person may see.

    Without a person, as in a command, all of them. However many there are, they are
    read by one query.
    """

    agency: Agency
    alone: bool = False
    user: User | None = None

    @property
    def scope(self) -> QuerySet:
        agencies = Agency.objects.all()
        if self.user:
            agencies = agencies.visible_to(self.user)
        if self.alone:
            return agencies.filter(pk=self.agency.pk)
        return agencies.beneath(self.agency)

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """All of them, by key."""
        return {agency.pk: agency for agency in self.scope}

    def unit(self, agency: Agency) -> Agency:
        """The body itself, or that child of it beneath which the agency lies."""
        beneath = agency.path.removeprefix(self.agency.path).partition("/")[0]
        return self.agencies[int(beneath)] if beneath else agency

    @cached_property
    def units(self) -> dict[Agency, frozenset[int]]:
        """The body itself, with its key, and each child of it with the keys of all that
        is beneath the child."""
        units: dict[Agency, set[int]] = {}
        for agency in self.agencies.values():
            units.setdefault(self.unit(agency), set()).add(agency.pk)
        return {unit: frozenset(keys) for unit, keys in units.items()}

    @cached_property
    def of_kind(self) -> dict[str, frozenset[int]]:
        """The keys by kind of organ: what is beneath a child is of the child's kind."""
        return {
            kind: frozenset().union(
                *(keys for unit, keys in self.units.items() if unit.kind == kind)
            )
            for kind in LEVELS
        }

    @cached_property
    def levels(self) -> tuple[Line, ...]:
        """A column for each kind of organ."""
        if self.alone:
            return ()
        return tuple(
            Line(kind, Agency.Kind(kind).label, where={kind: frozenset({True})})
            for kind in LEVELS
        )
