"""A due date as an entry for a person's own calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from casework.desk.entries import entry
from disclosure.workflow import workflow
from tests.factories import CHIEF, make_calendar, make_request, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
ADDRESS = "https://openness.example/desk/requests/X/"


def read(case, calendar):
    whole = Calendar.from_ical(entry(case, ADDRESS, AT, calendar))
    [found] = whole.walk("VEVENT")
    [alarm] = whole.walk("VALARM")
    return found, alarm


def test_the_last_day_is_an_entry_of_a_whole_day():
    calendar = make_calendar(2026)
    case = make_request(subject="秘密的主题", applicant="王小明")

    found, alarm = read(case, calendar)

    assert case.due_on == date(2026, 3, 30)
    assert found.decoded("dtstart") == date(2026, 3, 30)
    assert found.decoded("dtend") == date(2026, 3, 31)
    assert found["uid"] == f"{case.number}@gongkai"
    assert case.number in found["summary"]
    assert found["url"] == ADDRESS
    # Five working days before, on Monday the 23rd, at nine.
    assert alarm["trigger"].dt == timedelta(days=-7, hours=9)


def test_nothing_is_told_of_who_asks_and_what_for():
    case = make_request(subject="秘密的主题", applicant="王小明", phone="13812345678")

    text = entry(case, ADDRESS, AT, make_calendar(2026)).decode()

    for hidden in ("秘密", "王小明", "13812345678", case.description[:4]):
        assert hidden not in text


def test_a_date_that_moves_moves_the_same_entry():
    calendar = make_calendar(2026)
    case = make_request()
    chief = make_user(*CHIEF, agency=case.agency)
    before, _alarm = read(case, calendar)

    moved = {"on": date(2026, 3, 9), "extension": 20, "note": "案情复杂"}
    after, _alarm = read(workflow.take("extend", case, by=chief, **moved), calendar)

    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") > before.decoded("dtstart")


def test_a_provisional_date_says_so():
    case = make_request(received=date(2026, 12, 21))

    found, _alarm = read(case, make_calendar(2026))
    certain, _alarm = read(make_request(), make_calendar(2026))

    assert case.due_provisional
    assert len(found["summary"]) > len(certain["summary"])
