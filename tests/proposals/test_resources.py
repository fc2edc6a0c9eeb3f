"""Ledgers of items come in as offices write them: all of a file, or nothing."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from casework.models import Counter
from casework.sheets import Unreadable
from proposals.models import (
    Assignment,
    AssignmentEvent,
    Author,
    Feedback,
    Proposal,
    ProposalEvent,
)
from proposals.resources import ProposalResource
from proposals.workflow import ASSIGN, HANDLE, items
from tests.factories import make_agency, make_calendar, make_user
from tests.item_ledgers import ASSIGNED, CLOSED, REPLIED, UNFILED, line, take
from tests.items import OFFICE, UNIT, make_item, make_session
from tests.ledgers import TODAY, a_csv, counted, table, told

pytestmark = pytest.mark.django_db

CHINESE = [
    ["宝鸡市十四届人大六次会议代表建议办理台账"],
    ["序号", "届次", "建议编号", "案由", "代表", "提交日期", "交办日期", "主办单位",
     "会办单位", "面商情况", "文号", "办理结果", "答复日期", "对办理态度", "满意度",
     "备注"],
    [1, "市十四届人大六次会议", 1, "关于老旧小区改造的建议", "示例一，渭滨代表团",
     "2016年2月18日", "2016.3.10", "市教育局", "公安局 2016-04-01",
     "面商 2016-04-05", "宝教函〔2016〕1号", "A类", "2016/5/5", "满意", "基本满意",
     ""],
    [2, "congress 14-6", 2, "关于公交线路的建议", "示例二", "2016-02-18"],
    ["合计", 2],
]  # fmt: skip


@pytest.fixture
def city():
    make_calendar(2016)
    city = make_agency("宝鸡市人民政府", "BJ", kind="city_office")
    make_agency("宝鸡市教育局", "JYJU", parent=city, aliases="市教育局、教育局")
    make_agency("宝鸡市公安局", "GAJU", parent=city, aliases="公安局")
    return city


@pytest.fixture
def session(city):
    return make_session(city)


@pytest.fixture
def office(session):
    return make_user(*OFFICE, agency=session.agency)


def everything():
    """All that an import can write."""
    models = (Proposal, Assignment, Author, Feedback, ProposalEvent, AssignmentEvent,
              Counter)  # fmt: skip
    return [list(model.objects.order_by("pk").values()) for model in models]


def lines(count, *parts, **cells):
    """So many rows, each of a number of its own."""
    numbers = range(1, count + 1)
    return [line(*parts, **cells | {"official_number": f"{n}"}) for n in numbers]


# In


@pytest.mark.parametrize("how", ["utf-8", "gb18030"])
def test_a_ledger_is_read_as_the_office_writes_it(office, how):
    taken = take(a_csv(CHINESE, how), by=office)
    assert (told(taken), counted(taken)) == ([], (2, 0, 0))
    one, two = Proposal.objects.order_by("official_number")
    assert (one.number, one.status, one.replied_on, one.due_on) == (
        "BJ-R14-6-0001", "assigned", date(2016, 5, 5), date(2016, 6, 12),
    )  # fmt: skip
    units = one.assignments.order_by("pk").values_list(
        "number", "agency__code", "role", "outcome", "result_class"
    )
    assert list(units) == [
        ("BJ-R14-6-0001-1", "JYJU", "lead", "replied", "A"),
        ("BJ-R14-6-0001-2", "GAJU", "co_handler", "opinion", ""),
    ]
    answer = one.feedback.get()
    assert (answer.attitude, answer.result, answer.author.name, answer.round) == (
        "satisfied", "basically", "示例一", 1,
    )  # fmt: skip
    assert (two.status, two.text) == ("filed", "关于公交线路的建议")
    assert taken.ledger.unknown == [("P", "备注")]


def test_each_step_is_an_event_of_its_day(office):
    take(line(CLOSED), by=office)
    case = Proposal.objects.get()
    steps = case.events.values_list("step", "on")
    assert [(step, f"{on:%m-%d}") for step, on in steps] == [
        ("register", "02-18"), ("sign_with", "02-18"), ("sign_with", "02-18"),
        ("file", "02-20"), ("assign", "03-10"), ("contact", "04-05"),
        ("decide_publication", "05-03"), ("replied", "05-05"), ("hear", "05-12"),
        ("publish", "05-20"), ("close", "05-23"),
    ]  # fmt: skip
    (task,) = case.assignments.all()
    assert [event.step for event in task.events.all()] == [
        "register", "sign_for", "submit_draft", "sign", "serve",
    ]  # fmt: skip
    assert {event.by for event in case.events.all()} == {office}


def test_the_series_goes_on_after_an_import(office, session):
    take(*lines(2), line(UNFILED), by=office)
    numbers = Proposal.objects.values_list("number", flat=True).order_by("number")
    assert list(numbers) == ["BJ-R14-6-0100", "BJ-R14-6-0101", "BJ-R14-6-0102"]
    case = make_item(session, office, status="registered")
    assert case.number == "BJ-R14-6-0103"
    task = Counter.objects.filter(key__startswith="proposals.assignment:")
    assert not task.exists()


def test_an_imported_item_goes_on_at_the_desk(office):
    take(line(ASSIGNED), by=office)
    case = Proposal.objects.get()
    case = items.take("withdraw", case, by=office, on=date(2016, 4, 1))
    assert [task.outcome for task in case.assignments.all()] == ["ended"]


def test_with_one_bad_row_nothing_is_written_and_every_reason_is_told(office):
    before = everything()
    rows = lines(5, REPLIED)
    rows[1] |= {"session": "cppcc 11-5", "lead": "财政局"}
    rows[2] |= {"assigned_on": "", "document_number": ""}
    rows[3] |= {"replied_on": "2026-03-10", "result_class": "E"}

    taken = take(*rows, by=office)

    assert told(taken) == [
        (3, "session", "no_such_session"),
        (3, "lead", "no_such_agency"),
        (4, "assigned_on", "required"),
        (5, "result_class", "result_class"),
        (5, "replied_on", "future"),
    ]
    assert (counted(taken), taken.good) == ((2, 0, 3), False)
    assert everything() == before


def test_a_trial_writes_nothing(office):
    before = everything()
    taken = take(line(CLOSED), by=office, dry_run=True)
    assert counted(taken) == (1, 0, 0)
    assert everything() == before


def test_repeating_an_import_changes_nothing(office):
    rows = [*lines(3, CLOSED), line(UNFILED)]
    take(*rows, by=office)
    before = everything()
    assert counted(take(*rows, by=office)) == (0, 4, 0)
    assert everything()[:-1] == before[:-1]


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("title", "关于加快老旧小区改造的建议", "另一件"),
        ("authors", "示例一", "示例三"),
        ("replied_on", "2016-05-05", "2016-05-06"),
        ("lead", "JYJU", "GAJU"),
        ("result", "基本满意", "satisfied"),
        ("co_handlers", "—", "GAJU"),
        ("number", "BJ-R14-6-0001", "BJ-R14-6-0002"),
    ],
)
def test_the_same_number_with_other_content_is_refused_and_both_are_shown(
    office, column, old, new
):
    take(line(CLOSED), by=office)
    before = everything()[:-1]
    taken = take(line(CLOSED, **{column: new}), by=office)
    assert told(taken) == [(2, column, "other_content")]
    assert old in taken.problems[0].message
    assert everything()[:-1] == before


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"official_number": ""}, "official_number", "required"),
        ({"number": "2016-001"}, "number", "other_series"),
        ({"number": "BJ-Z14-6-0001"}, "number", "other_series"),
        ({"authors": ""}, "authors", "required"),
        ({"authors": "民革，，member"}, "authors", "kind"),
        ({"lead": ""}, "lead", "required"),
        ({"co_handlers": "JYJU"}, "co_handlers", "once_a_unit"),
        ({"separate": "GAJU"}, "lead", "one_lead"),
        ({"outcome": "merged", "closed_on": "2016-04-01"}, "merged_into", "required"),
        ({"outcome": "merged", "closed_on": "2016-04-01", "merged_into": "9"},
         "merged_into", "no_such_item"),
        ({"outcome": "handled"}, "replied_on", "required"),
        ({"attitude": "satisfied"}, "result", "required"),
        ({"published_on": "2016-05-05"}, "published_text", "required"),
        (CLOSED | {"published_text": "11010519491231002X"},
         "published_text", "number_of_a_person"),
        ({"closed_on": "2016-05-05"}, "outcome", "required"),
    ],
)  # fmt: skip
def test_what_a_row_cannot_say_is_refused_at_its_column(office, cells, column, code):
    taken = take(line({column: ""}, ASSIGNED, **cells), by=office)
    assert (2, column, code) in told(taken)


def test_a_number_stands_once(office):
    rows = lines(2)
    rows[1] |= {"official_number": "1", "title": "另一件"}
    assert told(take(*rows, by=office)) == [(3, "official_number", "twice")]


def test_a_number_of_another_item_is_refused(office):
    take(line(UNFILED), by=office)
    row = line(number="BJ-R14-6-0100")
    assert told(take(row, by=office)) == [(2, "number", "number_taken")]


def test_an_item_is_handled_with_one_above_it_or_here_already(office):
    ended = {"outcome": "merged", "closed_on": "2016-03-01", "merged_into": "1"}
    first, second, third = lines(3)
    assert counted(take(first, second | ended, by=office)) == (2, 0, 0)
    assert counted(take(third | ended, by=office)) == (1, 0, 0)
    main = Proposal.objects.get(official_number=1)
    assert set(main.merged.values_list("official_number", flat=True)) == {2, 3}
    below = [line(official_number="5") | ended | {"merged_into": "6"},
             line(official_number="6")]  # fmt: skip
    assert told(take(*below, by=office)) == [(2, "merged_into", "no_such_item")]


def test_a_unit_that_was_closed_takes_no_item(office, city):
    make_agency("旧局", "JIUJ", parent=city, closed_on=date(2015, 1, 1))
    row = line(ASSIGNED, lead="旧局")
    assert told(take(row, by=office)) == [(2, "lead", "closed_agency")]


def test_what_only_the_database_refuses_is_named_by_its_column(office):
    row = line(CLOSED, co_handlers="GAJU 2016-04-01")
    resource = ProposalResource(office, TODAY)
    built = []
    resource.store = built.extend
    resource.take_in(a_csv(table([row])), "ledger.csv", dry_run=True)
    (record,) = built
    assert resource.fault(record) is None
    record.case.published_on = date(2016, 5, 4)
    (lead, _events), (helper, _others) = record.tasks
    lead.closed_on = helper.closed_on = date(2016, 3, 9)
    refusal = resource.fault(record)
    assert dict(by_column(refusal)) == {
        "published_on": ["published_on_before_replied_on"],
        "replied_on": ["closed_on_before_assigned_on", "closed_on_before_signed_on"],
        "co_handlers": ["closed_on_before_assigned_on"],
    }


def by_column(refusal):
    for column, errors in refusal.error_dict.items():
        yield column, [error.code for error in errors]


def test_a_file_without_the_columns_is_no_ledger(office):
    with pytest.raises(Unreadable):
        take(a_csv([["届次", "编号", "备注"], ["x", "1", ""]]), by=office)


# Who may, and on what


def test_an_import_needs_its_permissions(session):
    with pytest.raises(PermissionDenied):
        take(line(), by=make_user(*UNIT, agency=session.agency))
    clerk = make_user("proposals.add_proposal", HANDLE, ASSIGN, agency=session.agency)
    taken = take(line(ASSIGNED), by=clerk)
    assert told(taken) == [(2, "assigned_on", "not_permitted")]


def test_only_the_government_that_assigns_enters_its_items(city, session):
    above = make_agency(kind="city_office")
    city.parent = above
    city.save()
    elsewhere = make_agency(kind="city_office")
    beneath = city.children.get(code="JYJU")
    for agency, found in ((city, (1, 0, 0)), (above, (0, 1, 0))):
        by = make_user(*OFFICE, agency=agency)
        assert counted(take(line(ASSIGNED), by=by)) == found
    for agency in (elsewhere, beneath):
        by = make_user(*OFFICE, agency=agency)
        assert (2, "session", "no_such_session") in told(take(line(), by=by))


# Out


def exported(by, found=None):
    found = Proposal.objects.visible_to(by) if found is None else found
    return [row for some in ProposalResource(by, TODAY).lines(found) for row in some]


def test_the_ledger_of_a_session_comes_in_again_as_no_change(office):
    ended = {"outcome": "merged", "closed_on": "2016-03-01", "merged_into": "3"}
    rows = lines(3, CLOSED)
    rows[1] = line(ended, official_number="2")
    take(rows[0], rows[2], rows[1], line(UNFILED), by=office)
    before = everything()
    out = exported(office)
    assert counted(take(a_csv(out), by=office)) == (0, 4, 0)
    assert everything()[:-1] == before[:-1]
    assert [row[1] for row in out[1:]] == [1, 3, "", 2]


def test_a_ledger_tells_names_and_what_is_computed(office):
    take(line(CLOSED, co_handlers="GAJU"), by=office)
    _labels, row = exported(office)
    assert {"宝鸡市教育局", "宝鸡市公安局", date(2016, 6, 12)} <= set(row)
    assert row[0] == "BJ-R14-6"


@pytest.mark.parametrize("count", [1, 30])
def test_a_ledger_goes_out_in_the_same_number_of_queries(
    office, count, django_assert_num_queries
):
    take(*lines(count, CLOSED, co_handlers="GAJU"), by=office)
    found = Proposal.objects.visible_to(office)
    with django_assert_num_queries(6):
        assert len(exported(office, found)) == count + 1


def test_an_import_asks_as_often_for_thirty_rows_as_for_ten(
    office, django_assert_max_num_queries
):
    rows = lines(30, CLOSED)
    with django_assert_max_num_queries(60) as asked:
        take(*rows[:10], by=office)
    with django_assert_max_num_queries(len(asked)):
        take(*rows[10:], by=office)


def test_the_command_takes_a_ledger_in(office, tmp_path):
    file = tmp_path / "ledger.csv"
    file.write_bytes(a_csv(table([line(CLOSED)])).getvalue())
    call_command("import_cases", "proposals", str(file), stdout=StringIO())
    assert Proposal.objects.get().outcome == "handled"
