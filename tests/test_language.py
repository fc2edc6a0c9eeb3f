"""Every page in both languages, and on none a word of the other one.

The addresses come from the map of addresses, so that a new page is walked without being
named here; only what an address may name (which year, which step) is told.
"""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation

from casework.models import Agency, CalendarDay, User
from casework.workflow import Workflow
from config.roles import ROLES
from config.settings import BASE_DIR
from disclosure import codes
from disclosure.admin import DisclosureRequestAdmin
from disclosure.models import Channel, DisclosureRequest, Outcome, RequestEvent, Status
from disclosure.workflow import workflow
from proposals.models import (
    Assignment,
    AssignmentEvent,
    Author,
    Commitment,
    Contact,
    Feedback,
    Proposal,
    ProposalEvent,
    Session,
)
from proposals.workflow import items
from reports.desk import heaps
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
from tests.annual_reports import make_published
from tests.clients import typed
from tests.factories import (
    RECEIVED,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)
from tests.items import make_assigned, make_item, make_session, replied
from tests.registers import (
    make_check,
    make_inspection,
    make_problem,
    make_score,
    make_task,
)

PEOPLE = ["nobody", "superuser", *ROLES]
WORD = {
    "zh-hans": re.compile(r"[A-Za-z]{2,}"),
    "en": re.compile(r"[\u3400-\u9fff]+"),
}
ALLOWED = {
    # What has no other name in Chinese, and a unit.
    "zh-hans": {"CSV", "Cookie", "DOCX", "EMS", "Excel", "GB", "JPEG", "JSON", "MB",
                "OFD", "PDF", "PNG", "SHA", "UTF", "WPS", "Word", "XLSX", "csv",
                "docx", "ics", "xlsx"},
    "en": set(),
}  # fmt: skip
THE_SAME = {
    "zh-hans": re.compile(
        r"[A-Z]{2,8}-\d{4}-\d{4,}-\d\d|[2-9A-Z]{5}-[2-9A-Z]{5}"  # number, query code
        r"|(?:[2-9a-z]{4}-){3}[2-9a-z]{4}"  # an initial password
        r"|\b[CJRSTZ]\d?(?:\.\w+)+"  # a figure
        r"|\b[0-9a-f]{64}\b"  # a digest
        r"|\S+@\S+|https?://\S+"
        # What Django's own catalogue lacks, for the title and for screen readers.
        r"|^Error:|^(?:Add link|Change or view list link|Model name|None|True|False)$",
        re.ASCII,
    ),
    "en": re.compile(
        r"[\u3400-\u9fff]+〔\d{4}〕\d+号"  # a document is cited as it is named
        r"|\d+月\d+日"  # how a notice writes a day
        r"|[+−]\d{4}-\d\d-\d\d [班休]"  # what the log keeps of a notice
        r"|[\u3400-\u9fff]+\*+[\u3400-\u9fff]*"  # a masked name or address
    ),
}
"""What is written alike in both languages."""
RESIDENT = "11010519491231002X"
PNG = b"\x89PNG\r\n\x1a\n" + b"IEND\xaeB`\x82"


# What there is to see


