"""What is reckoned for anyone: the same day, in the same words, as for a case."""

import csv
from datetime import date
from pathlib import Path

import pytest

from disclosure import deadlines as limits
from disclosure import reasons as told_by
from disclosure.models import DisclosureRequest
from proposals.deadlines import STATUTORY, Facts, Limit, Rules, deadline
from proposals.reasons import reasons as reasons_of_item
from reports.forms import ItemTermForm, RequestTermForm
from tests.factories import make_calendar, make_request

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).parents[1] / "disclosure" / "deadline_examples.csv"
BEYOND = ("fee_notice_received", "fee_paid", "excluded_intervals")
"""What an example may have that the calculator does not ask for."""


def asked_of(row):
    """What a reader would type of the example."""
    received = row["receipt_date"]
    rule = limits.regime_on(date.fromisoformat(received)).receipt[row["channel"]]
    corrected = row["corrected_request_received"]
    return {
        "channel": row["channel"],
        "submitted_on": row["submitted"],
        "arrived_on": received if rule == limits.ARRIVED else "",
        "confirmed_on": received if rule == limits.CONFIRMED else "",
        "correction_asked_on": corrected and row["correction_notice_due"],
        "corrected_on": corrected,
        "extension": row["extension_wd"],
    }


with EXAMPLES.open(encoding="utf-8") as file:
    WORKED = {
        row["id"]: (asked_of(row), row["expected_due"])
        for row in csv.DictReader(file)
        if not any(row[name] for name in BEYOND)
        and not row["expected_due"].startswith("CLOSED")
    }
ASKED = {"channel": "in_person", "submitted_on": "2026-03-02"}


def answer(form):
    return form.answer() if form.is_valid() else None


def refusals(form):
    assert answer(form) is None
    return {
        name: [error.code for error in errors]
        for name, errors in form.errors.as_data().items()
    }


@pytest.mark.parametrize(("asked", "due"), WORKED.values(), ids=WORKED)
def test_a_worked_example(asked, due):
    make_calendar(*range(2016, 2027))

    found = answer(RequestTermForm(asked))

    assert (found["due_on"], found["provisional"]) == (date.fromisoformat(due), False)


def test_a_case_of_the_same_facts_has_the_same_day_and_the_same_words():
    make_calendar(2026)
    case = make_request(
        channel="email", received=date(2026, 3, 2), confirmed_on=date(2026, 3, 3)
    )
    asked = {
        "channel": "email",
        "submitted_on": case.submitted_on,
        "arrived_on": case.arrived_on,
        "confirmed_on": case.confirmed_on,
    }

    found = answer(RequestTermForm(asked))

    assert found == {
        "due_on": case.due_on,
        "provisional": case.due_provisional,
        "reasons": list(told_by.reasons(case)),
    }
    assert DisclosureRequest.objects.count() == 1


@pytest.mark.parametrize(
    "waits",
    [
        {"channel": "online"},
        {"correction_asked_on": "2026-03-04"},
    ],
)
def test_while_something_is_awaited_there_is_no_day(waits):
    make_calendar(2026)

    found = answer(RequestTermForm(ASKED | waits))

    assert found["due_on"] is None
    assert found["reasons"]


def test_in_a_year_that_is_not_known_the_day_is_provisional():
    make_calendar(2026)

    found = answer(RequestTermForm(ASKED | {"submitted_on": "2026-12-10"}))

    assert (found["due_on"], found["provisional"]) == (date(2027, 1, 7), True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"channel": ""}, {"channel": ["required"]}),
        ({"channel": "pigeon"}, {"channel": ["invalid_choice"]}),
        ({"submitted_on": ""}, {"submitted_on": ["required"]}),
        ({"submitted_on": "2026-13-01"}, {"submitted_on": ["invalid"]}),
        ({"submitted_on": "2008-04-30"}, {"submitted_on": ["out_of_range"]}),
        ({"submitted_on": "2101-01-01"}, {"submitted_on": ["out_of_range"]}),
        ({"submitted_on": "2100-12-30"}, {"__all__": ["out_of_range"]}),
        ({"corrected_on": "2026-03-05"}, {"correction_asked_on": ["missing"]}),
        ({"extension": "21"}, {"extension": ["extension_cap"]}),
        ({"extension": "-1"}, {"extension": ["min_value"]}),
        ({"extension": "x"}, {"extension": ["invalid"]}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_beside_its_field(typed, expected):
    make_calendar(2026)

    assert refusals(RequestTermForm(ASKED | typed)) == expected


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("arrived_on", "submitted_on"),
        ("confirmed_on", "submitted_on"),
        ("correction_asked_on", "received_on"),
    ],
)
def test_what_is_out_of_order_is_told_beside_the_later_day(later, earlier):
    make_calendar(2026)

    form = RequestTermForm(ASKED | {later: "2026-03-01"})

    assert refusals(form) == {later: [f"{later}_before_{earlier}"]}


@pytest.mark.parametrize("body", ["congress", "cppcc"])
@pytest.mark.parametrize("limit", STATUTORY)
@pytest.mark.parametrize("on", ["2026-07-03", "2026-03-10", "2025-02-28"])
def test_an_item_is_reckoned_as_that_of_a_session_with_these_limits(body, limit, on):
    calendar = make_calendar(2025, 2026)
    day = date.fromisoformat(on)
    longer = day if limit == "difficult" else None
    rules = Rules(**{name: Limit(*said) for name, said in STATUTORY.items()})
    expected = deadline(Facts("lead", day, extended_on=longer), rules, calendar)

    found = answer(ItemTermForm({"body": body, "assigned_on": on, "limit": limit}))

    assert found == {
        "due_on": expected.due,
        "provisional": expected.provisional,
        "reasons": list(reasons_of_item(expected.why, body)),
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"assigned_on": ""}, {"assigned_on": ["required"]}),
        ({"assigned_on": "9999-12-01"}, {"assigned_on": ["out_of_range"]}),
        ({"limit": "again"}, {"limit": ["invalid_choice"]}),
        ({"body": "x"}, {"body": ["invalid_choice"]}),
    ],
)
def test_what_an_item_cannot_be_is_told_too(typed, expected):
    asked = {"body": "congress", "assigned_on": "2026-07-03", "limit": "reply"}

    assert refusals(ItemTermForm(asked | typed)) == expected
