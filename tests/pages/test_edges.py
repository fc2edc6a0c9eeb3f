"""Sheets with faults, a door that locks, work without a mouse: in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.sample.people import CITY_OFFICE, CLERK, PASSWORD
from tests.ledgers import a_csv, replied, table
from tests.pages.deeds import fill, log_in

pytestmark = pytest.mark.browser

REQUESTS = "/admin/disclosure/disclosurerequest/"


def send_in(page, name, *rows):
    """Choose a file, as an office saves it, and have it looked at."""
    content = a_csv(table(rows), encoding="gb18030").getvalue()
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.set_input_files("input[type=file]", file)
    page.click("input[type=submit].default")


def test_a_ledger_with_a_fault_is_repaired_and_imported(visit):
    page = visit()
    log_in(page, CITY_OFFICE)
    page.goto(f"{REQUESTS}import/")
    good, bad = (replied(number=f"台账-{n}", subject="浏览器台账") for n in (1, 2))

    send_in(page, "台账.csv", good, bad | {"served_on": "2024-13-45"})
    fault = page.locator("table tbody tr", has_text="2024-13-45")
    expect(fault.locator("td").first).to_have_text("3")
    with page.expect_download() as marked:
        page.locator("a.button").first.click()
    assert "2024-13-45" in marked.value.path().read_text(encoding="utf-8-sig")
    page.goto(f"{REQUESTS}?q=浏览器台账")
    expect(page.locator("#result_list tbody tr")).to_have_count(0)

    page.goto(f"{REQUESTS}import/")
    send_in(page, "台账.csv", good, bad)
    page.click("input[type=submit].default")
    page.goto(f"{REQUESTS}?q=浏览器台账")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)


def test_the_log_in_locks_after_five_failures(visit):
    page = visit(allowed=(429,))
    for _try in range(5):
        page.goto("/admin/login/")
        fill(page, username="nobody.there", password="wrong-password-1")
        page.click("input[type=submit]")
    page.goto("/admin/login/")
    fill(page, username="nobody.there", password=PASSWORD)
    with page.expect_response("**/admin/login/") as answer:
        page.click("input[type=submit]")
    assert answer.value.status == 429
    expect(page.locator("main h1")).to_be_visible()

    # One clerk's slips lock nobody else out of the building.
    log_in(page, CLERK)
    expect(page.locator("#user-tools, .person")).to_be_visible()


def test_what_is_sent_after_the_log_in_has_ended_is_sent_after_the_next(visit):
    page = visit(allowed=(401,))
    log_in(page, CLERK)
    page.goto(f"{REQUESTS}add/")
    typed = "第一行“引语”。\n第二行<b>&amp;。"
    fill(page, subject="过时提交", description=typed)
    page.context.clear_cookies(name="sessionid")
    page.locator("[name=_save]").first.click()

    fill(page, username=CLERK.username, password="wrong-password-1")
    page.click("input[type=submit]")
    fill(page, username=CLERK.username, password=PASSWORD)
    page.click("input[type=submit]")
    page.click("input[type=submit].default")

    # What is still missing is said on the form, with all that was typed.
    expect(page.locator("#id_subject")).to_have_value("过时提交")
    expect(page.locator("#id_description")).to_have_value(typed)


def press_to(page, selector, most=60):
    """Press the key that goes on until this is what the next key would act on."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")


def enter(page, then):
    """Press Enter, and wait for the page that this leads to."""
    page.keyboard.press("Enter")
    page.wait_for_url(then)
    page.wait_for_load_state()


def test_a_request_is_looked_up_by_the_keyboard_alone(visit, office):
    number, code = office.trial
    page = visit()
    page.goto("/")
    press_to(page, "main a[href='/status/']")
    enter(page, "**/status/")
    press_to(page, "#id_number")
    page.keyboard.type(number)
    press_to(page, "#id_code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("#number")).to_have_text(number)


def test_a_step_is_taken_by_the_keyboard_alone(visit, office):
    page = visit()
    page.goto("/admin/login/?next=/desk/")
    press_to(page, "#id_username")
    page.keyboard.type(CLERK.username)
    press_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    enter(page, f"{office.address}/desk/")
    press_to(page, "main a[href*='light=unconfirmed']")
    enter(page, "**/desk/requests/?light=unconfirmed")
    press_to(page, "main tbody a")
    enter(page, "**/desk/requests/*-*/")
    press_to(page, "a[href$='/confirm/']")
    enter(page, "**/step/confirm/")
    press_to(page, "form.deed .case-steps button")
    page.keyboard.press("Enter")
    expect(page.locator(".lamp-unconfirmed")).to_have_count(0)


def test_a_list_is_narrowed_and_a_figure_opened_by_the_keyboard_alone(visit):
    page = visit()
    log_in(page, CLERK)
    page.goto("/desk/requests/")
    press_to(page, "#id_text")
    page.keyboard.type("BJ-2016")
    enter(page, "**/desk/requests/?*text=BJ-2016*")
    press_to(page, ".chips a, a.chip")
    enter(page, lambda address: "text=" not in address)

    page.goto("/desk/totals/?year=2016")
    press_to(page, "a[href*='row=S3.1&']", most=150)
    enter(page, "**/desk/totals/cases/**")
    expect(page.locator("tbody tr").first).to_be_visible()


def test_a_request_is_registered_by_the_keyboard_alone(visit):
    page = visit()
    log_in(page, CLERK)
    page.goto("/desk/requests/")
    press_to(page, f"a[href='{REQUESTS}add/']", most=150)
    enter(page, f"**{REQUESTS}add/")
    today = timezone.localdate()
    for name, typed in (
        ("submitted_on", f"{today:%m%d%Y}"),  # as this browser writes a day
        ("subject", "键盘登记的申请"),
        ("description", "请公开2026年预算。"),
        ("applicant", "王示例"),
        ("identity_number", "000000199001010018"),
    ):
        page.locator("body").focus()
        press_to(page, f"#id_{name}")
        page.keyboard.type(typed)
    for name in ("channel", "applicant_kind"):
        page.locator("body").focus()
        press_to(page, f"#id_{name}")
        page.keyboard.press("ArrowDown")
    press_to(page, "input[name=_continue]")
    enter(page, "**/change/")
    expect(page.locator(".case-head")).to_be_visible()
