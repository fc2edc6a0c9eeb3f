"""A row of a ledger is what the desk would have made of it, or is refused as there."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction

from proposals.ledger import deeds, shares
from proposals.ledger import told as row_of
from proposals.models import Assignment, Proposal
from proposals.resources import ProposalResource
from proposals.workflow import assign, items, tasks
from tests.factories import make_agency, make_calendar, make_user
from tests.item_ledgers import (
    ASSIGNED,
    CLOSED,
    HEARD,
    PUBLISHED,
    REPLIED,
    UNFILED,
    line,
    take,
)
from tests.items import OFFICE, make_session
from tests.ledgers import TODAY, a_csv, counted, told

pytestmark = pytest.mark.django_db

HELPED = {"co_handlers": "GAJU 2016-04-01；JTJU 2016-04-08"}
APART = {
    "assigned_on": "2016-03-10",
    "publication": "full",
    "separate": "JYJU 2016-05-03/2016-05-05 文1 A；GAJU 2016-04-03/2016-04-05 文2 B",
}
STORIES = {
    "registered": line(UNFILED),
    "filed": line(),
    "assigned": line(ASSIGNED),
    "assigned with others": line(ASSIGNED, HELPED),
    "not signed for": line(ASSIGNED, signed_for_on=""),
    "extended": line(ASSIGNED, extended_on="2016-06-10"),
    "signed": line(REPLIED, replied_on=""),
    "replied": line(REPLIED),
    "replied with others": line(REPLIED, HELPED),
    "replied late": line(REPLIED, signed_on="2016-06-13", replied_on="2016-06-14"),
    "replied in the longer time": line(
        REPLIED, extended_on="2016-06-10", signed_on="2016-09-05",
        replied_on="2016-09-09",
    ),
    "apart": line(APART),
    "apart, one has replied": line(
        APART, separate="JYJU 2016-05-03/2016-05-05 文1 A；GAJU"
    ),
    "heard": line(HEARD),
    "not published": line(
        REPLIED, publication="not", publication_reason="涉及内部事务"
    ),
    "published": line(PUBLISHED),
    "closed": line(CLOSED),
    "dissatisfied": line(CLOSED, result="dissatisfied"),
    "no form returned": line(CLOSED, attitude="none", result="none"),
    "key": line(ASSIGNED, key_leader="示例副市长", author_consents="yes"),
    "between sessions": line(submitted_on="2016-06-01", filed_on="2016-06-03",
                             in_session="between"),
    "not filed": line(UNFILED, outcome="not_filed", closed_on="2016-02-25"),
    "converted": line(filed_on="2016-02-20", outcome="converted",
                      closed_on="2016-02-25"),
    "withdrawn": line(ASSIGNED, HELPED, outcome="withdrawn", closed_on="2016-04-11"),
}  # fmt: skip
APART_FROM = {"id", "case_id", "number", "folded", "version", "opinion"}
"""What depends on the place, and what the desk asks and a ledger is silent about."""


@pytest.fixture
def office():
    make_calendar(2016)
    city = make_agency("宝鸡市人民政府", "BJ", kind="city_office")
    for code in ("JYJU", "GAJU", "JTJU"):
        make_agency(code=code, parent=city)
    make_session(city)
    return make_user(*OFFICE, agency=city)


def facts_of(row, by) -> dict:
    resource = ProposalResource(by, TODAY)
    resource.prepare([row])
    resource.columns_here = [(code, resource.fields[code]) for code in row]
    resource.unsaid = {
        code: column.widget.clean(None) for code, column in resource.fields.items()
    }
    return resource._facts(row)


def at_the_desk(facts, by) -> Proposal:
    """The same item, opened and led through the steps of both tables one by one."""
    session = facts["session"]
    names = ("text", "category", "key_leader", "submitted_on")
    case = items.open(
        Proposal(
            agency=session.agency,
            session=session,
            subject=facts["title"],
            in_session=facts["in_session"] != "between",
            author_consents=True if facts["author_consents"] else None,
            **{name: facts[name] for name in names},
        ),
        by=by,
        on=facts["submitted_on"],
    )
    had = [(share.agency, share.role) for share in shares(facts)]
    for deed, share in deeds(facts):
        given = dict(deed.facts)
        if deed.step in ("replied",):
            continue  # the desk takes it by itself
        if deed.step == "assign":
            case = assign(case, had, by=by, on=deed.on)
        elif share:
            task = case.assignments.get(agency=share.agency)
            if deed.step == "give_opinion":
                given = {"opinion": "同意。"}
            tasks.take(deed.step, task, by=by, on=deed.on, note="台账", **given)
        else:
            if deed.step == "contact":
                given |= {"who": "王局长", "said": "听取意见。"}
            if deed.step == "hear":
                given["author"] = case.authors.get(place=1)
            case = items.take(deed.step, case, by=by, on=deed.on, note="台账", **given)
            if deed.step == "hear":
                for author in case.authors.exclude(place=1):
                    none = {"attitude": "none", "result": "none", "author": author}
                    case = items.take("hear", case, by=by, on=deed.on, **none)
    return Proposal.objects.get(pk=case.pk)


def kept(case):
    """What is kept of the item and of its assignments."""
    rows = [Proposal.objects.filter(pk=case.pk), case.assignments.order_by("pk")]
    return [
        {name: value for name, value in row.items() if name not in APART_FROM}
        for found in rows
        for row in found.values()
    ]


@contextmanager
def undone():
    """What happens here is as if it had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("story", STORIES)
