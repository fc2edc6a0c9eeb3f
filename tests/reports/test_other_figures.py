"""The figures with codes of our own, and those of the city's report that need them."""

from datetime import date

import pytest

from disclosure.annual_forms import FORMS
from disclosure.workflow import workflow
from reports.other_figures import PARTS
from reports.yearly import EDITIONS, Yearly
from tests.factories import CHIEF, make_agency, make_request, make_user

LINES = {line.code: line for part in PARTS for line in part.lines}


@pytest.mark.parametrize("edition", FORMS)
def test_every_edition_has_them_beside_its_own(edition):
    assert LINES.keys() & FORMS[edition].lines.keys() == set()
    assert LINES.keys() - EDITIONS[edition].lines.keys() == set()


def test_the_bodies_report_what_no_case_tells():
    assert [code for code, line in LINES.items() if line.reported] == [
        "R.visits",
        "R.gazette_issues",
        "R.gazette_copies",
        "R.decisions_in_advance",
        "R.audit_notices",
        "R.budgets_published",
        "R.open_days",
        "R.open_day_participants",
        "R.documents_published",
    ]


def test_a_code_fits_where_it_is_kept():
    assert max(map(len, LINES)) <= 30


@pytest.fixture
def office(db):
    agency = make_agency(kind="city_office")
    return agency, make_user(*CHIEF, agency=agency)


def test_a_body_that_received_fees_is_counted_once(office):
    agency, chief = office
    bureau = make_agency(parent=agency)
    day = date(2016, 3, 1)
    for place in (agency, agency, bureau):
        case = make_request("closed", place, day, by=chief)
        workflow.take("charge_costs", case, by=chief, on=day, quantity=1, amount=5)

    figures = Yearly(2016, agency).figures
    columns = ("total", "city_office", "department")
    assert [figures["R.charging_bodies", column] for column in columns] == [2, 1, 1]


def test_remedies_are_counted_as_they_come_and_as_they_end(office):
    agency, chief = office
    case = make_request("closed", agency, date(2015, 3, 2), by=chief)
    for kind, filed in (
        ("reconsideration", date(2015, 12, 1)),
        ("after", date(2016, 5, 3)),
    ):
        case = workflow.take(
            "file_remedy", case, by=chief, on=filed, kind=kind, body="陕西省人民政府"
        )
    first = case.remedies.first()
    workflow.take(
        "decide_remedy",
        case,
        by=chief,
        on=date(2016, 2, 1),
        row=first,
        result="upheld",
    )

    figures = Yearly(2016, agency).figures
    assert {code: figures[code, "total"] for code in LINES if "filed" in code} == {
        "R.reconsiderations_filed": 0,
        "R.lawsuits_filed": 1,
    }
    assert {code: figures[code, "total"] for code in LINES if "decided" in code} == {
        "R.reconsiderations_decided": 1,
        "R.lawsuits_decided": 0,
    }
