"""The piles on the desk: whose they are, what lies on them, and that lists agree."""

from datetime import date

import pytest

from disclosure.workflow import workflow
from proposals.models import Author
from proposals.workflow import assign, items, tasks
from reports.desk import DEEDS, LIMITS, WAITING, by_unit, piles, soonest
from tests.factories import (
    CHIEF,
    CLERK,
    VIEW,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)
from tests.items import (
    OFFICE,
    UNIT,
    answered,
    fresh,
    make_assigned,
    make_item,
    make_office,
    make_session,
    replied,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 30)  # the last day of what came on 2026-03-02
ON = date(2016, 4, 5)


def counts(user, today=TODAY, part=None):
    """The piles that are not empty."""
    return {
        pile.heap.name: pile.count
        for pile in piles(user, today)
        if pile.count and part in (None, pile.heap.part)
    }


@pytest.fixture
def calendar():
    return make_calendar(2026)


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def clerk(agency):
    return make_user(*CLERK, agency=agency)


# Limits


@pytest.mark.parametrize(
    ("received", "lights"),
    [
        (date(2026, 2, 27), ["overdue"]),
        (date(2026, 3, 2), ["today", "2", "5"]),
        (date(2026, 3, 3), ["2", "5"]),
        (date(2026, 3, 4), ["2", "5"]),
        (date(2026, 3, 5), ["5"]),
        (date(2026, 3, 9), ["5"]),
        (date(2026, 3, 10), []),
        # Due in January, of which nothing is known yet.
        (date(2026, 12, 10), ["provisional"]),
    ],
)
def test_a_request_lies_on_the_piles_of_its_last_day(
    calendar, agency, clerk, received, lights
):
    make_request(agency=agency, received=received)

    assert counts(clerk) == {f"request-{light}": 1 for light in lights}


def test_what_is_due_today_is_no_longer_there_when_it_is_done(calendar, agency):
    chief = make_user(*CHIEF, agency=agency)
    case = make_request(agency=agency)
    assert counts(chief)["request-today"] == 1

    workflow.take("withdraw", case, by=chief, on=TODAY)

    assert counts(chief) == {}


# Deeds and waiting


@pytest.mark.parametrize(
    ("status", "clerks", "chiefs", "waiting"),
    [
        ("registered", {"unconfirmed": 1}, {"unconfirmed": 1}, {}),
        ("handling", {}, {}, {}),
        ("correcting", {}, {}, {"correcting": 1}),
        ("paying", {}, {}, {"paying": 1}),
        ("review", {}, {"drafts": 1}, {}),
        ("signed", {"signed": 1}, {"signed": 1}, {}),
        ("closed", {}, {}, {}),
    ],
)
def test_a_request_waits_for_who_may_do_something(
    agency, clerk, status, clerks, chiefs, waiting
):
    make_request(status, agency=agency)
    chief = make_user(*CHIEF, agency=agency)
    reader = make_user(VIEW, agency=agency)

    assert counts(clerk, part=DEEDS) == clerks
    assert counts(chief, part=DEEDS) == chiefs
    assert counts(reader, part=DEEDS) == {}
    for person in (clerk, chief, reader):
        assert counts(person, part=WAITING) == waiting


def test_who_signs_sees_the_drafts_first(agency):
    chief = make_user(*CHIEF, *UNIT, agency=agency)

    names = [pile.heap.name for pile in piles(chief, TODAY)]

    assert names[:3] == ["drafts", "task-drafts", "unconfirmed"]


def test_a_request_waits_for_an_opinion_until_it_comes(agency):
    chief = make_user(*CHIEF, agency=agency)
    case = make_request(agency=agency, by=chief)
    facts = {"kind": "third_party", "party": "某公司"}
    case = workflow.take("consult", case, by=chief, on=case.received_on, **facts)
    assert counts(chief, part=WAITING) == {"consulting": 1}

    row = case.consultations.get()
    workflow.take("record_opinion", case, by=chief, on=TODAY, row=row, opinion="agrees")

    assert counts(chief, part=WAITING) == {}


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def office(session):
    return make_office(session)


@pytest.fixture
def unit(session):
    return make_agency(parent=session.agency)


def at(user, part=None):
    return counts(user, ON, part)


def test_an_item_waits_for_the_office_until_it_is_assigned(session, office, unit):
    case = make_item(session, office)
    assert at(office) == {"unexamined": 1}
    case = items.take("file", case, by=office, on=ON, official_number=1)
    assert at(office) == {"unassigned": 1}

    assert at(make_user(*UNIT, agency=unit)) == {}


def test_a_task_goes_from_one_person_to_the_other(session, office, unit):
    case = make_assigned([(unit, "lead")], session, office)
    work = make_user(*UNIT, agency=unit)
    task = case.assignments.get()
    assert at(work, DEEDS) == {"unsigned": 1}
    task = tasks.take("sign_for", task, by=work, on=ON)
    assert at(work, DEEDS) == {}

    facts = {"return_reason": "not_ours", "return_text": "不属于我局职责"}
    on = task.assigned_on
    task = tasks.take("ask_return", task, by=work, on=on, **facts)
    assert at(work, WAITING) == {"return-asked": 1}
    assert at(work, DEEDS) == {}
    assert at(office, DEEDS) == {"returns": 1}
    assert at(office, WAITING) == {}

    tasks.take("grant_return", task, by=office, on=on)
    assert at(office, DEEDS) == {"given-back": 1}
    other = make_agency(parent=session.agency)
    assign(fresh(case), [(other, "lead")], by=office, on=on)
    assert at(office, DEEDS) == {"unsigned": 1}


