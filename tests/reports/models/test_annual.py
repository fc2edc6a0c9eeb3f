"""Submissions and versions of the report: what the database keeps true, who sees."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.models import AnnualReport, Submission
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_agency(kind="city_office")


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.mark.parametrize("model", [Submission, AnnualReport])
def test_there_is_one_of_a_body_and_a_year(office, model):
    model.objects.create(agency=office, year=2025)
    refused(lambda: model.objects.create(agency=office, year=2025))
    model.objects.create(agency=office, year=2024)


def test_a_report_has_versions(office):
    for version in (1, 2):
        AnnualReport.objects.create(agency=office, year=2025, version=version)
    assert AnnualReport.objects.count() == 2


def test_what_was_returned_is_not_submitted(office):
    days = {"submitted_on": date(2026, 1, 4), "returned_on": date(2026, 1, 5)}
    refused(lambda: Submission.objects.create(agency=office, year=2025, **days))


@pytest.mark.parametrize("missing", ["published_at", "frozen", "digest", "approver"])
def test_what_is_published_is_published_whole(office, missing):
    whole = {
        "published_on": date(2026, 3, 1), "published_at": timezone.now(),
        "frozen": {}, "digest": "0" * 64, "approver": "李军",
    }  # fmt: skip
    part = {name: value for name, value in whole.items() if name != missing}
    refused(lambda: AnnualReport.objects.create(agency=office, year=2025, **part))
    AnnualReport.objects.create(agency=office, year=2025, **whole)


@pytest.mark.parametrize("model", [Submission, AnnualReport])
@pytest.mark.parametrize(("place", "seen"), [("own", 1), ("above", 1), ("other", 0)])
def test_three_people(office, model, place, seen):
    bureau = make_agency(parent=office)
    model.objects.create(agency=bureau, year=2025)
    places = {"own": bureau, "above": office, "other": make_agency(parent=office)}
    user = make_user(agency=places[place])
    assert model.objects.visible_to(user).count() == seen


def test_only_totals_are_totals(office):
    Submission.objects.create(agency=office, year=2025)
    other = Submission.objects.create(agency=office, year=2024, source="totals")
    assert list(Submission.objects.totals()) == [other]


def test_a_new_version_begins_where_the_last_one_ended(office):
    user = make_user(agency=office)
    first = AnnualReport.begin(office, 2025, user, alone=True)
    assert (first.version, first.alone, first.writer) == (1, True, str(user))
    first.texts, first.head = {"5": "无。"}, "张三"
    first.save()
    second = AnnualReport.begin(office, 2025, user)
    assert (second.version, second.alone, second.texts) == (2, True, {"5": "无。"})
    assert (second.head, second.published_on, second.reasons) == ("张三", None, {})
