"""How a light is shown: a shape and words for each, and never the colour alone."""

import re
from datetime import date
from types import SimpleNamespace
from typing import get_args, get_type_hints

import pytest
from django.utils import translation

from casework.clocks import Light
from casework.lamps import SHAPES, WORDS, lamp, words
from casework.workdays import WorkCalendar

CALENDAR = WorkCalendar.of([])
TODAY = date(2026, 3, 11)  # a Wednesday
CODES = set(get_args(get_type_hints(Light)["code"]))


def shown(due="2026-03-11", closed="", today=TODAY, received="2026-02-10", **fields):
    """The light of a case, in English, as the page has it."""
    case = SimpleNamespace(
        due_on=due and date.fromisoformat(due) or None,
        done_on=closed and date.fromisoformat(closed) or None,
        received_on=received and date.fromisoformat(received) or None,
        lights={},
        **{"due_provisional": False} | fields,
    )
    with translation.override("en"):
        return str(lamp(case, today, CALENDAR))


def test_each_light_has_a_shape_of_its_own_and_words():
    assert SHAPES.keys() == WORDS.keys() == CODES
    assert len(set(SHAPES.values())) == len(CODES)


@pytest.mark.parametrize(
    ("code", "days", "case"),
    [
        ("unconfirmed", [], {"due": "", "received": ""}),
        ("waiting", [], {"due": ""}),
        ("later", [6], {"due": "2026-03-19"}),
        ("soon", [5], {"due": "2026-03-18"}),
        ("soon", [3], {"due": "2026-03-16"}),
        ("urgent", [2], {"due": "2026-03-13"}),
        ("urgent", [1], {"due": "2026-03-12"}),
        ("today", [], {}),
        ("overdue", [1], {"due": "2026-03-10"}),
        ("overdue", [8], {"due": "2026-02-27"}),
        ("on_time", [], {"closed": "2026-03-11"}),
        ("on_time", [], {"due": "", "closed": "2026-03-11"}),
        ("late", [2], {"closed": "2026-03-13", "today": date(2026, 5, 1)}),
    ],
)
def test_the_light_tells_how_many_working_days(code, days, case):
    page = shown(**case)

    assert f'class="lamp lamp-{code}"' in page
    assert [int(n) for n in re.findall(r"\d+", page)] == days


def test_the_shape_is_not_read_aloud():
    assert f'<span aria-hidden="true">{SHAPES["today"]}</span> ' in shown()


@pytest.mark.parametrize("code", ["overdue", "late"])
def test_past_the_last_day_but_no_working_day_later(code):
    """On the Saturday after a limit that ended on Friday."""
    over = words(Light(code, 0))

    assert str(over) == str(words(Light("overdue", 0)))
    assert re.findall(r"\d", str(over)) == []


@pytest.mark.parametrize(
    ("case", "noted"),
    [
        ({"due_provisional": True}, True),
        ({"due_provisional": True, "closed": "2026-03-10"}, False),
        ({"due_provisional": False}, False),
    ],
)
def test_a_provisional_date_is_marked_while_it_still_matters(case, noted):
    assert ("lamp-note" in shown(**case)) is noted


def test_a_light_speaks_the_language_of_the_reader():
    # Its words are looked up when they are shown, not when the server started.
    with translation.override("zh-hans"):
        chinese = str(words(Light("overdue", 3)))
    with translation.override("en"):
        english = str(words(Light("overdue", 3)))
    assert "3" in chinese
    assert english == "overdue by 3 working days"
