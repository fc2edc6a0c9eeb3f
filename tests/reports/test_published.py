"""The published reports are for everyone; a draft, and what comes later, for nobody."""

import json
import re
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from reports.models import AnnualReport, Tally
from tests.annual_reports import REASON, make_published
from tests.clients import logged_in
from tests.factories import CHIEF, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db

CANARY = "金丝雀"
TOKEN = re.compile(r'value="\w{64}"')
"""Of a form, another one each time."""
KINDS = ("docx", "xlsx", "csv", "json")
PAGES = ("/reports/", "/reports/2025/", "/reports/2025/BJ/")
FILES = (
    *(f"/reports/2025/BJ.{kind}" for kind in KINDS),
    "/reports/2025.csv",
    "/reports/2025.json",
)


@pytest.fixture
def office():
    return make_agency("宝鸡市人民政府办公室", "BJ", "city_office")


def get(address, client=None, **asked):
    return (client or Client()).get(address, asked)


def content(address, client=None, **asked) -> bytes:
    answer = get(address, client, **asked)
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def words(address, client=None, **asked) -> str:
    """What is read at the address; of a Word file its text."""
    found = content(address, client, **asked)
    if ".docx" in address:
        return Document(BytesIO(found)).element.xml
    return TOKEN.sub("", found.decode("utf-8", "replace"))


def test_the_reports_are_listed_by_year(office):
    make_published(office)
    make_published(office, 2016)
    make_published(make_agency("宝鸡市教育局", "JYJ", parent=office))

    html = words("/reports/")
    assert html.index("/reports/2025/BJ/") < html.index("/reports/2025/JYJ/")
    assert html.index("/reports/2025/JYJ/") < html.index("/reports/2016/BJ/")
    of_year = words("/reports/2025/")
    assert of_year.count("宝鸡市教育局") == 1
    assert "/reports/2016/BJ/" not in of_year


def test_a_report_is_read_whole(office):
    Tally.objects.create(agency=office, year=2025, code="T2.1.1.made", value=4321)
    report = make_published(office, texts={"5": "存在三个问题。"})

    html = words("/reports/2025/BJ/")

    for said in (
        "宝鸡市人民政府2025年政府信息公开工作年度报告",
        "五、存在的主要问题及改进情况",
        "存在三个问题。",
        "2026年3月28日",
        "国办公开办函〔2021〕30号",
        report.approver,
        report.digest,
        REASON,
        '<td class="figure" colspan="1">4321',
        *(f"/reports/2025/BJ.{kind}?version=1" for kind in KINDS),
    ):
        assert said in html, said


def test_the_digest_is_that_of_the_json_file(office):
    report = make_published(office)
    assert sha256(content("/reports/2025/BJ.json")).hexdigest() == report.digest


def test_the_latest_version_is_shown_and_an_older_one_says_so(office):
    make_published(office, texts={"5": "旧文。"})
    make_published(office, version=2, texts={"5": "新文。"}, correction="更正了文字。")

    latest, older = words("/reports/2025/BJ/"), words("/reports/2025/BJ/", version=1)

    assert ("新文。" in latest, "旧文。" in latest, "更正了文字。" in latest) == (
        True,
        False,
        True,
    )
    assert ("新文。" in older, "旧文。" in older) == (False, True)
    assert ('class="older"' in latest, 'class="older"' in older) == (False, True)
    for kind, (first, second) in {
        kind: [words(f"/reports/2025/BJ.{kind}", version=n) for n in (1, 2)]
        for kind in ("docx", "json")
    }.items():
        assert ("旧文。" in first, "新文。" in second) == (True, True), kind
        assert words(f"/reports/2025/BJ.{kind}") == second
    (listed,) = json.loads(content("/reports/2025.json"))["reports"]
    assert listed["report"]["version"] == 2


# What is not there


def test_a_draft_is_not_there(office):
    fields = {"texts": {"5": CANARY}, "title": CANARY, "head": CANARY}
    AnnualReport.objects.create(agency=office, year=2025, **fields)

    assert CANARY not in words("/reports/")
    for address in (*PAGES[1:], *FILES):
        for client in (Client(), logged_in(*CHIEF, agency=office)):
            assert get(address, client).status_code == 404, address