@pytest.fixture
def people(db):
    """One person of each role in a city office that has something of everything."""
    make_calendar(2025, 2026)
    CalendarDay.objects.filter(day__year=2026).update(notice="国办发明电〔2025〕7号")
    city = make_agency("宝鸡市人民政府办公室", "BJ", "city_office", phone="0917-326")
    make_agency("宝鸡市教育局", "JYJ", parent=city, closed_on=date(2026, 3, 1))
    people = {"nobody": None}
    for number, name in enumerate(PEOPLE[1:], 1):
        fields = {"username": f"person{number}", "is_superuser": name == "superuser"}
        people[name] = make_user(agency=city, is_staff=True, **fields)
        people[name].groups.set(Group.objects.filter(name=name))
    root = people["superuser"]
    make_cases(city, root)
    make_items(city, root)
    make_registers(city)
    titled = {"title": "宝鸡市人民政府2026年政府信息公开工作年度报告"}
    make_published(city, 2026, **titled)
    make_published(city, 2026, version=2, correction="更正收费金额。", **titled)
    draft = AnnualReport.begin(city, 2026, root)
    draft.texts = {"1": "收到申请{T3.1}件，公开99件，{X1}。", "5": "", "6": "无。"}
    draft.save()
    Tally.objects.create(agency=city, year=2026, code="T2.1.1.made", value=3)
    Tally.objects.create(agency=city, year=2016, code="S1.2.1", value=26, note="约数")
    make_returns(city)
    for model, key, flag, said in (
        (Agency, city.pk, ADDITION, '[{"added": {}}]'),
        (User, root.pk, CHANGE, '[{"changed": {"fields": ["电话"]}}]'),
        (CalendarDay, 2026, CHANGE, "国办发明电〔2025〕7号 +2026-02-14 班"),
    ):
        kind = ContentType.objects.get_for_model(model)
        what = {"content_type": kind, "object_id": key, "object_repr": "2026"}
        done = {"action_flag": flag, "change_message": said}
        LogEntry.objects.create(user=root, **what, **done)
    return people


def make_cases(agency, by):
    """A case in each status, and what else makes a page say something."""
    kept = {"agency": agency, "by": by, "address": "宝鸡市金台区行政中心1号楼"}
    for status in Status:
        make_request(status, identity=RESIDENT, **kept)
    for outcome in (Outcome.TRADE_SECRET, Outcome.NOT_CORRECTED, Outcome.FEE_UNPAID):
        make_request("closed", outcome=outcome, **kept)
    make_request(received=date(2026, 12, 10), **kept)
    letter = {"channel": Channel.ORDINARY_LETTER, "submitted_on": date(2026, 2, 27)}
    make_request(arrived_on=RECEIVED, **letter, **kept)
    party = {"kind": "third_party", "party": "宝鸡市某某公司"}
    old = make_request(received=date(2016, 11, 1), **kept)
    workflow.take("consult", old, by=by, on=date(2016, 11, 4), **party)
    costly = make_request(received=date(2017, 3, 1), **kept)
    cost = {"quantity": 3, "amount": 6}
    workflow.take("charge_costs", costly, by=by, on=date(2017, 3, 2), **cost)

    received = date(2026, 2, 2)
    case = make_request(received=received, **kept)
    points = {"correction_points": "请写明名称。", "correction_until": date(2026, 4, 1)}
    for number, (step, rows, facts) in enumerate(
        (
            ("consult", "", party),
            ("letter_delivered", "consultations", {}),
            ("consult", "", {"kind": "agency", "party": "宝鸡市某某局"}),
            ("record_opinion", "consultations", {"opinion": "objects"}),
            ("extend", "", {"extension": 10, "note": "档案较多。"}),
            ("attach", "", {"title": "照片", "file": ContentFile(PNG, "a.png")}),
            ("link", "", {"repeats": old}),
            ("file_remedy", "", {"kind": "direct", "body": "宝鸡铁路运输法院"}),
            ("decide_remedy", "remedies", {"result": "upheld"}),
            ("notify_fee", "", {"kind": "by_volume", "quantity": 40}),
            ("pay", "fees", {}),
            ("ask_correction", "", points | {"note": "迟延。"}),
            ("correct", "", {}),
        ),
        1,
    ):
        if rows:
            facts = facts | {"row": getattr(case, rows).first()}
        on = received + timedelta(days=number)
        case = workflow.take(step, case, by=by, on=on, **facts)
    fields = {"subject": "陈仓区棚户区改造", "supply_form": "paper"}
    workflow.correct(case, by=by, on=received, note="登记有误。", **fields)


