"""Suggestions and proposals in the totals: whose sessions, which parts and columns."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework.models import Agency, User
from casework.tables import Identity, Line, Part, only
from proposals.figures import ITEMS, counts, identities, rates
from proposals.models import Body, Session
from proposals.workflow import items

BY = ("level", "category", "group")
"""What figures can be split by."""


@dataclass(frozen=True)
class Items:
    """What goes to one body, of its sessions of a year."""

    body: Body
    sessions: list[Session]
    counts: tuple[Part, ...]
    rates: tuple[Part, ...]
    identities: tuple[Identity, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.counts + self.rates


def sessions(year: int, agency: Agency, user: User | None) -> QuerySet:
    """Those that opened in the year, of the agency, of what is beneath it and of what
    stands above it; for a person, only if the person may see items at all."""
    found = Session.objects.filter(opened_on__year=year)
    if user:
        found = found.visible_to(user)
        if not user.has_perm(items.permission("view")):
            return found.none()
    above = [
        agency.path[:end] for end, sign in enumerate(agency.path, 1) if sign == "/"
    ]
    place = Q(agency__path__startswith=agency.path) | Q(agency__path__in=above)
    return found.filter(place).order_by("opened_on", "pk")


def of(found: Iterable[Session]) -> list[Items]:
    """The bodies that have one of these sessions."""
    found = list(found)
    return [
        Items(
            body,
            own,
            counts(body, own, classes),
            rates(body, classes),
            identities(body, classes),
        )
        for body in Body
        if (own := [session for session in found if session.body == body])
        for classes in [_classes(own)]
    ]


def _classes(own: list[Session]) -> dict[str, str]:
    """Of all these sessions, by letter; one that means several things says all."""
    meant: dict[str, dict[str, None]] = {}
    for session in own:
        for letter, meaning in session.class_labels.items():
            meant.setdefault(letter, {})[meaning] = None
    return {letter: "；".join(meanings) for letter, meanings in meant.items()}


def columns(records: QuerySet | None, year: int, by: str) -> tuple[Line, ...]:
    """A column for each category, or each delegation and sector, that items have."""
    if records is None:
        return ()
    told = ITEMS.in_year(records, year).order_by()
    values = told.values_list(ITEMS.expression(by), flat=True).distinct()
    return tuple(
        Line(f"{by}:{value}", value or _("not stated"), where=only(**{by: {value}}))
        for value in sorted(values)
    )
