"""Publication: who may, what it wants, and that nothing changes afterwards."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from disclosure.models import DisclosureRequest
from reports.annual.draft import Draft
from reports.annual.paper import Paper
from reports.annual.publishing import (
    PUBLISH,
    digest,
    fingerprint,
    intact,
    publish,
)
from reports.models import AnnualReport, Tally
from reports.yearly import Yearly
from tests.factories import make_agency, make_request, make_user

pytestmark = pytest.mark.django_db

DAY, ON = date(2025, 3, 4), date(2026, 3, 20)
TEXTS = {"1": "本年新收申请{T3.1}件。", "5": "无。", "6": "无。"}


@pytest.fixture
def office():
    return make_agency("宝鸡市人民政府办公室", "BJ", "city_office")


@pytest.fixture
def approver(office):
    return make_user(PUBLISH, agency=office, name="李军")


@pytest.fixture
def report(office):
    """A year of one open request, in which nothing is blank."""
    make_request("handling", office, date(2025, 12, 25))
    for finding in Draft(AnnualReport(agency=office, year=2025)).findings:
        if finding.code == "plausible.blank":
            for detail in finding.details:
                Tally.objects.create(
                    agency=office, year=2025, code=detail.row, value="31.5"
                )
    return AnnualReport.objects.create(agency=office, year=2025, texts=TEXTS)


def codes(refused):
    return {error.code for error in refused.value.error_list}


def test_what_is_published_is_frozen_whole(report, approver):
    with translation.override("en"):
        published = publish(report, approver, ON)
    assert (published.published_on, published.approver) == (ON, "李军")
    published.refresh_from_db()
    assert intact(published)
    frozen = published.frozen
    assert (frozen["agency_code"], frozen["edition"]) == ("BJ", "2021")
    assert (frozen["version"], frozen["published_on"]) == (1, "2026-03-20")
    row = next(one for one in frozen["figures"] if one["row"] == "T3.1")
    assert (row["column"], row["value"]) == ("C3.1", 1)
    assert row["row_label"].startswith("一、本年新收")
    labels = {one["row"]: one["row_label"] for one in frozen["figures"]}
    assert labels["T2.1.1.made"] != labels["T2.1.2.made"]
    assert published.figures["T2.8.1.amount", "total"] == 31.5
    assert "fails" not in {one["state"] for one in frozen["checks"]}
    assert LogEntry.objects.get().object_id == str(published.pk)


def test_the_published_paper_is_that_of_the_draft(report, approver):
    with translation.override("zh-hans"):
        before = Draft(report).paper.as_data()
    published = publish(report, approver, ON)
    published.refresh_from_db()
    paper = Paper.of_data(published.frozen["paper"], published.frozen["figures"])
    assert paper.as_data() == before


def test_later_changes_of_cases_change_nothing(report, approver, office):
    published = publish(report, approver, ON)
    before = published.frozen
    make_request("handling", office, date(2025, 12, 26))
    Tally.objects.all().delete()
    assert Yearly(2025, office).figures["T3.1", "C3.3"] == 2
    published.refresh_from_db()
    assert (published.frozen, intact(published)) == (before, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda report: AnnualReport.objects.update(texts={}),
        lambda report: AnnualReport.objects.update(published_on=None),
        lambda report: report.save(),
        lambda report: report.delete(),
        lambda report: AnnualReport.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_change_it(report, approver, change):
    published = publish(report, approver, ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        change(published)


def test_a_draft_may_be_changed_and_thrown_away(report):
    report.texts = {}
    report.save()
    report.delete()
    assert not AnnualReport.objects.exists()


def test_a_digest_tells_every_change(report, approver):
    published = publish(report, approver, ON)
    changed = published.frozen | {"approver": "另一人"}
    assert digest(changed) != published.digest
    published.frozen = changed
    assert not intact(published)


@pytest.mark.parametrize("permissions", [(), ("reports.change_annualreport",)])
def test_who_may_not_approve_is_refused(report, office, permissions):
    with pytest.raises(PermissionDenied):
        publish(report, make_user(*permissions, agency=office), ON)


def test_who_does_not_see_the_body_finds_no_report(report):
    with pytest.raises(AnnualReport.DoesNotExist):
        publish(report, make_user(PUBLISH, agency=make_agency()), ON)


def test_a_check_that_fails_refuses_until_somebody_says_why(report, approver):
    Tally.objects.filter(code="T2.5.1.decisions").delete()
    with pytest.raises(ValidationError) as refused:
        publish(report, approver, ON)
    assert codes(refused) == {"check_fails"}
    report.refresh_from_db()
    assert report.published_on is None

    report.reasons = {"plausible.blank": "本单位无行政许可职能。"}
    report.save()
    published = publish(report, approver, ON)
    checks = {one["code"]: one for one in published.frozen["checks"]}
    assert checks["plausible.blank"]["reason"] == "本单位无行政许可职能。"
    chapter = {one["code"]: one for one in published.frozen["paper"]["chapters"]}["6"]
    assert "本单位无行政许可职能。" in str(chapter["paragraphs"])


def test_a_refusal_speaks_the_language_of_who_is_refused(report, approver):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        publish(report, approver, date(2025, 12, 31))
    with translation.override("en"):
        assert refused.value.messages == ["The year of the report is not over yet."]


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2025, 1, 1)])
def test_a_year_is_over_before_its_report(report, approver, on):
    with pytest.raises(ValidationError) as refused:
        publish(report, approver, on)
    assert codes(refused) == {"year_not_over"}


def test_a_version_is_published_once(report, approver):
    publish(report, approver, ON)
    with pytest.raises(ValidationError) as refused:
        publish(report, approver, ON)
    assert codes(refused) == {"published"}


def test_what_is_another_version_than_was_shown_is_not_published(report, approver):
    AnnualReport.objects.update(changes=1)
    with pytest.raises(ValidationError) as refused:
        publish(report, approver, ON)
    assert codes(refused) == {"stale"}


def test_figures_are_published_as_they_were_shown_or_not_at_all(
    report, approver, office
):
    shown = fingerprint(Draft(report))
    case = make_request("handling", office, date(2025, 12, 26))
    with pytest.raises(ValidationError) as refused:
        publish(report, approver, ON, shown)
    assert codes(refused) == {"stale"}
    publish(report, approver, ON, fingerprint(Draft(report)))
    assert case.pk in AnnualReport.objects.get().members["T3.1"]["C3.3"]


def test_a_correction_stands_beside_what_it_corrects(report, approver, office):
    first = publish(report, approver, ON)
    make_request("handling", office, date(2025, 12, 26))
    second = AnnualReport.begin(office, 2025, approver)
    second.correction = "补计一件。"
    second.save()
    second = publish(second, approver, date(2026, 4, 1))
    assert (second.version, second.texts) == (2, first.texts)
    assert [one.figures["T3.1", "C3.3"] for one in (first, second)] == [1, 2]
    assert list(AnnualReport.objects.latest()) == [second]


def test_what_was_carried_over_is_compared_with_what_was_published(
    report, approver, office
):
    publish(report, approver, ON)
    DisclosureRequest.objects.update(received_on=date(2026, 1, 4))
    checks = {
        one.place: one.holds
        for one in Yearly(2026, office).checks
        if one.identity.code == "T3.last"
    }
    assert checks["C3.1"] is False
    assert checks["C3.2.1"] is True


def test_it_says_what_came_from_where(report, approver):
    published = publish(report, approver, ON)
    (source,) = published.frozen["sources"]
    assert (source["agency_code"], source["totals"], source["requests"]) == (
        "BJ", False, 1,
    )  # fmt: skip
