"""The office of a benchmark: 300 agencies in three levels, and who works there."""

from dataclasses import dataclass
from itertools import count, cycle, product
from random import Random
from string import ascii_uppercase

from django.contrib.auth.models import Group

from casework.models import Agency, User

CODE = "BENCH"
"""Of the city office, by which a database of a benchmark is known."""
AGENCIES, COUNTIES, DEPARTMENTS, BRANCH = 300, 12, 65, 30
"""In all; the counties and the departments of the city; the first county with all
beneath it."""


@dataclass(frozen=True)
class Office:
    """Where requests come in, and the people through whose eyes lists are seen."""

    city: Agency
    branch: Agency
    """A county, 30 agencies with all beneath it."""
    small: Agency
    """A department that few write to."""
    agencies: tuple[Agency, ...]

    @property
    def weights(self) -> list[float]:
        """How much of all that comes in comes to each: few to many, many to some."""
        dice = Random(300)
        return [
            0.05 if agency == self.small else dice.lognormvariate(0, 1)
            for agency in self.agencies
        ]

    def person(self, name: str) -> User:
        """`superuser`, or of the `city`, of the `branch`, of the `small` department."""
        return User.objects.get(username=f"{CODE.lower()}-{name}")


def make_office() -> Office:
    """Made in an empty database."""
    codes = (f"B{''.join(letters)}" for letters in product(ascii_uppercase, repeat=3))
    numbers = count(1)

    def agency(kind, parent, code=None):
        return Agency.objects.create(
            name=f"宝鸡市第{next(numbers)}单位",
            code=code or next(codes),
            kind=kind,
            parent=parent,
        )

    city = agency("city_office", None, CODE)
    counties = [agency("county", city) for _number in range(COUNTIES)]
    departments = [agency("department", city) for _number in range(DEPARTMENTS)]
    beneath = [counties[0]] * (BRANCH - 1)
    others = cycle(counties[1:])
    left = AGENCIES - 1 - COUNTIES - DEPARTMENTS - len(beneath)
    beneath += [next(others) for _number in range(left)]
    offices = [agency("department", parent) for parent in beneath]
    _hire("superuser", is_superuser=True)
    for name, place in (
        ("city", city),
        ("branch", counties[0]),
        ("small", departments[-1]),
    ):
        person = _hire(name)
        person.agencies.add(place)
        person.groups.add(Group.objects.get(name="approver"))
    agencies = (city, *counties, *departments, *offices)
    return Office(city, counties[0], departments[-1], agencies)


def _hire(name: str, **fields) -> User:
    """Somebody who works on the pages and has no password."""
    return User.objects.create_user(
        f"{CODE.lower()}-{name}", name=name, is_staff=True, **fields
    )


def standing_office() -> Office:
    """The one that was made before."""
    agencies = tuple(Agency.objects.order_by("pk"))
    city, branch = agencies[:2]
    return Office(city, branch, agencies[COUNTIES + DEPARTMENTS], agencies)
