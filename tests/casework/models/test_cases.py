"""What every case answers, and how it keeps the day that it is measured by."""

from datetime import date
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser

from casework.models import CalendarDay, CaseQuerySet
from casework.workdays import SpecialDay
from disclosure.models import DisclosureRequest
from disclosure.workflow import workflow
from tests.factories import (
    CHIEF,
    make_agency,
    make_calendar,
    make_request,
    make_user,
    special_days,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 30)
"""The last of 20 working days from 2026-03-02."""


@pytest.fixture
def cases():
    """A case for each answer."""
    make_calendar(2025, 2026)
    agency = make_agency()
    make = partial(make_request, agency=agency, by=make_user(*CHIEF, agency=agency))
    return {
        "unconfirmed": make("registered"),
        "waiting": make("correcting"),
        "overdue": make("handling", received=date(2026, 2, 12)),
        "today": make("review"),
        "later": make("signed", received=date(2026, 3, 4)),
        "provisional": make("handling", received=date(2026, 12, 1)),
        "on_time": make("closed", closed=TODAY),
        "late": make("closed", closed=date(2026, 3, 31)),
        "abandoned": make("closed", outcome="not_corrected"),
    }


OPEN = {"unconfirmed", "waiting", "overdue", "today", "later", "provisional"}


@pytest.mark.parametrize(
    ("question", "days", "answers"),
    [
        (CaseQuerySet.open, [], OPEN),
        (CaseQuerySet.unconfirmed, [], {"unconfirmed"}),
        (CaseQuerySet.waiting, [], {"waiting"}),
        (CaseQuerySet.overdue, [TODAY], {"overdue"}),
        (CaseQuerySet.overdue, [date(2026, 3, 31)], {"overdue", "today"}),
        (CaseQuerySet.due_between, [TODAY, TODAY], {"today"}),
        (CaseQuerySet.due_between, [TODAY, date(2026, 4, 1)], {"today", "later"}),
        (CaseQuerySet.provisional, [], {"provisional"}),
        (CaseQuerySet.closed_in_time, [], {"on_time", "abandoned"}),
        (CaseQuerySet.closed_late, [], {"late"}),
    ],
)
def test_the_questions(cases, question, days, answers):
    found = set(question(DisclosureRequest.objects.all(), *days))
    assert {name for name, case in cases.items() if case in found} == answers


def test_every_case_is_in_one_part_of_the_whole(cases):
    every = DisclosureRequest.objects.all()
    parts = [
        every.unconfirmed(),
        every.waiting(),
        every.overdue(TODAY),
        every.due_between(TODAY, date.max),
        every.closed_in_time(),
        every.closed_late(),
    ]
    found = [case for part in parts for case in part]
    assert sorted(case.pk for case in found) == sorted(c.pk for c in cases.values())


# Scope


def test_who_sees_a_case():
    city = make_agency()
    county, elsewhere = make_agency(parent=city), make_agency(parent=city)
    case = make_request(agency=county)
    people = {
        "own": make_user(agency=county),
        "above": make_user(agency=city),
        "elsewhere": make_user(agency=elsewhere),
        "nowhere": make_user(),
        "left": make_user(agency=county, is_active=False),
        "superuser": make_user(is_superuser=True),
        "superuser who left": make_user(is_superuser=True, is_active=False),
        "anyone": AnonymousUser(),
    }
    seeing = {
        name
        for name, person in people.items()
        if case in DisclosureRequest.objects.visible_to(person)
    }
    assert seeing == {"own", "above", "superuser"}


def test_a_case_is_seen_where_its_agency_was_moved_to():
    city, county = make_agency(), make_agency()
    case = make_request(agency=county)
    above = make_user(agency=city)
    assert case not in DisclosureRequest.objects.visible_to(above)
    county.parent = city
    county.save()
    assert case in DisclosureRequest.objects.visible_to(above)


# The clock


def with_a_rest_on(day):
    """The notice of 2026 as it is, with a day of rest more."""
    rest = SpecialDay(day, False, "qingming")
    CalendarDay.objects.enter(2026, [*special_days(2026), rest])


def test_saving_reads_the_clock_and_counts_the_version():
    make_calendar(2026)
    case = make_request()
    assert (case.due_on, case.version) == (TODAY, 1)
    with_a_rest_on(TODAY)
    case.save()
    assert (case.due_on, case.version) == (date(2026, 3, 31), 2)


def test_a_closed_case_keeps_the_day_that_it_was_measured_by():
    make_calendar(2026)
    case = make_request("closed", closed=TODAY)
    with_a_rest_on(date(2026, 3, 27))
    case.save()
    assert (case.due_on, case.closed_late) == (TODAY, False)


def test_a_closed_case_whose_facts_are_mended_is_measured_anew():
    make_calendar(2026)
    case = make_request("closed", closed=TODAY)
    with_a_rest_on(date(2026, 3, 27))
    case.submitted_on = date(2026, 2, 28)
    case.save()
    # One working day earlier for the receipt, one later for the day of rest.
    assert (case.due_on, case.closed_late) == (TODAY, False)
    case.submitted_on = date(2026, 2, 27)
    case.save()
    assert (case.due_on, case.closed_late) == (date(2026, 3, 26), True)


def test_a_case_is_measured_by_the_calendar_as_it_stands_when_it_closes():
    # Nobody has recalculated since the notice came.
    case = make_request("signed", received=date(2026, 9, 15))
    assert (case.due_on, case.due_provisional) == (date(2026, 10, 13), True)
    make_calendar(2026)
    chief, last = make_user(*CHIEF, agency=case.agency), date(2026, 10, 19)
    closed = workflow.take("serve", case, by=chief, on=last, service="posted")
    assert (closed.due_on, closed.due_provisional) == (last, False)
    assert closed.closed_late is False


def test_what_is_written_is_found_in_another_spelling():
    case = make_request(subject="陳倉區 棚戶區改造")
    assert case.folded.endswith("陈仓区棚户区改造")
    assert case.folded.startswith(case.number.replace("-", "").lower())
