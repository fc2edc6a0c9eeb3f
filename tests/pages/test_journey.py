"""A request's whole way in a real browser, as the people of the sample office go it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.sample.people import CHIEF, CLERK
from tests.pages.deeds import at_desk, fill, log_in, take

pytestmark = pytest.mark.browser

ADMIN = "/admin/disclosure/disclosurerequest/"


def test_from_registration_to_the_figure(visit):
    today = timezone.localdate().isoformat()
    clerk, chief = visit(), visit()
    log_in(clerk, CLERK)
    log_in(chief, CHIEF)

    clerk.goto(f"{ADMIN}add/")
    fill(
        clerk,
        channel="email",
        submitted_on=today,
        arrived_on=today,
        applicant_kind="natural_person",
        applicant="王示例",
        identity_number="00000019900101001X",
        subject="浏览器测试：公共租赁住房分配方案",
        description="请公开2026年公共租赁住房分配方案。",
    )
    clerk.click("input[name=_continue]")
    expect(clerk.locator(".errorlist")).to_have_count(1)
    fill(clerk, identity_number="000000199001010018")
    clerk.click("input[name=_continue]")
    expect(clerk.locator(".lamp-unconfirmed")).to_have_count(1)
    assert "000000199001010018" not in clerk.content()
    case = at_desk(clerk)

    take(clerk, case, "confirm")
    expect(clerk.locator(".lamp-later")).to_have_count(1)
    in_two_weeks = (timezone.localdate() + timedelta(14)).isoformat()
    take(
        clerk, case, "ask_correction",
        correction_until=in_two_weeks, correction_points="请说明所需的年份。",
    )  # fmt: skip
    expect(clerk.locator(".lamp-waiting")).to_have_count(1)
    take(clerk, case, "correct")

    # What will come of an extension is shown before it is taken.
    chief.goto(case)
    chief.click("a[href$='/step/extend/']")
    fill(chief, extension="20", note="需要查找历史档案")
    chief.click("button[name=preview]")
    promised = chief.locator("#foreseen ~ p strong").last.inner_text()
    chief.click("form.deed .case-steps button")
    expect(chief.locator("main")).to_contain_text(promised)

    take(
        clerk, case, "submit_draft", draft_outcome="personal_privacy", grounds="涉隐私"
    )
    take(chief, case, "sign", document_number="宝政公开〔2026〕99号")
    with chief.expect_download() as letter:
        chief.click("a[href$='/letters/reply.docx']")
    assert letter.value.suggested_filename.endswith(".docx")
    take(clerk, case, "serve", service="posted")
    expect(clerk.locator(".lamp-on_time")).to_have_count(1)

    clerk.click("a[href$='/step/issue_code/']")
    clerk.click("main form[method=post] button")
    expect(clerk.locator(".slip-code")).to_have_count(2)
    number, code = clerk.locator(".slip-code").all_inner_texts()

    applicant = visit(java_script_enabled=False, viewport={"width": 320, "height": 640})
    applicant.goto("/status/")
    fill(applicant, number=number.replace("-", " ").lower(), code=code.lower())
    applicant.click("main button")
    expect(applicant.locator("#number")).to_have_text(number)
    assert "王示例" not in applicant.content()
    assert "公共租赁住房" not in applicant.content()

    clerk.goto(f"/desk/totals/?year={today[:4]}&agency=BJ&alone=on")
    figure = clerk.locator("a[href*='row=T3.3.3.4&column=C3.1']")
    count = int(figure.inner_text())
    figure.click()
    expect(clerk.locator("tbody tr")).to_have_count(count)
    expect(clerk.locator(f"tbody a:text-is('{number}')")).to_have_count(1)


def test_the_printed_reference_is_found_on_a_small_screen(visit, office):
    number, code = office.trial
    page = visit(viewport={"width": 320, "height": 640})
    page.goto("/status/")
    fill(page, number=number, code=code)
    page.click("main button")
    expect(page.locator("#number")).to_have_text(number)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_two_people_at_one_case(visit):
    first, second = visit(), visit()
    log_in(first, CLERK)
    log_in(second, CHIEF)
    first.goto(f"{ADMIN}?light=open")
    address = first.locator("#result_list tbody th a").first.get_attribute("href")
    for page in (first, second):
        page.goto(address)
        page.click("#record > summary")
    fill(first, phone="0917-1111111", reason="电话有误")
    first.click("input[name=_continue]")
    expect(first.locator(".messagelist")).to_have_count(1)
    fill(second, phone="0917-2222222", reason="电话有误")
    second.click("input[name=_continue]")
    expect(second.locator("#conflicts")).to_have_count(1)
    assert "0917-2222222" in second.content()
    first.goto(address)
    expect(first.locator("#id_phone")).to_have_value("0917-1111111")
