"""Every step from every status, of items and of assignments: what opens, what not."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from proposals.models import Assignment, Proposal, Status, TaskStatus
from proposals.workflow import assign, items, tasks
from tests.factories import make_agency, make_user
from tests.items import (
    ASSIGNED,
    OFFICE,
    REPLIED,
    answered,
    make_assigned,
    make_closed,
    make_item,
    replied,
)
from tests.refusals import codes

pytestmark = pytest.mark.django_db

DAY = date(2016, 5, 3)

ITEMS = """
                   registered filed    assigned closed
file               filed      .        .        .
contact            .          .        assigned .
assign             .          assigned assigned .
decide_publication .          .        assigned closed
sign_with          registered filed    assigned .
hear               .          .        assigned .
handle_again       .          .        assigned .
close              .          .        closed   .
publish            .          .        assigned closed
extend             .          .        assigned .
promise            .          .        assigned closed
settle             .          .        assigned closed
decline            closed     .        .        .
merge              closed     closed   closed   .
part               .          .        .        registered
convert            closed     closed   .        .
withdraw           closed     closed   closed   .
unpublish          .          .        assigned closed
replied            .          .        assigned .
"""
TASKS = """
              assigned     handling     return_asked review   signed closed
sign_for      handling     .            .            .        .      .
ask_return    return_asked return_asked .            .        .      .
grant_return  .            .            closed       .        .      .
refuse_return .            .            handling     .        .      .
give_opinion  .            closed       .            .        .      .
waive         closed       closed       closed       .        .      .
submit_draft  .            review       .            .        .      .
return_draft  .            .            .            handling .      .
sign          .            .            .            signed   .      .
serve         .            .            .            .        closed .
end           closed       closed       closed       closed   closed .
"""


def square(table):
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return head, {
        (name, status): target
        for name, *targets in lines
        for status, target in zip(head, targets, strict=True)
    }


ITEM_HEAD, ITEM_SQUARE = square(ITEMS)
TASK_HEAD, TASK_SQUARE = square(TASKS)
AFTER_THE_REPLY = ("hear", "handle_again", "publish", "unpublish", "close")
FACTS = {
    "sign_with": {"place": 9, "kind": "deputy", "name": "示例"},
    "file": {"official_number": 77},
    "contact": {"way": "visit", "who": "王局长", "said": "听取意见。"},
    "promise": {"promised": "年内完工", "due_on": date(2016, 12, 31)},
    "settle": {"state": "kept"},
    "hear": {"attitude": "satisfied", "result": "satisfied"},
    "decide_publication": {"publication": "summary"},
    "publish": {"published_text": "答复全文。"},
    "unpublish": {"publication_reason": "含有个人信息"},
    "ask_return": {"return_reason": "not_ours", "return_text": "不属职责"},
    "give_opinion": {"opinion": "同意。"},
    "sign": {"document_number": "宝建函〔2016〕3号", "result_class": "A"},
}


@pytest.fixture
def units(session):
    return [make_agency(parent=session.agency) for _unit in range(2)]


def stored(case):
    row = type(case).objects.filter(pk=case.pk).values().get()
    return row, case.events.count()


def prepared_item(name, status, session, office, units):
    """An item in the status, and what else the step needs."""
    facts = {"on": DAY, "note": "理由", **FACTS.get(name, {})}
    lead = [(units[0], "lead")]
    if status in ("registered", "filed"):
        case = make_item(session, office, status=status)
    elif name == "part" and status == "closed":
        case = make_item(session, office, status="filed")
        other = make_assigned(lead, session, office)
        case = items.take("merge", case, by=office, on=ASSIGNED, merged_into=other)
    elif status == "closed":
        case = make_closed(lead, session, office)
    elif name == "replied":
        case = given_back_after_the_reply(session, office, units)
    else:
        case = make_assigned(lead, session, office)
        if name in AFTER_THE_REPLY:
            replied(case, office, REPLIED)
    if name == "merge":
        facts["merged_into"] = make_assigned(lead, session, office)
    elif name == "hear" and case.authors.exists():
        facts["author"] = case.authors.first()
    elif name == "settle":
        promised = {"promised": "年内完工", "due_on": date(2016, 12, 31)}
        facts["row"] = case.commitments.create(promised_on=REPLIED, **promised)
    if name == "close" and status == "assigned":
        answered(case, office, REPLIED)
    elif name == "handle_again" and status == "assigned":
        answered(case, office, REPLIED, result="dissatisfied")
    elif name == "unpublish" and status in ("assigned", "closed"):
        text = FACTS["publish"]
        items.take("publish", case, by=office, on=REPLIED, **text)
    return Proposal.objects.get(pk=case.pk), facts


def given_back_after_the_reply(session, office, units):
    """One of two separate units has replied, the other has given it back."""
    case = make_assigned([(unit, "separate") for unit in units], session, office)
    replied(case, office, ASSIGNED, unit=units[0])
    (task,) = case.assignments.filter(agency=units[1])
    why = FACTS["ask_return"]
    task = tasks.take("ask_return", task, by=office, on=ASSIGNED, **why)
    tasks.take("grant_return", task, by=office, on=REPLIED)
    return case


def make_task(status, session, office, units, role="lead"):
    """The assignment of a unit, brought to the status through the door."""
    pairs = [(units[0], role)]
    if role == "co_handler":
        pairs.append((units[1], "lead"))
    case = make_assigned(pairs, session, office)
    task = case.assignments.get(agency=units[0])
    way = {
        "assigned": [],
        "handling": ["sign_for"],
        "return_asked": ["ask_return"],
        "review": ["sign_for", "submit_draft"],
        "signed": ["sign_for", "submit_draft", "sign"],
        "closed": ["sign_for", "submit_draft", "sign", "serve"],
    }[status]
    if role == "co_handler" and status in ("review", "signed", "closed"):
        pytest.skip("a co-handler does not reply")
    if "sign" in way:
        decision = FACTS["decide_publication"]
        items.take("decide_publication", case, by=office, on=ASSIGNED, **decision)
    for step in way:
        facts = FACTS.get(step, {})
        task = tasks.take(step, task, by=office, on=ASSIGNED, note="电话不通", **facts)
    return task


def prepared_task(name, status, session, office, units):
    co_handling = name in ("give_opinion", "waive")
    able = status in ("assigned", "handling", "return_asked")
    role = "co_handler" if co_handling and able else "lead"
    task = make_task(status, session, office, units, role)
    if name == "sign":
        decision = FACTS["decide_publication"]
        items.take("decide_publication", task.case, by=office, on=ASSIGNED, **decision)
    if name == "end":
        over = {"status": "closed", "closed_on": DAY, "outcome": "withdrawn"}
        Proposal.objects.filter(pk=task.case_id).update(**over)
    facts = {"on": date(2016, 3, 17), "note": "理由", **FACTS.get(name, {})}
    return Assignment.objects.get(pk=task.pk), facts


def taken(workflow, name, case, facts, target, office):
    """Take the step, or see that it is not open and nothing has changed."""
    if target == ".":
        before = stored(case)
        with pytest.raises(ValidationError) as refused:
            workflow.take(name, case, by=office, **facts)
        assert codes(refused) == ["step_not_open"]
        assert stored(case) == before
        return
    status = case.status
    assert workflow.steps[name] in workflow.possible(case, office)
    after = workflow.take(name, case, by=office, **facts)
    event = after.events.filter(step=name, source=status, target=target).last()
    assert after.status == target
    assert (event.by, event.by_name, event.on) == (office, str(office), facts["on"])
    assert bool(after.closed_on) is bool(after.outcome) is (target == "closed")


def test_the_squares_have_every_step_and_every_status():
    assert Status.values == ITEM_HEAD
    assert TaskStatus.values == TASK_HEAD
    assert list(dict.fromkeys(name for name, _status in ITEM_SQUARE)) == [*items.steps]
    assert list(dict.fromkeys(name for name, _status in TASK_SQUARE)) == [*tasks.steps]


@pytest.mark.parametrize(("name", "status"), ITEM_SQUARE)
def test_each_step_of_an_item_from_each_status(name, status, session, office, units):
    case, facts = prepared_item(name, status, session, office, units)
    taken(items, name, case, facts, ITEM_SQUARE[name, status], office)


@pytest.mark.parametrize(("name", "status"), TASK_SQUARE)
def test_each_step_of_a_unit_from_each_status(name, status, session, office, units):
    case, facts = prepared_task(name, status, session, office, units)
    taken(tasks, name, case, facts, TASK_SQUARE[name, status], office)


@pytest.mark.parametrize(
    ("name", "status", "outcome"),
    [
        ("decline", "registered", "not_filed"),
        ("merge", "filed", "merged"),
        ("convert", "filed", "converted"),
        ("withdraw", "assigned", "withdrawn"),
        ("close", "assigned", "handled"),
    ],
)
def test_how_an_item_ends(name, status, outcome, session, office, units):
    case, facts = prepared_item(name, status, session, office, units)
    closed = items.take(name, case, by=office, **facts)
    assert (closed.outcome, closed.closed_on) == (outcome, DAY)


@pytest.mark.parametrize(
    ("name", "status", "outcome"),
    [
        ("grant_return", "return_asked", "returned"),
        ("give_opinion", "handling", "opinion"),
        ("waive", "assigned", "waived"),
        ("serve", "signed", "replied"),
        ("end", "review", "ended"),
    ],
)
def test_how_an_assignment_ends(name, status, outcome, session, office, units):
    task, facts = prepared_task(name, status, session, office, units)
    closed = tasks.take(name, task, by=office, **facts)
    assert (closed.outcome, closed.closed_on) == (outcome, facts["on"])


def first_open(table, name):
    return next(
        status for (step, status), to in table.items() if step == name and to != "."
    )


@pytest.mark.parametrize("name", items.steps)
def test_a_step_of_an_item_needs_its_permission(name, session, office, units):
    status = first_open(ITEM_SQUARE, name)
    case, facts = prepared_item(name, status, session, office, units)
    denied(items, name, case, facts)


@pytest.mark.parametrize("name", tasks.steps)
def test_a_step_of_a_unit_needs_its_permission(name, session, office, units):
    status = first_open(TASK_SQUARE, name)
    case, facts = prepared_task(name, status, session, office, units)
    denied(tasks, name, case, facts)


def denied(workflow, name, case, facts):
    government = case.agency if isinstance(case, Proposal) else case.case.agency
    rest = set(OFFICE) - {workflow.steps[name].permission}
    other = make_user(*rest, agency=government)
    before = stored(case)
    with pytest.raises(PermissionDenied):
        workflow.take(name, case, by=other, **facts)
    assert stored(case) == before
    assert workflow.steps[name] not in workflow.possible(case, other)


def test_assigning_needs_the_permission_and_leaves_nothing_behind(session, office):
    case = make_item(session, office, status="filed")
    unit = make_agency(parent=session.agency)
    clerk = make_user(*set(OFFICE) - {"proposals.add_assignment"}, agency=case.agency)
    with pytest.raises(PermissionDenied):
        assign(case, [(unit, "lead")], by=clerk, on=ASSIGNED)
    assert Proposal.objects.get(pk=case.pk).status == "filed"
    assert not Assignment.objects.exists()
