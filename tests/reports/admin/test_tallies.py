"""The reported figures in the admin: whose, under which codes, and within what."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.sheets import csv_lines
from disclosure.annual_forms import FORMS
from reports.downloads import COLUMNS
from reports.models import Tally
from reports.reported import figure_choices
from reports.yearly import EDITIONS
from tests.clients import logged_in, typed
from tests.factories import make_agency

VIEW, ADD, CHANGE, DELETE = (
    f"reports.{deed}_tally" for deed in ("view", "add", "change", "delete")
)
LIST, NEW = (reverse(f"admin:reports_tally_{name}") for name in ("changelist", "add"))


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


@pytest.fixture
def bureau(office):
    return make_agency(parent=office)


def make_tally(agency, code="T2.1.2.made", year=2025, value=3):
    return Tally.objects.create(agency=agency, year=year, code=code, value=value)


def page_of(tally, name="change"):
    return reverse(f"admin:reports_tally_{name}", args=[tally.pk])


def enter(client, agency, **changes):
    form = client.get(NEW).context["adminform"].form
    said = {"agency": agency.pk, "year": 2025, "code": "T2.1.2.made", "value": "3"}
    return client.post(NEW, typed(form, **said | changes))


def codes(answer):
    """The refusals by field."""
    errors = answer.context["adminform"].form.errors.as_data()
    return {name: [one.code for one in found] for name, found in errors.items()}


# Scope


@pytest.mark.parametrize(("place", "seen"), [("own", 1), ("above", 1), ("other", 0)])
def test_three_people(office, bureau, place, seen):
    other = make_agency(parent=office)
    agency = {"own": bureau, "above": office, "other": other}[place]
    client = logged_in(VIEW, CHANGE, DELETE, agency=agency)
    tally = make_tally(bureau)

    assert client.get(LIST).context["cl"].result_count == seen
    for name in ("change", "delete", "history"):
        status = client.get(page_of(tally, name)).status_code
        assert status == (200 if seen else 404)


def test_a_person_enters_figures_of_the_person_s_own_agencies(office, bureau):
    closed = make_agency(parent=bureau, closed_on="2020-01-01")
    client = logged_in(VIEW, ADD, agency=bureau)
    form = client.get(NEW).context["adminform"].form
    assert list(form.fields["agency"].queryset) == [bureau]

    for elsewhere in (office, closed):
        assert codes(enter(client, elsewhere)) == {"agency": ["invalid_choice"]}
    assert enter(client, bureau).status_code == 302
    tally = Tally.objects.get()
    assert (tally.agency, tally.year, tally.code) == (bureau, 2025, "T2.1.2.made")


def test_the_filters_offer_only_what_the_person_sees(office, bureau):
    make_tally(office, "R.visits")
    make_tally(bureau)
    client = logged_in(VIEW, agency=bureau)

    by_name = {
        type(spec).__name__: spec.lookup_choices
        for spec in client.get(LIST).context["cl"].filter_specs
    }
    assert [code for code, _label in by_name["FigureFilter"]] == ["T2.1.2.made"]
    assert [code for code, _label in by_name["AgencyFilter"]] == [bureau.code]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("year=2025", 2), ("year=2024", 0), ("figure=R.visits", 1), ("q=T2.1", 1),
        ("beneath=OFF", 2), ("beneath=BUR", 1), ("agency__id__exact={office}", 1),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(db, query, found):
    office = make_agency(code="OFF", kind="city_office")
    bureau = make_agency(code="BUR", parent=office)
    make_tally(office, "R.visits")
    make_tally(bureau)
    client = logged_in(VIEW, agency=office)

    answer = client.get(f"{LIST}?{query.format(office=office.pk)}")
    assert answer.context["cl"].result_count == found


@pytest.mark.parametrize(
    "query", ["value__gt=1", "agency__staff__password__startswith=a", "note=x"]
)
def test_the_list_answers_no_other_question(office, query):
    client = logged_in(VIEW, agency=office)
    assert client.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize(
    ("permissions", "linked"),
    [((), False), (("disclosure.view_disclosurerequest",), True)],
)
def test_the_list_leads_to_the_totals(office, permissions, linked):
    client = logged_in(VIEW, ADD, *permissions, agency=office)
    address = f'href="{reverse("reports:totals")}"'
    tools = client.get(LIST).content.decode().split('class="object-tools"')[1]
    assert (address in tools) == linked


# Codes and values


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, {}),
        ({"year": 2020}, {"code": ["unknown_code"]}),
        ({"year": 2016, "code": "S1.1"}, {}),
        ({"year": 2019, "code": "S1.1"}, {"code": ["unknown_code"]}),
        ({"code": "R.visits", "year": 2016}, {}),
        ({"code": "R.visits", "year": 2025}, {}),
        ({"code": ""}, {"code": ["required"]}),
        ({"code": "T3.1"}, {"code": ["invalid_choice"]}),
        ({"code": "S8.3", "year": 2016}, {"code": ["invalid_choice"]}),
        ({"value": "-1"}, {"value": ["negative"]}),
        ({"value": "-1", "code": "T2.5.1.change", "year": 2019}, {}),
        ({"value": "0.0035", "code": "T2.8.1.amount"}, {}),
        ({"value": "many"}, {"value": ["invalid"]}),
        ({"year": 2007, "code": "S1.1"}, {"year": ["min_value"]}),
    ],
)
def test_a_figure_is_one_that_the_form_of_its_year_asks_for(office, changes, refused):
    client = logged_in(VIEW, ADD, agency=office)
    answer = enter(client, office, **changes)

    if refused:
        assert codes(answer) == refused
        assert Tally.objects.count() == 0
    else:
        assert answer.status_code == 302
        assert Tally.objects.count() == 1


def test_a_figure_is_reported_once(office):
    make_tally(office)
    client = logged_in(VIEW, ADD, agency=office)
    assert enter(client, office).status_code == 200
    assert Tally.objects.count() == 1


def test_of_a_figure_only_its_number_can_be_mended(office, bureau):
    tally = make_tally(office)
    client = logged_in(VIEW, CHANGE, agency=office)
    form = client.get(page_of(tally)).context["adminform"].form
    assert list(form.fields) == ["value", "note"]

    sent = typed(form, value="5", note="据实更正", agency=bureau.pk, year=2016)
    assert client.post(page_of(tally), sent).status_code == 302
    mended = Tally.objects.get()
    assert (mended.value, mended.note) == (Decimal(5), "据实更正")
    assert (mended.agency, mended.year) == (office, 2025)


def test_a_mended_number_is_not_negative_either(office):
    tally = make_tally(office)
    client = logged_in(VIEW, CHANGE, agency=office)
    form = client.get(page_of(tally)).context["adminform"].form
    assert codes(client.post(page_of(tally), typed(form, value="-5"))) == {
        "value": ["negative"]
    }


def test_an_unknown_code_that_was_kept_is_named_and_not_hidden(office):
    tally = make_tally(office, "T9.9")
    client = logged_in(VIEW, CHANGE, agency=office)
    page = client.get(page_of(tally))
    assert "T9.9" in page.content.decode()

    sent = typed(page.context["adminform"].form, value="5")
    assert codes(client.post(page_of(tally), sent)) == {"__all__": ["unknown_code"]}


def test_every_figure_that_can_be_reported_is_offered_once():
    offered = [code for _title, lines in figure_choices()[1:] for code, _name in lines]
    assert len(offered) == len(set(offered))
    assert set(offered) == {
        code for form in EDITIONS.values() for code in form.reported
    }
    assert len(figure_choices()) == 1 + len(FORMS)


@pytest.mark.parametrize("tallies", [1, 30])
def test_the_list_asks_as_often_for_many(office, tallies, django_assert_num_queries):
    for _number in range(tallies):
        make_tally(make_agency(parent=office))
    client = logged_in(VIEW, agency=office)
    client.get(LIST)
    with django_assert_num_queries(11):
        client.get(LIST)


def test_a_total_is_named_with_its_column_and_can_be_mended(office):
    place = {"code": "T3.1", "column": "C3.1", "value": 3}
    tally = Tally.objects.create(agency=office, year=2025, **place)
    client = logged_in(VIEW, CHANGE, agency=office)
    name = f"T3.1 {EDITIONS['2021'].named('T3.1')} · "
    assert name in client.get(LIST).content.decode()
    form = client.get(page_of(tally)).context["adminform"].form
    assert codes(client.post(page_of(tally), typed(form, value="2.5"))) == {
        "value": ["not_whole"]
    }
    assert client.post(page_of(tally), typed(form, value="5")).status_code == 302
    assert Tally.objects.get().value == 5


def test_of_a_published_report_it_is_told_which_rows_are_left_out(office):
    client = logged_in(VIEW, ADD, agency=office)
    lines = [
        COLUMNS,
        (2025, 2021, office.code, office.name, "T3.1", "", "C3.3", "", 40, ""),
        (2025, 2021, office.code, office.name, "T3.1", "", "county", "", 40, ""),
    ]
    file = SimpleUploadedFile("report.csv", "".join(csv_lines(lines)).encode())
    address = reverse("admin:reports_tally_import")
    shown = client.post(address, {"file": file}, follow=True)
    ((number, reason, _text),) = shown.context["skipped"]
    assert (number, str(reason) in shown.content.decode()) == (3, True)
    client.post(shown.request["PATH_INFO"] + "?" + shown.request["QUERY_STRING"])
    assert Tally.objects.get().value == 40
