"""The statutory forms: equal to the tables that lawyers read, and how they count."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from casework.tables import Table, check
from disclosure.annual_forms import FORM_2014, FORM_2019, FORM_2021, FORMS, form_for
from disclosure.annual_forms.sources import FEES, REMEDIES, REQUESTS
from disclosure.models import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    Fee,
    Outcome,
    Remedy,
)
from disclosure.outcomes import RULINGS
from disclosure.workflow import workflow
from tests.factories import CHIEF, make_agency, make_request, make_user


def table(edition):
    path = Path(__file__).with_name(f"statistics_{edition}.csv")
    with path.open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


PRINTED = {"2014": table(2014), "2021": table(2021)}
OWN = "T6"
"""The processing fees, which the form leaves to the words of section six."""


def lines(form):
    """The lines and the columns that the form prints."""
    columns = {
        column.code: column
        for part in form.parts
        for column in part.columns
        if column.code != "total"
    }
    own = {code: line for code, line in form.lines.items() if code[:2] != OWN}
    return own | columns


# What is printed


@pytest.mark.parametrize("edition", PRINTED)
def test_the_codes_are_those_of_the_table(edition):
    assert lines(FORMS[edition]).keys() == PRINTED[edition].keys()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("edition", "code"),
    [(edition, code) for edition, rows in PRINTED.items() for code in rows],
)
def test_a_line_is_called_what_the_table_calls_it(edition, code, language):
    column = {"en": "label_en", "zh-hans": "label_zh"}[language]
    with translation.override(language):
        label = str(lines(FORMS[edition])[code].label)
    assert label == PRINTED[edition][code][column]


@pytest.mark.parametrize(
    ("code", "unit"),
    [(code, row["unit"]) for code, row in PRINTED["2014"].items() if row["unit"]],
)
def test_a_figure_of_2014_is_counted_in_the_unit_of_the_table(code, unit):
    with translation.override("zh-hans"):
        assert str(FORM_2014.lines[code].unit) == unit


@pytest.mark.parametrize("edition", PRINTED)
def test_only_groups_have_no_figure(edition):
    printed = PRINTED[edition]
    headings = {code for code, line in FORMS[edition].lines.items() if line.heading}
    groups = {code for code, row in printed.items() if row["kind"] == "group"}
    assert headings - {OWN} == {code for code in groups if code[0] != "C"}


def test_what_bodies_report_is_what_no_case_tells():
    assert {code.split(".")[0] for code in FORM_2014.reported} == {
        "S1", "S2", "S6", "S8", "S9",
    }  # fmt: skip
    assert {code.split(".")[0] for code in FORM_2019.reported} == {"T2"}
    assert {code.split(".")[0] for code in FORM_2021.reported} == {"T2"}
    assert "S1.1" in FORM_2014.reported
    assert "S8.3" not in FORM_2014.reported


def test_the_edition_of_2019_differs_in_section_two_and_in_other_handling():
    def of(form, section):
        return [code for code in form.lines if code.startswith(section)]

    assert of(FORM_2019, "T4") == of(FORM_2021, "T4")
    assert [code for code in of(FORM_2021, "T3") if code not in FORM_2019.lines] == [
        "T3.3.6.1", "T3.3.6.2", "T3.3.6.3",
    ]  # fmt: skip
    assert [code for code in of(FORM_2019, "T3") if code not in FORM_2021.lines] == []
    assert FORM_2019.reported.keys() & FORM_2021.reported.keys() == set()
    assert [code for code, line in FORM_2019.lines.items() if line.signed] == [
        f"T2.{item}.change" for item in ("5.1", "5.2", "6.1", "6.2", "8.1")
    ]


@pytest.mark.parametrize(
    ("year", "edition"),
    [
        (2008, "2014"), (2014, "2014"), (2018, "2014"), (2019, "2019"),
        (2020, "2019"), (2021, "2021"), (2030, "2021"),
    ],
)  # fmt: skip
def test_a_year_has_its_edition(year, edition):
    assert form_for(year).edition == edition


# One place for everything


def leaves(form):
    """The rows of results that are no sum of other such rows."""
    rows = [row for row in form.lines.values() if "outcome" in row.where]
    return [row for row in rows if not any(r.parent == row.code for r in rows)]


@pytest.mark.parametrize("edition", FORMS)
@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_has_one_row_in_every_edition(edition, outcome):
    ruled = getattr(RULINGS[outcome], f"leaf_{edition}")
    rows = [
        row.code for row in leaves(FORMS[edition]) if outcome in row.where["outcome"]
    ]
    assert rows == ([ruled] if ruled else [])
    assert bool(rows) == ((edition, outcome) != ("2014", Outcome.WITHDRAWN))


@pytest.mark.parametrize("kind", ApplicantKind)
def test_a_kind_of_applicant_has_one_column(kind):
    columns = FORM_2021.parts[1].leaves
    found = [
        column.code
        for column in columns
        if kind in column.where.get("applicant_kind", ())
    ]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("channel", "row"),
    [
        ("in_person", "S3.1.1"),
        ("fax", "S3.1.2"),
        ("online", "S3.1.3"),
        ("email", "S3.1.3"),
        ("registered_post", "S3.1.4"),
        ("ems", "S3.1.4"),
        ("ordinary_letter", "S3.1.4"),
        ("other_unit", "S3.1.4"),
    ],
)
def test_a_channel_has_one_row_of_2014(channel, row):
    found = [
        line.code
        for line in FORM_2014.lines.values()
        if channel in line.where.get("channel", ())
    ]
    assert found == [row]


def test_every_channel_is_known_to_the_form_of_2014():
    known = [
        channel
        for line in FORM_2014.lines.values()
        for channel in line.where.get("channel", ())
    ]
    assert sorted(known) == sorted(Channel.values)


@pytest.mark.parametrize("edition", FORMS)
def test_an_identity_speaks_of_lines_of_its_form(edition):
    form = FORMS[edition]
    known = form.lines.keys() | {
        leaf.code for part in form.parts for leaf in part.leaves
    }
    terms = {
        term.removeprefix("last:")
        for identity in form.identities
        for term in (*identity.left, *identity.right)
    }
    codes = [identity.code for identity in form.identities]
    assert (terms - known, len(codes)) == (set(), len(set(codes)))


def test_the_identities_hold_for_the_report_of_a_city():
    """The figures that a city printed for 2025, with their sums."""
    results = [
        5548, 2168, 13, 30, 11, 51, 104, 85, 286, 150, 3222, 180, 19, 203, 148, 0, 101,
        5, 318, 203, 965,
    ]  # fmt: skip
    rows = [row.code for row in leaves(FORM_2021)]
    said = dict(zip(rows, results, strict=True)) | {
        "T3.1": 14069, "T3.2": 560, "T3.3.7": 13810, "T3.4": 819, "last:T3.4": 560,
    }  # fmt: skip
    for block, numbers in {
        "T4.1": (376, 97, 196, 121, 790),
        "T4.2.1": (16, 1, 12, 27, 56),
        "T4.2.2": (74, 1, 30, 51, 156),
    }.items():
        said |= {f"{block}.{n}": number for n, number in enumerate(numbers, 1)}

    figures = {(row, "total"): number for row, number in said.items()}
    found = check(FORM_2021.identities, figures, ())
    assert [(one.identity.code, one.holds) for one in found] == [
        ("T3.flow", True), ("T3.results", True), ("T3.last", True),
        ("T4.1.total", True), ("T4.2.1.total", True), ("T4.2.2.total", True),
    ]  # fmt: skip


# Small years by hand


def figures(form, year, source, column=""):
    """What is not nought, of the lines that count this source."""
    model = {REQUESTS: DisclosureRequest, REMEDIES: Remedy, FEES: Fee}[source]
    found = {}
    for part in form.parts:
        if part.source is source:
            rows = tuple(line for line in part.lines if line.flows)
            filled = Table(source, rows, part.leaves).fill(model.objects.all(), year)
            column = column or part.leaves[-1].code
            found |= {row: n for (row, at), n in filled.items() if at == column and n}
            column = ""
    return found


@pytest.fixture
def office(db):
    agency = make_agency()
    return agency, make_user(*CHIEF, agency=agency)


def test_a_request_counts_where_it_is_received_and_where_it_is_closed(office):
    agency, chief = office
    received, closed = date(2024, 12, 20), date(2025, 1, 10)
    make_request(
        "closed",
        agency,
        received,
        by=chief,
        closed=closed,
        outcome=Outcome.TRADE_SECRET,
        applicant_kind="business",
    )

    assert figures(FORM_2021, 2024, REQUESTS) == {"T3.1": 1, "T3.4": 1}
    assert figures(FORM_2021, 2025, REQUESTS) == {
        "T3.2": 1, "T3.3.3.4": 1, "T3.3.7": 1,
    }  # fmt: skip
    assert figures(FORM_2021, 2025, REQUESTS, "C3.2.1") == {
        "T3.2": 1, "T3.3.3.4": 1, "T3.3.7": 1,
    }  # fmt: skip
    assert figures(FORM_2021, 2025, REQUESTS, "C3.1") == {}
    assert figures(FORM_2021, 2026, REQUESTS) == {}


@pytest.mark.parametrize("status", ["handling", "correcting", "paying", "signed"])
def test_an_open_request_is_carried_over(office, status):
    agency, chief = office
    make_request(status, agency, date(2025, 12, 1), by=chief)

    assert figures(FORM_2021, 2025, REQUESTS) == {"T3.1": 1, "T3.4": 1}
    assert figures(FORM_2021, 2026, REQUESTS) == {"T3.2": 1, "T3.4": 1}


def test_a_request_whose_receipt_is_not_confirmed_counts_nowhere(office):
    agency, chief = office
    make_request("registered", agency, date(2025, 12, 1), by=chief)

    assert figures(FORM_2021, 2025, REQUESTS) == {}


def test_a_request_of_2016_has_its_channel_its_limit_and_its_reply(office):
    agency, chief = office
    day = date(2016, 5, 3)
    make_request(
        "closed",
        agency,
        day,
        by=chief,
        channel="registered_post",
        arrived_on=day,
        outcome=Outcome.OTHER_ORGAN,
    )

    assert figures(FORM_2014, 2016, REQUESTS) == {
        "S3.1": 1, "S3.1.4": 1, "S3.2": 1, "S3.2.1": 1, "S3.3": 1, "S3.3.5": 1,
    }  # fmt: skip


def test_a_refusal_of_2016_is_in_its_sum(office):
    agency, chief = office
    day = date(2016, 5, 3)
    make_request("closed", agency, day, by=chief, outcome=Outcome.PERSONAL_PRIVACY)

    found = figures(FORM_2014, 2016, REQUESTS)
    assert {code for code in found if code.startswith("S3.3")} == {
        "S3.3", "S3.3.4", "S3.3.4.3",
    }  # fmt: skip


def test_an_extended_limit_is_another_row_and_an_overdue_request_has_none(office):
    agency, chief = office
    day = date(2016, 5, 3)
    extended = make_request("handling", agency, day, by=chief)
    extended = workflow.take(
        "extend", extended, by=chief, on=day, note="复杂", extension=15
    )
    draft = {"draft_outcome": Outcome.DISCLOSED}
    steps = (
        ("submit_draft", draft),
        ("sign", {"document_number": "宝政公开〔2016〕1号"}),
        ("serve", {"service": "posted"}),
    )
    for name, facts in steps:
        extended = workflow.take(name, extended, by=chief, on=day, **facts)
    make_request("closed", agency, day, by=chief, closed=date(2016, 9, 1))

    found = figures(FORM_2014, 2016, REQUESTS)
    limits = [code for code in found if code.startswith("S3.2")]
    assert {code: found[code] for code in limits} == {"S3.2": 2, "S3.2.2": 1}


def test_a_withdrawn_request_is_concluded_in_2016_and_no_reply(office):
    agency, chief = office
    day = date(2016, 5, 3)
    make_request("closed", agency, day, by=chief, outcome=Outcome.WITHDRAWN)

    found = figures(FORM_2014, 2016, REQUESTS)
    assert {code for code in found if not code.startswith("S3.1")} == {
        "S3.2", "S3.2.1",
    }  # fmt: skip


def sued(case, chief, kind, filed, decided=None, result=None):
    case = workflow.take(
        "file_remedy", case, by=chief, on=filed, kind=kind, body="陕西省人民政府"
    )
    if decided:
        row = case.remedies.get(decided_on=None)
        case = workflow.take(
            "decide_remedy", case, by=chief, on=decided, row=row, result=result
        )
    return case


def test_a_remedy_counts_in_each_year_in_which_it_was_pending(office):
    agency, chief = office
    case = make_request("closed", agency, date(2024, 3, 4), by=chief)
    sued(
        case,
        chief,
        "reconsideration",
        date(2024, 11, 1),
        date(2025, 2, 3),
        "corrected",
    )

    assert figures(FORM_2021, 2023, REMEDIES) == {}
    assert figures(FORM_2021, 2024, REMEDIES) == {"T4.1.4": 1, "T4.1.5": 1}
    assert figures(FORM_2021, 2025, REMEDIES) == {"T4.1.2": 1, "T4.1.5": 1}
    assert figures(FORM_2021, 2026, REMEDIES) == {}


@pytest.mark.parametrize(
    ("kind", "block", "section"),
    [
        ("reconsideration", "T4.1", "S4"),
        ("direct", "T4.2.1", "S5"),
        ("after", "T4.2.2", "S5"),
    ],
)
@pytest.mark.parametrize(
    ("result", "number"), [("upheld", 1), ("corrected", 2), ("other", 3)]
)
def test_a_decided_remedy_has_its_row(office, kind, block, section, result, number):
    agency, chief = office
    case = make_request("closed", agency, date(2016, 3, 1), by=chief)
    sued(case, chief, kind, date(2016, 4, 1), date(2016, 6, 1), result)

    assert figures(FORM_2014, 2016, REMEDIES) == {
        section: 1, f"{section}.{number}": 1,
    }  # fmt: skip
    assert figures(FORM_2021, 2016, REMEDIES) == {
        f"{block}.{number}": 1, f"{block}.5": 1,
    }  # fmt: skip


def test_a_remedy_that_is_not_decided_is_in_no_row_of_2014(office):
    agency, chief = office
    case = make_request("closed", agency, date(2016, 3, 1), by=chief)
    sued(case, chief, "direct", date(2016, 4, 1))

    assert figures(FORM_2014, 2016, REMEDIES) == {}


def test_costs_of_2016_are_told_in_ten_thousands_of_yuan(office):
    agency, chief = office
    case = make_request("closed", agency, date(2016, 3, 1), by=chief)
    workflow.take(
        "charge_costs",
        case,
        by=chief,
        on=date(2016, 3, 2),
        quantity=35,
        amount=Decimal(35),
    )

    assert figures(FORM_2014, 2016, FEES) == {"S7": Decimal("0.0035")}


def test_a_fee_is_told_when_it_is_asked_for_and_when_it_is_paid(office):
    agency, chief = office
    case = make_request("paying", agency, date(2024, 12, 16), by=chief)
    fee = case.fees.get()
    workflow.take("pay", case, by=chief, on=date(2025, 1, 6), row=fee)

    assert figures(FORM_2021, 2024, FEES) == {
        "T6.fee_notices": 1, "T6.fee_notified_amount": 10,
    }  # fmt: skip
    assert figures(FORM_2021, 2025, FEES) == {"T6.fee_received_amount": 10}
