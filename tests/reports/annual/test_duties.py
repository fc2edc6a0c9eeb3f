"""What a person's bodies still have to do for last year's report."""

from datetime import date

import pytest

from reports.annual.duties import CHANGE_TEXTS, REPORT_PROGRESS, duties
from reports.annual.publishing import PUBLISH
from reports.models import AnnualReport, Submission
from reports.returns.deeds import APPROVE, HANDLE
from tests.annual_reports import make_published
from tests.clients import logged_in
from tests.factories import VIEW, make_agency, make_user
from tests.registers import make_task

pytestmark = pytest.mark.django_db

SOON, LATE = date(2026, 1, 5), date(2026, 11, 30)
ALL = (APPROVE, HANDLE, CHANGE_TEXTS, PUBLISH)


@pytest.fixture
def office():
    return make_agency("市政府办公室", "BJ", kind="city_office")


@pytest.fixture
def county(office):
    return make_agency("陇县人民政府", "LX", kind="county", parent=office)


def told(*permissions, agency, today=SOON):
    user = make_user(*permissions, agency=agency)
    return [(one.count, one.address) for one in duties(user, today)]


RETURNS = "/desk/returns/?year=2025&agency=BJ"
OWN = "/desk/returns/2025/LX/"
BEGIN = "/desk/reports/"


def test_the_office_is_told_how_many_have_not_sent(office, county):
    other = make_agency(parent=office)
    make_agency(parent=office, closed_on=date(2024, 6, 1))
    make_agency(parent=county)
    assert told(APPROVE, agency=office) == [(2, RETURNS)]
    Submission.objects.create(agency=other, year=2025, submitted_on=SOON)
    Submission.objects.create(agency=county, year=2024, submitted_on=SOON)
    assert told(APPROVE, agency=office) == [(1, RETURNS)]
    Submission.objects.create(agency=county, year=2025, submitted_on=SOON)
    assert told(APPROVE, agency=office) == []


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, [(1, OWN)]),
        ({"returned_on": SOON, "remark": "请核对。"}, [(1, OWN)]),
        ({"submitted_on": SOON}, []),
    ],
)
def test_a_body_is_told_of_its_own_figures(county, sent, expected):
    Submission.objects.create(agency=county, year=2025, **sent)
    assert told(HANDLE, agency=county) == expected


def test_the_topmost_body_sends_to_nobody(office):
    assert told(HANDLE, agency=office) == []


def test_the_report_is_begun_then_published(county):
    assert told(CHANGE_TEXTS, agency=county) == [(1, BEGIN)]
    assert told(PUBLISH, agency=county) == []
    draft = AnnualReport.objects.create(agency=county, year=2025)
    for permission in (CHANGE_TEXTS, PUBLISH):
        assert told(permission, agency=county) == [(1, "/desk/reports/2025/LX/")]
    draft.delete()
    make_published(county)
    assert told(CHANGE_TEXTS, PUBLISH, agency=county) == []
    # A correction is due by no law.
    AnnualReport.objects.create(agency=county, year=2025, version=2)
    assert told(CHANGE_TEXTS, PUBLISH, agency=county) == []


def test_a_unit_is_told_of_its_tasks_of_the_plan(office, county):
    make_task(office, county, year=2026, number=1, due_on=date(2026, 1, 20))
    make_task(office, county, year=2026, number=2, due_on=date(2026, 1, 10))
    make_task(office, county, year=2026, number=3, due_on=date(2026, 6, 30))
    make_task(office, office, year=2026, number=4, due_on=date(2026, 1, 10))
    make_task(office, county, year=2025, number=1, progress="done")
    expected = [(2, "/desk/plan/?year=2026&unit=LX")]
    assert told(REPORT_PROGRESS, agency=county) == expected
    assert told(VIEW, agency=county) == []
    client = logged_in(REPORT_PROGRESS, "reports.view_plantask", agency=county)
    page = client.get(expected[0][1])
    assert len(page.context["tasks"]) == 3


@pytest.mark.parametrize("today", [SOON, LATE])
def test_what_is_late_is_told(county, today):
    found = duties(make_user(*ALL, agency=county), today)
    assert [one.by for one in found] == [date(2026, 1, 20), date(2026, 3, 31)]
    assert {one.late for one in found} == {today == LATE}


def test_who_may_do_nothing_is_told_of_nothing(office, county):
    for agency in (office, county):
        assert told(VIEW, agency=agency) == []


def test_three_people_have_duties_of_their_own(office, county):
    elsewhere = make_agency("宝鸡市气象局", "QT", parent=office)
    for agency, seen in ((office, 1), (county, 2), (elsewhere, 2)):
        client = logged_in(VIEW, HANDLE, CHANGE_TEXTS, agency=agency)
        context = client.get("/desk/").context
        assert [one.agency for one in context["yearly"]] == [agency] * seen
