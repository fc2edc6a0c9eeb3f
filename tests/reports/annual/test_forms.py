"""What is typed of a report: what is kept of it, and what is refused."""

import pytest
from django.utils import timezone

from reports.annual.draft import Draft
from reports.annual.forms import BeginForm, ReasonsForm, TextsForm
from reports.models import AnnualReport
from tests.clients import typed
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_agency("宝鸡市人民政府办公室", "BJ", "city_office")


def sent(report, **changes):
    return TextsForm(typed(TextsForm(instance=report), **changes), instance=report)


def test_what_is_left_as_suggested_is_not_kept(office):
    report = AnnualReport(agency=office, year=2025)
    form = sent(report, text_5="无。")
    assert form.is_valid()
    form.save()
    assert (report.texts, report.title, report.changes) == ({"5": "无。"}, "", 1)


def test_what_is_emptied_or_put_back_is_kept_as_that(office):
    report = AnnualReport(agency=office, year=2025, texts={"5": "无。"})
    again = Draft(report).suggested["6"]
    form = sent(report, text_1="", text_4="", text_6=again, title="另一标题")
    assert form.is_valid()
    form.save()
    # Nothing is suggested for section four.
    assert (report.texts, report.title) == ({"1": "", "5": "无。"}, "另一标题")


@pytest.mark.parametrize(
    ("year", "asked"),
    [
        (2016, ["title", "alone", "head", "reviewer", "writer", "phone", "filled_on"]),
        (2025, ["title", "alone", "with_items"]),
    ],
)
def test_each_edition_asks_for_what_it_prints(office, year, asked):
    form = TextsForm(instance=AnnualReport(agency=office, year=year))
    assert [field.name for field in form.particulars] == asked
    assert len(form.sections) == {2016: 7, 2025: 6}[year]


def test_a_correction_says_what_it_corrects(office):
    report = AnnualReport(agency=office, year=2025, version=2)
    form = sent(report)
    assert [e.code for e in form.errors["correction"].as_data()] == ["missing"]
    assert sent(report, correction="更正第三节。").is_valid()


def test_a_report_is_begun_of_a_year_that_is_over_and_a_body_that_one_sees(office):
    bureau = make_agency(code="JY", parent=office)
    user = make_user(agency=bureau)
    this = timezone.localdate().year

    def refused(year, code):
        form = BeginForm(user, {"year": year, "agency": code})
        return sorted(form.errors)

    assert refused(this - 1, "JY") == []
    assert refused(this, "JY") == ["year"]
    assert refused(2007, "JY") == ["year"]
    assert refused(this - 1, "BJ") == ["agency"]


def test_reasons_are_asked_for_what_fails_and_kept_if_given(office):
    draft = Draft(AnnualReport(agency=office, year=2025, reasons={"prose.5": "旧"}))
    asked = ReasonsForm(draft)
    assert asked.findings.keys() == {"prose.1", "prose.5", "plausible.blank"}
    assert asked["prose.5"].value() == "旧"
    form = ReasonsForm(
        draft, {"changes": 0, "plausible.blank": " 未作统计。 ", "prose.5": " "}
    )
    assert form.is_valid()
    assert form.reasons() == {"plausible.blank": "未作统计。"}
