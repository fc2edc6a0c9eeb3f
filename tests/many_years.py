"""An office with years of everything, drawn by lot: the same for the same seed."""

from copy import copy
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random

from casework.models import Agency
from disclosure.models import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    Fee,
    Outcome,
    Remedy,
)
from reports.models import Submission, Tally
from tests.factories import make_agency, unsaved_request

YEARS = range(2017, 2023)
"""Two of each edition; what begins before and ends after is there as well."""
DAYS = [
    date(year, month, day)
    for year in range(2016, 2024)
    for month, day in ((1, 1), (1, 2), (6, 15), (12, 30), (12, 31))
]
WAITS = (0, 1, 2, 15, 30, 366, 800)
"""Days: of few it is seldom told how many years they are."""
ENTERED = {
    "2014": ("S1.1 S3.1 S3.1.4 S3.2 S3.3.4 S3.3.4.6 S4 S5.3 S7", ("total",)),
    "2019": ("T2.1.1.new_made T2.5.1.change", ("total",)),
    "2021": ("T2.1.1.made T4.1.4 T4.2.2.5 T6.fee_received_amount", ("total",)),
    "matrix": ("T3.1 T3.2 T3.3.1 T3.3.6.1 T3.3.7 T3.4", ("C3.1", "C3.3")),
    "beside": ("R.closed_late R.lawsuits_filed R.charging_bodies", ("total",)),
}
"""What bodies enter: places by the rows and the columns of them."""


def make_many_years(seed: int, cases: int = 400) -> list[Agency]:
    """A city office, a county, and departments of both, one of them beneath another."""
    lot = Random(seed)
    city = make_agency(kind="city_office")
    county = make_agency(kind="county", parent=city)
    bureau, school = (make_agency(parent=above) for above in (city, county))
    agencies = [city, county, bureau, school, make_agency(parent=school)]
    _draw_cases(lot, agencies, cases)
    _draw_totals(lot, agencies)
    return agencies


def _draw_cases(lot: Random, agencies: list[Agency], count: int):
    blank = unsaved_request(agencies[0])
    endings, kinds = cycle(Outcome), cycle(ApplicantKind)
    requests, rows = [], []
    for number in range(count):
        case = copy(blank)
        case.agency, case.number = lot.choice(agencies), f"{number:04d}"
        case.applicant_kind, case.channel = next(kinds), lot.choice(Channel.values)
        case.submitted_on = case.received_on = day = lot.choice(DAYS)
        case.due_on = day + timedelta(30)
        case.status = "handling"
        if lot.random() < 0.3:
            case.extension, case.extended_on = 15, day
        if lot.random() < 0.8:
            case.closed_on, case.status = _later(lot, day), "closed"
            case.outcome = next(endings)
        elif lot.random() < 0.2:
            case.received_on, case.status, case.extension = None, "registered", 0
            case.extended_on = None
        case.settle()
        requests.append(case)
        rows += [_draw_remedy(lot, case, day) for _time in range(lot.choice((0, 0, 2)))]
        rows += [_draw_fee(lot, case, day)] if lot.random() < 0.3 else []
    DisclosureRequest.objects.bulk_create(requests)
    for model in (Remedy, Fee):
        model.objects.bulk_create(row for row in rows if isinstance(row, model))


def _later(lot: Random, day: date) -> date:
    return day + timedelta(lot.choice(WAITS))


def _draw_remedy(lot: Random, case: DisclosureRequest, day: date) -> Remedy:
    remedy = Remedy(case=case, kind=lot.choice(Remedy.Kind.values))
    remedy.filed_on = _later(lot, day)
    if lot.random() < 0.7:
        remedy.decided_on = _later(lot, remedy.filed_on)
        remedy.result = lot.choice(Remedy.Result.values)
    return remedy


def _draw_fee(lot: Random, case: DisclosureRequest, day: date) -> Fee:
    """One that was told of and paid; one of both; or neither."""
    amount = Decimal(lot.randrange(1, 99_999)) / 100
    fee = Fee(case=case, kind=lot.choice(Fee.Kind.values), quantity=1, amount=amount)
    fee.notified_on = _later(lot, day) if lot.random() < 0.8 else None
    if lot.random() < 0.7:
        fee.paid_on = _later(lot, fee.notified_on or day)
    return fee


def _draw_totals(lot: Random, agencies: list[Agency]):
    """Totals of some bodies in some years; numbers of any body in any year, of which
    those that no totals make good must count nowhere."""
    for agency in agencies:
        for year in range(YEARS.start - 1, YEARS.stop):
            if lot.random() < 0.15:
                alone = lot.random() < 0.5
                place = {"agency": agency, "year": year}
                Submission.objects.create(**place, source="totals", alone=alone)
            Tally.objects.bulk_create(
                Tally(
                    agency=agency, year=year, code=code, column=column,
                    value=lot.randrange(100),
                )
                for rows, columns in ENTERED.values()
                for code in rows.split()
                for column in columns
                if lot.random() < 0.3
            )  # fmt: skip
