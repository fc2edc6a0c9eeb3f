"""What the bodies have sent of last year: most of them all, some nothing yet.

All of it is invented. One county keeps its cases elsewhere and has entered totals.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from casework.models import Agency
from reports.annual.parts import by_unit, sent_of
from reports.models import Submission, Tally
from reports.returns.places import Cell, completed, places
from reports.yearly import Yearly

TOTALS, RETURNED = "TBX", "GXQ"
MISSING = ("WBQ", "GTJ", "FPB", "YMJ", "DFZ")
REMINDED = ("FPB", "YMJ")
REMARK = "行政许可决定数量与去年相差较大，请核对后重新报送。"
PROACTIVE = {
    "T2.1.2.made": 3,
    "T2.1.2.repealed": 1,
    "T2.1.2.valid": 24,
    "T2.5.1.decisions": 186,
    "T2.6.1.decisions": 42,
    "T2.6.2.decisions": 5,
}
"""Of one body, whatever else the form asks for being nought."""
REQUESTS = {
    "T3.1": {"C3.1": 18, "C3.2.1": 3},
    "T3.3.1": {"C3.1": 9, "C3.2.1": 2},
    "T3.3.2": {"C3.1": 2},
    "T3.3.4.1": {"C3.1": 7, "C3.2.1": 1},
    "T4.1.1": {"total": 1},
}
"""The county's totals; what they add up to follows."""


def make_returns(agencies: dict[str, Agency], today: date):
    """Made once for the year before the day; what is there is kept."""
    office, year = agencies["BJ"], today.year - 1
    if Submission.objects.filter(year=year, agency__parent=office).exists():
        return
    county = agencies[TOTALS]
    Submission.objects.create(agency=county, year=year, source="totals")
    bodies = [one for code, one in agencies.items() if code not in MISSING]
    Tally.objects.bulk_create(
        [tally for body in bodies for tally in _tallies(body, year, body == county)],
        ignore_conflicts=True,
    )
    yearly = Yearly(year, office)
    counted = by_unit(yearly)
    for code, body in agencies.items():
        if body != office and (code not in MISSING or code in REMINDED):
            figures = sent_of(yearly, counted[body.pk])
            _submission(body, year, today, figures).save()


def _tallies(body: Agency, year: int, totals: bool) -> Iterator[Tally]:
    values = _values(year, totals)
    for (code, column), value in values.items():
        yield Tally(agency=body, year=year, code=code, column=column, value=value)


def _values(year: int, totals: bool) -> dict[Cell, int]:
    """What the form asks a body for."""
    told = {(code, "total"): value for code, value in PROACTIVE.items()}
    if totals:
        told |= {
            (code, column): value
            for code, values in REQUESTS.items()
            for column, value in values.items()
        }
    sums = {"T3.3.7", "T4.1.5", "T4.2.1.5", "T4.2.2.5"}
    return completed(
        year,
        {
            place.cell: told.get(
                place.cell,
                None if place.row.code in sums or place.column.code == "C3.3" else 0,
            )
            for place in places(year, totals)
            if place.statutory
        },
    )


def _submission(body: Agency, year: int, today: date, figures: list) -> Submission:
    made = Submission.objects.filter(agency=body, year=year).first()
    made = made or Submission(agency=body, year=year)
    day = min(today, date(year + 1, 1, 8) + timedelta(body.pk % 12))
    if body.code in REMINDED:
        made.reminded_on = day
        return made
    made.figures, made.submitted_by = figures, f"{body.name}经办人"
    if body.code == RETURNED:
        made.returned_on, made.remark = day, REMARK
    else:
        made.submitted_on = day
    return made
