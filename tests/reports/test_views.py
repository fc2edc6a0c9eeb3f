"""The pages of the totals: who may see them, and each figure leads to its cases."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from casework.pages import SIZE
from disclosure.models import DisclosureRequest, Outcome
from disclosure.workflow import workflow
from reports.models import Submission, Tally
from reports.yearly import Yearly
from tests.clients import logged_in, read
from tests.factories import (
    CHIEF,
    VIEW,
    make_agency,
    make_many,
    make_request,
    make_user,
)
from tests.items import VIEW as VIEW_ITEMS
from tests.items import make_assigned, make_office, make_session
from tests.proposals.year_of_items import make_year
from tests.registers import YEAR, make_task

TALLIES = "reports.view_tally"
TOTALS, CASES, DOWNLOAD = (
    reverse(f"reports:{name}") for name in ("totals", "behind", "download")
)
DAY = date(2025, 3, 4)


@pytest.fixture
def office(db):
    return make_agency("宝鸡市人民政府办公室", "BJ", "city_office")


@pytest.fixture
def bureau(office):
    bureau = make_agency("宝鸡市教育局", "JY", parent=office)
    chief = make_user(*CHIEF, agency=bureau)
    make_request("handling", bureau, DAY, by=chief, subject="未公开的学区方案")
    return bureau


def asked(code, year=2025, **more):
    return {"year": year, "agency": code} | more


# Who


@pytest.mark.parametrize("page", [TOTALS, CASES, DOWNLOAD])
def test_nobody_is_shown_to_the_log_in(client, bureau, page):
    answer = client.get(page, asked("JY", row="T3.1", column="C3.3"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("page", [TOTALS, CASES, DOWNLOAD])
def test_who_may_not_see_requests_sees_no_totals(bureau, page):
    answer = logged_in(agency=bureau).get(page, asked("JY", row="T3.1", column="C3.3"))
    assert answer.status_code == 403


@pytest.mark.parametrize("page", [TOTALS, CASES, DOWNLOAD])
@pytest.mark.parametrize(("place", "status"), [("JY", 200), ("BJ", 200), ("QT", 404)])
def test_three_people(office, bureau, page, place, status):
    elsewhere = make_agency("宝鸡市气象局", "QT", parent=office)
    agency = {"JY": bureau, "BJ": office, "QT": elsewhere}[place]
    client = logged_in(VIEW, agency=agency)

    answer = client.get(page, asked("JY", row="T3.1", column="C3.3"))
    assert answer.status_code == status
    nothing = client.get(page, asked("NO", row="T3.1", column="C3.3"))
    assert nothing.status_code == 404
    if status == 404:
        assert read(answer) == read(nothing)


def test_a_person_chooses_among_the_agencies_of_the_person(office, bureau):
    answer = logged_in(VIEW, agency=bureau).get(TOTALS)
    assert list(answer.context["agencies"]) == [bureau]
    assert answer.context["yearly"].agency == bureau
    assert answer.context["yearly"].year == answer.context["years"][1]


def test_who_works_nowhere_finds_nothing(office):
    assert logged_in(VIEW).get(TOTALS).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": "2007"}, {"year": "3000"}, {"year": "x"}, {"row": "T3.3"},
        {"row": "T2.1.1.made", "column": "total"}, {"column": "total"}, {"row": ""},
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(bureau, wrong):
    client = logged_in(VIEW, agency=bureau)
    right = asked("JY", row="T3.1", column="C3.3")
    assert client.get(CASES, right).status_code == 200
    assert client.get(CASES, right | wrong).status_code == 404


@pytest.mark.parametrize("page", [TOTALS, CASES, DOWNLOAD])
def test_the_pages_only_show(bureau, page):
    assert logged_in(VIEW, agency=bureau).post(page).status_code == 405


# What


def links(answer):
    """The addresses of figures on the page, each with what stands there."""
    found = re.findall(rf'href="({CASES}[^"]+)">([^<]*)</a>', answer.content.decode())
    return {(unescape(address), text) for address, text in found}


@pytest.mark.parametrize("year", [2016, 2020, 2025])
def test_each_figure_opens_as_many_cases_as_it_counts(office, bureau, year):
    chief = make_user(*CHIEF, agency=office)
    day = date(year, 5, 3)
    case = make_request("closed", bureau, day, by=chief, outcome=Outcome.DISCLOSED)
    workflow.take(
        "file_remedy", case, by=chief, on=day, kind="direct", body="宝鸡铁路运输法院"
    )
    make_request("closed", office, day, by=chief, closed=date(year, 12, 30))
    client = logged_in(VIEW, agency=office)

    figures = links(client.get(TOTALS, asked("BJ", year)))
    assert len(figures) > 60
    for address, text in figures:
        if text != "0":
            answer = client.get(address)
            assert answer.status_code == 200
            if text.isdigit():
                assert len(answer.context["page"]) == int(text)


def test_a_figure_of_a_level_opens_the_cases_of_that_level(office, bureau):
    make_request("handling", office, DAY)
    client = logged_in(VIEW, agency=office)
    found = {
        column: [
            case.agency
            for case in client.get(
                CASES, asked("BJ", row="T3.1", column=column)
            ).context["page"]
        ]
        for column in ("city_office", "county", "department")
    }
    assert found == {"city_office": [office], "county": [], "department": [bureau]}


def test_totals_that_a_figure_holds_are_named_beside_its_cases(office, bureau):
    county = make_agency("陇县人民政府", kind="county", parent=office)
    Submission.objects.create(agency=county, year=2025, source="totals")
    number = {"code": "T3.1", "column": "C3.3", "value": 40}
    Tally.objects.create(agency=county, year=2025, **number)
    client = logged_in(VIEW, agency=office)

    answer = client.get(CASES, asked("BJ", row="T3.1", column="C3.3"))
    assert (answer.context["value"], len(answer.context["page"])) == ("41", 1)
    assert answer.context["totals"] == [(county, "40")]


def test_a_body_alone_opens_its_own_cases_only(office, bureau):
    client = logged_in(VIEW, agency=office)
    answer = client.get(CASES, asked("BJ", alone=1, row="T3.1", column="C3.3"))
    assert len(answer.context["page"]) == 0


def test_the_list_links_to_the_case_and_can_be_narrowed(office, bureau):
    client = logged_in(VIEW, agency=office)
    where = asked("BJ", row="T3.1", column="C3.3")
    case = DisclosureRequest.objects.get()

    answer = client.get(CASES, where | {"text": "学区"})
    address = reverse("disclosure:request", args=[case.number])
    assert f'href="{address}"' in answer.content.decode()
    assert list(client.get(CASES, where | {"text": "拆迁"}).context["page"]) == []


def test_a_long_list_is_read_page_by_page(office, bureau):
    case = DisclosureRequest.objects.get()
    make_many(
        case, SIZE + 4, received_on=[DAY, date(2025, 3, 3)], subject=["规划", "无"]
    )
    client = logged_in(VIEW, agency=office)
    where = asked("BJ", row="T3.1", column="C3.3")
    order = DisclosureRequest.objects.order_by("received_on", "pk")

    first = client.get(CASES, where)
    page = first.context["page"]
    assert list(page) == list(order[:SIZE])
    assert f"page={page.next}" in unescape(first.content.decode())
    rest = client.get(CASES, where | {"page": page.next}).context["page"]
    assert list(rest) == list(order[SIZE:])
    back = client.get(CASES, where | {"page": rest.previous}).context["page"]
    assert list(back) == list(page)
    some = client.get(CASES, where | {"text": "规划", "status": "handling"})
    assert list(some.context["page"]) == list(order.filter(subject="规划"))
    for wrong in ("2", "x", "2025-02-30.1"):
        answer = client.get(CASES, where | {"page": wrong})
        assert list(answer.context["page"]) == list(page)


def test_a_list_is_in_the_order_of_the_day_that_counts(office, bureau):
    make_request("closed", bureau, date(2025, 3, 3), closed=date(2026, 1, 5))
    make_request("closed", bureau, date(2025, 3, 5), closed=date(2025, 4, 1))
    make_request("closed", bureau, date(2025, 3, 6), closed=date(2025, 3, 20))
    client = logged_in(VIEW, agency=office)

    def days(row):
        page = client.get(CASES, asked("JY", row=row, column="C3.3")).context["page"]
        return [case.received_on.day for case in page]

    assert days("T3.1") == [3, 4, 5, 6]
    assert days("T3.3.7") == [6, 5]
    assert days("T3.4") == [3, 4]


def test_a_remedy_is_shown_with_its_case(office, bureau):
    chief = make_user(*CHIEF, agency=office)
    case = DisclosureRequest.objects.get()
    for kind in ("reconsideration", "after"):
        case = workflow.take(
            "file_remedy", case, by=chief, on=DAY, kind=kind, body="陕西省人民政府"
        )
    client = logged_in(VIEW, agency=bureau)
    where = asked("JY", row="T4.2.2.5", column="total")

    page = client.get(CASES, where).context["page"]
    assert [(row.case, row.kind) for row in page] == [(case, "after")]
    assert list(client.get(CASES, where | {"status": "closed"}).context["page"]) == []


def test_a_reported_figure_says_who_reported_it(office, bureau):
    for agency, value in ((office, 3), (bureau, 4)):
        Tally.objects.create(agency=agency, year=2025, code="T2.1.2.made", value=value)
    address = reverse("admin:reports_tally_changelist")
    where = f"{address}?year=2025&beneath=BJ&figure=T2.1.2.made"

    allowed = logged_in(VIEW, TALLIES, agency=office)
    page = unescape(allowed.get(TOTALS, asked("BJ")).content.decode())
    assert where in page
    assert allowed.get(where).status_code == 200
    other = logged_in(VIEW, agency=office).get(TOTALS, asked("BJ"))
    assert address not in other.content.decode()
    alone = allowed.get(TOTALS, asked("JY")).content.decode()
    assert '<span class="reporters">' in alone
    assert "宝鸡市教育局" in alone


def test_an_identity_is_shown_as_holding_or_not(office, bureau):
    for code, value in (("S1.1", 9), ("S1.2.1", 4)):
        Tally.objects.create(agency=office, year=2016, code=code, value=value)
    client = logged_in(VIEW, agency=office)

    page = client.get(TOTALS, asked("BJ", 2016)).content.decode()
    states = re.findall(r'class="verdict verdict-(\w+)"><span[^>]*>(.)</span>', page)
    assert set(states) == {("holds", "✓"), ("fails", "✗"), ("unknown", "○")}
    assert states.count(("fails", "✗")) == 1
    assert "9 &gt; 4" in page


def test_an_overdue_request_of_2016_can_be_opened_where_it_has_no_row(office, bureau):
    chief = make_user(*CHIEF, agency=office)
    day = date(2016, 5, 3)
    case = make_request("closed", bureau, day, by=chief, closed=date(2016, 9, 1))
    client = logged_in(VIEW, agency=office)

    page = client.get(TOTALS, asked("BJ", 2016))
    gap = next(
        address
        for address, text in links(page)
        if "row=R.closed_late" in address and not text.isdigit()
    )
    assert list(client.get(gap).context["page"]) == [case]


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("csv", "text/csv; charset=utf-8", "\ufeffyear".encode()),
        ("json", "application/json", b"{"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK",
        ),
    ],
)
def test_the_same_can_be_downloaded(bureau, form, kind, begins):
    client = logged_in(VIEW, agency=bureau)
    answer = client.get(DOWNLOAD, asked("JY", format=form))

    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == (
        f'attachment; filename="yearly-totals-2025-JY.{form}"'
    )
    assert answer.content.startswith(begins)
    assert client.get(DOWNLOAD, asked("JY", format="pdf")).status_code == 404


@pytest.mark.parametrize("cases", [1, 30])
def test_the_pages_ask_as_often_for_many(
    office, bureau, cases, django_assert_num_queries
):
    for _number in range(cases - 1):
        place = make_agency(parent=office)
        make_request("handling", place, DAY)
        Tally.objects.create(agency=place, year=2025, code="T2.1.1.made", value=1)
    client = logged_in(VIEW, TALLIES, agency=office)

    # Session, user, permissions (2), workplaces; agency, list; the form, fourteen.
    with django_assert_num_queries(21):
        client.get(TOTALS, asked("BJ"))
    # The page is not counted first, and its agencies come by themselves; one query
    # more for those that it can be narrowed to.
    with django_assert_num_queries(20):
        client.get(CASES, asked("BJ", row="T3.1", column="C3.3"))


def test_a_person_without_scope_over_a_child_does_not_count_it(office, bureau):
    user = make_user(VIEW, agency=bureau)
    assert Yearly(2025, office, user=user).bodies.agencies.keys() == {bureau.pk}


# Suggestions and proposals

ALL = (VIEW, *VIEW_ITEMS)


def test_each_figure_of_items_opens_as_many_as_it_counts(db):
    year = make_year()
    client = logged_in(*ALL, agency=year.agency)
    figures = links(client.get(TOTALS, asked(year.agency.code, 2016)))
    of_items = {
        (address, text)
        for address, text in figures
        if re.search("row=[JZ]", address) and text != "0"
    }
    assert len(of_items) > 100
    for address, text in of_items:
        answer = client.get(address)
        if "row=J3.units" not in address:
            assert (address, len(list(answer.context["page"]))) == (address, int(text))


@pytest.mark.parametrize(
    ("place", "found"), [("agency", 2), ("county", 1), ("second", 404)]
)
def test_three_people_and_a_figure_of_items(db, place, found):
    year = make_year()
    agency = getattr(year, place)
    client = logged_in(*ALL, agency=agency)
    where = asked(year.county.code, 2016, row="J2.unreplied", column="total")
    answer = client.get(CASES, where)
    if found == 404:
        assert answer.status_code == 404
        return
    # The office and the county see the same figure of the county.
    assert list(answer.context["page"]) == [year.returned]
    own = client.get(CASES, where | {"agency": agency.code})
    assert len(list(own.context["page"])) == found


def test_who_may_not_see_items_finds_no_figure_of_them(office):
    make_assigned([(make_agency(parent=office), "lead")], make_session(office))
    where = asked("BJ", 2016, row="J2.handled", column="total")
    assert logged_in(*ALL, agency=office).get(CASES, where).status_code == 200
    client = logged_in(VIEW, agency=office)
    assert client.get(CASES, where).status_code == 404
    page = client.get(TOTALS, asked("BJ", 2016))
    assert "row=J" not in page.content.decode()
    assert page.context["items"] == []


def test_a_rate_stands_beside_what_it_divides(office):
    make_assigned([(make_agency(parent=office), "lead")], make_session(office))
    make_session(office, "cppcc", 11, 5)
    page = logged_in(*ALL, agency=office).get(TOTALS, asked("BJ", 2016))
    said = {}
    for _kind, found, blocks in page.context["items"]:
        (rates,) = (block for block in blocks if block.layout == "rates")
        for row in rates.rows[1:]:
            (_name, _note, _part, part, _whole, whole, rate) = row
            code = rate.figure.row.code
            said[code] = (part.shown, whole.shown, rate.shown)
        assert found.sessions
    assert said["J6.reply"] == ("0", "1", "0")
    assert said["J6.publication"] == ("0", "0", "—")
    assert said["Z6.filing"] == ("0", "0", "—")


@pytest.mark.parametrize(
    ("more", "status", "counted"),
    [
        ({}, 200, "2"),
        ({"session": "first"}, 200, "1"),
        ({"by": "category"}, 200, "2"),
        ({"session": "0"}, 200, "2"),
        ({"session": "x"}, 200, "2"),
        ({"by": "month"}, 404, None),
    ],
)
def test_one_session_and_another_split_may_be_chosen(office, more, status, counted):
    unit = make_agency(parent=office)
    sessions = [
        make_session(office),
        make_session(
            office, number=7, opened_on=date(2016, 9, 1), closed_on=date(2016, 9, 2)
        ),
    ]
    for session in sessions:
        make_assigned([(unit, "lead")], session, make_office(session), category="城建")
    if more.get("session") == "first":
        more = {"session": sessions[0].pk}
    client = logged_in(*ALL, agency=office)
    page = client.get(TOTALS, asked("BJ", 2016, **more))
    assert page.status_code == status
    if counted:
        shown = {
            address: text
            for address, text in links(page)
            if "row=J2.handled&" in address and text != "0"
        }
        assert set(shown.values()) == {counted}
        for address in shown:
            assert len(list(client.get(address).context["page"])) == int(counted)


def test_whoever_chooses_another_year_has_chosen_another_session(office):
    session = make_session(office)
    make_request("handling", office, date(2015, 3, 4))
    client = logged_in(*ALL, agency=office)
    chosen = asked("BJ", 2016, session=session.pk)

    page = client.get(TOTALS, chosen | {"year": 2017})
    assert (page.status_code, page.context["yearly"].session) == (200, None)
    trends = client.get(STATISTICS, chosen).context["trends"]
    before = [
        link
        for _trend, rows in trends
        for _place, points in rows
        for _value, link in points
        if "year=2015" in link
    ]
    assert len(before) == 12
    assert len(client.get(f"{CASES}?{before[2]}").context["page"]) == 1


@pytest.mark.parametrize("more", [0, 20])
def test_the_items_behind_a_figure_ask_as_often_for_many(
    office, more, django_assert_num_queries
):
    session = make_session(office)
    for _number in range(more + 1):
        make_assigned([(make_agency(parent=office), "lead")], session)
    client = logged_in(*ALL, agency=office)
    where = asked("BJ", 2016, row="J3.lead", column="total")
    # As of requests, with the sessions and the four sources of items.
    with django_assert_num_queries(23):
        assert len(list(client.get(CASES, where).context["page"])) == more + 1


# Registers


@pytest.mark.parametrize(("place", "seen"), [("own", 1), ("above", 2), ("other", 0)])
def test_the_rows_of_a_register_behind_a_figure(office, bureau, place, seen):
    make_task(office, bureau)
    make_task(office)
    places = {"own": bureau, "above": office, "other": make_agency(parent=office)}
    agency = places[place]
    client = logged_in(VIEW, "reports.view_plantask", agency=agency)
    where = asked(agency.code, YEAR, row="R.plan_tasks", column="total")
    page = client.get(CASES, where)
    assert (len(page.context["page"]), page.context["value"]) == (seen, str(seen))


def test_whoever_may_not_see_a_register_does_not_see_its_rows(office):
    make_task(office)
    where = asked("BJ", YEAR, row="R.plan_tasks", column="total")
    assert logged_in(VIEW, agency=office).get(CASES, where).status_code == 403


# Charts

STATISTICS = reverse("reports:statistics")


@pytest.mark.parametrize(
    ("place", "status"), [("office", 200), ("bureau", 404), ("elsewhere", 404)]
)
def test_three_people_and_the_statistics_of_an_agency(office, bureau, place, status):
    agency = {"office": office, "bureau": bureau}.get(place) or make_agency()
    client = logged_in(VIEW, agency=agency)
    for address in (
        STATISTICS,
        reverse("reports:chart", args=["received"]),
        reverse("reports:series", args=["received"]),
    ):
        assert client.get(address, asked("BJ", 2026)).status_code == status


def test_each_number_of_the_charts_opens_as_many_cases(office, bureau):
    for agency in (office, bureau, bureau):
        make_request("handling", agency)
        make_request("closed", agency)
    client = logged_in(VIEW, agency=office)
    found = links(client.get(STATISTICS, asked("BJ", 2026)))
    opened = {(address, text) for address, text in found if text not in ("", "0")}
    assert len(opened) > 5
    for address, text in opened:
        page = client.get(address).context["page"]
        assert (address, len(list(page))) == (address, int(text))


def test_a_chart_is_a_picture_with_a_policy_of_its_own(office):
    client = logged_in(VIEW, agency=office)
    answer = client.get(reverse("reports:chart", args=["units"]), asked("BJ", 2026))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'"
    )


def test_the_table_of_a_chart_comes_as_csv(office):
    make_request("handling", office)
    client = logged_in(VIEW, agency=office)
    answer = client.get(reverse("reports:series", args=["units"]), asked("BJ", 2026))
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[1:] == [f"{office.name},1,0"]


def test_there_is_no_chart_of_another_name(office):
    client = logged_in(VIEW, agency=office)
    for name in ("chart", "series"):
        address = reverse(f"reports:{name}", args=["rain"])
        assert client.get(address, asked("BJ", 2026)).status_code == 404
