"""The sample office: whole, the same at each run, its 2016 as the report has it."""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from docx import Document

from casework.clocks import light
from casework.models import Agency, CalendarDay, User
from config.roles import ROLES
from disclosure.codes import find
from disclosure.models import DisclosureRequest, Fee, Remedy, RequestEvent, Status
from proposals.models import (
    Assignment,
    Author,
    Commitment,
    Feedback,
    Outcome,
    Proposal,
    ProposalEvent,
    Role,
    Session,
    TaskOutcome,
    TaskStatus,
)
from proposals.models import Status as ItemStatus
from proposals.workflow import items, tasks
from reports.annual.files import WRITERS
from reports.models import (
    AnnualReport,
    Assessment,
    PlanTask,
    Problem,
    SelfInspection,
    Submission,
    Tally,
    WebsiteCheck,
)
from reports.returns.deeds import submit
from reports.returns.overview import rows
from reports.sample import (
    PEOPLE,
    items_told,
    make_agencies,
    make_people,
    requests_now,
    tell,
)
from reports.sample.items_2016 import PROPOSALS, SUGGESTIONS
from reports.sample.stories import SAMPLE
from reports.yearly import Yearly
from tests.factories import make_calendar
from tests.folded import Fold

SEED = Path(__file__).parent / "seed_figures.csv"
"""Every figure of the city's report for 2016."""

WHERE = {
    "F001": ("R.year", "total"),
    "F002": ("R.from", "total"),
    "F003": ("R.until", "total"),
    "F004": ("R.parts", "total"),
    "F006": ("R.plan_headings", "total"),
    "F007": ("R.plan_tasks", "total"),
    "F012": ("R.assessed", "county"),
    "F013": ("R.assessed", "department"),
    "F019": ("R.visits", "total"),
    "F020": ("R.gazette_issues", "total"),
    "F021": ("R.gazette_run", "total"),
    "F042": ("R.decisions_in_advance", "total"),
    "F043": ("R.audit_notices", "total"),
    "F044": ("R.budgets_published", "total"),
    "F057": ("R.open_days", "total"),
    "F058": ("R.open_day_participants", "total"),
    "F060": ("R.gazette_issues", "total"),
    "F061": ("R.documents_published", "total"),
    "F062": ("R.problems_found", "total"),
    "F063": ("R.problems_righted_rate", "total"),
    "F064": ("R.website_quarters", "total"),
    "F066": ("S3.1", "city_office"),
    "F067": ("S3.1", "county"),
    "F068": ("S3.1", "department"),
    "F070": ("R.on_time_rate", "total"),
    "F071": ("J1.term", "total"),
    "F072": ("J1.session", "total"),
    "F073": ("J2.handled", "total"),
    "F074": ("J3.units", "department"),
    "F075": ("J3.units", "county"),
    "F076": ("J6.in_time", "total"),
    "F077": ("Z1.term", "total"),
    "F078": ("Z1.session", "total"),
    "F079": ("Z2.handled", "total"),
    "F080": ("Z3.units", "department"),
    "F081": ("Z3.units", "county"),
    "F082": ("Z6.reply", "total"),
    "F083": ("R.charging_bodies", "total"),
    "F085": ("R.reconsiderations_filed", "total"),
    "F086": ("R.reconsiderations_decided", "total"),
}
"""The place of a figure of the seed that does not name its row of the form itself."""