def make_items(agency, by):
    """An item in each status, one of them published; and what else a page shows."""
    session = make_session(agency)
    unit, other = (make_agency(parent=agency) for _unit in range(2))
    make_item(session, by)
    make_item(session, by, status="filed")
    pair = [(unit, "lead"), (other, "co_handler")]
    open_one = make_assigned(pair, session, by, key_leader="张副市长", category="城建")
    case = make_assigned([(unit, "lead")], session, by)
    day = date(2016, 4, 5)
    talk = {"way": "visit", "who": "局长、代表", "said": "听取意见。"}
    items.take("contact", case, by=by, on=day, **talk)
    promise = {"promised": "年内完工", "due_on": date(2016, 12, 1)}
    items.take("promise", case, by=by, on=day, **promise)
    replied(case, by, day)
    said = {"attitude": "satisfied", "result": "basically", "words": "辛苦了。"}
    items.take("hear", case, by=by, on=day, author=case.authors.get(), **said)
    told = {"published_text": "关于建议的复文。"}
    items.take("publish", case, by=by, on=day, **told)
    items.take("close", case, by=by, on=day)
    merged = make_item(session, by, status="filed")
    items.take("merge", merged, by=by, on=day, merged_into=open_one)


def make_registers(agency):
    """Something in each register, of this year and of 2016."""
    late = {"due_on": date(2026, 1, 31), "helpers": "财政局", "result": "推进中。"}
    make_task(agency, year=2026, progress="under_way", **late)
    for progress in PlanTask.Progress:
        make_task(agency, year=2016, progress=progress)
    inspection = make_inspection(agency, held_on=date(2016, 8, 8), note="全市范围")
    make_problem(inspection)
    make_problem(inspection, measure="已补答", righted_on=date(2016, 9, 1))
    make_check(agency, year=2016, note="样例")
    make_score(agency, year=2016, note="样例")


def make_returns(city):
    """Of bodies beneath, one sent figures that have changed since, one has totals that
    do not add up, one was told to mend its figures, one has done nothing."""
    make_agency("宝鸡市气象局", "QX", parent=city)
    for code, fields in {
        "BS": {
            "submitted_on": RECEIVED,
            "submitted_by": "王敏",
            "figures": [["T3.1", "C3.3", 3], ["T2.1.1.made", "total", 1]],
        },
        "ZS": {"source": "totals", "alone": True, "reminded_on": RECEIVED},
        "TH": {"returned_on": RECEIVED, "remark": "请核对。"},
    }.items():
        body = make_agency(f"宝鸡市{code}局", code, "county", city)
        Submission.objects.create(agency=body, year=2025, **fields)
        make_agency(parent=body)
        place = {"code": "T4.1.1", "column": "total", "value": 1}
        Tally.objects.create(agency=body, year=2025, **place)


RETURNS = ("BJ", "QX", "BS", "ZS", "TH")


DATA = {
    Agency: ("name", "code"),
    User: ("name", "username"),
    DisclosureRequest: ("subject", "description", "applicant", "address",
                        "correction_points"),
    DisclosureRequest.consultations.rel.related_model: ("party",),
    DisclosureRequest.remedies.rel.related_model: ("body",),
    DisclosureRequest.attachments.rel.related_model: ("title",),
    RequestEvent: ("note",),
    ProposalEvent: ("note",),
    AssignmentEvent: ("note",),
    Proposal: ("subject", "text", "key_leader", "category", "published_text"),
    Author: ("name", "group"),
    Contact: ("who", "said"),
    Commitment: ("promised",),
    Feedback: ("words",),
    Assignment: ("document_number",),
    Session: ("classes",),
    LogEntry: ("change_message",),
    Submission: ("remark", "submitted_by"),
    Tally: ("note",),
    PlanTask: ("heading", "title", "helpers", "result"),
    SelfInspection: ("name", "note"),
    Problem: ("found", "measure"),
    WebsiteCheck: ("note",),
    Assessment: ("assessor", "note"),
    AnnualReport: ("title", "approver", "correction"),
}  # fmt: skip


