"""When the dates of items and of their units move, and when they stay."""

from datetime import date

import pytest

from casework.models import CalendarDay, Counter
from casework.recalculation import CHANGE_CALENDAR, moves, recalculate
from casework.workdays import SpecialDay
from proposals.models import Assignment, Proposal
from proposals.workflow import assign, items, tasks
from tests.factories import make_agency, make_calendar, make_user, special_days
from tests.items import (
    ASSIGNED,
    OFFICE,
    REPLIED,
    make_assigned,
    make_item,
    make_session,
    replied,
)

pytestmark = pytest.mark.django_db

DUE = date(2016, 6, 12)
REST = SpecialDay(DUE, False, "dragon_boat")


@pytest.fixture
def session():
    make_calendar(2016)
    return make_session()


@pytest.fixture
def unit(session):
    return make_agency(parent=session.agency)


def change_the_calendar():
    """The Sunday that is to be worked becomes a day of rest."""
    days = [day for day in special_days(2016) if day.day != DUE]
    CalendarDay.objects.enter(2016, [*days, REST])


def test_a_change_of_the_calendar_moves_both_kinds_and_says_so(session, office, unit):
    case = make_assigned([(unit, "lead")], session, office)
    task = case.assignments.get()
    assert (case.due_on, task.due_on, moves()) == (DUE, DUE, [])
    change_the_calendar()
    assert {move.case for move in moves()} == {case, task}
    clerk = make_user(*OFFICE, CHANGE_CALENDAR, agency=session.agency)
    recalculate(by=clerk, on=REPLIED, note="通知有变")
    monday = date(2016, 6, 13)
    case, task = Proposal.objects.get(), Assignment.objects.get()
    assert (case.due_on, task.due_on, moves()) == (monday, monday, [])
    assert case.events.last().step == task.events.last().step == "recalculate"


def test_what_has_been_replied_to_does_not_move(session, office, unit):
    case = make_assigned([(unit, "lead")], session, office)
    replied(case, office, REPLIED)
    change_the_calendar()
    assert moves() == []
    case = Proposal.objects.get()
    case = items.take("contact", case, by=office, on=REPLIED,
                      way="visit", who="张", said="听取。")  # fmt: skip
    assert (case.due_on, case.closed_late) == (DUE, False)


def test_the_questions_of_the_clock_take_few_queries(
    session, office, django_assert_num_queries
):
    def make(number):
        for _item in range(number):
            unit = make_agency(parent=session.agency)
            make_assigned([(unit, "lead")], session, office)

    make(1)
    with django_assert_num_queries(6):
        moves()
    make(3)
    with django_assert_num_queries(6):
        moves()


def test_the_desk_asks_until_the_reply_and_not_until_the_closing(session, office, unit):
    today, later = date(2016, 6, 10), date(2016, 6, 20)
    filed = make_item(session, office, status="filed")
    case = make_assigned([(unit, "lead")], session, office)
    desk = Proposal.objects
    assert list(desk.unconfirmed()) == [filed]
    assert list(desk.due_between(today, DUE)) == [case]
    assert list(desk.overdue(later)) == [case]
    mine = Assignment.objects
    assert (
        list(mine.unsigned()) == list(mine.overdue(later)) == [case.assignments.get()]
    )
    replied(case, office, REPLIED)
    for none in (desk.due_between(today, DUE), desk.overdue(later), mine.open()):
        assert not none.exists()
    assert list(desk.open().order_by("pk")) == [filed, case]
    assert list(desk.closed_in_time()) == [case]


def test_a_late_reply_is_late_whenever_the_item_is_closed(session, office, unit):
    case = make_assigned([(unit, "lead")], session, office)
    task = replied(case, office, date(2016, 6, 13))
    assert task.closed_late
    assert list(Proposal.objects.closed_late()) == [case]
    assert Proposal.objects.get().closed_late


def test_a_session_that_sets_no_limit_leaves_its_items_waiting(session, office, unit):
    session.reply = None
    session.save()
    case = make_assigned([(unit, "lead")], session, office)
    assert (case.due_on, case.due_why["waiting"]) == (None, "no_limit")
    assert list(Proposal.objects.waiting()) == [case]


