"""Figures that can hardly be right, each with its cases or its cells."""

from datetime import date

import pytest

from disclosure.models import Outcome
from disclosure.workflow import workflow
from reports.annual import plausible
from reports.annual.plausible import of_plausibility
from reports.models import Submission, Tally
from reports.yearly import Yearly
from tests.factories import CHIEF, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db

DAY, CLOSED = date(2025, 3, 4), date(2025, 3, 20)


@pytest.fixture
def office():
    return make_agency(kind="city_office")


@pytest.fixture
def chief(office):
    return make_user(*CHIEF, agency=office)


def found(office, code, year=2025):
    findings = {one.code: one for one in of_plausibility(Yearly(year, office))}
    return findings[f"plausible.{code}"]


def numbers(finding):
    return [one.number for one in finding.details]


def sued(office, chief, outcome, received=DAY, kind="direct"):
    case = make_request(
        "closed", office, received, by=chief, closed=received, outcome=outcome
    )
    return workflow.take(
        "file_remedy", case, by=chief, on=received, kind=kind, body="某法院"
    )


@pytest.mark.parametrize(
    ("outcome", "received", "kind", "state"),
    [
        (Outcome.STATE_SECRET, DAY, "direct", "fails"),
        (Outcome.PARTLY_DISCLOSED, DAY, "direct", "fails"),
        (Outcome.STATE_SECRET, DAY, "after", "holds"),
        (Outcome.NONEXISTENT, DAY, "direct", "holds"),
        (Outcome.STATE_SECRET, date(2023, 12, 29), "direct", "holds"),
    ],
)
def test_a_lawsuit_against_a_refusal_comes_after_reconsideration(
    office, chief, outcome, received, kind, state
):
    case = sued(office, chief, outcome, received, kind)
    finding = found(office, "direct", received.year)
    assert finding.state == state
    assert numbers(finding) == ([case.number] if state == "fails" else [])


@pytest.mark.parametrize(
    ("kind", "name", "state"),
    [
        ("legal_service", "陕西秦岭律师事务所", "holds"),
        ("legal_service", "宝鸡市法律援助中心", "holds"),
        ("legal_service", "王小明", "fails"),
        ("natural_person", "王小明", "holds"),
    ],
)
def test_a_legal_service_institution_is_no_person(office, kind, name, state):
    case = make_request("handling", office, DAY, applicant_kind=kind, applicant=name)
    finding = found(office, "legal_service")
    assert finding.state == state
    assert numbers(finding) == ([case.number] if state == "fails" else [])
    assert name not in "".join(one.text for one in finding.details)


@pytest.mark.parametrize(
    ("received", "closed", "year", "state"),
    [
        (DAY, CLOSED, 2025, "holds"),
        (DAY, date(2025, 9, 1), 2025, "fails"),
        (DAY, None, 2025, "fails"),
        (DAY, date(2026, 3, 2), 2025, "fails"),
        (DAY, date(2026, 3, 2), 2026, "fails"),
        (date(2025, 12, 25), None, 2025, "holds"),
    ],
)
def test_overdue_requests_are_named_in_the_years_in_which_they_were(
    office, chief, received, closed, year, state
):
    status = "closed" if closed else "handling"
    case = make_request(status, office, received, by=chief, closed=closed)
    finding = found(office, "overdue", year)
    assert finding.state == state
    assert numbers(finding) == ([case.number] if state == "fails" else [])


def test_of_many_cases_some_are_named_and_all_are_counted(office, chief, monkeypatch):
    monkeypatch.setattr(plausible, "MOST", 2)
    for _number in range(3):
        make_request("handling", office, DAY, by=chief)
    finding = found(office, "overdue")
    assert (len(finding.details), numbers(finding)[-1]) == (3, "")


def test_each_blank_cell_is_named_until_nought_is_reported(office):
    finding = found(office, "blank")
    cells = {(one.row, one.column) for one in finding.details}
    assert finding.state == "fails"
    assert ("T2.5.1.decisions", "total") in cells
    for row, _column in cells:
        Tally.objects.create(agency=office, year=2025, code=row, value=0)
    assert found(office, "blank").state == "holds"


def test_cells_that_a_body_with_totals_has_left_out_are_named(office):
    county = make_agency("陇县人民政府", kind="county", parent=office)
    Submission.objects.create(agency=county, year=2025, source="totals")
    Tally.objects.create(agency=county, year=2025, code="T6.fee_notices", value=0)
    rows = [one.row for one in found(office, "blank").details if "陇县" in one.text]
    assert "T3.1" in rows
    assert "T6.fee_notices" not in rows


@pytest.mark.parametrize(
    ("kind", "value", "state"),
    [
        ("county", 2, "warns"),
        ("department", 2, "warns"),
        ("county", 0, "holds"),
        ("city_office", 2, "holds"),
    ],
)
def test_rules_are_made_by_the_city_alone(office, kind, value, state):
    body = office if kind == "city_office" else make_agency(kind=kind, parent=office)
    Tally.objects.create(agency=body, year=2025, code="T2.1.1.made", value=value)
    finding = found(office, "rules")
    assert finding.state == state
    assert [(one.row, body.name in one.text) for one in finding.details] == (
        [("T2.1.1.made", True)] if state == "warns" else []
    )


def test_fees_come_of_notices(office):
    county = make_agency("陇县人民政府", kind="county", parent=office)
    Submission.objects.create(agency=county, year=2025, source="totals")
    rows = {"T6.fee_notices": 0, "T6.fee_received_amount": 300}
    for code, value in rows.items():
        Tally.objects.create(agency=county, year=2025, code=code, value=value)
    finding = found(office, "fees")
    assert finding.state == "warns"
    assert [one.row for one in finding.details] == ["T6.fee_received_amount"]
    Tally.objects.filter(code="T6.fee_notices").update(value=1)
    assert found(office, "fees").state == "holds"
