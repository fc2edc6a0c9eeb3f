"""The pages of what bodies send: who sees them, and what is done there."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import Submission, Tally
from reports.returns import deeds
from tests.clients import logged_in, read, typed
from tests.factories import VIEW, make_agency, make_request, make_user
from tests.reports.returns.year import CLERK, OFFICE, YEAR, enter, own

LIST = reverse("reports:returns")
PAGE = reverse("reports:return", args=[YEAR, "WBQ"])
LOOK = (deeds.VIEW, VIEW)
MADE = "T2.1.2.made/total"


def levels(answer):
    return [message.level_tag for message in get_messages(answer.wsgi_request)]


def asked(code, year=YEAR):
    return {"agency": code, "year": year}


def send_in(county):
    """The county's figures are sent."""
    enter(county)
    by = make_user(*CLERK, agency=county)
    return deeds.submit(county, YEAR, by, date(2026, 1, 12))


# Who


@pytest.mark.parametrize("page", [LIST, PAGE])
def test_nobody_is_shown_to_the_log_in(client, county, page):
    answer = client.get(page, asked("WBQ"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("page", [LIST, PAGE])
def test_who_may_not_see_submissions_sees_none(county, page):
    client = logged_in(VIEW, agency=county)
    assert client.get(page, asked("WBQ")).status_code == 403
    assert client.post(page, asked("WBQ")).status_code == 403


@pytest.mark.parametrize(("place", "status"), [("WBQ", 200), ("BJ", 200), ("QT", 404)])
def test_three_people(office, county, place, status):
    elsewhere = make_agency("宝鸡市气象局", "QT", parent=office)
    send_in(county)
    agency = {"WBQ": county, "BJ": office, "QT": elsewhere}[place]
    client = logged_in(*OFFICE, agency=agency)

    for page, nothing in (
        (f"{LIST}?agency=WBQ", f"{LIST}?agency=NO"),
        (PAGE, reverse("reports:return", args=[YEAR, "NO"])),
    ):
        answer, missing = client.get(page), client.get(nothing)
        assert (answer.status_code, missing.status_code) == (status, 404)
        if status == 404:
            assert read(answer) == read(missing)
            assert client.post(page).status_code == 404


def test_the_list_is_of_bodies_beneath_what_the_person_sees(office, county, school):
    make_agency(parent=office)
    answer = logged_in(*LOOK, agency=county).get(LIST)
    assert answer.context["yearly"].agency == county
    assert [row.agency for row in answer.context["rows"]] == [school]


def test_who_is_waited_for_stands_first(office, county):
    other = make_agency("陇县人民政府", parent=office, kind="county")
    client = logged_in(*LOOK, agency=office)
    for sent in (county, other):
        rows = client.get(LIST, asked("BJ")).context["rows"]
        assert rows[0].agency == sent
        send_in(sent)
    rows = client.get(LIST, asked("BJ")).context["rows"]
    assert [row.agency for row in rows] == [county, other]


@pytest.mark.parametrize("year", [2007, 3000])
def test_a_year_without_figures_is_not_found(county, year):
    client = logged_in(*LOOK, agency=county)
    assert client.get(LIST, asked("WBQ", year)).status_code == 404
    page = reverse("reports:return", args=[year, "WBQ"])
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(("place", "code"), [("county", "WBQ"), ("office", "BJ")])
def test_a_body_s_page_leads_back_to_a_list_that_the_person_sees(
    office, county, place, code
):
    client = logged_in(*LOOK, agency={"county": county, "office": office}[place])
    page = client.get(PAGE)
    back = f"{LIST}?year={YEAR}&amp;agency={code}"
    assert f'href="{back}"' in page.content.decode()
    assert client.get(f"{LIST}?year={YEAR}&agency={code}").status_code == 200


def test_the_list_says_how_one_s_own_figures_stand(office, county):
    send_in(county)
    client = logged_in(*LOOK, agency=county)
    assert client.get(LIST, asked("WBQ")).context["own"].submitted_on
    client = logged_in(*LOOK, agency=office)
    assert client.get(LIST, asked("BJ")).context["own"] is None


def test_who_only_looks_has_nothing_to_press(county):
    client = logged_in(*LOOK, agency=county)
    context = client.get(PAGE).context
    assert (context["fill"], context["source"], context["back"]) == (None, None, None)
    for deed in ("save", "send", "choose"):
        told = {"deed": deed, "source": "totals"}
        assert client.post(PAGE, told).status_code == 403
    send_in(county)
    back = {"deed": "give_back", "remark": "请核对。"}
    assert client.post(PAGE, back).status_code == 403
    assert client.post(PAGE, {"deed": "x"}).status_code == 404
    assert Submission.objects.get().submitted_on == date(2026, 1, 12)


@pytest.mark.parametrize(
    ("permissions", "linked"), [((VIEW,), False), ((*LOOK,), True)]
)
def test_the_desk_leads_to_it(county, permissions, linked):
    page = logged_in(*permissions, agency=county).get(reverse("reports:totals"))
    assert (f'href="{LIST}"' in page.content.decode()) == linked


# One body


def filled(client, deed, **changes):
    form = client.get(PAGE).context["fill"]
    return client.post(PAGE, typed(form) | changes | {"deed": deed})


def test_numbers_are_saved_and_stand_in_their_places(county):
    client = logged_in(*CLERK, VIEW, agency=county)
    answer = filled(client, "save", **{MADE: "3"})
    assert (answer.status_code, levels(answer)) == (302, ["success"])
    assert own(county) == {MADE: 3}
    page = client.get(PAGE).content.decode()
    assert f'name="{MADE}" value="3"' in page


def test_a_figure_that_is_counted_leads_to_its_cases(county):
    make_request("handling", county, date(YEAR, 3, 4))
    page = logged_in(*CLERK, VIEW, agency=county).get(PAGE).content.decode()
    assert f"{reverse('reports:behind')}?year=2025&amp;agency=WBQ&amp;row=T3.1" in page
    assert 'name="T3.1/C3.1"' not in page


def test_a_bad_number_is_named_and_nothing_typed_is_lost(county):
    client = logged_in(*CLERK, agency=county)
    answer = filled(client, "send", **{MADE: "viele", "T2.1.2.valid/total": "7"})
    page = answer.content.decode()
    (wrong,) = answer.context["wrong"]
    assert wrong[0].name == MADE
    assert page.count(wrong[0].label) > 2
    assert ('value="viele"' in page, 'value="7"' in page) == (True, True)
    assert own(county) == {}


def test_what_is_blank_is_named_and_the_rest_is_saved(county):
    client = logged_in(*CLERK, agency=county)
    answer = filled(client, "send", **{MADE: "3"})
    assert answer.context["saved"] is True
    assert len(answer.context["wrong"]) == 9
    assert own(county) == {MADE: 3}
    assert Submission.objects.get().submitted_on is None


def test_of_many_blank_places_the_first_are_named_above(county):
    client = logged_in(*CLERK, agency=county)
    client.post(PAGE, {"deed": "choose", "source": "totals"})
    context = filled(client, "send").context
    assert (len(context["wrong"]), context["more"]) == (20, 183)


def test_figures_are_confirmed_and_stand_still(county):
    enter(county, T2_1_2_made__total=3)
    client = logged_in(*CLERK, VIEW, agency=county)
    answer = filled(client, "send")
    assert (answer.status_code, levels(answer)) == (302, ["success"])
    assert Submission.objects.get().submitted_by == str(client.user)

    Tally.objects.filter(code="T2.1.2.made").update(value=8)
    make_request("handling", county, date(YEAR, 3, 4))
    answer = client.get(PAGE)
    assert answer.context["fill"] is None
    frozen = {
        (cell.figure.row.code, cell.figure.column.code): cell.shown
        for block in answer.context["form_blocks"]
        for row in block.rows
        for cell in row
        if cell.figure
    }
    assert (frozen["T2.1.2.made", "total"], frozen["T3.1", "C3.3"]) == ("3", "0")
    changed = [(sent, now) for _label, sent, now in answer.context["changed"]]
    assert changed == [("3", "8"), *[("0", "1")] * 4]


def test_what_was_sent_meanwhile_is_not_filled_in(county):
    client = logged_in(*CLERK, agency=county)
    form = typed(client.get(PAGE).context["fill"])
    send_in(county)
    for deed in ("save", "send", "choose"):
        told = form | {MADE: "3", "deed": deed, "source": "totals"}
        answer = client.post(PAGE, told, follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == [
            "error"
        ]
    assert own(county) == {}


def test_the_source_is_chosen(county):
    client = logged_in(*CLERK, agency=county)
    assert client.post(PAGE, {"deed": "choose"}).context["source"].errors
    told = {"deed": "choose", "source": "totals", "alone": "on"}
    assert client.post(PAGE, told).status_code == 302
    chosen = Submission.objects.get()
    assert (chosen.source, chosen.alone) == ("totals", True)
    assert 'name="T3.1/C3.1"' in client.get(PAGE).content.decode()


def test_the_office_returns_and_the_body_reads_why(office, county):
    send_in(county)
    chief = logged_in(*OFFICE, agency=office)
    empty = chief.post(PAGE, {"deed": "give_back", "remark": " "})
    assert list(empty.context["back"].errors) == ["remark"]
    back = chief.post(PAGE, {"deed": "give_back", "remark": "请核对<表三>。"})
    assert back.status_code == 302
    again = chief.post(PAGE, {"deed": "give_back", "remark": "再次核对。"})
    assert levels(again)[-1] == "error"

    page = logged_in(*CLERK, agency=county).get(PAGE)
    assert "请核对&lt;表三&gt;。" in page.content.decode()
    assert page.context["fill"] is not None


def test_nobody_returns_what_is_one_s_own(county):
    send_in(county)
    client = logged_in(*OFFICE, agency=county)
    assert client.get(PAGE).context["back"] is None
    back = {"deed": "give_back", "remark": "请核对。"}
    assert client.post(PAGE, back).status_code == 403


def test_a_county_sees_its_own_number_beside_the_whole(county, school):
    for agency, value in ((county, 3), (school, 4)):
        Tally.objects.create(agency=agency, year=YEAR, code="T2.1.2.made", value=value)
    page = logged_in(*CLERK, agency=county).get(PAGE).content.decode()
    after = page.split(f'name="{MADE}" value="3"')[1]
    assert after.split("</span>")[0].endswith(" 7")


# All of them


def remind(client, code="BJ"):
    return client.post(f"{LIST}?year={YEAR}&agency={code}")


def test_those_that_have_not_sent_are_reminded(settings, office, county):
    settings.EMAIL_URL, settings.SITE_ADDRESS = "memory:", "https://gongkai.example"
    make_user(*CLERK, agency=county, email="clerk@example.com")
    sent, silent = (make_agency(parent=office) for _body in range(2))
    Submission.objects.create(agency=sent, year=YEAR, submitted_on=date(2026, 1, 5))
    client = logged_in(*OFFICE, agency=office)

    answer = remind(client)
    assert (answer.status_code, levels(answer)) == (302, ["success", "warning"])
    assert [letter.to for letter in mail.outbox] == [["clerk@example.com"]]
    answer = remind(client)
    assert levels(answer)[2:] == ["warning"]
    assert len(mail.outbox) == 1


def test_where_no_mail_is_sent_that_is_said(office, county):
    assert levels(remind(logged_in(*OFFICE, agency=office))) == ["error"]


def test_who_may_not_remind_has_no_button_and_is_refused(settings, office, county):
    settings.EMAIL_URL, settings.SITE_ADDRESS = "memory:", "https://gongkai.example"
    client = logged_in(*CLERK, agency=office)
    assert not client.get(LIST).context["may_remind"]
    assert remind(client).status_code == 403


def queries(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_the_pages_ask_as_often_for_many(office, county):
    client = logged_in(*OFFICE, VIEW, agency=office)
    page = reverse("reports:return", args=[YEAR, "BJ"])
    few = queries(client, LIST), queries(client, page)
    for number in range(76):
        body = make_agency(parent=office)
        if number % 3 == 0:
            Submission.objects.create(agency=body, year=YEAR, source="totals")
        Tally.objects.create(
            agency=body, year=YEAR, code="T3.1", column="C3.3", value=1
        )
    assert (queries(client, LIST), queries(client, page)) == few
