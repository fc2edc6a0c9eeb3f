"""By which day a body sends its figures of a year, and by which the law wants them."""

from datetime import date

from django.conf import settings

from casework.models import Agency

DEPARTMENT = Agency.Kind.DEPARTMENT
RULES = (
    # Order 711, art. 49: departments by 31 January, governments by 31 March.
    (2019, {DEPARTMENT: (1, 31)}),
    # Order 492, art. 31: every organ by 31 March.
    (2008, {}),
)
"""From the reports of which year on; whoever is not named has until 31 March."""


def statutory(year: int, kind: str) -> date:
    """In the year after; a day of rest moves nothing."""
    named = next(days for since, days in RULES if year >= since)
    return date(year + 1, *named.get(kind, (3, 31)))


def internal(year: int) -> date:
    """Of the office that puts the whole together."""
    return settings.RETURNS_DUE.replace(year=year + 1)
