"""Why a date is what it is: each sentence, its days and counts, and where the law says
so; and the remedies that an ending leaves."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.formats import date_format

from casework.models import CalendarDay
from casework.workdays import WorkCalendar
from disclosure import codes
from disclosure import reasons as told_by
from disclosure.deadlines import Consulted, Facts, deadline
from disclosure.models import Channel, Consultation, Outcome
from disclosure.reasons import Reason, counted, reasons, remedies
from disclosure.workflow import workflow
from tests.factories import CHIEF, make_calendar, make_request, make_user, special_days

CALENDAR = WorkCalendar.of(special_days(*range(2008, 2027)))
ONE_DAY = timedelta(days=1)


def day(text):
    return date.fromisoformat(text) if text else None


def case_of(facts, calendar=CALENDAR):
    """A case as far as the explanation looks at it: the stored reasons, and no row."""
    why = deadline(facts, calendar).why
    return SimpleNamespace(due_why=json.loads(json.dumps(why)))


def request(channel, submitted, arrived="", confirmed="", **facts):
    """The facts; every further one that is named by a day is given as text."""
    days = {name: day(value) for name, value in facts.items() if name.endswith("_on")}
    return Facts(channel, day(submitted), day(arrived), day(confirmed), **facts | days)


def consulted(sent, delivered="", answered="", kind="third_party"):
    return Consulted(kind, day(sent), day(delivered), day(answered))


RECEIPT, BASE, CORRECTION, FEE, NOTICES, NOT_COUNTED = (
    told_by.RECEIPT, told_by.BASE, told_by.CORRECTION, told_by.FEE, told_by.NOTICES,
    told_by.NOT_COUNTED,
)  # fmt: skip
NEW, OLD = "2019", "2007"
THIRD = Consultation.Kind.THIRD_PARTY.label
ORGAN = Consultation.Kind.AGENCY.label
SPRING = CalendarDay.Festival.SPRING.label


# Each sentence: its source, and the days and counts that it names


STORIES = {
    "handed in": (
        request("in_person", "2026-03-02"),
        [(RECEIPT[NEW], "2026-03-02"), (BASE[NEW], 20), ("", "2026-03-30")],
    ),
    "by post": (
        request("ems", "2026-03-01", "2026-03-02"),
        [(RECEIPT[NEW], "2026-03-02"), (BASE[NEW], 20), ("", "2026-03-30")],
    ),
    "by post, with an arrival that nobody noted": (
        request("registered_post", "2026-03-02"),
        [(RECEIPT[NEW], "2026-03-02"), (BASE[NEW], 20), ("", "2026-03-30")],
    ),
    "online, to be confirmed": (
        request("online", "2026-03-02"),
        [(RECEIPT[NEW],)],
    ),
    "online, confirmed": (
        request("online", "2026-03-01", "2026-03-01", "2026-03-02"),
        [(RECEIPT[NEW], "2026-03-02"), (BASE[NEW], 20), ("", "2026-03-30")],
    ),
    "to another unit, to be confirmed": (
        request("other_unit", "2026-03-02"),
        [(told_by.BY_ANALOGY,)],
    ),
    "to another unit": (
        request("other_unit", "2026-03-01", confirmed="2026-03-02"),
        [(told_by.BY_ANALOGY, "2026-03-02"), (BASE[NEW], 20), ("", "2026-03-30")],
    ),
    "to another unit in 2016": (
        request("other_unit", "2016-03-01", confirmed="2016-03-01"),
        [(RECEIPT[OLD], "2016-03-01"), (BASE[OLD], 15), ("", "2016-03-22")],
    ),
    "fax in 2016, to be confirmed": (
        request("fax", "2016-03-01"),
        [(RECEIPT[OLD],)],
    ),
    "e-mail in 2016, on a holiday": (
        request("email", "2016-05-01", "2016-05-01"),
        [
            (RECEIPT[OLD], "2016-05-01"),
            (BASE[OLD], 15),
            # The day of receipt itself is outside the limit.
            (NOTICES, "2016-05-02"),
            ("", "2016-05-23"),
        ],
    ),
    "correction awaited": (
        request("in_person", "2021-04-06", correction_asked_on="2021-04-15"),
        [(RECEIPT[NEW], "2021-04-06"), (CORRECTION[NEW],)],
    ),
    "correction awaited in 2016": (
        request("in_person", "2016-03-01", correction_asked_on="2016-03-03"),
        [(RECEIPT[OLD], "2016-03-01"), (CORRECTION[OLD],)],
    ),
    "corrected": (  # E12
        request(
            "in_person", "2021-04-06",
            correction_asked_on="2021-04-15", corrected_on="2021-04-28",
        ),
        [
            (RECEIPT[NEW], "2021-04-06"),
            (CORRECTION[NEW], "2021-04-28"),
            (BASE[NEW], 20),
            (NOTICES, *(f"2021-05-0{n}" for n in range(1, 6))),
            (NOTICES, "2021-05-08"),
            ("", "2021-05-28"),
        ],
    ),
    "correction asked for too late": (
        request("in_person", "2026-03-02", correction_asked_on="2026-03-12"),
        [
            (RECEIPT[NEW], "2026-03-02"),
            (CORRECTION[NEW],),
            (BASE[NEW], 20),
            ("", "2026-03-30"),
        ],
    ),
    "payment awaited": (
        request("in_person", "2025-03-03", fee_notified_on="2025-03-14"),
        [(RECEIPT[NEW], "2025-03-03"), (FEE,)],
    ),
    "paid": (  # E19
        request(
            "in_person", "2025-03-03",
            fee_notified_on="2025-03-14", fee_paid_on="2025-04-02",
        ),
        [
            (RECEIPT[NEW], "2025-03-03"),
            (FEE, "2025-04-02"),
            (BASE[NEW], 20),
            (NOTICES, "2025-04-04", "2025-04-05", "2025-04-06"),
            (NOTICES, "2025-04-27"),
            ("", "2025-04-30"),
        ],
    ),
    "fee notice too late": (
        request("in_person", "2026-03-02", fee_notified_on="2026-03-31"),
        [(RECEIPT[NEW], "2026-03-02"), (FEE,), (BASE[NEW], 20), ("", "2026-03-30")],
    ),
    "extended by a day": (
        request("in_person", "2026-03-02", extension=1),
        [
            (RECEIPT[NEW], "2026-03-02"),
            (BASE[NEW], 20),
            (BASE[NEW], 1),
            ("", "2026-03-31"),
        ],
    ),
    "extended over the Spring Festival": (  # E03
        request("in_person", "2018-02-09", extension=15),
        [
            (RECEIPT[OLD], "2018-02-09"),
            (BASE[OLD], 15),
            (BASE[OLD], 15),
            (NOTICES, "2018-02-15", "2018-02-21", SPRING),
            (NOTICES, "2018-02-11", "2018-02-24", SPRING),
            ("", "2018-03-28"),
        ],
    ),
    "two consultations at once": (  # E17
        request(
            "registered_post", "2024-04-15", "2024-04-15",
            consultations=(
                consulted("2024-04-18", "2024-04-19", "2024-05-08", "agency"),
                consulted("2024-04-22", "2024-04-23", "2024-05-14"),
            ),
        ),
        [
            (RECEIPT[NEW], "2024-04-15"),
            (BASE[NEW], 20),
            (NOT_COUNTED[NEW], "2024-04-18", "2024-05-08", ORGAN),
            (NOT_COUNTED[NEW], "2024-04-22", "2024-05-14", THIRD),
            (NOTICES, "2024-05-01", "2024-05-05"),
            (NOTICES, "2024-04-28", "2024-05-11"),
            ("", "2024-06-06"),
        ],
    ),
    "third party in 2016": (  # E06
        request(
            "registered_post", "2016-11-01", "2016-11-01",
            consultations=(
                consulted("2016-11-04", "2016-11-07", "2016-11-18"),
                consulted("2016-11-04", "2016-11-07", "2016-11-25", "agency"),
            ),
        ),
        [
            (RECEIPT[OLD], "2016-11-01"),
            (BASE[OLD], 15),
            (NOT_COUNTED[OLD], "2016-11-04", "2016-11-18", THIRD),
            ("", "2016-12-06"),
        ],
    ),
    "third party in 2016, still silent": (
        request(
            "in_person", "2016-11-01", consultations=(consulted("2016-11-04"),)
        ),
        [(RECEIPT[OLD], "2016-11-01"), (BASE[OLD],)],
    ),
    "into a year that is not known": (
        request("in_person", "2026-12-10"),
        [
            (RECEIPT[NEW], "2026-12-10"),
            (BASE[NEW], 20),
            ("", "2027-01-07"),
            (NOTICES, 2027),
        ],
    ),
}  # fmt: skip


def shown(value):
    """A day as the reader's language writes it; anything else as it is."""
    if isinstance(value, str) and value[:4].isdigit():
        return date_format(day(value), "DATE_FORMAT")
    return str(value)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_told_with_its_days_and_sources(story, language):
    facts, expected = STORIES[story]
    with translation.override(language):
        told = list(reasons(case_of(facts)))

        assert [reason.source for reason in told] == [
            str(source) for source, *_values in expected
        ]
        for reason, (_source, *values) in zip(told, expected, strict=True):
            for value in values:
                assert shown(value) in reason.text, reason.text


