"""The shares of a list, rounded so that they add up as they are printed."""

from collections.abc import Mapping
from decimal import Decimal

HUNDREDTHS = 10_000
"""Of the whole: a share is printed in per cent with two decimals."""


def shares(counts: Mapping[str, int]) -> dict[str, Decimal]:
    """Per cent of their sum, which is not nought: together exactly 100.

    What is cut off goes to those that lost most by it; but nothing is rounded up to
    all while another is not nought.
    """
    whole = sum(counts.values())
    parts = {name: divmod(count * HUNDREDTHS, whole) for name, count in counts.items()}
    found = {name: share for name, (share, _rest) in parts.items()}
    left = HUNDREDTHS - sum(found.values())
    deserving = sorted(parts, key=lambda name: -parts[name][1])
    for name in [n for n in deserving if found[n] + 1 < HUNDREDTHS][:left]:
        found[name] += 1
    return {name: Decimal(share) / 100 for name, share in found.items()}