def test_the_lead_waits_for_the_co_handler(session, office, unit):
    other = make_agency(parent=session.agency)
    case = make_assigned([(unit, "lead"), (other, "co_handler")], session, office)
    lead = make_user(*UNIT, agency=unit)
    assert at(lead, WAITING) == {"opinions": 1}

    part = case.assignments.get(agency=other)
    part = tasks.take("sign_for", part, by=office, on=ON)
    tasks.take("give_opinion", part, by=office, on=ON, opinion="同意")

    assert at(lead, WAITING) == {}


def test_feedback_is_outstanding_until_every_author_was_heard(session, office, unit):
    case = make_assigned([(unit, "lead")], session, office, authors=2)
    assert at(office, DEEDS) == {"unsigned": 1}
    replied(case, office, ON)
    assert at(office, DEEDS) == {"feedback": 1}
    first, second = Author.objects.filter(case=case)
    said = {"attitude": "satisfied", "result": "satisfied"}

    case = items.take("hear", fresh(case), by=office, on=ON, author=first, **said)
    assert at(office, DEEDS) == {"feedback": 1}
    said = {"attitude": "satisfied", "result": "dissatisfied"}
    case = items.take("hear", case, by=office, on=ON, author=second, **said)
    assert at(office, DEEDS) == {}

    items.take("handle_again", case, by=office, on=ON, note="测试")
    assert at(office, DEEDS) == {"unsigned": 1}
    replied(fresh(case), office, ON)
    assert at(office, DEEDS) == {"feedback": 1}
    answered(fresh(case), office, ON)
    assert at(office, DEEDS) == {}


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2016, 4, 5), {"commitments": 1}),
        (date(2016, 4, 12), {"commitments": 1}),  # the fifth working day
        (date(2016, 4, 13), {}),
    ],
)
def test_a_commitment_lies_there_until_it_is_settled(
    session, office, unit, due_on, expected
):
    case = make_assigned([(unit, "lead")], session, office)
    unit_person = make_user(*UNIT, agency=unit)
    tasks.take("sign_for", case.assignments.get(), by=office, on=ON)
    promise = {"promised": "年内完成", "due_on": due_on}
    case = items.take("promise", case, by=office, on=ON, **promise)
    assert at(unit_person, DEEDS) == expected

    row = case.commitments.get()
    items.take("settle", case, by=office, on=ON, row=row, state="kept", note="已完成")

    assert at(unit_person, DEEDS) == {}


# Who sees what


def test_three_people_have_three_desks(calendar):
    above = make_agency()
    own = make_agency(parent=above)
    make_request(agency=own)
    make_request(agency=above)

    people = [make_user(VIEW, agency=place) for place in (own, above, make_agency())]

    assert [counts(person).get("request-today", 0) for person in people] == [1, 2, 0]
    assert [len(soonest(person)) for person in people] == [1, 2, 0]
    assert [len(by_unit(person, TODAY)) for person in people] == [0, 2, 0]
    assert counts(make_user(VIEW)) == {}
    assert counts(make_user(agency=own)) == {}


def test_items_have_limits_for_who_assigns_them(session, office, unit):
    make_calendar(2016)
    make_assigned([(unit, "lead")], session, office)
    day = date(2016, 6, 20)

    own = counts(make_user(*UNIT, agency=unit), day, LIMITS)
    theirs = counts(office, day, LIMITS)

    assert own == {"task-overdue": 1}
    assert theirs == own | {"item-overdue": 1}


def test_the_first_cases_are_of_both_kinds_by_their_last_days(calendar, session, unit):
    person = make_user(*OFFICE, VIEW, agency=session.agency)
    assigned = make_assigned([(unit, "lead")], session, person)
    first = make_request(agency=unit, received=date(2016, 1, 4))
    last = make_request(agency=unit)
    without = make_request("registered", agency=unit)

    found = [case.number for _kind, case in soonest(person)]

    task = assigned.assignments.get()
    assert found[0] == first.number
    assert sorted(found[1:3]) == sorted([task.number, assigned.number])
    assert found[3:] == [last.number, without.number]
    assert len(soonest(person, 2)) == 2


def test_a_unit_counts_all_beneath_it(calendar):
    city = make_agency()
    county = make_agency(parent=city)
    office = make_agency(parent=county)
    idle = make_agency(parent=city)
    make_request(agency=office)
    make_request(agency=office, received=date(2026, 3, 3))
    make_request(agency=county, received=date(2026, 2, 27))
    person = make_user(VIEW, agency=city)

    found = {
        agency: [cell.count for cell in cells]
        for agency, cells in by_unit(person, TODAY)
    }

    assert found == {city: [1, 2, 2, 3], county: [1, 2, 2, 3], office: [0, 2, 2, 2]}
    assert idle not in found
