"""How long a call takes: often enough to tell, and never for long."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

RUNS, SECONDS = 20, 1.5
"""A call is made so often, or for so long; at least three times."""
LEAST = 3


@dataclass(frozen=True)
class Timing:
    """Seconds of one call: in the middle, and of the slowest of twenty."""

    median: float
    p95: float


def timed(call: Callable[[], object]) -> Timing:
    """After a first call, which fills the caches."""
    call()
    began, taken = perf_counter(), []
    while len(taken) < LEAST or (
        len(taken) < RUNS and perf_counter() - began < SECONDS
    ):
        start = perf_counter()
        call()
        taken.append(perf_counter() - start)
    return Timing(median(taken), quantiles(taken, n=20, method="inclusive")[-1])
