"""Sessions, items and assignments for tests, made through the door."""

from datetime import date

from proposals.models import Proposal, Role, Session
from proposals.workflow import APPROVE, ASSIGN, HANDLE, WORK, assign, items, tasks
from tests.factories import make_agency, make_user

SUBMITTED, ASSIGNED = date(2016, 2, 20), date(2016, 3, 10)
REPLIED = date(2016, 4, 5)
VIEW = ("proposals.view_proposal", "proposals.view_assignment")
OFFICE = (
    *VIEW, HANDLE, ASSIGN, APPROVE, WORK,
    "proposals.add_proposal", "proposals.change_proposal", "proposals.add_assignment",
    "proposals.change_assignment",
)  # fmt: skip
"""What the office may do that assigns."""
UNIT = (*VIEW, HANDLE, WORK, APPROVE)


def make_session(agency=None, body="congress", term=14, number=6, **fields):
    agency = agency or make_agency(kind="city_office")
    opened = {"opened_on": date(2016, 2, 17), "closed_on": date(2016, 2, 21)}
    place = {"agency": agency, "body": body, "term": term, "number": number}
    return Session.objects.create(**place | opened | fields)


def fresh(case):
    """The case as it is stored."""
    return type(case).objects.get(pk=case.pk)


def make_office(session):
    return make_user(*OFFICE, agency=session.agency)


def make_item(session=None, by=None, *, status="registered", authors=1, **fields):
    """An item that has come through the door to be registered or filed."""
    session = session or make_session()
    by = by or make_office(session)
    facts = {
        "agency": session.agency,
        "session": session,
        "subject": "关于加快老旧小区改造的建议",
        "text": "建议将老旧小区改造列入年度计划。",
        "submitted_on": SUBMITTED,
    }
    case = items.open(Proposal(**facts | fields), by=by, on=SUBMITTED)
    for place in range(1, authors + 1):
        case = items.take(
            "sign_with",
            case,
            by=by,
            on=SUBMITTED,
            place=place,
            kind="deputy" if session.body == "congress" else "member",
            name=f"示例{place}",
            group="渭滨代表团" if session.body == "congress" else "教育界",
        )
    if status == "filed":
        last = Proposal.objects.filter(session=session).count()
        case = items.take("file", case, by=by, on=SUBMITTED, official_number=last)
    return case


def answered(case, by, on, attitude="satisfied", result="satisfied"):
    """Every author of the item, and of what is handled with it, has given the same
    answer."""
    authors = [*case.authors.all()]
    for other in case.merged.all():
        authors += other.authors.all()
    for author in authors:
        said = {"author": author, "attitude": attitude, "result": result}
        case = items.take("hear", case, by=by, on=on, **said)
    return case


def make_closed(units, session=None, by=None, on=REPLIED, **fields):
    """An item that these units have replied to, and whose author is satisfied."""
    session = session or make_session()
    by = by or make_office(session)
    case = make_assigned(units, session, by, **fields)
    for unit, role in units:
        if role != Role.CO_HANDLER:
            replied(case, by, on, unit=unit)
    answered(case, by, on)
    return items.take("close", case, by=by, on=on)


def make_assigned(units, session=None, by=None, on=ASSIGNED, **fields):
    """An item that these units have: pairs of unit and role."""
    session = session or make_session()
    by = by or make_office(session)
    case = make_item(session, by, status="filed", **fields)
    return assign(case, units, by=by, on=on)


def replied(case, by, on, unit=None, result_class="A", note="电话不通"):
    """One of the units, or the lead, has drafted, signed and served its reply."""
    task = case.assignments.exclude(role=Role.CO_HANDLER).filter(closed_on=None)
    task = (task.filter(agency=unit) if unit else task).get()
    if task.status == "assigned":
        task = tasks.take("sign_for", task, by=by, on=on)
    if not Proposal.objects.get(pk=case.pk).publication:
        items.take("decide_publication", case, by=by, on=on, publication="full")
    tasks.take("submit_draft", task, by=by, on=on, note=note)
    signed = {"document_number": "宝教函〔2016〕1号", "result_class": result_class}
    tasks.take("sign", task, by=by, on=on, **signed)
    return tasks.take("serve", task, by=by, on=on)
