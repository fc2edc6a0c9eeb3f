"""The year's totals of suggestions and proposals: what is counted, and as what.

No national definition of the rates exists. Each is defined here, is printed beside the
two figures that it divides, and says on the page what these are.
"""

from proposals.figures.identities import identities
from proposals.figures.lines import POPULATION_NOTE, PREFIXES, counts, kind
from proposals.figures.rates import rates
from proposals.figures.sources import (
    COMMITMENTS,
    FEEDBACK,
    ITEMS,
    SOURCES,
    TASKS,
)

__all__ = [
    "COMMITMENTS",
    "FEEDBACK",
    "ITEMS",
    "POPULATION_NOTE",
    "PREFIXES",
    "SOURCES",
    "TASKS",
    "counts",
    "identities",
    "kind",
    "rates",
]