def as_typed():
    """What people have typed, which stays as it is in both languages."""
    values = {
        value
        for model, names in DATA.items()
        for row in model.objects.values_list(*names)
        for value in row
        if value
    }
    # Of the classes of a session each meaning is shown by itself.
    for (classes,) in Session.objects.values_list("classes"):
        values |= {line.partition(" ")[2] for line in classes.splitlines()}
    return re.compile("|".join(map(re.escape, sorted(values, key=len, reverse=True))))


# Where it is seen

ERROR_PAGES = sorted(path.name for path in (BASE_DIR / "templates").glob("[45]*.html"))
MODELS = {
    f"admin:{model._meta.app_label}_{model._meta.model_name}_": model
    for model in admin.site._registry
}
AT_DESK = {"reports:progress": PlanTask}
"""Pages of a row that an address names by its key."""
DESK = {
    "disclosure:request": DisclosureRequest,
    "proposals:item": Proposal,
    "proposals:task": Assignment,
}
LEFT_OUT = {
    "admin:auth_group_": "the superuser's alone: permissions, by their English names",
    "admin:jsi18n": "a script",
    "admin:autocomplete": "an answer to a script",
    "admin:disclosure_disclosurerequest_attachment": "a file",
    "reports:chart": "a picture, of what stands in the table beside it",
    "disclosure:letter": "a file",
    "disclosure:request_due": "a file",
    "proposals:item_due": "a file",
    "proposals:task_due": "a file",
    "reports:annual_document": "a file",
    "reports:download": "a file",
    "reports:series": "a file",
    "report_data": "a file",
    "report_file": "a file",
    "set_language": "shows nothing",
    "text_size": "shows nothing",
}


