"""What a body types is kept whole, with its sums, and nobody's number is lost."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from reports.models import Submission, Tally
from reports.returns import deeds
from reports.returns.filling import FillForm, fill_in
from tests.clients import typed
from tests.factories import make_user
from tests.reports.returns.year import CLERK, YEAR, enter, own

MADE, VALID = "T2.1.2.made/total", "T2.1.2.valid/total"


@pytest.fixture
def clerk(county):
    return make_user(*CLERK, agency=county)


@pytest.fixture
def totals(county):
    return Submission.objects.create(agency=county, year=YEAR, source="totals")


def shown(county):
    """The form as a person gets it."""
    return FillForm(deeds.kept(county, YEAR))


def fill(form, by, **changes):
    """The form that somebody was shown, sent back after these changes."""
    sent = typed(form) | changes
    return fill_in(form.submission.agency, YEAR, by, sent)


def codes(form):
    return {
        name: [e.code for e in found] for name, found in form.errors.as_data().items()
    }


def test_numbers_are_kept_changed_and_taken_away(county, clerk):
    assert fill(shown(county), clerk, **{MADE: "3", VALID: "1,234"}).errors == {}
    assert own(county) == {MADE: 3, VALID: 1234}
    fill(shown(county), clerk, **{MADE: "４", VALID: " "})
    assert own(county) == {MADE: 4}
    said = LogEntry.objects.order_by("-pk").first().change_message
    assert json.loads(said) == [
        {"changed": {"fields": [f"{MADE} 3 → 4", f"{VALID} 1234 → —"]}}
    ]


def test_a_form_that_changes_nothing_does_nothing(county, clerk):
    enter(county, T2_1_2_made__total=3)
    fill(shown(county), clerk)
    fill_in(county, YEAR, clerk, {})
    assert own(county) == {MADE: 3}
    assert not LogEntry.objects.exists()


def test_the_note_of_a_number_stays(county, clerk):
    place = {"code": "T2.1.2.made", "value": 3, "note": "约数"}
    Tally.objects.create(agency=county, year=YEAR, **place)
    fill(shown(county), clerk, **{MADE: "4"})
    kept = Tally.objects.get()
    assert (kept.value, kept.note) == (4, "约数")


def test_sums_that_were_left_blank_follow(county, clerk, totals):
    said = {f"T4.1.{number}/total": str(number) for number in range(1, 5)}
    fill(shown(county), clerk, **said, **{"T3.1/C3.1": "2"})
    found = own(county)
    assert found["T4.1.5/total"] == 10
    assert "T3.1/C3.3" not in found
    fill(shown(county), clerk, **{"T4.1.5/total": "9"})
    assert own(county)["T4.1.5/total"] == 9


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("T3.1/C3.1", "viele", "not_a_number"),
        ("T3.1/C3.1", "-1", "negative"),
        ("T3.1/C3.1", "1.5", "not_whole"),
        ("T2.8.1.amount/total", "0.00001", "max_decimal_places"),
        ("T6.fee_notified_amount/total", "1" * 13, "max_whole_digits"),
    ],
)
def test_with_one_bad_number_nothing_is_kept(county, clerk, totals, place, value, code):
    form = fill(shown(county), clerk, **{MADE: "3", place: value})
    assert codes(form) == {place: [code]}
    assert form[MADE].value() == "3"
    assert own(county) == {}


def test_amounts_may_have_decimals(county, clerk, totals):
    fill(shown(county), clerk, **{"T6.fee_notified_amount/total": "12.50"})
    assert own(county) == {"T6.fee_notified_amount/total": Decimal("12.5")}


def test_of_two_who_fill_in_different_numbers_both_are_kept(county, clerk):
    first, second = shown(county), shown(county)
    fill(first, clerk, **{MADE: "3"})
    assert fill(second, clerk, **{VALID: "5"}).errors == {}
    assert own(county) == {MADE: 3, VALID: 5}


def test_of_two_who_change_one_number_the_second_is_told_and_decides(county, clerk):
    first, second = shown(county), shown(county)
    fill(first, clerk, **{MADE: "3"})

    form = fill(second, clerk, **{MADE: "4", VALID: "5"})
    assert codes(form) == {MADE: ["conflict"]}
    assert own(county) == {MADE: 3}

    assert fill(form, clerk).errors == {}
    assert own(county) == {MADE: 4, VALID: 5}


def test_two_who_enter_the_same_agree(county, clerk):
    first, second = shown(county), shown(county)
    fill(first, clerk, **{MADE: "3"})
    assert fill(second, clerk, **{MADE: "3.0"}).errors == {}
    assert own(county) == {MADE: 3}


@pytest.mark.parametrize(
    "told", ["", "[]", "x", "{}", f'{{"{MADE}": {{}}}}', '"a"', "[" * 100_000]
)
def test_who_does_not_say_what_was_shown_overwrites_nothing(county, clerk, told):
    enter(county, T2_1_2_made__total=3)
    form = fill_in(county, YEAR, clerk, {MADE: "4", "shown": told})
    assert codes(form) == {MADE: ["conflict"]}
    assert own(county) == {MADE: 3}


def test_what_was_shown_is_read_as_what_is_typed(county, clerk):
    enter(county, T2_1_2_made__total=3000)
    told = f'{{"{MADE}": "3,000"}}'
    assert fill_in(county, YEAR, clerk, {MADE: "4", "shown": told}).errors == {}
    assert own(county) == {MADE: 4}


def test_a_source_that_was_changed_meanwhile_is_told(county, clerk):
    form = shown(county)
    deeds.choose(county, YEAR, clerk, "totals", False)
    assert codes(fill(form, clerk, **{MADE: "3"})) == {"__all__": ["source_changed"]}
    assert own(county) == {}


def test_what_is_sent_back_is_shown_beside_its_place(county, clerk):
    with pytest.raises(ValidationError) as refusal:
        deeds.submit(county, YEAR, clerk, date(2026, 1, 12))
    form = FillForm.refused(deeds.kept(county, YEAR), refusal.value)
    assert set(codes(form)) == {key for key, p in form.places.items() if p.statutory}
