"""The whole and its parts: of each body beneath its figures, and what it sent."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.annual.parts import by_unit, of_parts, origins, snapshot, submissions
from reports.models import Submission, Tally
from reports.yearly import Yearly
from tests.factories import make_agency, make_request

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 4)


@pytest.fixture
def office():
    return make_agency("市政府办公室", kind="city_office")


@pytest.fixture
def county(office):
    return make_agency("陇县人民政府", kind="county", parent=office)


@pytest.fixture
def school(county):
    return make_agency("陇县教育局", kind="department", parent=county)


@pytest.fixture(autouse=True)
def requests(office, county, school):
    for agency in (office, county, school):
        make_request("handling", agency, DAY)
    Tally.objects.create(agency=school, year=2025, code="T2.5.1.decisions", value=5)


def send(agency, **changes):
    yearly = Yearly(2025, agency)
    sent = {"submitted_on": date(2026, 1, 15), "figures": snapshot(yearly)}
    return Submission.objects.create(agency=agency, year=2025, **sent | changes)


def found(office):
    yearly = Yearly(2025, office)
    findings = of_parts(yearly, submissions(yearly), by_unit(yearly))
    return {one.code: one for one in findings}


def test_of_each_body_right_beneath_the_figures_hold_all_beneath_it(
    office, county, school
):
    units = by_unit(Yearly(2025, office))
    assert {pk: cells["T3.1", "C3.3"] for pk, cells in units.items()} == {
        office.pk: 1, county.pk: 2,
    }  # fmt: skip
    assert units[county.pk]["T2.5.1.decisions", "total"] == 5


@pytest.mark.parametrize("agencies", [0, 20])
def test_the_number_of_queries_does_not_grow(office, agencies):
    for _number in range(agencies):
        make_request("handling", make_agency(parent=office), DAY)
    yearly = Yearly(2025, office)
    assert yearly.figures
    with CaptureQueriesContext(connection) as asked:
        by_unit(yearly)
    assert len(asked) == 3


def test_what_was_sent_is_what_is_counted_of_the_body(office, county):
    sent = {(row, column): value for row, column, value in send(county).figures}
    now = by_unit(Yearly(2025, office))[county.pk]
    assert {cell: now.get(cell) for cell in sent} == sent


def test_who_has_not_sent_is_named(office, county):
    finding = found(office)["parts.sent"]
    assert (finding.state, [one.text for one in finding.details]) == (
        "warns", ["陇县人民政府"],
    )  # fmt: skip
    send(county)
    assert found(office)["parts.sent"].state == "holds"


def test_what_the_body_itself_has_not_filled_in_is_named(office, county):
    finding = found(office)["parts.own"]
    places = [(detail.row, detail.column) for detail in finding.details]
    assert (finding.state, places) == ("warns", [("T2.5.1.decisions", "total")])
    Tally.objects.create(agency=office, year=2025, code="T2.5.1.decisions", value=0)
    assert found(office)["parts.own"].state == "holds"


def test_what_was_returned_is_not_sent(office, county):
    send(county, submitted_on=None, returned_on=date(2026, 1, 16))
    assert found(office)["parts.sent"].state == "warns"


def test_a_figure_that_is_another_one_now_is_named(office, county, school):
    send(county)
    assert found(office)["parts.whole"].state == "holds"
    make_request("handling", school, DAY)
    finding = found(office)["parts.whole"]
    cells = {(one.row, one.column) for one in finding.details}
    assert finding.state == "fails"
    assert cells == {(row, at) for row in ("T3.1", "T3.4") for at in ("C3.1", "C3.3")}


def test_a_body_with_nothing_beneath_it_has_no_parts(school):
    assert found(school) == {}


@pytest.mark.parametrize(("alone", "state"), [(True, "holds"), (False, "fails")])
def test_totals_that_hold_more_than_the_report_are_found(county, school, alone, state):
    Submission.objects.create(agency=county, year=2025, source="totals", alone=alone)
    yearly = Yearly(2025, county, alone=True)
    (finding,) = of_parts(yearly, submissions(yearly), by_unit(yearly))
    assert (finding.code, finding.state) == ("parts.alone", state)


def test_it_is_told_what_came_from_where(office, county, school):
    Submission.objects.create(agency=county, year=2025, source="totals")
    Tally.objects.create(agency=county, year=2025, code="T3.1", column="C3.3", value=40)
    Submission.objects.create(agency=school, year=2025, source="totals")
    yearly = Yearly(2025, office)
    told = [
        (one.agency, one.totals, one.requests, one.within)
        for one in origins(yearly, submissions(yearly), by_unit(yearly))
    ]
    assert told == [(office, False, 1, None), (county, True, 40, None)]


@pytest.mark.parametrize(
    ("closed", "received", "named"),
    [
        (date(2024, 12, 31), None, False),
        (date(2024, 12, 31), DAY, True),
        (date(2024, 12, 31), date(2024, 12, 30), True),
        (date(2025, 6, 1), None, True),
    ],
)
def test_who_was_closed_before_is_told_of_only_while_it_has_figures(
    office, closed, received, named
):
    gone = make_agency(parent=office)
    if received:
        make_request("handling", gone, received)
    type(gone).objects.filter(pk=gone.pk).update(closed_on=closed)
    yearly = Yearly(2025, office)
    told = origins(yearly, submissions(yearly), by_unit(yearly))
    assert (gone in [one.agency for one in told]) is named


def test_totals_of_all_beneath_are_not_made_of_what_was_sent(county, school):
    send(school)
    Submission.objects.create(agency=county, year=2025, source="totals")
    assert found(county)["parts.whole"].state == "holds"
    yearly = Yearly(2025, county)
    told = origins(yearly, submissions(yearly), by_unit(yearly))
    assert [(one.agency, one.within) for one in told] == [
        (county, None), (school, county),
    ]  # fmt: skip
