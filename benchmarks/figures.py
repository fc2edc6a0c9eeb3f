"""The whole form of a year, of the city and of a branch; and the report made of it."""

from collections.abc import Callable
from functools import partial

from django.db.models import Count

from benchmarks.office import Office
from benchmarks.operations import Call, Operation, query
from benchmarks.stories import LAST
from casework.among import Among
from casework.models import Agency
from disclosure.annual_forms.sources import REQUESTS
from disclosure.models import DisclosureRequest
from reports.annual.draft import Draft
from reports.annual.publishing import members
from reports.models import AnnualReport
from reports.yearly import Yearly


def whole_form(office: Office, place: str, year: int = LAST.year) -> tuple[Call, Call]:
    """Every figure of the form; and the year's requests by kind and outcome alone."""
    agency = getattr(office, place)

    def program():
        return Yearly(year, agency).figures

    beneath = Agency.objects.beneath(agency).values_list("pk", flat=True)
    cases = DisclosureRequest.objects.filter(Among("agency", beneath)).order_by()
    groups = REQUESTS.in_year(cases, year).values("applicant_kind", "outcome")
    return program, query(groups.annotate(records=Count("*")))


def report(office: Office, deed: Callable[[Draft], object]) -> tuple[Call, Call]:
    """A draft of the city's report, every time from its beginning; and the keys of the
    year's requests alone."""

    def program():
        return deed(Draft(AnnualReport(agency=office.city, year=LAST.year)))

    beneath = Agency.objects.beneath(office.city).values_list("pk", flat=True)
    cases = DisclosureRequest.objects.filter(Among("agency", beneath)).order_by()
    return program, query(REQUESTS.in_year(cases, LAST.year).values("pk"))


OPERATIONS = (
    Operation("figures: the city", partial(whole_form, place="city"), 100),
    Operation("figures: a branch", partial(whole_form, place="branch"), 15),
    Operation(
        "figures: the city five years ago",
        partial(whole_form, place="city", year=LAST.year - 5),
    ),
    Operation(
        "figures: the city, form of 2014",
        partial(whole_form, place="city", year=2017),
    ),
    Operation(
        "figures: all checks of the report", partial(report, deed=lambda d: d.findings)
    ),
    Operation("figures: what publication keeps of them", partial(report, deed=members)),
)