SAID = {
    "F001": "现向社会公开《宝鸡市{}年政府信息公开工作年度报告》",
    "F002": "本报告数据统计时限为2016年1月1日至",
    "F003": "2016年1月1日至2016年12月31日。",
    "F004": "存在问题及改进措施等七部分组成",
    "F005": "全年累计公开各类政府信息14万余条",
    "F006": "任务细化为{}大项27小项",
    "F007": "任务细化为6大项{}小项",
    "F009": "全市政务公开暨信息化建设工作培训会{}次",
    "F011": "政府网站负责人等共170余人进行了系统培训",
    "F012": "对全市{}个县区",
    "F013": "12个县区、{}个市级部门（单位）",
    "F014": "通过政府公报公开政府信息{}条",
    "F015": "通过政府网站公开政府信息{}条",
    "F016": "通过政务微博公开政府信息{}条",
    "F017": "通过政务微信公开政府信息{}条",
    "F018": "其他方式公开政府信息{}条",
    "F019": "全年累计接待公众查询政府信息{}人（次）",
    "F020": "全年编辑《宝鸡市人民政府公报》{}期",
    "F021": "每期印制{}册",
    "F042": "供水价格改革等重大决策事项进行预公开20余次",
    "F043": "公告审计结果{}次",
    "F044": "市级{}个部门分别在各自单位门户网站公开了2016年部门预算",
    "F047": "共组织召开新闻发布会{}场次",
    "F048": "播出“在线访谈”节目{}期",
    "F049": "发表政策解读文章70余篇",
    "F050": "共回应处置各类较大舆情10余起",
    "F057": "共组织{}期322人次参加活动",
    "F058": "共组织10期{}人次参加活动",
    "F060": "2016年编发政府公报{}期",
    "F061": "2016年公开政府文件{}件",
    "F062": "共梳理各类问题{}件",
    "F063": "已全部整改，整改率{}%",
    "F064": "季度抽查通报机制，全年抽查通报{}次",
    "F065": "全市共受理公民、法人和其他组织依申请公开政府信息{}件",
    "F066": "其中市政府办公室受理{}件",
    "F067": "县区受理{}件",
    "F068": "市级部门受理{}件",
    "F069": "{}件均已按期答复、办理完毕",
    "F070": "按期答复率{}%",
    "F071": "市政府承办市十四届人大",
    "F072": "人大六次会议以来代表建议",
    "F073": "以来代表建议{}件",
    "F074": "代表建议253件，分别交由市级{}个部门单位",
    "F075": "市级48个部门单位和{}个县区政府",
    "F076": "已全部按期办理答复完毕，办复率为{}%",
    "F077": "市政府承办市政协十一届",
    "F078": "市政协十一届五次会议以来委员提案",
    "F079": "以来委员提案{}件",
    "F080": "委员提案655件，分别交由市级{}个部门单位",
    "F081": "市级57个部门单位和{}个县区政府",
    "F082": "已全部办理答复完毕，办复率达到{}%",
    "F083": "除市档案馆{}家单位按规定收取成本费",
    "F084": "各直属机构均没有对政府信息公开申请收取费用",
    "F085": "因政府信息公开申请行政复议{}件",
    "F086": "已按照相关规定办结{}件",
    "F087": "提起行政诉讼{}件",
}
"""The words of the report around each figure, which stands in the braces or is said."""


def seed():
    """What the report says and the system must say too, or says from its registers."""
    with SEED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["origin"] == "system" or row["id"] in WHERE:
                place = WHERE.get(row["id"]) or (row["stat2014_code"], "total")
                yield row["id"], place, row["value"]


def same(text: str, value) -> bool:
    if isinstance(value, date):
        return text == value.isoformat()
    return value is not None and Decimal(text) == Decimal(value)


def sample() -> str:
    out = StringIO()
    call_command("sample", stdout=out)
    return out.getvalue()


def counts():
    models = (
        Agency, User, CalendarDay, DisclosureRequest, Fee, Remedy, Tally, Session,
        Proposal, Assignment, Author, Feedback, Commitment, PlanTask, SelfInspection,
        Problem, WebsiteCheck, Assessment, AnnualReport, Submission,
    )  # fmt: skip
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.django_db
def test_without_debug_it_is_refused(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError):
        sample()

    assert User.objects.count() == 0


