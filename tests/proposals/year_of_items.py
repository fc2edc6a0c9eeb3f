"""A year of suggestions with something of everything, small enough to count by hand."""

from datetime import date
from types import SimpleNamespace

from proposals.models import Proposal
from proposals.workflow import assign, items, tasks
from tests.factories import make_agency, make_calendar
from tests.items import (
    ASSIGNED,
    SUBMITTED,
    answered,
    make_assigned,
    make_item,
    make_office,
    make_session,
    replied,
)

REPLIED, LATE, AGAIN = date(2016, 4, 5), date(2016, 6, 13), date(2016, 7, 4)


def make_year() -> SimpleNamespace:
    """Eleven suggestions of a session, named by what became of them, and a session of
    the CPPCC without a proposal."""
    make_calendar(2016)
    session = make_session()
    empty = make_session(session.agency, "cppcc", 11, 5)
    office = make_office(session)
    first, second = (make_agency(parent=session.agency) for _unit in range(2))
    county = make_agency(kind="county", parent=session.agency)
    year = SimpleNamespace(
        session=session, empty=empty, office=office, agency=session.agency,
        first=first, second=second, county=county,
    )  # fmt: skip
    _replied(year)
    _handled_again(year)
    _separate(year)
    year.open = _assigned(year, [(first, "lead")], category="城建")
    year.merged = make_item(session, office, status="filed", category="城建")
    _take(year, "merge", year.merged, ASSIGNED, merged_into=year.open)
    year.withdrawn = _assigned(year, [(second, "lead")])
    _take(year, "withdraw", year.withdrawn, ASSIGNED)
    year.declined = make_item(session, office)
    _take(year, "decline", year.declined, SUBMITTED, note="没有具体内容")
    year.converted = make_item(session, office)
    _take(year, "convert", year.converted, SUBMITTED, note="转为来信")
    year.registered = make_item(session, office)
    year.filed = make_item(session, office, status="filed")
    _returned(year)
    return year


def _take(year, step, case, on, **facts):
    return items.take(step, fresh(case), by=year.office, on=on, **facts)


def fresh(case):
    return Proposal.objects.get(pk=case.pk)


def _assigned(year, units, **fields):
    return make_assigned(units, year.session, year.office, **fields)


def _talk(year, case, way):
    _take(
        year, "contact", case, REPLIED, way=way, who="王局长、示例1", said="听取意见。"
    )


def _replied(year):
    """In time and class A, after a talk in person; published in full."""
    units = [(year.first, "lead"), (year.second, "co_handler")]
    case = year.replied = _assigned(year, units, category="教育")
    opinion = case.assignments.get(agency=year.second)
    tasks.take("waive", opinion, by=year.office, on=ASSIGNED, note="无需会办")
    _talk(year, case, "face_to_face")
    replied(case, year.office, REPLIED)
    answered(fresh(case), year.office, REPLIED, "satisfied", "basically")
    _take(year, "publish", case, REPLIED, published_text="答复全文。")


def _handled_again(year):
    """Late and class B, after a telephone call, and class A the second time."""
    case = year.again = _assigned(year, [(year.county, "lead")], category="教育")
    _talk(year, case, "telephone")
    _take(
        year, "decide_publication", case, REPLIED,
        publication="summary", published_text="答复摘要。",
    )  # fmt: skip
    replied(case, year.office, LATE, result_class="B")
    answered(fresh(case), year.office, LATE, "basically", "dissatisfied")
    _take(year, "handle_again", case, LATE, note="代表不满意")
    replied(case, year.office, AGAIN, result_class="A")
    answered(fresh(case), year.office, AGAIN)
    for promised in ("年底前完成改造", "明年列入计划"):
        due = date(2016, 12, 30)
        _take(year, "promise", case, AGAIN, promised=promised, due_on=due)
    kept = case.commitments.first()
    _take(year, "settle", case, AGAIN, row=kept, state="kept", note="已完成")


def _separate(year):
    """Two separate units, one reply of class A and one of class C; no form came."""
    units = [(year.first, "separate"), (year.second, "separate")]
    case = year.separate = _assigned(year, units)
    reason = {"publication_reason": "涉及内部管理"}
    _take(year, "decide_publication", case, REPLIED, publication="not", **reason)
    for unit, letter in ((year.first, "A"), (year.second, "C")):
        replied(case, year.office, REPLIED, unit=unit, result_class=letter)
    answered(fresh(case), year.office, REPLIED, "none", "none")


def _returned(year):
    """Given back by the wrong unit, and with the county since."""
    case = year.returned = _assigned(year, [(year.first, "lead")])
    (task,) = case.assignments.all()
    why = {"return_reason": "not_ours", "return_text": "属县区职责"}
    task = tasks.take("ask_return", task, by=year.office, on=ASSIGNED, **why)
    tasks.take("grant_return", task, by=year.office, on=ASSIGNED)
    assign(fresh(case), [(year.county, "lead")], by=year.office, on=ASSIGNED)
