"""What has changed since publication, with the cases that made the change."""

from datetime import date

import pytest

from disclosure.workflow import workflow
from reports.annual.differences import differences
from reports.annual.publishing import PUBLISH, publish
from reports.models import AnnualReport, Tally
from tests.factories import CHIEF, VIEW, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db

DAY, ON = date(2025, 12, 25), date(2026, 3, 20)
REASONS = {"plausible.blank": "未作统计。"}


@pytest.fixture
def office():
    return make_agency(kind="city_office")


@pytest.fixture
def bureau(office):
    return make_agency(parent=office)


@pytest.fixture
def chief(office):
    return make_user(*CHIEF, PUBLISH, agency=office)


@pytest.fixture
def case(bureau):
    return make_request("handling", bureau, DAY)


@pytest.fixture
def published(office, chief, case):
    texts = {"1": "无。", "5": "无。", "6": "无。"}
    report = AnnualReport.objects.create(
        agency=office, year=2025, texts=texts, reasons=REASONS
    )
    return publish(report, chief, ON)


def told(report, user):
    return {
        (one.row.code, one.column.code): (one.then, one.now, one.came, one.left)
        for one in differences(report, user)
    }


def test_nothing_has_changed_at_first(published, chief):
    assert told(published, chief) == {}


def test_a_case_that_came_is_named_where_it_counts(published, chief, office):
    new = make_request("handling", office, DAY, by=chief)
    assert told(published, chief) == {
        (row, column): (1, 2, [new.number], [])
        for row in ("T3.1", "T3.4")
        for column in ("C3.1", "C3.3")
    }


def test_a_case_that_moved_is_named_where_it_left_and_where_it_came(
    published, chief, case
):
    facts = {"applicant_kind": "business"}
    workflow.correct(case, by=chief, on=ON, note="误录", **facts)
    assert told(published, chief) == {
        (row, column): found
        for row in ("T3.1", "T3.4")
        for column, found in {
            "C3.1": (1, 0, [], [case.number]),
            "C3.2.1": (0, 1, [case.number], []),
        }.items()
    }


def test_remedies_are_named_by_their_case(published, chief, office):
    old = make_request("closed", office, date(2024, 3, 4), by=chief)
    workflow.take(
        "file_remedy", old, by=chief, on=DAY, kind="reconsideration", body="省政府"
    )
    found = told(published, chief)
    assert found["T4.1.4", "total"] == (0, 1, [old.number], [])


def test_a_reported_number_changes_without_cases(published, chief, office):
    Tally.objects.create(agency=office, year=2025, code="T2.5.1.decisions", value=4)
    assert told(published, chief) == {("T2.5.1.decisions", "total"): (None, 4, [], [])}


def test_cases_that_the_person_may_not_see_are_not_named(published, chief, bureau):
    make_request("handling", bureau, DAY)
    elsewhere = make_user(VIEW, agency=make_agency())
    assert [(one.came, one.left) for one in differences(published, elsewhere)] == [
        ([], [])
    ] * 4
