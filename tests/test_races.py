"""Several people at the same moment, which only PostgreSQL lets in at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from casework.models import Agency, Attempts
from disclosure.models import DisclosureRequest, RequestEvent
from disclosure.workflow import workflow
from tests.factories import (
    CHIEF,
    RECEIVED,
    make_agency,
    make_request,
    make_user,
    unsaved_request,
)
from tests.refusals import codes_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

PEOPLE = 8
DAY = date(2026, 3, 9)
DRAFT = {"draft_outcome": "disclosed"}


def at_once(*deeds):
    """Do everything at the same moment: what each gave, or how it was refused."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait(timeout=10)
            return deed()
        except ValidationError as refused:
            return " ".join(codes_of(refused))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(run, deeds))


@pytest.fixture
def chief():
    return make_user(*CHIEF, agency=make_agency())


def serials():
    """The serial numbers in use, in order."""
    numbers = DisclosureRequest.objects.order_by("pk").values_list("number", flat=True)
    return sorted(int(number.split("-")[2]) for number in numbers)


@pytest.mark.parametrize("versions", [False, True])
def test_of_two_who_take_a_step_at_once_one_does(chief, versions):
    case = make_request(agency=chief.workplaces[0], by=chief)
    version = case.version if versions else None

    def take():
        taken = workflow.take(
            "submit_draft", case, by=chief, on=DAY, version=version, **DRAFT
        )
        return taken.status

    refusal = "stale" if versions else "step_not_open"
    assert sorted(at_once(take, take)) == sorted(["review", refusal])
    assert case.events.count() == 2


def test_two_who_correct_different_facts_at_once_both_do(chief):
    case = make_request(agency=chief.workplaces[0], by=chief)

    def correct(**fields):
        workflow.correct(case, by=chief, on=DAY, note="更正", **fields)

    at_once(lambda: correct(phone="0917-3260000"), lambda: correct(subject="另一事项"))
    case.refresh_from_db()
    assert (case.phone, case.subject, case.version) == ("0917-3260000", "另一事项", 3)


def test_numbers_have_no_gap_and_no_duplicate(chief):
    """Each of eight opens 25 cases, and every fifth deed fails after its number."""
    (agency,) = chief.workplaces

    def open_many():
        for turn in range(25):
            with transaction.atomic():
                workflow.open(unsaved_request(agency), by=chief, on=RECEIVED)
                transaction.set_rollback(turn % 5 == 4)

    at_once(*[open_many] * PEOPLE)
    assert serials() == list(range(1, PEOPLE * 20 + 1))


def test_the_first_numbers_of_a_year_are_given_out_by_all_at_once(chief):
    (agency,) = chief.workplaces
    first = date(2027, 1, 4)
    at_once(
        *[lambda: workflow.open(unsaved_request(agency, first), by=chief, on=first)]
        * PEOPLE
    )
    assert serials() == list(range(1, PEOPLE + 1))


def test_a_form_sent_many_times_at_once_opens_one_case(chief):
    (agency,) = chief.workplaces
    form = uuid4()

    def send():
        case = unsaved_request(agency)
        return workflow.open(case, by=chief, on=RECEIVED, submission=form)

    opened = at_once(*[send] * PEOPLE)
    assert opened == [DisclosureRequest.objects.get()] * PEOPLE
    assert RequestEvent.objects.count() == 1
    workflow.open(unsaved_request(agency), by=chief, on=RECEIVED)
    assert serials() == [1, 2]


def test_a_form_sent_many_times_at_once_takes_one_step(chief):
    case = make_request(agency=chief.workplaces[0], by=chief)
    form, asked = uuid4(), {"kind": "agency", "party": "市档案局"}

    def send():
        return workflow.take(
            "consult", case, by=chief, on=DAY, submission=form, **asked
        )

    assert at_once(*[send] * PEOPLE) == [case] * PEOPLE
    assert (case.events.count(), case.consultations.count()) == (2, 1)


def test_the_tries_of_all_are_counted_together():
    now = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)

    def guess():
        hour = timedelta(hours=1)
        return [Attempts.objects.tried("look-up:BJ", hour, now) for _n in range(25)]

    counted = [count for counts in at_once(*[guess] * PEOPLE) for count in counts]
    assert max(counted) == PEOPLE * 25
    assert Attempts.objects.get().count == PEOPLE * 25


def test_two_agencies_cannot_be_put_beneath_one_another_at_once():
    first, second = make_agency(), make_agency()

    def move(agency, parent):
        agency = Agency.objects.get(pk=agency.pk)
        agency.parent = parent
        agency.save()
        return "moved"

    done = at_once(lambda: move(first, second), lambda: move(second, first))
    assert sorted(done) == ["cycle", "moved"]