def test_a_day_that_is_not_in_the_limit_is_not_named():
    facts, _expected = STORIES["e-mail in 2016, on a holiday"]
    [_receipt, _base, rests, _last] = reasons(case_of(facts))

    assert shown("2016-05-01") not in rests.text


def test_what_awaits_something_names_no_last_day():
    waiting = [
        list(reasons(case_of(facts)))
        for facts, expected in STORIES.values()
        if expected[-1][0] not in ("", NOTICES)
    ]

    assert len(waiting) == 7
    for told in waiting:
        assert len({reason.text for reason in told}) == len(told)
        assert all(reason.source for reason in told)


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("submitted", ["2016-03-01", "2026-03-02"])
def test_the_receipt_of_each_channel_has_words_and_a_source(channel, submitted):
    for confirmed in ("", submitted):
        facts = request(channel, submitted, submitted, confirmed)
        first = next(reasons(case_of(facts)))
        assert first.text
        assert first.source


def test_nobody_is_named():
    """Neither the applicant nor a party is in what is stored to explain a date."""
    kept = {
        key
        for facts, _expected in STORIES.values()
        for key in case_of(facts).due_why["facts"]
    }
    assert kept == set(Facts.__dataclass_fields__)


def test_no_calendar_is_asked(django_assert_num_queries, db):
    stored = [case_of(facts) for facts, _expected in STORIES.values()]

    with django_assert_num_queries(0):
        for case in stored:
            list(reasons(case))
            list(counted(case))


