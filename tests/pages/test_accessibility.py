"""Every page as whoever sees little meets it: axe finds nothing."""

import os
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from reports.sample.people import CITY_OFFICE
from tests.pages.deeds import log_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not os.environ["DATABASE_URL"].startswith("sqlite"),
        reason="the pages are the same on both databases",
    ),
]

LAST = timezone.localdate().year - 1
"""Of which the bodies of the sample have sent their figures."""
REQUESTS, ITEMS = "/admin/disclosure/disclosurerequest/", "/admin/proposals/proposal/"
PUBLIC = (
    "/",
    "/status/",
    "/replies/",
    "/reports/",
    "/reports/2016/",
    "/reports/2016/BJ/",
    "/calendar/",
    "/calculator/",
    "/admin/login/",
    "/nothing/",
)
STAFF = (
    "/desk/",
    "/desk/reminders/",
    "/desk/totals/?year=2016",
    "/desk/totals/cases/?year=2016&row=S3.1&column=total",
    "/desk/totals/cases/?year=2016&row=R.problems_found&column=total",
    "/desk/statistics/?year=2026",
    "/desk/plan/",
    "/desk/plan/1/",
    "/desk/supervision/?year=2016",
    "/desk/reports/",
    "/desk/reports/2016/BJ/",
    "/desk/returns/",
    f"/desk/returns/{LAST}/TBX/",
    f"/desk/returns/{LAST}/GXQ/",
    "/admin/",
    "/admin/password_change/",
    REQUESTS,
    f"{REQUESTS}add/",
    f"{REQUESTS}import/",
    f"{REQUESTS}export/",
    ITEMS,
    f"{ITEMS}add/",
    f"{ITEMS}assign/",
    "/admin/proposals/assignment/",
    "/admin/proposals/session/",
    "/admin/casework/agency/",
    "/admin/casework/calendarday/",
    "/admin/reports/tally/",
    "/admin/reports/annualreport/",
    "/admin/reports/submission/",
    "/admin/reports/plantask/",
    "/admin/reports/plantask/add/",
    "/admin/reports/selfinspection/",
    "/admin/reports/problem/",
    "/admin/reports/websitecheck/",
    "/admin/reports/assessment/",
)
DESK = (
    "/desk/requests/?light=open",
    "/desk/items/?status=assigned",
    "/desk/tasks/?light=open",
)
"""Lists of the desk, of whose first case every page is looked at as well."""
LISTED = (REQUESTS, ITEMS, "/admin/proposals/assignment/", "/replies/", *DESK)
"""Lists of which the first page that they lead to is looked at as well."""
FIRST = "#result_list tbody th a, ol.replies a, main tbody a"


def first_of(page, listed):
    page.goto(listed)
    return page.locator(FIRST).first.get_attribute("href")


def begun_report(page):
    """The page of an annual report that is a draft, with something that fails."""
    page.goto("/desk/reports/")
    page.locator("#begin_year").select_option(str(LAST))
    page.locator("#begin_agency").select_option("WBQ")
    page.locator("#begin_agency").locator("xpath=ancestor::form//button").click()
    return urlsplit(page.url).path


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_axe_finds_nothing(visit, office, language):
    page = visit(allowed=(404,))
    cookie = {"name": "django_language", "value": language, "url": office.address}
    page.context.add_cookies([cookie])
    found = list(wrong_on(page, PUBLIC, language))
    log_in(page, CITY_OFFICE)
    addresses = [*STAFF, *(first_of(page, listed) for listed in LISTED)]
    for listed in DESK:
        case = first_of(page, listed)
        page.goto(case)
        step = page.locator("a[href*='/step/']").first.get_attribute("href")
        addresses += [listed, f"{case}why/", step]
    draft = begun_report(page)
    addresses += [draft, f"{draft}texts/"]
    found += wrong_on(page, addresses, language)
    assert found == []


def wrong_on(page, addresses, language):
    """What axe finds, by address, scheme, width and rule, with the first element that
    it is about; of the dark scheme only what colours can do wrong, which neither the
    language nor the width changes."""
    # Its look at the style sheets is one that our policy refuses; what is right it
    # would tell at length, too.
    all_rules = {"preload": False, "resultTypes": ["violations"]}
    looks = [("light", (320, 1280), all_rules)]
    if language == "zh-hans":
        looks.append(("dark", (1280,), all_rules | {"runOnly": ["color-contrast"]}))
    for scheme, widths, look in looks:
        # Before the page comes: its colours would still be on their way.
        page.emulate_media(color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            for width in widths:
                page.set_viewport_size({"width": width, "height": 800})
                told = Axe().run(page, options=look)
                for rule in told.response["violations"]:
                    place = address, scheme, width, rule["id"]
                    yield place, rule["nodes"][0]["html"]