def named_pages(resolver=None, namespace="", above=()):
    """Every name of the map of addresses, with what an address of it names."""
    for entry in (resolver or get_resolver()).url_patterns:
        takes = (*above, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from named_pages(entry, inner, takes)
        elif entry.name:
            yield f"{namespace}{entry.name}", takes


def choices(takes, model, thorough):
    """What an address may name; KeyError for a page that wants a line here."""
    steps = Workflow.all.get(model, workflow)
    if "row" in takes:
        for rows in steps.rows:
            found = steps.model.objects.filter(**{f"{rows}__isnull": False})
            for case in found[:1]:
                row = getattr(case, rows).first()
                yield {"pk": case.pk, "rows": rows, "row": row.pk}
        return
    rows = model._base_manager.order_by("pk") if model else ()
    keys = [row.pk for row in rows]
    # At the desk every case has its pages, and for the public what is published.
    numbered = rows if model in DESK.values() else Proposal.objects.published()
    numbers = [case.number for case in numbered]
    known = {
        "code": ["BJ"],
        "heap": [
            heap.name
            for heap in heaps(RECEIVED, CalendarDay.objects.as_calendar())
            if heap.narrows is None
        ],
        "app_label": ["casework", "disclosure", "proposals", "reports"],
        "name": [*steps.steps],
        "number": numbers[-1:] if "name" in takes else numbers,
        "object_id": keys,
        "pk": keys[-1:],
        "year": [2026, 2027],
    }
    made = [{}]
    for kind in takes:
        values = known[kind] if thorough else known[kind][-1:]
        made = [one | {kind: value} for one in made for value in values]
    yield from made


def addresses(thorough):
    """Every page, at every address that it has here or at one; and some questions."""
    for name, takes in named_pages():
        if not name.startswith(tuple(LEFT_OUT)):
            model = next(
                (MODELS[m] for m in MODELS if name.startswith(m)), AT_DESK.get(name)
            )
            for arguments in choices(takes, model, thorough):
                yield reverse(name, kwargs=arguments)
    yield from ("/reports/2026/", "/reports/2026/BJ/", "/reports/2026/BJ/?version=1")
    yield "/nothing/"
    yield f"{reverse('reports:annual', args=[2026, 'BJ'])}?version=1"
    asked = {"channel": "other_unit", "submitted_on": "2026-11-10", "extension": 10}
    other = {"body": "congress", "assigned_on": "2026-07-03", "limit": "difficult"}
    for more in ({}, {"confirmed_on": "2026-12-10"}, {"arrived_on": "2026-01-01"}):
        yield f"{reverse('calculator')}?{urlencode(asked | more | other)}"
    cases = reverse("admin:disclosure_disclosurerequest_changelist")
    yield f"{reverse('reports:returns')}?year=2025"
    for code in RETURNS if thorough else RETURNS[:1]:
        yield reverse("reports:return", args=[2025, code])
    yield from (f"{cases}?light=overdue", f"{cases}?q=nothing", f"{cases}?applicant=x")
    for year, cells in {
        2026: ("T3.1 C3.3", "T4.2.1.5 total", "T6.fee_notices total"),
        2020: ("T3.1 C3.3",),
        2016: ("S3.1 total", "S4 total", "S7 total", "R.plan_tasks total",
               "R.problems_found total", "R.website_quarters total"),
    }.items():  # fmt: skip
        shown = {"year": year, "agency": "BJ"}
        yield f"{reverse('reports:totals')}?{urlencode(shown)}"
        for row, column in map(str.split, cells):
            more = urlencode(shown | {"row": row, "column": column})
            yield f"{reverse('reports:behind')}?{more}"


def deeds(client):
    """What staff see only after something was sent: the address, and what was sent."""
    cases = reverse("admin:disclosure_disclosurerequest_changelist")
    case = DisclosureRequest.objects.latest("pk")
    for name in DisclosureRequestAdmin.bulk_steps:
        yield cases, {"action": f"bulk_{name}", "_selected_action": [case.pk]}
    step = "admin:disclosure_disclosurerequest_step"
    told = {"note": "核对", "submission": uuid4(), "version": case.version}
    for day in ("2026-03-03", "2016-01-01"):
        yield reverse(step, args=[case.pk, "reveal"]), told | {"on": day}
    find = reverse("admin:disclosure_disclosurerequest_find")
    yield find, {"identity_number": RESIDENT}
    notice = {"notice": "国办发明电〔2026〕9号", "make_up": "2027-02-14"}
    rests = {"new_year": "1-1", "labour_day": "5-1", "national_day": "10-1"}
    ends = {f"{n}_{end}": d for n, d in rests.items() for end in ("first", "last")}
    enter = reverse("admin:casework_calendarday_notice", args=[2027])
    for button in ("preview", "enter"):
        yield enter, notice | ends | {button: ""}
    yield f"{reverse('reports:returns')}?year=2025", {}
    for code in RETURNS:
        place = "T2.1.1.made/total"
        for told in (
            {"deed": "send"}, {"deed": "save", place: "x"},
            {"deed": "save", place: "3"},
            {"deed": "choose"}, {"deed": "choose", "source": "totals"},
            {"deed": "give_back"}, {"deed": "give_back", "remark": "请核对。"},
            {"deed": "save", place: "3", "shown": '{"source": "x"}'},
        ):  # fmt: skip
            yield reverse("reports:return", args=[2025, code]), told
    change = reverse("admin:disclosure_disclosurerequest_change", args=[case.pk])
    shown = client.get(change).context
    if shown and "adminform" in shown and shown["adminform"].form.fields:
        form = shown["adminform"].form
        yield change, typed(form, description="x", reason="改", seen_version=0)
        yield change, typed(form, channel="ordinary_letter", reason="改")


def look_ups():
    """What an applicant sends to see a request, for each of them."""
    by = User.objects.get(is_superuser=True)
    for case in DisclosureRequest.objects.all():
        case, code = codes.issue(case, by=by, on=case.first_day)
        yield reverse("disclosure:status"), {"number": case.number, "code": code}


def pages(person, language):
    """Every page that the person gets, by its address; also after an empty form."""
    client = Client()
    client.cookies["django_language"] = language
    if person:
        client.force_login(person)
    for address, told in deeds(client) if person else look_ups():
        yield f"POST {address}", send(client, address, told)
    # Last of all the one that logs out.
    last = reverse("admin:logout")
    thorough = bool(person and person.is_superuser)
    sent = set()
    for address in sorted(addresses(thorough), key=lambda address: address == last):
        yield address, client.get(address)
        kind = re.sub(r"\d+", "", address)
        if kind not in sent:
            yield f"POST {address}", send(client, address, {})
        sent.add(kind)


def send(client, address, told):
    """The page that follows; what it changed is forgotten."""
    with transaction.atomic():
        answer = client.post(address, told, follow=True)
        transaction.set_rollback(True)
    return answer


# What is read there


class Reader(HTMLParser):
    """All that a person reads or hears of a page, without what is typed in fields."""

    UNREAD = ("code", "script", "style", "textarea")
    READ = ("alt", "aria-label", "label", "placeholder", "title")
    EMPTY = ("br", "hr", "img", "input", "link", "meta")

    def __init__(self, page, language):
        super().__init__()
        self.language, self.unread, self.texts = language, [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        unread = (
            self.unread
            or tag in self.UNREAD
            or told.get("lang", self.language) != self.language
            or "hidden" in (told.get("class") or "").split()
        )
        if unread and tag not in self.EMPTY:
            self.unread.append(tag)
        if not self.unread:
            self.texts += [told[name] for name in self.READ if told.get(name)]
            if tag == "input" and told.get("type") in ("submit", "button", "reset"):
                self.texts.append(told.get("value", ""))

    def handle_endtag(self, tag):
        if self.unread and tag not in self.EMPTY:
            self.unread.pop()

    def handle_data(self, data):
        if not self.unread:
            self.texts.append(data)


def strange_words(page, language, typed_by_people):
    """The words of the other language that a page has, each with what it stands in."""
    # Both at once: of a query code, what looks like the code of an agency is no word.
    known = re.compile(
        f"{THE_SAME[language].pattern}|{typed_by_people.pattern}",
        THE_SAME[language].flags,
    )
    for text in Reader(page, language).texts:
        left = known.sub(" ", text)
        for word in WORD[language].findall(left):
            if word not in ALLOWED[language]:
                yield word, " ".join(text.split())


@pytest.mark.parametrize("language", WORD)
@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_has_a_word_of_the_other_language(name, language, people):
    typed_by_people = as_typed()
    strange = {}
    for address, answer in pages(people[name], language):
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert answer.headers["Content-Language"] == language
            for found in strange_words(answer.text, language, typed_by_people):
                strange.setdefault(found, address)
    assert strange == {}


@pytest.mark.parametrize("language", WORD)
@pytest.mark.parametrize("page", ERROR_PAGES)
def test_no_error_page_has_one_either(page, language):
    with translation.override(language):
        page = render_to_string(page)
    assert list(strange_words(page, language, re.compile("(?!)"))) == []


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>办结 closed</p>", ["closed"]),
        ("<p>见PDF文件</p>", []),
        ("<p>BJ-2026-0001-75 T3.3.1</p>", []),
        ("<p>F5F9P-QXPBR QX</p>", []),
        ('<img alt="Photo">', ["Photo"]),
        ('<input type="submit" value="Save"><input value="Wang">', ["Save"]),
        ('<button lang="en">English <b>please</b></button><p>go</p>', ["go"]),
        ("<script>go()</script><textarea>typed</textarea>", []),
    ],
)
def test_what_a_person_reads_is_read(page, found):
    words = strange_words(page, "zh-hans", re.compile("QX"))
    assert [word for word, _text in words] == found