# Day by day


with Path(__file__).with_name("deadline_examples.csv").open(encoding="utf-8") as file:
    RECEIPTS = [(row["id"], row["receipt_date"]) for row in csv.DictReader(file)]


def check_every_day(case):
    why = case.due_why
    runs = list(counted(case))
    last = day(why["start"])
    numbers = []
    for run in runs:
        assert run.first == last + ONE_DAY
        assert run.first <= run.last
        last = run.last
        if run.kind in ("counted", "make_up"):
            first, _dash, end = run.numbers.partition("–")
            numbers += range(int(first), int(end or first) + 1)
        else:
            assert run.numbers == ""
    assert last == day(why["due"])
    assert numbers == list(range(1, why["base"] + why["extension"] + 1))


@pytest.mark.parametrize(("name", "received"), RECEIPTS)
def test_every_day_from_the_receipt_to_the_last_is_counted_or_left_out(name, received):
    for extension in (0, 1, 15):
        check_every_day(case_of(request("in_person", received, extension=extension)))


@pytest.mark.parametrize(
    "story",
    [name for name, (_facts, told) in STORIES.items() if told[-1][0] in ("", NOTICES)],
)
def test_every_day_of_a_story_is_counted_or_left_out(story):
    check_every_day(case_of(STORIES[story][0]))


