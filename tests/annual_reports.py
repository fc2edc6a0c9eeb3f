"""Annual reports that were published, by way of what publishes them."""

from datetime import date

from django.utils import translation

from reports.annual.draft import Draft
from reports.annual.publishing import LANGUAGE, PUBLISH, publish
from reports.models import AnnualReport
from tests.factories import make_user

REASON = "本年度未统计，留空。"


def make_published(agency, year=2025, **fields) -> AnnualReport:
    """A version of the report, with a reason for each check that fails."""
    report = AnnualReport.objects.create(agency=agency, year=year, **fields)
    with translation.override(LANGUAGE):
        blocking = Draft(report).blocking
    report.reasons |= dict.fromkeys((one.code for one in blocking), REASON)
    report.save()
    return publish(report, make_user(PUBLISH, agency=agency), date(year + 1, 3, 28))
