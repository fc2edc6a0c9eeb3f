"""What the rules ask of a step, both ways, by the code of each refusal."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import Assignment, Proposal
from proposals.workflow import assign, items, tasks
from tests.factories import make_calendar, make_user
from tests.items import (
    ASSIGNED,
    OFFICE,
    REPLIED,
    SUBMITTED,
    UNIT,
    answered,
    fresh,
    make_assigned,
    make_closed,
    make_item,
    make_office,
    make_session,
    replied,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db

DUE, OVER = date(2016, 6, 12), date(2016, 6, 13)
SIGNED = {"document_number": "宝建函〔2016〕3号", "result_class": "A"}
WRONG = {"return_reason": "not_ours", "return_text": "不属职责"}


@pytest.fixture
def session():
    make_calendar(2015, 2016, 2017)
    return make_session()


@pytest.fixture
def item(session, office):
    return partial(make_item, session, office)


@pytest.fixture
def assigned(session, office, units):
    """An item that these roles have, the first unit the first role."""

    def assigned(*roles, **fields):
        pairs = list(zip(units, roles or ("lead",), strict=False))
        return make_assigned(pairs, session, office, **fields)

    return assigned


@pytest.fixture
def take(office):
    return partial(items.take, by=office)


@pytest.fixture
def do(office):
    return partial(tasks.take, by=office)


# Filing


def test_an_item_is_filed_with_its_authors(take, item):
    filing = {"on": SUBMITTED, "official_number": 1}
    assert refused(take, "file", item(authors=0), **filing) == ["no_author"]
    assert take("file", item(authors=2), **filing).status == "filed"


def test_an_official_number_is_given_once_in_a_session(take, item, session):
    first, second = item(), item()
    take("file", first, on=SUBMITTED, official_number=1)
    assert refused(take, "file", second, on=SUBMITTED, official_number=1) == [
        "official_number"
    ]
    other = make_session(session.agency, body="cppcc", term=11, number=5)
    proposal = make_item(other, make_office(other))
    assert take("file", proposal, on=SUBMITTED, official_number=1).official_number == 1


@pytest.mark.parametrize(
    ("on", "codes_"),
    [
        ("2015-12-05", ["after_cut_off"]),
        ("2015-12-06", []),
        ("2016-12-05", []),
        ("2016-12-06", ["after_cut_off"]),
    ],
)
def test_between_sessions_the_cut_off_day_says_for_which_it_counts(
    take, item, on, codes_
):
    case = item(in_session=False, submitted_on=date(2015, 11, 2))
    filing = {"on": date.fromisoformat(on), "official_number": 1}
    if codes_:
        assert refused(take, "file", case, **filing) == codes_
        filing["note"] = "提案委同意"
    assert take("file", case, **filing).status == "filed"


def test_a_session_without_a_cut_off_day_asks_nothing(take, item, session):
    session.cut_off = ""
    session.full_clean()
    session.save()
    case = item(in_session=False)
    filing = {"on": date(2016, 12, 20), "official_number": 1}
    assert take("file", case, **filing).status == "filed"


@pytest.mark.parametrize(
    ("body", "kind"), [("congress", "member"), ("cppcc", "deputy")]
)
def test_each_body_has_authors_of_its_own(take, session, office, body, kind):
    place = make_session(session.agency, body=body, term=9, number=1)
    case = make_item(place, make_office(place))
    author = {"place": 2, "kind": kind, "name": "示例"}
    assert refused(take, "sign_with", case, on=SUBMITTED, **author) == ["kind"]


def test_two_authors_do_not_stand_in_one_place(take, item):
    author = {"place": 1, "kind": "deputy", "name": "示例"}
    assert refused(take, "sign_with", item(), on=SUBMITTED, **author) == [
        "unique_together"
    ]


# Merging


def test_an_item_is_merged_into_one_that_is_open_and_of_its_session(
    take, item, assigned, session, units, office
):
    merge = partial(take, "merge", on=REPLIED)
    case = item(status="filed")
    assert refused(merge, case, merged_into=case) == ["merged_into"]
    other = make_session(session.agency, body="cppcc", term=11, number=5)
    proposal = make_item(other, make_office(other))
    assert refused(merge, case, merged_into=proposal) == ["other_session"]
    closed = make_closed([(units[0], "lead")], session, office)
    assert refused(merge, case, merged_into=closed) == ["closed_item"]
    answered_item = assigned()
    replied(answered_item, office, REPLIED)
    assert refused(merge, case, merged_into=fresh(answered_item)) == ["replied_item"]
    merged = merge(case, merged_into=assigned())
    assert (merged.outcome, merged.due_on) == ("merged", None)


def test_what_others_are_handled_with_ends_only_when_they_are_parted(
    take, item, assigned
):
    main, other, third = assigned(), item(status="filed"), item(status="filed")
    other = take("merge", other, on=ASSIGNED, merged_into=main)
    for name, case, facts in (
        ("withdraw", main, {}),
        ("merge", main, {"merged_into": third}),
        ("merge", third, {"merged_into": other}),
    ):
        assert refused(take, name, case, on=REPLIED, **facts) in (
            ["handled_with_it"],
            ["merged_into"],
        )
    parted = take("part", other, on=REPLIED, note="主件撤回")
    assert (parted.status, parted.merged_into, parted.filed_on) == (
        "registered",
        None,
        None,
    )
    take("withdraw", main, on=REPLIED)
    filed = take("file", parted, on=REPLIED, official_number=parted.official_number)
    assert filed.status == "filed"


def test_what_has_been_answered_with_another_is_not_parted(
    take, item, assigned, office
):
    main = assigned()
    other = take("merge", item(status="filed"), on=ASSIGNED, merged_into=main)
    replied(main, office, REPLIED)
    assert refused(take, "part", other, on=REPLIED, note="补") == ["not_merged"]


def test_an_assigned_item_that_is_merged_leaves_its_units_nothing_to_do(
    take, item, assigned, office, units
):
    case = assigned("lead", "co_handler")
    main = make_assigned([(units[2], "lead")], case.session, office)
    case = take("merge", case, on=REPLIED, merged_into=main)
    assert {task.outcome for task in case.assignments.all()} == {"ended"}
    # Parted again, it can be assigned to the same units.
    case = take("part", case, on=REPLIED, note="分开办理")
    case = take("file", case, on=REPLIED, official_number=case.official_number)
    case = assign(case, [(units[0], "lead")], by=office, on=REPLIED)
    assert case.assigned_on == REPLIED
    assert [task.status for task in case.assignments.order_by("pk")] == [
        "closed", "closed", "assigned",
    ]  # fmt: skip


def test_the_author_of_a_merged_item_is_heard_too(take, item, assigned, office):
    main, stranger = assigned(), item().authors.get()
    other = take("merge", item(status="filed"), on=ASSIGNED, merged_into=main)
    replied(main, office, REPLIED)
    said = {"attitude": "satisfied", "result": "basically"}
    hear = partial(take, "hear", main, on=REPLIED, **said)
    assert refused(hear, author=stranger) == ["author"]
    hear(author=main.authors.get())
    assert refused(take, "close", main, on=REPLIED) == ["no_feedback"]
    hear(author=other.authors.get())
    assert take("close", main, on=REPLIED).outcome == "handled"


# Withdrawing


def test_an_item_is_withdrawn_before_it_is_replied_to_though_a_unit_has_signed(
    take, do, assigned, office
):
    case = assigned("separate", "separate")
    first, second = case.assignments.order_by("pk")
    replied(case, office, REPLIED, unit=first.agency)
    second = do("sign_for", second, on=ASSIGNED)
    second = do("submit_draft", second, on=REPLIED, note="电话不通")
    do("sign", second, on=REPLIED, **SIGNED)
    case = take("withdraw", case, on=REPLIED)
    assert [task.outcome for task in case.assignments.order_by("pk")] == [
        "replied", "ended",
    ]  # fmt: skip
    assert refused(do, "serve", second, on=REPLIED) == ["step_not_open"]


@pytest.mark.parametrize("name", ["withdraw", "extend"])
def test_after_the_reply_it_is_too_late(take, assigned, office, name):
    case = assigned()
    replied(case, office, REPLIED)
    assert refused(take, name, case, on=REPLIED, note="理由") == ["replied"]


# Assigning


def test_units_may_join_until_all_have_replied(assigned, office, units):
    case = assigned("separate")
    case = assign(case, [(units[1], "separate")], by=office, on=ASSIGNED)
    assert refused(assign, case, [(units[1], "separate")], by=office, on=ASSIGNED) == [
        "once_a_unit"
    ]
    for unit in units[:2]:
        replied(case, office, REPLIED, unit=unit)
    assert refused(assign, case, [(units[2], "separate")], by=office, on=REPLIED) == [
        "replied_by_all"
    ]


def test_a_stale_item_keeps_its_first_day(item, office, units):
    stale = item(status="filed")
    assign(stale, [(units[0], "lead")], by=office, on=ASSIGNED)
    case = assign(stale, [(units[1], "co_handler")], by=office, on=REPLIED)
    assert case.assigned_on == ASSIGNED


def test_a_lead_that_gives_it_back_leaves_its_co_handlers_working(
    do, assigned, office, units
):
    case = assigned("lead", "co_handler")
    lead, helper = case.assignments.order_by("pk")
    do("grant_return", do("ask_return", lead, on=ASSIGNED, **WRONG), on=ASSIGNED)
    helper = do("give_opinion", do("sign_for", helper, on=ASSIGNED), on=ASSIGNED,
                opinion="同意。")  # fmt: skip
    assert fresh(case).replied_on is None
    assign(fresh(case), [(units[2], "lead")], by=office, on=REPLIED)
    task = replied(case, office, REPLIED, unit=units[2])
    assert (helper.outcome, task.outcome) == ("opinion", "replied")
    assert fresh(case).replied_on == REPLIED


def test_what_a_separate_unit_gave_back_goes_to_another_or_it_is_said_why_not(
    take, do, assigned, office, units
):
    def given_back():
        case = assigned("separate", "separate")
        task = case.assignments.get(agency=units[1])
        do("grant_return", do("ask_return", task, on=ASSIGNED, **WRONG), on=ASSIGNED)
        replied(case, office, REPLIED, unit=units[0])
        return fresh(case)

    case = given_back()
    assert case.replied_on is None
    assert refused(take, "replied", case, on=REPLIED) == ["to_be_assigned"]
    case = take("replied", case, on=REPLIED, note="内容已在另一答复中")
    assert case.replied_on == REPLIED


@pytest.mark.parametrize(
    ("on", "codes_"), [(date(2016, 3, 17), []), (date(2016, 3, 18), ["return_late"])]
)
def test_an_assignment_is_given_back_within_five_working_days(do, assigned, on, codes_):
    (task,) = assigned().assignments.all()
    if codes_:
        assert refused(do, "ask_return", task, on=on, **WRONG) == codes_
    else:
        assert do("ask_return", task, on=on, **WRONG).status == "return_asked"


def test_where_the_session_sets_no_limit_it_is_given_back_at_any_time(
    do, assigned, session
):
    session.returning = None
    session.save()
    (task,) = assigned().assignments.all()
    late = date(2016, 5, 30)
    assert do("ask_return", task, on=late, **WRONG).return_asked_on == late


# Extending


@pytest.mark.parametrize(("on", "codes_"), [(DUE, []), (OVER, ["limit_over"])])
def test_the_longer_limit_is_recorded_before_the_first_one_passes(
    take, assigned, on, codes_
):
    case = assigned("lead", "co_handler")
    if codes_:
        assert refused(take, "extend", case, on=on, note="涉及面广") == codes_
        return
    case = take("extend", case, on=on, note="涉及面广")
    lead, helper = case.assignments.order_by("pk")
    assert case.due_on == lead.due_on == date(2016, 9, 12)
    assert helper.due_on == date(2016, 4, 11)
    assert refused(take, "extend", case, on=on, note="再延") == ["extended_before"]


def test_there_is_no_longer_limit_where_the_session_has_none(take, assigned, session):
    session.difficult = None
    session.save()
    assert refused(take, "extend", assigned(), on=ASSIGNED, note="难") == [
        "no_longer_limit"
    ]


# The unit's work


def test_only_a_co_handler_gives_an_opinion_or_is_freed_from_it(do, assigned):
    lead, helper = assigned("lead", "co_handler").assignments.order_by("pk")
    lead, helper = (do("sign_for", task, on=ASSIGNED) for task in (lead, helper))
    assert refused(do, "give_opinion", lead, on=ASSIGNED, opinion="同意") == [
        "not_co_handling"
    ]
    assert refused(do, "waive", lead, on=ASSIGNED, note="免") == ["not_co_handling"]
    assert refused(do, "submit_draft", helper, on=ASSIGNED, note="免") == [
        "not_replying"
    ]
    assert do("give_opinion", helper, on=ASSIGNED, opinion="同意").outcome == "opinion"


def test_the_lead_waits_for_the_opinions_unless_the_office_waives_them(do, assigned):
    lead, helper = assigned("lead", "co_handler").assignments.order_by("pk")
    lead = do("sign_for", lead, on=ASSIGNED)
    submit = partial(do, "submit_draft", lead, on=REPLIED, note="电话不通")
    assert refused(submit) == ["opinion_open"]
    do("waive", helper, on=REPLIED, note="逾期未复")
    assert submit().status == "review"


def test_a_reply_without_a_contact_says_why(take, do, assigned):
    case = assigned()
    task = do("sign_for", case.assignments.get(), on=ASSIGNED)
    assert refused(do, "submit_draft", task, on=REPLIED) == ["no_contact"]
    take("contact", case, on=REPLIED, way="telephone", who="张代表", said="听取意见。")
    assert do("submit_draft", task, on=REPLIED).status == "review"


def test_the_class_is_one_of_the_session_and_publication_is_decided_first(
    take, do, assigned
):
    case = assigned()
    task = do("sign_for", case.assignments.get(), on=ASSIGNED)
    task = do("submit_draft", task, on=REPLIED, note="电话不通")
    assert refused(do, "sign", task, on=REPLIED, **SIGNED) == ["publication_open"]
    decide = partial(take, "decide_publication", case, on=REPLIED)
    assert refused(decide, publication="not") == ["why_not_published"]
    decide(publication="not", publication_reason="涉及秘密")
    wrong = SIGNED | {"result_class": "E"}
    assert refused(do, "sign", task, on=REPLIED, **wrong) == ["result_class"]
    task = do("return_draft", task, on=REPLIED, note="补充")
    task = do("submit_draft", task, on=REPLIED, note="电话不通")
    assert (do("sign", task, on=REPLIED, **SIGNED).status, task.reworks) == (
        "signed",
        1,
    )


def test_an_assignment_does_not_end_before_its_item(do, assigned):
    task = assigned().assignments.get()
    assert refused(do, "end", task, on=REPLIED) == ["item_open"]


# Feedback, the second round, closing


def test_feedback_follows_the_reply_once_for_each_author(take, assigned, office):
    case = assigned(authors=2)
    first, _second = case.authors.all()
    said = {"author": first, "attitude": "satisfied", "result": "satisfied"}
    assert refused(take, "hear", case, on=REPLIED, **said) == ["not_replied"]
    replied(case, office, REPLIED)
    before = date(2016, 4, 1)
    assert refused(take, "hear", case, on=before, **said) == ["before_the_reply"]
    half = said | {"result": "none"}
    assert refused(take, "hear", case, on=REPLIED, **half) == ["none_is_none"]
    take("hear", case, on=REPLIED, **said)
    assert refused(take, "hear", case, on=REPLIED, **said) == ["once"]
    assert refused(take, "close", case, on=REPLIED) == ["no_feedback"]


def test_no_form_returned_is_an_answer_of_its_own(take, assigned, office):
    case = assigned()
    replied(case, office, REPLIED)
    answered(case, office, REPLIED, "none", "none")
    assert take("close", case, on=REPLIED).outcome == "handled"


@pytest.mark.parametrize(
    ("attitude", "result"),
    [("dissatisfied", "satisfied"), ("satisfied", "dissatisfied")],
)
def test_either_axis_opens_the_second_round_which_is_the_last(
    take, assigned, office, attitude, result
):
    case = assigned("lead", "co_handler")
    helper = case.assignments.get(role="co_handler")
    tasks.take("waive", helper, by=office, on=ASSIGNED, note="免")
    replied(case, office, REPLIED)
    answered(case, office, REPLIED, attitude, result)
    assert refused(take, "close", case, on=REPLIED) == ["dissatisfied"]
    case = take("handle_again", case, on=REPLIED, note="不满意")
    (again,) = case.assignments.filter(round=2)
    assert (again.role, again.due_on) == ("lead", date(2016, 5, 5))
    assert refused(take, "close", case, on=REPLIED) == ["no_feedback", "not_replied"]
    later = date(2016, 5, 3)
    replied(case, office, later)
    answered(case, office, later, "satisfied", "dissatisfied")
    assert refused(take, "handle_again", case, on=later, note="仍不满意") == [
        "nobody_dissatisfied"
    ]
    case = take("close", case, on=later)
    assert [row.round for row in case.feedback.all()] == [1, 2]
    assert (case.replied_on, case.closed_on) == (REPLIED, later)


def test_who_is_satisfied_is_not_handled_again(take, assigned, office):
    case = assigned()
    replied(case, office, REPLIED)
    answered(case, office, REPLIED)
    assert refused(take, "handle_again", case, on=REPLIED, note="再办") == [
        "nobody_dissatisfied"
    ]


def test_dissatisfaction_may_be_left_where_the_record_says_why(take, assigned, office):
    case = assigned()
    replied(case, office, REPLIED)
    answered(case, office, REPLIED, result="dissatisfied")
    closed = take("close", case, on=REPLIED, note="代表同意不再办理")
    assert closed.outcome == "handled"


# Publication and commitments


def test_a_reply_is_published_as_decided_once_and_can_be_taken_back(
    take, assigned, office
):
    case = assigned()
    publish = partial(take, "publish", case, published_text="全文")
    assert refused(publish, on=REPLIED) == ["not_for_publication", "not_replied"]
    replied(case, office, REPLIED)
    case = publish(on=REPLIED)
    assert list(Proposal.objects.published()) == [case]
    assert refused(publish, on=REPLIED) == ["published"]
    decide = partial(take, "decide_publication", case, on=REPLIED)
    assert refused(decide, publication="summary") == ["published"]
    take("unpublish", case, on=REPLIED, publication_reason="含有个人信息")
    assert not Proposal.objects.published().exists()
    assert refused(publish, on=REPLIED) == ["not_for_publication"]
    decide(publication="summary")
    number = "承办人身份证号11010519491231002X。"
    assert refused(publish, on=REPLIED, published_text=number) == ["number_of_a_person"]
    assert publish(on=REPLIED).publication == "summary"


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("promise", {"promised": "年内", "due_on": date(2016, 12, 31)}),
        ("decide_publication", {"publication": "full"}),
    ],
)
def test_what_ended_without_a_reply_promises_and_publishes_nothing(
    take, item, name, facts
):
    declined = take("decline", item(), on=SUBMITTED, note="不属政府职权")
    assert refused(take, name, declined, on=SUBMITTED, **facts) == ["not_handled"]


def test_a_commitment_is_followed_after_closing(take, session, office, units):
    case = make_closed([(units[0], "lead")], session, office)
    promise = {"promised": "年内完工", "due_on": date(2016, 12, 31)}
    case = take("promise", case, on=REPLIED, **promise)
    row = case.commitments.get()
    settle = partial(take, "settle", case, row=row, on=date(2016, 11, 1), note="已验收")
    assert refused(settle) == ["required"]
    assert settle(state="kept").status == "closed"
    assert refused(settle, state="kept") == ["row"]
    assert [event.step for event in case.events.all()][-2:] == ["promise", "settle"]


def test_a_promise_lies_ahead(take, assigned):
    promise = {"promised": "已完工", "due_on": SUBMITTED}
    assert refused(take, "promise", assigned(), on=REPLIED, **promise) == ["ahead"]


# Who may do what to whose item


def test_a_co_handling_unit_reads_the_item_and_acts_on_its_own_part_only(
    assigned, units
):
    case = assigned("lead", "co_handler")
    lead, helper = case.assignments.order_by("pk")
    clerk, other = make_user(*UNIT, agency=units[1]), make_user(*UNIT, agency=units[2])
    assert list(Proposal.objects.visible_to(clerk)) == [case]
    assert list(Assignment.objects.visible_to(clerk)) == [helper]
    assert items.possible(case, clerk) == []
    said = {"way": "visit", "who": "张", "said": "听取。"}
    with pytest.raises(PermissionDenied):
        items.take("contact", case, by=clerk, on=ASSIGNED, **said)
    with pytest.raises(Assignment.DoesNotExist):
        tasks.take("sign_for", lead, by=clerk, on=ASSIGNED)
    assert tasks.take("sign_for", helper, by=clerk, on=ASSIGNED).status == "handling"
    leader = make_user(*UNIT, agency=units[0])
    assert items.take("contact", case, by=leader, on=ASSIGNED, **said).contacts.get()
    assert not Proposal.objects.visible_to(other).exists()
    with pytest.raises(Proposal.DoesNotExist):
        items.take("contact", case, by=other, on=ASSIGNED, **said)


@pytest.mark.parametrize("name", ["close", "withdraw", "extend", "publish", "assign"])
def test_what_the_government_decides_no_unit_decides_even_with_the_permission(
    assigned, units, name
):
    case = assigned()
    county = make_user(*OFFICE, agency=units[0])
    assert name not in {step.name for step in items.possible(case, county)}
    with pytest.raises(PermissionDenied):
        items.take(name, case, by=county, on=ASSIGNED, note="理由")


def test_a_unit_does_not_take_back_its_own_assignment(do, assigned, units):
    task = assigned().assignments.get()
    county = make_user(*OFFICE, agency=units[0])
    task = tasks.take("ask_return", task, by=county, on=ASSIGNED, **WRONG)
    with pytest.raises(PermissionDenied):
        tasks.take("grant_return", task, by=county, on=ASSIGNED)
    assert do("grant_return", task, on=ASSIGNED).outcome == "returned"


def test_a_correction_of_the_item_reaches_the_clocks_of_its_units(
    assigned, office, session
):
    session.reply_by = date(2016, 8, 31)
    session.save()
    case = assigned()
    assert (case.due_on, case.assignments.get().due_on) == (session.reply_by,) * 2
    fields = {"in_session": False, "subject": "关于供暖的建议"}
    case = items.correct(case, by=office, on=REPLIED, note="录错", **fields)
    task = case.assignments.get()
    assert (case.due_on, task.due_on) == (DUE, DUE)
    assert (task.subject, task.events.last().step) == (fields["subject"], "recalculate")
