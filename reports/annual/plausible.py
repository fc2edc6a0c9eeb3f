"""Figures that can hardly be right: each with the cases or the cells behind it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Agency
from disclosure.annual_forms.sources import REMEDIES, REQUESTS
from disclosure.models import ApplicantKind, DisclosureRequest, Remedy
from disclosure.outcomes import RECONSIDERATION_FIRST
from reports.annual.findings import Detail, Finding, failing, warning
from reports.entered import ENTERED
from reports.reported import named
from reports.yearly import Yearly

RECONSIDERED_SINCE = date(2024, 1, 1)
"""行政复议法 (2023) art. 23: who is refused information asks for reconsideration before
going to court."""
INSTITUTION = re.compile("[所处社会院局司部厅室]|中心|公司|集团|律师|事务")
"""In the name of an institution; in that of a person hardly ever."""
MOST = 50
"""How many cases a finding names."""


def of_plausibility(yearly: Yearly) -> Iterator[Finding]:
    text = _(
        "No lawsuit against a refusal was brought without reconsideration since "
        "2024-01-01 (Administrative Reconsideration Law art. 23)"
    )
    yield _finding("plausible.direct", text, _direct(yearly))
    text = _("Legal-service institutions among the applicants are no persons")
    yield _finding("plausible.legal_service", text, _persons(yearly))
    text = _("No request was closed late in the year or overdue at its end")
    yield _finding("plausible.overdue", text, _overdue(yearly))
    if yearly.form.annex is None:
        text = _("Government rules are made by the government of the city alone")
        rules = list(_rules(yearly))
        yield Finding("plausible.rules", text, warning(rules), rules)
        text = _("Fees were received or not paid where notices of fees were sent")
        fees = list(_fees(yearly))
        yield Finding("plausible.fees", text, warning(fees), fees)
    details = [*_blank(yearly), *_not_entered(yearly)]
    text = _("No cell of the form is blank: nothing is reported as 0")
    yield Finding("plausible.blank", text, failing(details), details)


def _finding(code: str, text: str, numbers: Iterable[str]) -> Finding:
    numbers = list(numbers)
    details = [Detail(number, number=number) for number in numbers[:MOST]]
    more = len(numbers) - len(details)
    if more:
        said = ngettext("and %(count)d more", "and %(count)d more", more)
        details.append(Detail(said % {"count": more}))
    return Finding(code, text, failing(details), details)


def _rules(yearly: Yearly) -> Iterator[Detail]:
    """Legislation Law art. 93: what counties and departments issue are documents."""
    for figure in yearly:
        row, column = figure.place
        if row.startswith("T2.1.1.") and column == figure.part.total:
            for tally in figure.tallies:
                agency = yearly.bodies.agencies[tally.agency_id]
                if tally.value and agency.kind != Agency.Kind.CITY_OFFICE:
                    name = f"{agency.name}: {named(yearly.form, row)}"
                    yield Detail(name, row, column)


def _fees(yearly: Yearly) -> Iterator[Detail]:
    """A notice may be of the year before."""
    notices = "T6.fee_notices", yearly.parts["T6.fee_notices"].total
    if yearly.figures[notices]:
        return
    for row in ("T6.fee_received_amount", "T3.3.6.2"):
        part = yearly.parts.get(row)
        if part and yearly.figures[row, part.total]:
            yield Detail(named(yearly.form, row), row, part.total)


def _direct(yearly: Yearly) -> Iterator[str]:
    remedies = REMEDIES.in_year(yearly.records(REMEDIES), yearly.year).filter(
        kind=Remedy.Kind.DIRECT,
        filed_on__gte=RECONSIDERED_SINCE,
        case__outcome__in=RECONSIDERATION_FIRST,
    )
    yield from remedies.order_by("case__number").values_list("case__number", flat=True)


def _requests(yearly: Yearly) -> QuerySet[DisclosureRequest]:
    return REQUESTS.in_year(yearly.records(REQUESTS), yearly.year).order_by("number")


def _persons(yearly: Yearly) -> Iterator[str]:
    """The firm itself is the applicant, or else the person for whom a lawyer acts."""
    firms = _requests(yearly).filter(applicant_kind=ApplicantKind.LEGAL_SERVICE)
    for number, name in firms.values_list("number", "applicant"):
        if not INSTITUTION.search(name):
            yield number


def _overdue(yearly: Yearly) -> Iterator[str]:
    last = date(yearly.year, 12, 31)
    late = Q(closed_on__lte=last, closed_on__gt=F("due_on"))
    open_ = Q(due_on__lte=last) & (Q(closed_on=None) | Q(closed_on__gt=last))
    yield from _requests(yearly).filter(late | open_).values_list("number", flat=True)


def _blank(yearly: Yearly) -> Iterator[Detail]:
    for part in yearly.statutory:
        total = part.total
        for row in part.lines:
            if row.reported and yearly.figures[row.code, total] is None:
                yield Detail(named(yearly.form, row.code), row.code, total)


def _not_entered(yearly: Yearly) -> Iterator[Detail]:
    """Of each body with totals, the rows of which it has left out a cell."""
    told = {
        (tally.agency_id, *figure.place)
        for figure in yearly
        for tally in figure.tallies
    }
    for pk in yearly.entered[yearly.year].bodies:
        for part in yearly.statutory:
            if part.source not in ENTERED:
                continue
            for row in part.lines:
                missing = [
                    column.code
                    for column in part.leaves
                    if row.flows and (pk, row.code, column.code) not in told
                ]
                if missing:
                    text = f"{yearly.bodies.agencies[pk].name}: {row.code} {row.label}"
                    yield Detail(text, row.code, missing[0])
