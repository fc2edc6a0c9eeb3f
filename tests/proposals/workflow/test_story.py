"""An item from registration to the second handling, and what each step leaves."""

from datetime import date

import pytest

from proposals.models import Proposal
from proposals.workflow import assign, items, tasks
from tests.factories import make_calendar, make_user
from tests.items import (
    ASSIGNED,
    UNIT,
    fresh,
    make_assigned,
    make_item,
    make_session,
    replied,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    make_calendar(2016)
    return make_session()


def test_from_registration_to_closing(session, office, units):
    lead, helper, _third = units
    clerk = make_user(*UNIT, agency=lead)
    other = make_user(*UNIT, agency=helper)
    case = make_assigned([(lead, "lead"), (helper, "co_handler")], session, office)
    assert (case.due_on, case.status) == (date(2016, 6, 12), "assigned")
    mine, theirs = case.assignments.order_by("pk")
    assert (mine.due_on, theirs.due_on) == (date(2016, 6, 12), date(2016, 4, 11))

    mine = tasks.take("sign_for", mine, by=clerk, on=ASSIGNED)
    day = date(2016, 4, 5)
    items.take(
        "contact", case, by=clerk, on=day,
        way="face_to_face", who="王局长、张代表", said="当面听取意见。",
    )  # fmt: skip
    assert refused(tasks.take, "submit_draft", mine, by=clerk, on=day) == [
        "opinion_open"
    ]
    theirs = tasks.take("sign_for", theirs, by=other, on=ASSIGNED)
    tasks.take("give_opinion", theirs, by=other, on=day, opinion="同意。")

    tasks.take("submit_draft", mine, by=clerk, on=day)
    signed = {"document_number": "宝建函〔2016〕3号", "result_class": "B"}
    assert refused(tasks.take, "sign", mine, by=clerk, on=day, **signed) == [
        "publication_open"
    ]
    items.take("decide_publication", case, by=clerk, on=day, publication="full")
    tasks.take("sign", mine, by=clerk, on=day, **signed)
    mine = tasks.take("serve", mine, by=clerk, on=day)
    assert (mine.status, mine.outcome, mine.closed_late) == ("closed", "replied", False)
    case = fresh(case)
    assert (case.replied_on, case.status) == (day, "assigned")

    assert refused(items.take, "close", case, by=office, on=day) == ["no_feedback"]
    hear(case, office, "satisfied", "basically")
    case = items.take("close", case, by=office, on=day)
    assert (case.status, case.outcome) == ("closed", "handled")


def hear(case, by, attitude, result, on=date(2016, 4, 20)):
    author = case.authors.get()
    said = {"attitude": attitude, "result": result}
    return items.take("hear", case, by=by, on=on, author=author, **said)


def test_what_an_author_is_dissatisfied_with_is_handled_again(session, office, units):
    case = make_assigned([(units[0], "lead")], session, office)
    replied(case, office, date(2016, 4, 5))
    hear(case, office, "satisfied", "dissatisfied")
    later = date(2016, 5, 3)
    assert refused(items.take, "close", case, by=office, on=later) == ["dissatisfied"]
    case = items.take("handle_again", case, by=office, on=later, note="代表不满意")
    first, second = case.assignments.order_by("pk")
    assert (first.outcome, second.round) == ("replied", 2)
    assert second.due_on == date(2016, 6, 3)
    replied(case, office, date(2016, 5, 20))
    hear(case, office, "satisfied", "satisfied", on=date(2016, 5, 25))
    case = items.take("close", fresh(case), by=office, on=date(2016, 5, 25))
    assert case.replied_on == date(2016, 4, 5)


def test_a_wrong_assignment_is_returned_within_its_limit(session, office, units):
    wrong, right, _third = units
    clerk = make_user(*UNIT, agency=wrong)
    case = make_assigned([(wrong, "lead")], session, office)
    (task,) = case.assignments.all()
    why = {"return_reason": "not_ours", "return_text": "属建设部门职责"}
    late, last = date(2016, 3, 18), date(2016, 3, 17)
    assert refused(tasks.take, "ask_return", task, by=clerk, on=late, **why) == [
        "return_late"
    ]
    task = tasks.take("ask_return", task, by=clerk, on=last, unit_instead=right, **why)
    tasks.take("grant_return", task, by=office, on=date(2016, 3, 18))
    case = assign(fresh(case), [(right, "lead")], by=office, on=date(2016, 3, 21))
    new = case.assignments.get(agency=right)
    assert (case.assigned_on, case.due_on) == (ASSIGNED, date(2016, 6, 12))
    assert new.due_on == date(2016, 6, 21)


def test_the_longer_limit_counts_from_assignment(session, office, units):
    case = make_assigned(
        [(units[0], "separate"), (units[1], "separate")], session, office
    )
    case = items.take("extend", case, by=office, on=date(2016, 6, 10), note="涉及面广")
    assert case.due_on == date(2016, 9, 12)
    assert {task.due_on for task in case.assignments.all()} == {case.due_on}
    assert refused(
        items.take, "extend", case, by=office, on=date(2016, 6, 11), note="再延"
    ) == ["extended_before"]


def test_a_merged_item_is_answered_with_the_other(session, office, units):
    case = make_assigned([(units[0], "lead")], session, office)
    other = make_item(session, office, status="filed")
    other = items.take("merge", other, by=office, on=ASSIGNED, merged_into=case)
    assert (other.status, other.outcome) == ("closed", "merged")
    replied(case, office, date(2016, 4, 5))
    hear(case, office, "satisfied", "satisfied")
    assert refused(items.take, "close", case, by=office, on=date(2016, 5, 3)) == [
        "no_feedback"
    ]


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (["lead", "lead"], ["one_lead"]),
        (["co_handler"], ["one_lead"]),
        (["lead", "separate"], ["one_lead"]),
        (["separate", "co_handler"], ["co_handler_without_lead"]),
    ],
)
def test_one_unit_leads_or_each_is_separate(session, office, units, roles, code):
    case = make_item(session, office, status="filed")
    pairs = list(zip(units, roles, strict=False))
    assert refused(assign, case, pairs, by=office, on=ASSIGNED) == code
    assert Proposal.objects.get(pk=case.pk).status == "filed"
    assert not case.assignments.exists()
