"""A reference number is read forgivingly, and never mistaken for another."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casework.references import read, reference, tidy

codes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=8)
serials = st.integers(1, 99_999_999)
numbers = st.builds(reference, codes, st.integers(2008, 2099), serials)


@pytest.mark.parametrize(
    ("code", "year", "serial", "number"),
    [
        ("BJ", 2026, 1, "BJ-2026-0001-75"),
        ("BJ", 2026, 9999, "BJ-2026-9999-54"),
        ("BJ", 2026, 10000, "BJ-2026-10000-65"),
        ("WEIBINQU", 2016, 42, "WEIBINQU-2016-0042-91"),
    ],
)
def test_a_number_is_made_of_agency_year_and_serial(code, year, serial, number):
    assert reference(code, year, serial) == number


@given(numbers)
def test_a_number_is_read_as_it_is_written(number):
    assert read(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "bj-2026-0001-75",
        "BJ2026000175",
        " bj 2026 0001 75 ",
        "ＢＪ－２０２６－０００１－７５",
        "BJ—2026—0001—75",
        "Bj.2026/0001_75\n",
    ],
)
def test_a_number_is_read_forgivingly(typed):
    assert read(typed) == "BJ-2026-0001-75"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "BJ",
        "2026-0001-75",
        "B-2026-0001-75",
        "ABCDEFGHI-2026-0001-75",
        "BJ-2026-001-75",
        "BJ-2026-0001-7",
        "BJ-2026-0001-75-1",
        "宝鸡-2026-0001-75",
        "BJ-٢٠٢٦-٠٠٠١-٧٥",  # digits, but of another script
    ],
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match="reference"):
        read(typed)


def refused(text):
    try:
        read(text)
    except ValueError:
        return True
    return False


@settings(max_examples=30)
@given(numbers)
@example("AD-2008-10000-23")  # ADC-0081-0000-23 would fit, but for its year
def test_each_single_wrong_character_is_noticed(number):
    plain = tidy(number)
    wrong = [
        plain[:place] + character + plain[place + 1 :]
        for place in range(len(plain))
        for character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        if character != plain[place]
    ]
    assert [text for text in wrong if not refused(text)] == []


@given(numbers)
def test_each_swap_of_neighbours_is_noticed(number):
    plain = tidy(number)
    swapped = [
        plain[:place] + two + one + plain[place + 2 :]
        for place, (one, two) in enumerate(pairwise(plain))
        if one != two
    ]
    assert [text for text in swapped if not refused(text)] == []