@pytest.mark.django_db
def test_the_sample_office(settings):
    settings.DEBUG = True
    printed = sample()
    first = counts()

    # The agencies and the people.
    kinds = Counter(Agency.objects.values_list("kind", flat=True))
    assert kinds == {"city_office": 1, "county": 12, "department": 65}
    assert {person.role for person in PEOPLE} == ROLES.keys()
    assert all(
        User.objects.get(username=person.username).groups.filter(name=person.role)
        for person in PEOPLE
    )
    assert not User.objects.filter(is_superuser=True).exists()

    # 2016: 17 + 44 + 69, all in time, none extended, one reconsideration, one fee.
    cases = DisclosureRequest.objects.filter(received_on__year=2016)
    levels = Counter(cases.values_list("agency__kind", flat=True))
    assert levels == {"city_office": 17, "county": 44, "department": 69}
    finished = cases.filter(closed_on__year=2016, extended_on=None)
    assert finished.closed_in_time().count() == 130
    assert set(cases.values_list("agency__kind", "agency__code")) >= {
        ("county", code)
        for code in Agency.objects.filter(kind="county").values_list("code", flat=True)
    }
    remedy = Remedy.objects.get(case__in=cases)
    assert (remedy.kind, remedy.decided_on.year) == ("reconsideration", 2016)
    fee = Fee.objects.get(case__in=cases)
    assert (fee.case.agency.code, fee.amount) == ("DAG", Decimal("35.00"))

    # What is invented says so.
    assert all(
        case.subject.endswith(SAMPLE) for case in DisclosureRequest.objects.all()
    )

    # Every figure of the report that the system is to give, by its place in the form.
    office = Agency.objects.get(code="BJ")
    figures = Yearly(2016, office).figures
    expected = list(seed())
    wrong = {
        number: (place, text, figures.get(place))
        for number, place, text in expected
        if number != "F084" and not same(text, figures.get(place))
    }
    assert wrong == {}
    assert len(expected) == 56
    archives = Yearly(2016, fee.case.agency).figures["S7", "total"]
    assert figures["S7", "total"] - archives == 0, "F084: nobody else charged"

    # And every figure of every year, counted once more.
    fold = Fold()
    years = range(2015, timezone.localdate().year + 1)
    assert {year: fold.unlike(Yearly(year, office)) for year in years} == {
        year: {} for year in years
    }

    section_four_is_that_of_the_report()
    the_report_is_published({number: text for number, _place, text in expected})
    last_year_has_been_sent_but_for_some(office)

    # A second run keeps what was typed in the meantime and adds nothing but a new code.
    Agency.objects.filter(code="GTJ").update(name="宝鸡市自然资源和规划局")
    User.objects.filter(username="wang.min").update(phone="0917-0000000")
    events = RequestEvent.objects.count()
    again = sample()
    assert counts() == first
    assert RequestEvent.objects.count() == events + 1
    assert Agency.objects.get(code="GTJ").name == "宝鸡市自然资源和规划局"
    assert User.objects.get(username="wang.min").phone == "0917-0000000"
    old, new = (text.split()[-2:] for text in (printed, again))
    assert find(*old) is None
    assert find(*new).number == new[0]


def section_four_is_that_of_the_report():
    """F071 to F082, by the records themselves: their numbers, to whom they went, that
    all were replied to in the year, the suggestions in time."""
    for plan, count, departments in ((SUGGESTIONS, 253, 48), (PROPOSALS, 655, 57)):
        session = Session.objects.get(**plan.session)
        cases = session.items.filter(assigned_on__year=2016)
        assert cases.count() == session.items.count() == count
        assert cases.filter(replied_on__year=2016).count() == count
        assert cases.closed_in_time().count() == count
        handled = Assignment.objects.filter(case__in=cases)
        concerned = Agency.objects.filter(pk__in=handled.values("agency"))
        kinds = Counter(concerned.values_list("kind", flat=True))
        assert kinds == {"department": departments, "county": 7}
        numbers = cases.values_list("official_number", flat=True)
        assert sorted(numbers) == list(range(1, count + 1))
        # What was entered in memory is as sound as what came through the door.
        for case in cases[:20]:
            case.full_clean()
            for task in case.assignments.all():
                task.full_clean()
    assert not Proposal.objects.exclude(subject__endswith=SAMPLE).exists()


def the_report_is_published(values):
    """With every figure in its sentence, on paper, and with one check that fails."""
    report = AnnualReport.objects.get(agency__code="BJ", year=2016)
    assert (report.published_on, report.approver) == (date(2017, 3, 28), "李军")
    checks = {check["code"]: check for check in report.frozen["checks"]}
    texts = {code: checks[f"prose.{code}"]["state"] for code in report.texts}
    assert set(texts) == {"1", "2", "3", "items", "5", "6", "7"}
    assert set(texts.values()) == {"holds"}
    failing = [code for code, check in checks.items() if check["state"] == "fails"]
    assert failing == ["plausible.blank"]

    file = BytesIO()
    WRITERS["docx"](report, file)
    text = "\n".join(paragraph.text for paragraph in Document(file).paragraphs)
    assert SAID.keys() == values.keys()
    said = {number: words.format(values[number]) for number, words in SAID.items()}
    assert {words for words in said.values() if words not in text} == set()