def test_a_row_is_what_the_desk_would_have_made_of_it(office, story):
    row = STORIES[story]
    facts = facts_of(row, office)
    with undone():
        taken = take(row, by=office)
        assert (told(taken), counted(taken)) == ([], (1, 0, 0))
        imported = kept(Proposal.objects.get())

    assert imported == kept(at_the_desk(facts, office))


@pytest.mark.parametrize("story", STORIES)
def test_the_same_row_again_is_no_change(office, story):
    row = STORIES[story]
    take(row, by=office)
    assert counted(take(row, by=office)) == (0, 1, 0)


@pytest.mark.parametrize("story", STORIES)
def test_what_goes_out_comes_in_as_it_was(office, story):
    with undone():
        take(STORIES[story], by=office)
        case = Proposal.objects.get()
        before = row_of(case), kept(case)
        rows = exported(office)
        assert counted(take(a_csv(rows), by=office)) == (0, 1, 0)

    taken = take(a_csv(rows), by=office)

    assert (told(taken), counted(taken)) == ([], (1, 0, 0))
    again = Proposal.objects.get()
    assert (row_of(again), kept(again)) == before


def exported(by):
    found = Proposal.objects.visible_to(by)
    return [row for some in ProposalResource(by, TODAY).lines(found) for row in some]


def test_the_days_of_both_stories_interleave(office):
    row = line(REPLIED, co_handlers="GAJU 2016-05-04")
    assert told(take(row, by=office)) == [(2, "signed_on", "opinion_open")]


def test_the_longer_limit_is_recorded_before_the_other_passes(office):
    row = line(ASSIGNED, extended_on="2016-06-13")
    assert told(take(row, by=office)) == [(2, "extended_on", "limit_over")]


def test_a_record_may_be_silent_about_publication_and_feedback(office):
    row = line(CLOSED, publication="", published_text="", published_on="",
               attitude="", result="", feedback_on="", closed_on="")  # fmt: skip
    assert told(take(row, by=office)) == []
    case = Proposal.objects.get()
    assert (case.outcome, case.publication, case.closed_on) == (
        "handled", "", date(2016, 5, 5),
    )  # fmt: skip
    assert not case.feedback.exists()


def test_an_opinion_that_nobody_recorded_is_waived_and_not_made_up(office):
    take(line(REPLIED, co_handlers="GAJU"), by=office)
    task = Assignment.objects.get(role="co_handler")
    assert (task.outcome, task.opinion, task.closed_on) == (
        "waived", "", date(2016, 5, 3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"assigned_on": "2016-02-19"}, "assigned_on", "step_not_open"),
        ({"extended_on": "2016-05-06"}, "extended_on", "replied"),
        ({"signed_for_on": "2016-03-09"}, "signed_for_on", "before_the_assignment"),
        ({"signed_on": "2016-05-06"}, "replied_on", "step_not_open"),
        ({"published_on": "2016-05-04"}, "published_on", "not_replied"),
        ({"feedback_on": "2016-05-04"}, "feedback_on", "not_replied"),
        ({"closed_on": "2016-05-04"}, "outcome", "not_replied"),
        ({"result_class": "E"}, "result_class", "result_class"),
    ],
)
def test_an_impossible_row_is_refused_at_its_column(office, cells, column, code):
    taken = take(line(CLOSED, **cells), by=office)
    assert (column, code) in {place[1:] for place in told(taken)}
    assert not Proposal.objects.exists()
