"""Who has sent, who has not, who is late, and what has changed since."""

from datetime import date

import pytest

from reports.models import Submission
from reports.returns import deeds
from reports.returns.overview import rows, since
from reports.yearly import Yearly
from tests.factories import make_agency, make_request, make_user
from tests.reports.returns.year import CLERK, YEAR, enter


def stand(office, day):
    """Of each body its state, whether it is late, and whether it has changed."""
    return {
        row.agency: (row.state, row.late, row.changed)
        for row in rows(Yearly(YEAR, office), day)
    }


@pytest.mark.parametrize(
    ("kept", "day", "state", "late"),
    [
        (None, date(2026, 1, 20), "missing", False),
        (None, date(2026, 1, 21), "missing", True),
        ({"submitted_on": date(2026, 1, 20)}, date(2026, 5, 1), "sent", False),
        ({"submitted_on": date(2026, 1, 21)}, date(2026, 5, 1), "sent", True),
        ({"returned_on": date(2026, 1, 9)}, date(2026, 1, 20), "returned", False),
        ({"returned_on": date(2026, 1, 9)}, date(2026, 1, 21), "returned", True),
    ],
)
def test_how_a_body_stands(office, county, kept, day, state, late):
    if kept:
        Submission.objects.create(agency=county, year=YEAR, **kept)
    assert stand(office, day) == {county: (state, late, False)}


def test_only_bodies_right_beneath_that_were_there(office, county, school):
    make_agency(parent=office, closed_on=date(YEAR - 1, 12, 31))
    left = make_agency(parent=office, closed_on=date(YEAR, 6, 1))
    assert stand(office, date(2026, 1, 1)).keys() == {county, left}
    assert stand(school, date(2026, 1, 1)) == {}


def test_each_says_where_its_figures_come_from(office, county, school):
    bureau = make_agency(parent=office)
    for agency in (county, school):
        make_request("handling", agency, date(YEAR, 3, 4))
    enter(bureau, totals=True, T3_1__C3_3=40)
    found = {
        row.agency: (row.origin.totals, row.origin.requests)
        for row in rows(Yearly(YEAR, office), date(2026, 1, 1))
    }
    assert found == {county: (False, 2), bureau: (True, 40)}


def test_what_has_changed_since_is_said(office, county, school):
    enter(county, T2_1_2_made__total=3)
    by, day = make_user(*CLERK, agency=county), date(2026, 1, 12)
    sent = deeds.submit(county, YEAR, by, day)
    assert since(Yearly(YEAR, county), sent) == []
    assert stand(office, day) == {county: ("sent", False, False)}

    make_request("handling", school, date(YEAR, 3, 4))

    found = since(Yearly(YEAR, county), sent)
    assert [(one.row, one.column, one.sent, one.now) for one in found] == [
        (row, column, 0, 1) for row in ("T3.1", "T3.4") for column in ("C3.1", "C3.3")
    ]
    assert stand(office, day) == {county: ("sent", False, True)}


def test_what_lies_in_the_totals_of_the_office_has_not_changed(office, county):
    enter(county, T2_1_2_made__total=3)
    by, day = make_user(*CLERK, agency=county), date(2026, 1, 12)
    make_request("handling", county, date(YEAR, 3, 4))
    deeds.submit(county, YEAR, by, day)
    Submission.objects.create(agency=office, year=YEAR, source="totals")
    assert stand(office, day) == {county: ("sent", False, False)}