def test_a_draft_beside_a_published_version_is_not_seen(office):
    make_published(office)
    fields = {"texts": {"5": CANARY}, "title": CANARY, "correction": CANARY}
    AnnualReport.objects.create(agency=office, year=2025, version=2, **fields)

    for address in (*PAGES, *FILES):
        assert CANARY not in words(address), address
    for address in (PAGES[-1], *FILES[:4]):
        assert get(address, version=2).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/reports/2024/",
        "/reports/2024.csv",
        "/reports/2025.docx",
        "/reports/2024/BJ/",
        "/reports/2025/NO/",
        "/reports/2025/NO.csv",
        "/reports/2025/BJ.pdf",
        "/reports/2025/BJ/?version=2",
        "/reports/2025/BJ/?version=x",
        "/reports/2025/BJ.json?version=",
        "/reports/0/",
        "/reports/99999999999999999999/",
        "/reports/99999999999999999999/BJ/",
        "/reports/99999999999999999999.csv",
    ],
)
def test_what_is_not_published_is_not_there(office, address):
    make_published(office)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_there_are_no_other_ways_to_ask(office, address):
    make_published(office)
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)(address).status_code == 405
    assert Client().head(address).status_code == 200


# What comes later, and who asks


def test_nothing_of_what_comes_later_is_seen(office):
    chief = make_user(*CHIEF, agency=office)
    make_request("handling", office, date(2025, 3, 4), by=chief)
    make_published(office)
    addresses = [address for address in (*PAGES, *FILES) if "xlsx" not in address]
    before = [words(address) for address in addresses]

    make_request("handling", office, date(2025, 3, 5), by=chief)
    Tally.objects.create(agency=office, year=2025, code="T2.1.1.made", value=4321)
    office.name = CANARY
    office.save()

    assert [words(address) for address in addresses] == before


def test_an_address_stays_when_the_body_has_another_code(office):
    make_published(office)
    addresses = [
        PAGES[-1],
        *(address for address in FILES[:4] if "xlsx" not in address),
    ]
    before = [words(address) for address in addresses]

    office.code = "SF"
    office.save()

    assert [words(address) for address in addresses] == before
    assert "/reports/2025/SF/" in words("/reports/")
    assert content("/reports/2025/SF.json") == content("/reports/2025/BJ.json")

    make_published(make_agency(code="BJ"), texts={"5": "另一单位。"})
    assert "另一单位。" in words("/reports/2025/BJ/")


def test_whoever_asks_reads_the_same_and_nothing_of_a_case(office):
    chief = make_user(*CHIEF, agency=office)
    secret = {"subject": f"{CANARY}批复", "applicant": f"{CANARY}先生"}
    case = make_request("handling", office, date(2025, 3, 4), by=chief, **secret)
    make_published(office)
    people = [
        Client(),
        logged_in(*CHIEF, agency=office),
        logged_in(*CHIEF, agency=make_agency()),
    ]

    for address in PAGES:
        pages = {words(address, person) for person in people}
        assert len(pages) == 1
    for address in (*PAGES, *FILES):
        assert CANARY not in words(address)
        assert case.number not in words(address)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/reports/", 1),
        ("/reports/2025/", 1),
        ("/reports/2025/BJ/", 2),
        *((f"/reports/2025/BJ.{kind}", 2) for kind in KINDS),
        ("/reports/2025.csv", 2),
        ("/reports/2025.json", 2),
    ],
)
@pytest.mark.parametrize("others", [0, 3])
def test_a_page_asks_the_database_so_often(
    office, address, queries, others, django_assert_num_queries
):
    make_published(office)
    for version in range(2, 2 + others):
        make_published(office, version=version, correction="更正。")
        make_published(make_agency(parent=office))

    with django_assert_num_queries(queries):
        content(address)


def test_the_public_pages_lead_to_the_reports():
    for address in ("/", "/status/"):
        assert 'href="/reports/"' in words(address)
