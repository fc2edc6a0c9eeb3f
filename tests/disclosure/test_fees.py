"""The tariffs of the processing fee, against sums made piece by piece."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.fees import by_piece, by_volume, piece

pieces = st.integers(0, 200)


@pytest.mark.parametrize(
    ("nth", "yuan"),
    [
        (1, 0),
        (10, 0),
        (11, 100),
        (30, 100),
        (31, 200),
        (40, 200),
        (41, 300),
        (50, 300),
        (51, 400),
        (101, 900),
    ],
)
def test_the_nth_piece_of_a_month(nth, yuan):
    assert piece(nth) == yuan


@pytest.mark.parametrize(
    ("count", "earlier", "yuan"),
    [
        (0, 0, 0),
        (10, 0, 0),
        (12, 0, 200),
        (30, 0, 2000),
        (35, 0, 3000),
        (45, 0, 5500),
        (1, 10, 100),
        (5, 30, 1000),
        (1, 9, 0),
    ],
)
def test_by_piece(count, earlier, yuan):
    assert by_piece(count, earlier) == Decimal(yuan)


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        (0, 0),
        (30, 0),
        (31, 10),
        (100, 700),
        (101, 720),
        (150, 1700),
        (200, 2700),
        (201, 2740),
        (250, 4700),
    ],
)
def test_by_volume(pages, yuan):
    assert by_volume(pages) == Decimal(yuan)


@given(pieces, pieces)
def test_the_pieces_of_a_month_add_up(count, earlier):
    one_by_one = sum(piece(nth) for nth in range(earlier + 1, earlier + count + 1))
    assert by_piece(count, earlier) == one_by_one
    assert by_piece(earlier) + by_piece(count, earlier) == by_piece(earlier + count)


def test_however_many_pieces_somebody_types_the_sum_is_there_at_once():
    assert by_piece(2**31) > by_piece(2**31 - 1)
