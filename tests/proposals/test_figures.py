"""The year's totals of a small session, counted by hand, and the items behind them."""

from datetime import date

import pytest

from proposals.figures import PARTS
from proposals.workflow import items, tasks
from reports.yearly import Yearly
from tests.factories import make_agency, make_calendar
from tests.items import (
    ASSIGNED,
    make_assigned,
    make_item,
    make_office,
    make_session,
    replied,
)

pytestmark = pytest.mark.django_db

REPLIED = date(2016, 4, 5)
HEARD = date(2016, 4, 20)


@pytest.fixture
def year():
    """Seven suggestions of one session: three replied to, one of them late, one open,
    one merged, one withdrawn, one not filed."""
    make_calendar(2016)
    session = make_session()
    office = make_office(session)
    units = [make_agency(parent=session.agency) for _unit in range(2)]
    county = make_agency(parent=session.agency, kind="county")
    lead, helper = units
    first = make_assigned([(lead, "lead"), (helper, "co_handler")], session, office)
    task = first.assignments.get(agency=helper)
    tasks.take("waive", task, by=office, on=ASSIGNED, note="无需会办")
    for case, on, answer in (
        (first, REPLIED, "satisfied"),
        (make_assigned([(county, "lead")], session, office), REPLIED, "basically"),
        (make_assigned([(lead, "lead")], session, office), date(2016, 6, 13), "none"),
    ):
        replied(case, office, on)
        said = {"attitude": answer, "result": answer}
        heard = max(on, HEARD)
        items.take("hear", case, by=office, on=heard, author=case.authors.get(), **said)
    open_one = make_assigned([(lead, "lead")], session, office)
    merged = make_item(session, office, status="filed")
    items.take("merge", merged, by=office, on=ASSIGNED, merged_into=open_one)
    gone = make_item(session, office, status="filed")
    items.take("withdraw", gone, by=office, on=ASSIGNED)
    declined = make_item(session, office)
    items.take("decline", declined, by=office, on=ASSIGNED, note="没有具体内容")
    return Yearly(2016, session.agency)


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("J1.received", 7),
        ("J1.filed", 6),
        ("J1.not_filed", 1),
        ("J1.merged", 1),
        ("J1.withdrawn", 1),
        ("J1.filing_rate", "85.71"),
        ("J2.assigned", 4),
        ("J2.replied", 3),
        ("J2.in_time", 2),
        ("J2.reply_rate", "75.00"),
        ("J2.in_time_rate", "50.00"),
        ("J2.met_rate", "0.00"),
        ("J3.units", 3),
        ("J3.lead", 4),
        ("J3.co_handler", 1),
        ("J3.class_a", 3),
        ("J4.returned", 2),
        ("J4.none", 1),
        ("J4.satisfaction", "50.00"),
        ("J4.content_rate", "100.00"),
        ("J5.made", 0),
        ("Z1.received", 0),
        ("Z2.reply_rate", None),
    ],
)
def test_each_figure_of_a_small_session(year, row, value):
    figure = year.figures[row, "total"]
    assert (None if figure is None else str(figure)) == (
        None if value is None else str(value)
    )


def test_units_are_told_apart_by_their_level(year):
    found = [year.figures["J3.units", kind] for kind in ("county", "department")]
    assert found == [1, 2]


def test_every_figure_opens_exactly_what_it_counts(year):
    for part in PARTS:
        for line in part.lines:
            if line.flows and line.measure == "records":
                found = year.behind(line.code, "total").count()
                assert (line.code, found) == (
                    line.code,
                    year.figures[line.code, "total"],
                )
