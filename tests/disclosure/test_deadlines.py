"""The time limits of both versions, against worked examples counted by hand."""

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.clocks import WorkingDays
from casework.workdays import WorkCalendar
from disclosure.deadlines import (
    FIRST_DAY,
    REGIMES,
    Consulted,
    Facts,
    asked_in_time,
    correction_due,
    deadline,
    fee_due,
    last_day_to_ask,
    received_on,
    regime_on,
    stretches,
)
from tests.factories import special_days

CALENDAR = WorkCalendar.of(special_days(*range(2008, 2027)))
ONE_DAY = timedelta(days=1)

with Path(__file__).with_name("deadline_examples.csv").open(encoding="utf-8") as file:
    EXAMPLES = {row["id"]: row for row in csv.DictReader(file)}


def day(text):
    return date.fromisoformat(text) if text else None


def facts_of(row):
    """The facts of an example: receipt is by the act that its channel wants, letters
    arrive on the next working day, as that of E16 did."""
    received, act = day(row["receipt_date"]), "confirmed_on"
    if regime_on(received).receipt[row["channel"]] == "arrived_on":
        act = "arrived_on"
    spans = [span.split("/") for span in row["excluded_intervals"].split(";") if span]
    corrected = day(row["corrected_request_received"])
    return Facts(
        channel=row["channel"],
        submitted_on=day(row["submitted"]),
        correction_asked_on=corrected and day(row["correction_notice_due"]),
        corrected_on=corrected,
        fee_notified_on=day(row["fee_notice_received"]),
        fee_paid_on=day(row["fee_paid"]),
        extension=int(row["extension_wd"]),
        consultations=tuple(
            Consulted("third_party", day(sent), CALENDAR.add(day(sent), 1), day(until))
            for sent, until in spans
        ),
        **{act: received},
    )


def received(text, **facts):
    """The facts of a request that was handed in on the day."""
    return Facts("in_person", day(text), **facts)


def due(facts, calendar=CALENDAR):
    return deadline(facts, calendar).due


def consulted(sent, delivered="", answered="", kind="third_party"):
    return Consulted(kind, day(sent), day(delivered), day(answered))


# The examples


@pytest.mark.parametrize("row", EXAMPLES.values(), ids=EXAMPLES)
def test_an_example(row):
    facts = facts_of(row)
    assert facts.received_on == day(row["receipt_date"])
    assert regime_on(facts.received_on).code == row["regime"]
    asked_by = correction_due(facts.received_on, CALENDAR)
    if row["correction_notice_due"] or row["regime"] == "2007":
        assert asked_by == day(row["correction_notice_due"])
    expected = row["expected_due"]
    if not expected.startswith("CLOSED"):
        assert due(facts) == day(expected)


def test_example_13_the_request_is_not_corrected():
    asked, last = day("2022-08-22"), day("2022-09-13")
    assert EXAMPLES["E13"]["expected_due"] == f"CLOSED after {last}"
    assert WorkingDays(15).after(asked, CALENDAR) == last
    facts = facts_of(EXAMPLES["E13"])
    waiting = replace(facts, correction_asked_on=asked, correction_until=last)
    assert deadline(waiting, CALENDAR).why["waiting"] == "correction"


def test_example_16_the_third_party_is_silent():
    asked = consulted("2023-09-15", "2023-09-18")
    limit = asked.limit(regime_on(day("2023-09-11")), CALENDAR)
    assert limit == day("2023-10-13")
    silent = replace(facts_of(EXAMPLES["E16a"]), consultations=(asked,))
    late = replace(asked, answered_on=day("2023-10-20"))
    assert due(silent) == day("2023-11-06")
    assert due(replace(silent, consultations=(late,))) == day("2023-11-06")
    assert due(replace(silent, extension=20)) == day("2023-12-04")


def test_example_17_organ_and_third_party_at_the_same_time():
    facts = replace(
        facts_of(EXAMPLES["E17"]),
        consultations=(
            consulted("2024-04-18", answered="2024-05-08", kind="agency"),
            consulted("2024-04-22", answered="2024-05-14"),
        ),
    )
    assert due(facts) == day("2024-06-06")


def test_example_20_the_fee_is_not_paid():
    facts, last = facts_of(EXAMPLES["E20"]), day("2025-04-14")
    assert EXAMPLES["E20"]["expected_due"] == f"CLOSED after {last}"
    assert fee_due(facts.fee_notified_on, CALENDAR) == last
    assert deadline(facts, CALENDAR).why["waiting"] == "payment"


# Receipt

SUBMITTED, ARRIVED, CONFIRMED = map(day, ("2021-02-05", "2021-02-06", "2021-02-07"))


@pytest.mark.parametrize(
    ("channel", "on"),
    [
        ("in_person", SUBMITTED),
        ("registered_post", ARRIVED),
        ("ems", ARRIVED),
        ("ordinary_letter", CONFIRMED),
        ("other_unit", CONFIRMED),
        ("fax", CONFIRMED),
        ("online", CONFIRMED),
        ("email", CONFIRMED),
    ],
)
def test_the_day_of_receipt_by_channel(channel, on):
    assert received_on(channel, SUBMITTED, ARRIVED, CONFIRMED) == on


