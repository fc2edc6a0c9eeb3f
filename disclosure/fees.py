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
    return Decimal(_first_pieces(earlier + pieces) - _first_pieces(earlier))


def _first_pieces(count: int) -> int:
    """For all of a month's first pieces; at once, however many somebody types."""
    if count <= 30:
        return 100 * max(count - 10, 0)
    tens, rest = divmod(count - 30, 10)
    return 2000 + 500 * tens * (tens + 3) + rest * piece(count)


def by_volume(pages: int) -> Decimal:
    """For the A4 pages of one request (art. 5)."""
    slices = ((30, 100, 10), (100, 200, 20), (200, pages, 40))
    return Decimal(
        sum(max(min(pages, last) - done, 0) * price for done, last, price in slices)
    )
