"""What every list of cases can be narrowed by."""

from datetime import date

import pytest

from casework.filters import LIGHTS, Condition, DayFilter, ListFilter, lit
from disclosure.models import DisclosureRequest
from tests.factories import CHIEF, make_agency, make_calendar, make_request, make_user

TODAY = date(2026, 3, 26)
"""A Thursday."""


@pytest.fixture
def cases(db):
    """Due on 2026-03-23, 26, 27, 30 and April 2; one unconfirmed, two closed."""
    make_calendar(2026)
    agency = make_agency()
    by = make_user(*CHIEF, agency=agency)
    for received in (
        date(2026, 2, 14), date(2026, 2, 26), date(2026, 2, 27), date(2026, 2, 28),
        date(2026, 3, 5),
    ):  # fmt: skip
        make_request("handling", agency, received, by=by)
    make_request("registered", agency, date(2026, 3, 20), by=by)
    make_request("correcting", agency, date(2026, 3, 20), by=by)
    day = date(2026, 2, 2)
    make_request("closed", agency, day, by=by, closed=date(2026, 2, 12))
    make_request("closed", agency, day, by=by, closed=date(2026, 3, 20))
    return list(DisclosureRequest.objects.order_by("pk"))


def test_each_light_finds_its_cases(cases):
    everything = DisclosureRequest.objects.order_by("pk")
    due = {case.pk: case.due_on for case in cases if not case.closed_on}
    within = {
        days: [pk for pk, day in due.items() if day and TODAY <= day <= last]
        for days, last in (
            ("today", TODAY), ("2", date(2026, 3, 30)), ("5", date(2026, 4, 2)),
        )
    }  # fmt: skip
    expected = within | {
        "unconfirmed": [cases[5].pk],
        "overdue": [pk for pk, day in due.items() if day and day < TODAY],
        "waiting": [cases[6].pk],
        "provisional": [],
        "open": list(due),
        "on_time": [cases[7].pk],
        "late": [cases[8].pk],
    }
    found = {
        light: [case.pk for case in lit(everything, light, TODAY)] for light in LIGHTS
    }
    assert found == expected
    assert all(expected[light] for light in ("today", "2", "5", "overdue"))


@pytest.mark.parametrize(
    ("lookup", "day", "found"),
    [
        ("gte", date(2026, 3, 5), [4, 6]),
        ("lte", date(2026, 2, 14), [0, 7, 8]),
        ("gte", date(9999, 12, 31), []),
        ("lte", date(9999, 12, 31), [0, 1, 2, 3, 4, 6, 7, 8]),
        ("gte", None, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_a_bound_leaves_out_what_has_no_day_yet(cases, lookup, day, found):
    bound = DayFilter("received_on", lookup, "received")
    everything = DisclosureRequest.objects.order_by("pk")
    assert list(bound.filter(everything, day)) == [cases[n] for n in found]


class Bounded(ListFilter):
    since = DayFilter("received_on", "gte", "since")
    until = DayFilter("received_on", "lte", "until")

    class Meta:
        model = DisclosureRequest
        fields = ()


def test_both_bounds_hold_together_and_the_words_with_them(cases):
    asked = {"since": "2026-02-26", "until": "2026-02-27", "text": "批复"}
    narrowed = Bounded(asked, DisclosureRequest.objects.order_by("pk"))
    assert list(narrowed.narrow(narrowed.queryset)) == cases[1:3]


def test_conditions_are_told_as_they_were_understood():
    asked = {"since": "2026-02-26", "until": "soon", "text": "  ", "other": "x"}
    assert list(Bounded(asked, DisclosureRequest.objects.all()).conditions()) == [
        Condition("since", "since", "2026-02-26", wrong=False),
        Condition("until", "until", "soon", wrong=True),
    ]
