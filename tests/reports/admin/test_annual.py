"""Reports and submissions in the admin: found and read, and changed nowhere there."""

from datetime import date

import pytest
from django.urls import reverse

from reports.models import AnnualReport, Submission
from tests.annual_reports import make_published
from tests.clients import logged_in
from tests.factories import make_agency

pytestmark = pytest.mark.django_db

MODELS = pytest.mark.parametrize("model", [AnnualReport, Submission])


def page(model, name, *args):
    return reverse(f"admin:reports_{model._meta.model_name}_{name}", args=args)


def everything(model):
    deeds = ("view", "add", "change", "delete")
    return [f"reports.{deed}_{model._meta.model_name}" for deed in deeds]


@MODELS
def test_it_is_read_and_not_changed(model):
    office = make_agency()
    row = model.objects.create(agency=office, year=2025)
    client = logged_in(*everything(model), agency=office)
    assert client.get(page(model, "change", row.pk)).status_code == 200
    for name, args in (("add", ()), ("delete", (row.pk,))):
        assert client.get(page(model, name, *args)).status_code == 403
    assert client.post(page(model, "change", row.pk), {"year": 2024}).status_code == 403


@MODELS
@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_often_for_many(model, rows, django_assert_max_num_queries):
    office = make_agency()
    for _row in range(rows):
        model.objects.create(agency=make_agency(parent=office), year=2025)
    client = logged_in(*everything(model), agency=office)
    with django_assert_max_num_queries(10):
        answer = client.get(page(model, "changelist"))
    assert len(answer.context["cl"].result_list) == rows


def test_a_report_leads_to_the_desk_and_is_found_by_whether_it_is_published():
    office = make_agency(code="BJ")
    report = make_published(office)
    AnnualReport.objects.create(agency=office, year=2025, version=2)
    client = logged_in(*everything(AnnualReport), agency=office)
    text = client.get(page(AnnualReport, "change", report.pk)).content.decode()
    assert f"{reverse('reports:annual', args=[2025, 'BJ'])}?version=1" in text
    narrowed = client.get(
        page(AnnualReport, "changelist"), {"published_on__isempty": 0}
    )
    assert list(narrowed.context["cl"].result_list) == [report]
    assert report.published_on == date(2026, 3, 28)


def test_submissions_are_narrowed_by_where_their_figures_come_from():
    office = make_agency()
    Submission.objects.create(agency=office, year=2024)
    entered = Submission.objects.create(agency=office, year=2025, source="totals")
    client = logged_in(*everything(Submission), agency=office)
    narrowed = client.get(page(Submission, "changelist"), {"source__exact": "totals"})
    assert list(narrowed.context["cl"].result_list) == [entered]