def test_a_date_in_a_year_that_is_not_known_is_provisional(session, office, unit):
    on = date(2016, 11, 30)
    case = make_assigned([(unit, "lead")], session, office, on=on)
    assert (case.due_on, case.due_provisional) == (date(2017, 2, 28), True)
    assert list(Proposal.objects.provisional()) == [case]
    assert list(Assignment.objects.provisional()) == list(case.assignments.all())


def test_due_days_along_a_story(session, office):
    """P4 and P5: given back, assigned to another, and then the longer limit."""
    make_calendar(2024)
    first, other = (make_agency(parent=session.agency) for _unit in range(2))
    on = date(2024, 3, 29)
    case = make_assigned([(first, "lead")], session, office, on=on)
    assert case.due_on == date(2024, 7, 1)
    task = case.assignments.get()
    back = date(2024, 4, 8)
    why = {
        "return_reason": "not_ours",
        "return_text": "不属职责",
        "unit_instead": other,
    }
    task = tasks.take("ask_return", task, by=office, on=back, **why)
    tasks.take("grant_return", task, by=office, on=date(2024, 4, 10))
    again = date(2024, 4, 15)
    case = assign(case, [(other, "lead")], by=office, on=again, suggested=first)
    task = case.assignments.get(agency=other)
    assert (case.assigned_on, case.due_on) == (on, date(2024, 7, 1))
    assert (task.due_on, task.suggested_unit) == (date(2024, 7, 15), first)
    case = items.take("extend", case, by=office, on=date(2024, 6, 28), note="涉及面广")
    task.refresh_from_db()
    assert (case.due_on, task.due_on) == (date(2024, 9, 29), date(2024, 10, 15))


def test_numbers_follow_one_another_without_a_gap(session, office):
    numbers = [make_item(session, office).number for _item in range(3)]
    code = session.agency.code
    assert numbers == [f"{code}-R14-6-000{serial}" for serial in (1, 2, 3)]
    with pytest.raises(KeyError):
        items.take("no_such_step", Proposal.objects.first(), by=office, on=ASSIGNED)
    case = make_item(session, office, status="filed")
    units = [make_agency(parent=session.agency) for _unit in range(2)]
    assign(case, list(zip(units, ["lead", "co_handler"], strict=True)), by=office,
           on=ASSIGNED)  # fmt: skip
    given = [task.number for task in case.assignments.order_by("pk")]
    assert given == [f"{code}-R14-6-0004-1", f"{code}-R14-6-0004-2"]
    assert Counter.objects.get(key=items.counter(f"{code}-R14-6")).last == 4


def test_each_deed_is_an_event_and_no_event_tells_what_an_author_said(
    session, office, unit
):
    case = make_assigned([(unit, "lead")], session, office, text="乙CANARY")
    said = {"way": "visit", "who": "张", "said": "甲CANARY"}
    items.take("contact", case, by=office, on=REPLIED, **said)
    replied(case, office, REPLIED)
    words = {"attitude": "satisfied", "result": "satisfied", "words": "丙CANARY"}
    author = case.authors.get()
    case = items.take("hear", case, by=office, on=REPLIED, author=author, **words)
    case = items.take("publish", case, by=office, on=REPLIED, published_text="丁CANARY")
    items.correct(case, by=office, on=REPLIED, note="录错", row=author, phone="CANARY1")
    assert [event.step for event in case.events.all()] == [
        "register", "sign_with", "file", "assign", "contact", "decide_publication",
        "replied", "hear", "publish", "correct_record",
    ]  # fmt: skip
    events = [*case.events.values(), *case.assignments.get().events.values()]
    assert "CANARY" not in repr(events)


def test_what_ended_without_a_reply_was_neither_in_time_nor_late(session, office):
    unit = make_agency(parent=session.agency)
    case = make_assigned([(unit, "lead")], session, office)
    case = items.take("withdraw", case, by=office, on=ASSIGNED, note="代表撤回")
    (task,) = case.assignments.all()

    assert (case.status, task.outcome) == ("closed", "ended")
    for model in (Proposal, Assignment):
        assert not model.objects.closed_in_time().exists()
        assert not model.objects.closed_late().exists()
