"""A body that has entered all that the form asks for."""

from reports.models import Submission, Tally
from reports.returns.deeds import APPROVE, HANDLE, VIEW
from reports.returns.places import places

YEAR = 2025
CLERK = (VIEW, HANDLE)
OFFICE = (*CLERK, APPROVE)


def enter(agency, totals=False, year=YEAR, **values):
    """Every place of the form: nought, or what is said, as `T3_1__C3_3`."""
    told = {
        tuple(name.replace("_", ".").split("..")): value
        for name, value in values.items()
    }
    if totals:
        Submission.objects.get_or_create(agency=agency, year=year, source="totals")
    for place in places(year, totals):
        if place.statutory:
            row, column = place.cell
            value = told.get((row.replace("_", "."), column), 0)
            if value is not None:
                Tally.objects.create(
                    agency=agency, year=year, code=row, column=column, value=value
                )


def own(agency, year=YEAR):
    """What the body has entered that is not nought, by row and column."""
    kept = Tally.objects.filter(agency=agency, year=year).exclude(value=0)
    return {f"{one.code}/{one.column}": one.value for one in kept}