@pytest.mark.parametrize(
    "story",
    [name for name, (_f, told) in STORIES.items() if told[-1][0] not in ("", NOTICES)],
)
def test_without_a_last_day_no_day_is_counted(story):
    assert list(counted(case_of(STORIES[story][0]))) == []


def test_a_run_says_why_it_is_left_out():
    runs = list(counted(case_of(STORIES["two consultations at once"][0])))
    stopped = [run.text for run in runs if run.kind == "stopped"]

    assert any(str(ORGAN) in text and str(THIRD) in text for text in stopped)
    [holiday] = [run for run in runs if run.kind == "holiday"]
    assert str(CalendarDay.Festival.LABOUR.label) in holiday.text
    assert {run.kind for run in runs} == {"counted", "weekend", "stopped", "holiday"}


# What was explained once stays explained


@pytest.mark.django_db
def test_a_closed_case_is_explained_by_the_calendar_of_its_day():
    make_calendar(2026)
    case = make_request("closed", received=date(2026, 2, 10))
    before = list(reasons(case)), list(counted(case))
    CalendarDay.objects.all().delete()
    by = make_user(*CHIEF, agency=case.agency)

    case, _code = codes.issue(case, by=by, on=date(2026, 4, 1))

    assert (list(reasons(case)), list(counted(case))) == before
    assert case.due_on == date(2026, 3, 16)


@pytest.mark.django_db
def test_an_open_case_is_explained_anew_by_another_calendar():
    case = make_request(received=date(2026, 2, 10))
    provisional = list(reasons(case))
    make_calendar(2026)

    by = make_user(*CHIEF, agency=case.agency)
    case = workflow.recalculate(case, by=by, on=date(2026, 3, 1), note="假期")

    now = list(reasons(case))
    assert provisional[-1].source == now[2].source == str(NOTICES)
    assert now[-1] == Reason(now[-1].text, "")
    assert shown("2026-03-16") in now[-1].text


# Remedies


REFUSED_BY_LAW = {
    Outcome.STATE_SECRET, Outcome.FORBIDDEN_BY_LAW, Outcome.SECURITY_AND_STABILITY,
    Outcome.TRADE_SECRET, Outcome.PERSONAL_PRIVACY, Outcome.INTERNAL_AFFAIRS,
    Outcome.PROCESS_INFORMATION, Outcome.ENFORCEMENT_CASE_FILE,
    Outcome.PARTLY_DISCLOSED,
}  # fmt: skip
BEFORE, SINCE = date(2023, 12, 31), date(2024, 1, 1)
EITHER = remedies(Outcome.DISCLOSED, SINCE)
FIRST = remedies(Outcome.STATE_SECRET, SINCE)
NO_LONGER = remedies(Outcome.FEE_UNPAID, SINCE)


def test_there_are_three_ways_to_disagree():
    assert len({EITHER, FIRST, NO_LONGER, ""}) == 4
    with translation.override("en"):
        assert "60" in remedies(Outcome.DISCLOSED, SINCE)
        assert "6 months" in remedies(Outcome.DISCLOSED, SINCE)
        assert "6 months" not in remedies(Outcome.STATE_SECRET, SINCE)
        assert "15 days" in remedies(Outcome.STATE_SECRET, SINCE)


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("decided_on", [BEFORE, SINCE])
def test_from_2024_a_refusal_by_law_goes_to_reconsideration_first(outcome, decided_on):
    if outcome in REFUSED_BY_LAW and decided_on == SINCE:
        expected = FIRST
    elif outcome in (Outcome.NOT_CORRECTED, Outcome.FEE_UNPAID):
        expected = NO_LONGER
    elif outcome in (Outcome.WITHDRAWN, Outcome.OTHER):
        expected = ""
    else:
        expected = EITHER

    assert remedies(outcome, decided_on) == expected
