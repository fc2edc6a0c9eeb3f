"""The tariffs of the information processing fee (信息处理费).

政府信息公开信息处理费管理办法, 国办函〔2020〕109号. Charged from 2021-01-01, by piece
or by volume: one of them for a request, never both. Amounts are whole yuan.
"""

from datetime import date
from decimal import Decimal

FIRST_DAY = date(2021, 1, 1)


def piece(nth: int) -> int:
    """For the n-th piece of one applicant in a calendar month (art. 4)."""
    if nth <= 10:
        return 0
    if nth <= 30:
        return 100
    return 100 * (2 + (nth - 31) // 10)


def by_piece(pieces: int, earlier: int = 0) -> Decimal:
    """For so many pieces, after the earlier ones of the same applicant in the month."""
    return Decimal(sum(piece(nth) for nth in range(earlier + 1, earlier + pieces + 1)))


def by_volume(pages: int) -> Decimal:
    """For the A4 pages of one request (art. 5)."""
    slices = ((30, 0), (100, 10), (200, 20), (None, 40))
    total, done = 0, 0
    for last, price in slices:
        upto = pages if last is None else min(pages, last)
        total += max(upto - done, 0) * price
        done = max(done, upto)
    return Decimal(total)
