"""What tests are about, made in the most direct honest way: through the door."""

from copy import copy
from datetime import date, timedelta
from itertools import count, cycle, product
from string import ascii_uppercase

from chinese_calendar.constants import holidays, workdays
from django.contrib.auth.models import Permission
from django.db.models import Q

from casework.models import Agency, CalendarDay, User
from casework.workdays import SpecialDay, WorkCalendar
from disclosure.models import DisclosureRequest, Outcome, Status
from disclosure.workflow import APPROVE, HANDLE, REVEAL, workflow

VIEW, ADD, CHANGE = (workflow.permission(deed) for deed in ("view", "add", "change"))
CLERK = (VIEW, ADD, CHANGE, HANDLE)
CHIEF = (*CLERK, APPROVE, REVEAL)
RECEIVED = date(2026, 3, 2)
"""A Monday; the last of its 20 working days is 2026-03-30."""

_FESTIVALS = {
    "New Year's Day": "new_year",
    "Spring Festival": "spring_festival",
    "Tomb-sweeping Day": "qingming",
    "Labour Day": "labour_day",
    "Dragon Boat Festival": "dragon_boat",
    "Mid-autumn Festival": "mid_autumn",
    "National Day": "national_day",
    "Anti-Fascist 70th Day": "victory_day",
}
_numbers = count(1)
_codes = map("".join, product(ascii_uppercase, repeat=4))


def special_days(*years) -> list[SpecialDay]:
    """The real days of rest and make-up working days of these years' notices."""
    days = [
        SpecialDay(day, working, _FESTIVALS[festival])
        for working, days in ((False, holidays), (True, workdays))
        for day, festival in sorted(days.items())
    ]
    return [day for day in days if day.notice_year in years]


def make_calendar(*years) -> WorkCalendar:
    """The calendar, with the real days of these years entered."""
    for year in years:
        CalendarDay.objects.enter(year, special_days(year))
    return CalendarDay.objects.as_calendar()


def make_agency(name=None, code=None, kind="department", parent=None, **fields):
    name = name or f"宝鸡市第{next(_numbers)}局"
    code = code or next(_codes)
    place = {"kind": kind, "parent": parent}
    return Agency.objects.create(name=name, code=code, **place, **fields)


def make_user(*permissions, agency=None, agencies=(), password=None, **fields):
    """A person of these agencies, fresh from the database: nothing is cached."""
    number = next(_numbers)
    fields = {"username": f"clerk{number}", "name": f"科员{number}"} | fields
    user = User.objects.create_user(password=password, **fields)
    user.agencies.set([*agencies, agency] if agency else agencies)
    wanted = Q(pk__in=())
    for permission in permissions:
        app, codename = permission.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = Permission.objects.filter(wanted)
    assert len(found) == len(set(permissions)), permissions
    user.user_permissions.set(found)
    return User.objects.get(pk=user.pk)


def unsaved_request(agency, received=RECEIVED, identity="", **fields):
    """A request as it is typed in: handed in on the day, if nothing else is said."""
    typed = {
        "agency": agency,
        "subject": "陈仓区棚户区改造项目的批复文件",
        "channel": "in_person",
        "submitted_on": received,
        "applicant_kind": "natural_person",
        "applicant": "王小明",
        "description": "请公开2025年陈仓区棚户区改造项目的批复文件。",
    }
    case = DisclosureRequest(**typed | fields)
    case.identify(identity)
    return case


def make_request(
    status="handling",
    agency=None,
    received=RECEIVED,
    *,
    by=None,
    closed=None,
    outcome=Outcome.DISCLOSED,
    **fields,
):
    """A request that has come through the door to the status.

    All is done on the day of receipt, only a lapse for want of correction or payment 60
    days later; `closed` names another day. A repeated one wants `repeats`.
    """
    agency = agency or make_agency()
    by = by or make_user(*CHIEF, agency=agency)
    if status == Status.REGISTERED:
        fields = {"channel": "online"} | fields
    case = workflow.open(
        unsaved_request(agency, received, **fields), by=by, on=received
    )
    if case.status == Status.REGISTERED != status:
        case = workflow.take("confirm", case, by=by, on=received)
    for name, facts in _way(status, outcome, received):
        step = workflow.steps[name]
        on = received + timedelta(days=60 * name.startswith("lapse"))
        if step.target == Status.CLOSED:
            on = closed or on
        note = "测试" if step.reason else ""
        case = workflow.take(name, case, by=by, on=on, note=note, **facts)
    return case


def _way(status, outcome, received):
    """The steps from being handled to the status, and what each is told."""
    until = received + timedelta(days=20)
    points = {"correction_until": until, "correction_points": "请写明文件的名称。"}
    ask = ("ask_correction", points)
    charge = ("notify_fee", {"kind": "by_volume", "quantity": 31})
    said = outcome if status == Status.CLOSED else Outcome.DISCLOSED
    draft = ("submit_draft", {"draft_outcome": said})
    sign = ("sign", {"document_number": "宝政公开〔2026〕12号"})
    endings = {
        Outcome.NOT_CORRECTED: [ask, ("lapse", {})],
        Outcome.FEE_UNPAID: [charge, ("lapse_unpaid", {})],
        Outcome.WITHDRAWN: [("withdraw", {})],
        Outcome.OTHER: [("close", {})],
    }
    replied = [draft, sign, ("serve", {"service": "posted"})]
    ways = {
        Status.CORRECTING: [ask],
        Status.PAYING: [charge],
        Status.REVIEW: [draft],
        Status.SIGNED: [draft, sign],
        Status.CLOSED: endings.get(outcome, replied),
    }
    return ways.get(status, [])


def make_many(case, number, **each):
    """So many more cases like this one, put straight into the table; of each fact the
    values in turn."""
    facts = {name: cycle(values) for name, values in each.items()}
    cases = []
    for _number in range(number):
        one = copy(case)
        one.pk, one.number = None, f"{case.number}{next(_numbers):05d}"
        for name, values in facts.items():
            setattr(one, name, next(values))
        one.settle()
        cases.append(one)
    return type(case).objects.bulk_create(cases)