def test_an_email_was_received_by_the_system_before_2019():
    last, first = day("2019-05-14"), day("2019-05-15")
    assert received_on("email", last, last, first) == last
    assert received_on("email", first, first) is None


@pytest.mark.parametrize(
    "channel", ["ordinary_letter", "other_unit", "fax", "online", "email"]
)
def test_without_the_confirmation_no_clock_runs(channel):
    facts = Facts(channel, SUBMITTED, ARRIVED)
    said = deadline(facts, CALENDAR)
    assert (facts.received_on, said.due, said.provisional) == (None, None, False)
    assert said.why["waiting"] == "confirmation"


def test_an_arrival_that_was_not_noted_is_the_day_of_submission():
    assert received_on("ems", SUBMITTED) == SUBMITTED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2008-05-01", "2007"),
        ("2019-05-14", "2007"),
        ("2019-05-15", "2019"),
        ("2030-01-01", "2019"),
    ],
)
def test_the_day_of_receipt_chooses_the_version(text, code):
    assert regime_on(day(text)).code == code


def test_before_the_regulation_there_is_no_version():
    assert day("2008-05-01") == FIRST_DAY
    with pytest.raises(ValueError, match="2008-04-30"):
        regime_on(day("2008-04-30"))


# Correction


@pytest.mark.parametrize(
    ("text", "asked", "in_time"),
    [
        ("2022-08-15", "2022-08-15", True),
        ("2022-08-15", "2022-08-24", True),  # the 7th working day
        ("2022-08-15", "2022-08-25", False),
        ("2016-03-01", "2016-03-22", True),  # by convention, while the limit runs
        ("2016-03-01", "2016-03-23", False),
    ],
)
def test_a_correction_is_asked_for_in_time(text, asked, in_time):
    assert asked_in_time(day(text), day(asked), CALENDAR) is in_time
    assert (day(asked) <= last_day_to_ask(day(text), CALENDAR)) is in_time


@pytest.mark.parametrize(
    ("text", "asked", "corrected", "end"),
    [
        ("2021-04-06", "2021-04-15", "2021-04-28", "2021-05-28"),
        ("2016-03-01", "2016-03-07", "2016-03-21", "2016-04-12"),  # over Qingming
    ],
)
def test_a_corrected_request_starts_the_limit_anew(text, asked, corrected, end):
    facts = received(text, correction_asked_on=day(asked))
    assert deadline(facts, CALENDAR).why["waiting"] == "correction"
    said = deadline(replace(facts, corrected_on=day(corrected)), CALENDAR)
    assert said.due == day(end)
    assert (said.why["start"], said.why["started_by"]) == (corrected, "corrected")


@pytest.mark.parametrize(
    ("text", "asked", "end"),
    [
        ("2022-08-15", "2022-08-25", "2022-09-13"),
        ("2016-03-01", "2016-03-25", "2016-03-22"),  # when the limit was over
    ],
)
def test_a_late_notice_is_flagged_and_neither_stops_nor_restarts(text, asked, end):
    facts = received(text, correction_asked_on=day(asked))
    for corrected in (None, day(asked) + ONE_DAY):
        said = deadline(replace(facts, corrected_on=corrected), CALENDAR)
        assert said.due == day(end)
        assert said.why["late_correction_notice"] is True


# The fee


def test_a_paid_fee_starts_the_limit_anew():
    said = deadline(facts_of(EXAMPLES["E19"]), CALENDAR)
    assert (said.why["start"], said.why["started_by"]) == ("2025-04-02", "paid")


def test_the_last_restart_counts_whichever_came_first():
    # 2025-03-12 is the 7th working day, 03-31 the last of the limit.
    facts = received("2025-03-03", correction_asked_on=day("2025-03-12"))
    paid_later = replace(
        facts,
        corrected_on=day("2025-03-20"),
        fee_notified_on=day("2025-03-24"),
        fee_paid_on=day("2025-03-26"),
    )
    paid_before = replace(
        facts,
        fee_notified_on=day("2025-03-05"),
        fee_paid_on=day("2025-03-06"),
        corrected_on=day("2025-03-26"),
    )
    assert deadline(paid_later, CALENDAR).why["started_by"] == "paid"
    assert deadline(paid_before, CALENDAR).why["started_by"] == "corrected"
    assert due(paid_later) == due(paid_before) == day("2025-04-24")


def test_a_fee_notice_after_the_limit_undoes_no_delay():
    facts = received("2025-03-03", fee_notified_on=day("2025-04-01"))
    for paid in (None, day("2025-04-02")):
        said = deadline(replace(facts, fee_paid_on=paid), CALENDAR)
        assert said.due == day("2025-03-31")
        assert said.why["late_fee_notice"] is True
    on_the_last_day = replace(facts, fee_notified_on=day("2025-03-31"))
    assert deadline(on_the_last_day, CALENDAR).why["waiting"] == "payment"