def last_year_has_been_sent_but_for_some(office):
    """As the desk tells it; what was sent is what is counted, and could be sent."""
    today = timezone.localdate()
    found = rows(Yearly(today.year - 1, office), today)
    states = Counter(row.state for row in found)
    assert states == {"sent": 71, "missing": 5, "returned": 1}
    assert [row.agency.code for row in found if row.origin.totals] == ["TBX"]
    assert not any(row.changed for row in found)
    by = User.objects.get(username="wang.min")
    for row in found:
        if row.agency.code in ("TBX", "HBJ"):
            row.submission.submitted_on = None
            row.submission.save()
            submit(row.agency, today.year - 1, by, today)


DAYS = [date(2026, 5, 20), date(2026, 10, 3), date(2026, 11, 24), date(2027, 1, 5)]


@pytest.mark.django_db
@pytest.mark.parametrize("today", DAYS)
def test_on_any_day_there_are_items_in_every_state(today):
    calendar = make_calendar(2025, 2026)
    agencies = make_agencies()
    users = make_people(agencies)

    with CalendarDay.objects.held():
        items_told.tell(today, calendar, agencies, users)

    cases, handed = Proposal.objects.all(), Assignment.objects.all()
    assert set(cases.values_list("status", flat=True)) == set(ItemStatus)
    assert set(cases.values_list("outcome", flat=True)) == {"", *Outcome}
    assert set(handed.values_list("status", flat=True)) == set(TaskStatus)
    assert set(handed.values_list("outcome", flat=True)) == {"", *TaskOutcome}
    assert set(handed.values_list("role", flat=True)) == set(Role)
    assert set(cases.published().values_list("publication", flat=True)) == {
        "full",
        "summary",
    }
    assert handed.filter(round=2).open().exists()
    assert handed.filter(round=2, outcome="replied").exists()
    assert handed.filter(return_asked_on__isnull=False).count() == 4
    assert cases.exclude(key_leader="").exists()
    assert cases.filter(extended_on__isnull=False).exists()
    assert cases.overdue(today).exists()
    assert cases.closed_late().exists()
    commitments = Commitment.objects
    assert commitments.filter(state="kept").exists()
    assert commitments.filter(state="", due_on__gte=today).exists()
    assert commitments.filter(state="", due_on__lt=today).exists()
    assert not ProposalEvent.objects.filter(on__gt=today).exists()
    assert set(items.steps) - {"part", "unpublish"} <= {
        event.step for event in ProposalEvent.objects.all()
    }
    # Each of those who handle and decide has something to do.
    for username in ("zhang.hua", "li.jun", "wang.min", "zhao.lei", "chen.jing"):
        person = User.objects.get(username=username)
        mine = handed.visible_to(person).open()
        assert any(tasks.possible(task, person) for task in mine), username


@pytest.mark.django_db
@pytest.mark.parametrize(
    "today",
    DAYS,
)
def test_on_any_day_the_desk_has_something_of_everything(today):
    calendar = make_calendar(2025, 2026)
    agencies = make_agencies()

    tell(requests_now.stories(today, calendar), agencies, make_people(agencies))

    cases = DisclosureRequest.objects.all()
    assert set(cases.values_list("status", flat=True)) == set(Status)
    lights = {
        light(
            case.due_on,
            case.closed_on,
            today,
            calendar,
            started=case.received_on is not None,
        ).code
        for case in cases
    }
    assert lights >= {
        "unconfirmed",
        "waiting",
        "later",
        "soon",
        "urgent",
        "overdue",
        "on_time",
        "late",
    }
    assert not RequestEvent.objects.filter(on__gt=today).exists()
    late_in_the_year = today >= date(2026, 11, 1)
    assert cases.provisional().exists() is late_in_the_year
