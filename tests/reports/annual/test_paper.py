"""The report as it is read, kept as data and read again."""

import json
from datetime import date
from decimal import Decimal

import pytest

from disclosure.workflow import workflow
from reports.annual.draft import Draft
from reports.annual.paper import Paper, figure_data
from reports.models import AnnualReport
from tests.factories import CHIEF, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [2016, 2020, 2025])
def test_what_is_kept_is_read_as_it_was(year):
    office = make_agency(kind="city_office")
    chief, day = make_user(*CHIEF, agency=office), date(year, 5, 3)
    case = make_request("closed", office, day, by=chief)
    if year == 2016:
        costs = {"quantity": 1, "amount": Decimal("0.50")}
        workflow.take("charge_costs", case, by=chief, on=day, **costs)
    draft = Draft(AnnualReport(agency=office, year=year, head="张三"))
    figures = [figure_data(figure, draft.yearly.form) for figure in draft.yearly]

    kept = json.loads(json.dumps([draft.paper.as_data(), figures]))
    again = Paper.of_data(*kept)

    assert again.as_data() == draft.paper.as_data()
    for before, after in zip(draft.paper.chapters, again.chapters, strict=True):
        assert shown(before) == shown(after)


def shown(chapter):
    return [
        [
            [cell.shown if cell.figure else str(cell.text) for cell in row]
            for row in block.rows
        ]
        for block in chapter.blocks
    ]
