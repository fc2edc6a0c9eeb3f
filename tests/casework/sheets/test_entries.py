"""Several dated things in one cell, as people write them and as they go out again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from casework.sheets import CellError
from casework.sheets.entries import Entries, Entry
from disclosure.models import Consultation
from tests.refusals import codes_of

A, B, C = date(2024, 4, 18), date(2024, 4, 22), date(2024, 5, 14)
CELL = Entries(Consultation.Kind.choices, 3, most_words=2)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (None, []),
        ("", []),
        (" ; ；\n", []),
        ("agency 2024-04-18", [("agency", (A,))]),
        ("agency 2024-04-18/", [("agency", (A, None))]),
        ("agency 2024-04-18/2024-05-14", [("agency", (A, C))]),
        ("agency 2024-04-18/2024-04-22/2024-05-14", [("agency", (A, B, C))]),
        ("agency 2024-04-18//2024-05-14", [("agency", (A, None, C))]),
        (
            "third_party 2024-04-22/2024-05-14; agency 2024-04-18/2024-05-14",
            [("third_party", (B, C)), ("agency", (A, C))],
        ),
        ("agency 2024-04-18；agency 2024-04-22", [("agency", (A,)), ("agency", (B,))]),
        (
            "agency 2024-04-18\nagency 2024-04-22\n",
            [("agency", (A,)), ("agency", (B,))],
        ),
        ("第三方 2024年4月22日至2024年5月14日", [("third_party", (B, C))]),
        ("THIRD_PARTY 2024.4.22~2024.5.14", [("third_party", (B, C))]),
        ("agency 2024-04-18/2024-05-14 agrees", [("agency", (A, C), ("agrees",))]),
        ("agency  2024-04-18  1  2", [("agency", (A,), ("1", "2"))]),
    ],
)
def test_a_cell_tells_of_several_things(text, entries):
    assert CELL.clean(text) == tuple(Entry(*entry) for entry in entries)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("agency", "no_day"),
        ("agency /2024-05-14", "no_day"),
        ("agency 2024-04-18/2024-04-22/2024-04-22/2024-05-14", "days"),
        ("agency 2024-05-14/2024-04-18", "days_order"),
        ("agency 2024-04-22/2024-04-18/2024-05-14", "days_order"),
        ("agency 2024-02-30", "no_such_day"),
        ("agency soon", "not_a_day"),
        ("agency 2024/4/18", "not_a_day"),
        ("nobody 2024-04-18", "no_such_choice"),
        ("2024-04-18 agency", "not_a_day"),
        ("agency 2024-04-18; agency", "no_day"),
        (CellError("#N/A"), "no_day"),
        (45000, "no_day"),
    ],
)
def test_what_is_not_understood_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        CELL.clean(text)
    assert codes_of(refused.value) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "agency 2024-04-18",
        "agency 2024-04-18/2024-05-14 agrees",
        "agency 2024-04-18//2024-05-14",
        "third_party 2024-04-22/2024-05-14; agency 2024-04-18/2024-05-14",
    ],
)
def test_it_is_written_as_it_is_read(text):
    assert CELL.render(CELL.clean(text)) == text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("agency 2024-04-18", "agency 2024-04-18", True),
        ("agency 2024-04-18", "third_party 2024-04-18", False),
        ("agency 2024-04-18", "agency 2024-04-22", False),
        ("agency 2024-04-18", "agency 2024-04-18/2024-05-14", False),
        ("agency 2024-04-18/", "agency 2024-04-18", True),
        ("agency 2024-04-18/2024-05-14", "agency 2024-04-18//2024-05-14", True),
        (
            "agency 2024-04-18/2024-05-14",
            "agency 2024-04-18/2024-04-22/2024-05-14",
            True,
        ),
        (
            "agency 2024-04-18/2024-04-18/2024-05-14",
            "agency 2024-04-18/2024-04-22/2024-05-14",
            False,
        ),
        ("agency 2024-04-18 agrees", "agency 2024-04-18", True),
        ("agency 2024-04-18 agrees", "agency 2024-04-18 objects", False),
        ("agency 2024-04-18 12", "agency 2024-04-18 12 0", True),
        ("agency 2024-04-18 12 3", "agency 2024-04-18 12 0", False),
        ("agency 2024-04-18 12 30.5", "agency 2024-04-18 12 30.50", True),
    ],
)  # fmt: skip
def test_two_tell_of_one_thing(one, other, same):
    [mine], [theirs] = CELL.clean(one), CELL.clean(other)
    assert (mine.same(theirs), theirs.same(mine)) == (same, same)
