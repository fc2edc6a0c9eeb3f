"""Every page as whoever sees little meets it: axe finds nothing."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from reports.sample.people import CITY_OFFICE
from tests.pages.deeds import log_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not os.environ["DATABASE_URL"].startswith("sqlite"),
        reason="the pages are the same on both databases",
    ),
]

REQUESTS, ITEMS = "/admin/disclosure/disclosurerequest/", "/admin/proposals/proposal/"
PUBLIC = ("/", "/status/", "/replies/", "/admin/login/", "/nothing/")
STAFF = (
    "/desk/totals/?year=2016",
    "/desk/totals/cases/?year=2016&row=S3.1&column=total",
    "/desk/statistics/?year=2026",
    "/admin/",
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
)
LISTED = (REQUESTS, ITEMS, "/admin/proposals/assignment/", "/replies/")
"""Lists of which the first page that they lead to is looked at as well."""
FIRST = "#result_list tbody th a, main ul.replies a, main h2 a"


def first_of(page, listed):
    page.goto(listed)
    return page.locator(FIRST).first.get_attribute("href")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_axe_finds_nothing(visit, office, language, scheme, width):
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 800})
    cookie = {"name": "django_language", "value": language, "url": office.address}
    page.context.add_cookies([cookie])
    found = dict(wrong_on(page, PUBLIC))
    log_in(page, CITY_OFFICE)
    addresses = [*STAFF, *(first_of(page, listed) for listed in LISTED)]
    found |= dict(wrong_on(page, addresses))
    assert found == {}


def wrong_on(page, addresses):
    """What axe finds, by address and rule, with the first element that it is about."""
    for address in addresses:
        page.goto(address)
        # Its look at the style sheets is one that our policy refuses.
        told = Axe().run(page, options={"preload": False})
        for rule in told.response["violations"]:
            yield (address, rule["id"]), rule["nodes"][0]["html"]