# Consultations


def test_2007_does_not_count_the_third_party_but_counts_other_organs():
    facts = received("2016-11-01")
    for kind, end in (("third_party", "2016-12-06"), ("agency", "2016-11-22")):
        asked = consulted("2016-11-04", answered="2016-11-18", kind=kind)
        assert due(replace(facts, consultations=(asked,))) == day(end)


def test_2007_sets_the_third_party_no_time_so_the_clock_waits():
    asked = consulted("2016-11-04", "2016-11-07")
    said = deadline(received("2016-11-01", consultations=(asked,)), CALENDAR)
    assert (said.due, said.provisional) == (None, False)
    assert said.why["waiting"] == "opinion"


def test_2007_a_question_after_the_last_day_undoes_no_delay():
    last = day("2016-11-22")
    for sent in ("2016-11-22", "2016-11-23"):
        facts = received("2016-11-01", consultations=(consulted(sent),))
        assert due(facts) == last
    answered = consulted("2016-11-21", answered="2016-11-23")
    still_open = consulted("2016-11-23")  # within the time that the first one gave
    facts = received("2016-11-01", consultations=(answered, still_open))
    assert deadline(facts, CALENDAR).why["waiting"] == "opinion"


def test_a_letter_that_has_not_arrived_yet_is_taken_to_have_arrived_at_once():
    regime = REGIMES[0]
    sent, known = consulted("2023-09-15"), consulted("2023-09-15", "2023-09-18")
    assert sent.limit(regime, CALENDAR) == day("2023-10-12")
    assert known.limit(regime, CALENDAR) == day("2023-10-13")


def test_a_question_from_before_the_restart_counts_only_after_it():
    asked = consulted("2024-01-25", answered="2024-02-20")
    facts = received("2024-01-22", correction_asked_on=day("2024-01-29"))
    restarted = replace(facts, corrected_on=day("2024-02-08"))
    # After 2024-02-08, of the question's time: the 9th, Sunday 18, 19, 20.
    assert due(restarted) == day("2024-03-13")
    assert due(replace(restarted, consultations=(asked,))) == day("2024-03-19")
    at_once = consulted("2024-02-20", answered="2024-02-20")
    before = consulted("2024-01-25", answered="2024-02-01")
    said = deadline(replace(restarted, consultations=(before, at_once)), CALENDAR)
    assert (said.due, said.why["stops"]) == (day("2024-03-13"), [])


def test_every_order_gives_one_answer():
    extended = {"extension": 20}
    asked = {"consultations": (consulted("2024-02-26", answered="2024-03-08"),)}
    corrected = {
        "correction_asked_on": day("2024-01-29"),
        "corrected_on": day("2024-02-08"),
    }
    ends = set()
    for order in permutations([extended, asked, corrected]):
        facts = received("2024-01-22")
        for happened in order:
            facts = replace(facts, **happened)
        ends.add((due(facts), due(replace(facts, extension=0))))
    assert ends == {(day("2024-04-24"), day("2024-03-26"))}


@pytest.mark.parametrize(
    ("extension", "end"), [(0, "2022-12-19"), (10, "2023-01-03"), (20, "2023-01-17")]
)
def test_a_shorter_extension_is_possible(extension, end):
    assert due(received("2022-11-21", extension=extension)) == day(end)


# Years that are not known


@pytest.mark.parametrize(
    ("text", "end", "unknown"),
    [
        ("2026-10-30", "2026-11-27", []),
        ("2026-11-12", "2026-12-10", []),
        ("2026-11-26", "2026-12-24", []),
        ("2026-11-27", "2026-12-25", [2027]),  # the notice may name the end of December
        ("2026-12-03", "2026-12-31", [2027]),
        ("2027-12-20", "2028-01-17", [2027, 2028]),
        ("2027-12-27", "2028-01-24", [2028]),
        ("2031-06-02", "2031-06-30", [2031]),
    ],
)
def test_in_a_year_that_is_not_known_the_day_is_provisional(text, end, unknown):
    said = deadline(received(text), CALENDAR)
    assert said.due == day(end)
    assert said.provisional is bool(unknown)
    assert said.why["unknown_years"] == unknown


@given(st.dates(date(2008, 5, 1), date(2099, 12, 31)), st.integers(0, 20))
def test_no_year_is_so_unknown_that_it_has_no_day(on, extension):
    said = deadline(Facts("in_person", on, extension=extension), CALENDAR)
    assert CALENDAR.is_working(said.due)
    assert said.provisional is (on.year > 2026 or said.due >= date(2026, 12, 1))


# What is kept


@pytest.mark.parametrize("row", EXAMPLES.values(), ids=EXAMPLES)
def test_from_what_is_stored_the_same_days_are_told_again(row):
    said = deadline(facts_of(row), CALENDAR)
    why = json.loads(json.dumps(said.why))
    assert why == said.why
    told = list(stretches(why))
    if said.due:
        assert told[-1].last == said.due
        assert told[-1].numbers[1] == why["base"] + why["extension"]
    else:
        assert told == []
