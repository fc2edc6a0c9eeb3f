"""A suggestion's whole way in a real browser, from its filing to the reply."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.sample.people import CHIEF, CITY_OFFICE, COUNTY_CLERK, DEPARTMENT_CLERK
from tests.pages.deeds import at_desk, confirm, fill, log_in, take

pytestmark = pytest.mark.browser

ITEMS = "/admin/proposals/proposal/"
TITLE = "浏览器测试：关于增设公交站点的建议"


def choose(page, name, text):
    """The option of a choice, or the box of many, that is called so."""
    field = page.locator(f"#id_{name}")
    if field.evaluate("element => element.tagName") == "SELECT":
        field.select_option(label=text)
    else:
        field.get_by_label(text, exact=True).check()


def test_from_filing_to_the_published_reply(visit):
    today = timezone.localdate().isoformat()
    office, county, unit, chief = visit(), visit(), visit(), visit()
    for page, person in (
        (office, CITY_OFFICE),
        (county, COUNTY_CLERK),
        (unit, DEPARTMENT_CLERK),
        (chief, CHIEF),
    ):
        log_in(page, person)

    # Registered and filed.
    office.goto(f"{ITEMS}add/")
    latest = office.locator("#id_session option").nth(1).get_attribute("value")
    fill(
        office,
        session=latest,
        submitted_on=today,
        authors="王代表，第一代表团\n李代表，第二代表团",
        subject=TITLE,
        text="建议在经二路增设公交站点。",
        category="交通",
    )
    office.locator("#id_in_session").uncheck()
    office.click("input[name=_continue]")
    expect(office.locator("#authors + table tbody tr")).to_have_count(2)
    item = at_desk(office)
    take(office, item, "file", official_number="9001", note="闭会期间")

    # Assigned to the wrong unit, which gives it back; then to another.
    office.click("a[href$='/step/assign/']")
    choose(office, "lead", "渭滨区人民政府")
    confirm(office)
    wrong = task_of(county, TITLE)
    take(
        county, wrong, "ask_return",
        return_reason="not_ours", return_text="公交站点由市级部门负责",
    )  # fmt: skip
    take(office, wrong, "grant_return")
    office.goto(item)
    office.click("a[href$='/step/assign/']")
    choose(office, "lead", "宝鸡市国土资源局")
    choose(office, "co_handlers", "渭滨区人民政府")
    confirm(office)

    # The co-handler's opinion, the contact, the draft, the signature, the service.
    helping = task_of(county, TITLE, status="assigned")
    take(county, helping, "sign_for")
    take(county, helping, "give_opinion", opinion="同意增设。")
    task = task_of(unit, TITLE)
    take(unit, task, "sign_for")
    take(unit, item, "contact", way="visit", who="承办科长", said="代表同意选址。")
    take(
        unit, item, "decide_publication",
        publication="full", published_text="将在经二路增设两个公交站点。",
    )  # fmt: skip
    take(unit, task, "submit_draft")
    take(chief, task, "sign", document_number="宝国土函〔2026〕1号", result_class="B")
    take(unit, task, "serve")
    take(
        unit, item, "promise",
        promised="年底前建成两个站点", due_on=f"{today[:4]}-12-31",
    )  # fmt: skip

    # One author is dissatisfied: a second round; then it is closed and published.
    for author, result in (("王代表", "satisfied"), ("李代表", "dissatisfied")):
        hear(office, item, author, result)
    take(office, item, "handle_again", note="李代表不满意")
    again = task_of(unit, TITLE, status="assigned")
    for name in ("sign_for", "submit_draft"):
        take(unit, again, name)
    take(chief, again, "sign", document_number="宝国土函〔2026〕2号", result_class="A")
    take(unit, again, "serve")
    for author in ("王代表", "李代表"):
        hear(office, item, author, "satisfied")
    take(office, item, "close")
    take(office, item, "publish", published_text="已在经二路增设两个公交站点。")

    # What anyone reads: found in traditional characters, and without the authors.
    anyone = visit(java_script_enabled=False, viewport={"width": 320, "height": 640})
    anyone.goto("/replies/")
    fill(anyone, text="增設公交站點")
    anyone.click("main form button")
    anyone.click(f"a:has-text('{TITLE}')")
    expect(anyone.locator("main")).to_contain_text("已在经二路增设两个公交站点。")
    assert "王代表" not in anyone.content()
    assert anyone.evaluate("document.documentElement.scrollWidth") == 320


def task_of(page, subject, status=""):
    """The address of the unit's newest task of this subject."""
    page.goto(f"/desk/tasks/?text={subject[:4]}&status={status}")
    row = page.locator("main tbody tr", has_text=subject).first
    return row.locator("a").first.get_attribute("href")


def hear(page, item, author, result):
    """Record what an author says of the reply."""
    page.goto(item)
    page.locator("a[href$='/step/hear/']").first.click()
    choose(page, "author", author)
    fill(page, attitude="satisfied", result=result)
    confirm(page)
