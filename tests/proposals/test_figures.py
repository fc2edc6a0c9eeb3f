"""The year's totals of a small session, counted by hand, and the items behind them."""

from datetime import date
from decimal import Decimal

import pytest

from proposals.figures import SOURCES
from reports.yearly import LEVELS, Yearly
from tests.factories import make_agency, make_user
from tests.items import UNIT, make_assigned, make_office, make_session
from tests.proposals.year_of_items import make_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return make_year()


COUNTS = {
    "J1": {
        "term": 14,
        "session": 6,
        "received": 11,
        "examining": 1,
        "not_filed": 1,
        "filed": 8,
        "waiting": 1,
        "assigned": 6,
        "merged": 1,
        "merged.received": 0,
        "merged.filed": 1,
        "merged.assigned": 0,
        "withdrawn": 1,
        "withdrawn.received": 0,
        "withdrawn.filed": 0,
        "withdrawn.assigned": 1,
        "converted": 1,
        "converted.received": 1,
        "converted.filed": 0,
    },
    "J2": {
        "handled": 5,
        "replied": 3,
        "in_time": 2,
        "late": 1,
        "unreplied": 2,
        "contacted": 2,
        "met": 1,
        "class.A": 2,
        "class.B": 0,
        "class.C": 1,
        "class.D": 0,
        "class.none": 0,
        "again": 1,
        "publication.full": 1,
        "publication.summary": 1,
        "publication.not": 1,
        "publication.open": 0,
        "published": 1,
        "published.full": 1,
        "published.summary": 0,
    },
    "J3": {
        "units": 3,
        "tasks": 7,
        "lead": 4,
        "separate": 2,
        "co_handler": 1,
        "in_time": 3,
        "late": 1,
        "unreplied": 2,
        "opinions": 0,
        "waived": 1,
        "no_opinion": 0,
        "again": 1,
        "returned": 1,
    },
    "J4": {
        "returned": 2,
        "none": 1,
        "attitude.satisfied": 2,
        "attitude.basically": 0,
        "attitude.dissatisfied": 0,
        "result.satisfied": 1,
        "result.basically": 1,
        "result.dissatisfied": 0,
    },
    "J5": {"made": 2, "open": 1, "kept": 1, "changed": 0, "given_up": 0},
}
RATES = {
    "J6.assignment": (6, 8, "75.00"),
    "J6.reply": (3, 5, "60.00"),
    "J6.in_time": (2, 5, "40.00"),
    "J6.met": (1, 5, "20.00"),
    "J6.contacted": (2, 5, "40.00"),
    "J6.again": (1, 5, "20.00"),
    "J6.class.A": (2, 3, "66.67"),
    "J6.class.B": (0, 3, "0"),
    "J6.class.C": (1, 3, "33.33"),
    "J6.class.D": (0, 3, "0"),
    "J6.class.none": (0, 3, "0"),
    "J6.publication": (1, 2, "50.00"),
    "J7.reply": (4, 6, "66.66"),
    "J7.in_time": (3, 6, "50.00"),
    "J8.attitude.satisfied": (2, 2, "100.00"),
    "J8.attitude.content": (2, 2, "100.00"),
    "J8.result.satisfied": (1, 2, "50.00"),
    "J8.result.content": (2, 2, "100.00"),
}


def counted(yearly, column="total"):
    """The figures of suggestions in a column, by part."""
    found = {}
    for code, part in yearly.parts.items():
        if part.source in SOURCES and code.startswith("J") and "." in code:
            row = code.removeprefix(f"{part.code}.")
            if (code, column) in yearly.figures:
                found.setdefault(part.code, {})[row] = yearly.figures[code, column]
    return found


def test_every_count_of_a_small_session(year):
    found = counted(Yearly(2016, year.agency))
    assert {code: found[code] for code in COUNTS} == COUNTS


def test_every_rate_with_what_it_divides(year):
    yearly = Yearly(2016, year.agency)
    rates = {
        code: tuple(
            yearly.figures[place, "total"]
            for place in (f"{code}.part", f"{code}.whole", code)
        )
        for code, line in yearly.form.lines.items()
        if code.startswith("J") and line.ratio
    }
    assert rates == {
        code: (part, whole, Decimal(rate))
        for code, (part, whole, rate) in RATES.items()
    }


def test_a_rate_of_nothing_is_none(year):
    yearly = Yearly(2016, year.agency)
    of_cppcc = [
        yearly.figures[code, "total"]
        for code, line in yearly.form.lines.items()
        if code.startswith("Z") and line.ratio
    ]
    assert len(of_cppcc) == len(RATES) + 1  # the filing rate is of proposals only
    assert set(of_cppcc) == {None}


def test_every_identity_holds_at_every_place(year):
    for by in ("level", "category", "group"):
        failing = [
            (one.identity.code, one.place, one.left, one.right)
            for one in Yearly(2016, year.agency, by=by).checks
            if one.holds is False
        ]
        assert failing == []


@pytest.mark.parametrize("by", ["level", "category", "group"])
def test_every_figure_is_what_is_behind_it(year, by):
    yearly = Yearly(2016, year.agency, by=by)
    wrong, nonzero = [], 0
    for part, row, column, value, _tallies in yearly:
        if part.source not in SOURCES or not row.flows:
            continue
        behind = yearly.behind(row.code, column.code)
        if row.distinct:
            found = len({task.agency_id for task in behind})
        else:
            found = behind.count()
        nonzero += value != 0
        if found != value:
            wrong.append((row.code, column.code, value, found))
    assert wrong == []
    assert nonzero > 120


def test_an_item_counts_at_each_level_that_handles_it(year):
    yearly = Yearly(2016, year.agency)
    rows = ("J2.handled", "J3.units", "J3.tasks", "J1.received")
    assert [
        tuple(yearly.figures[row, column] for column in ("total", *LEVELS))
        for row in rows
    ] == [(5, 0, 2, 3), (3, 0, 1, 2), (7, 0, 2, 5), (11, 0, 2, 4)]
    # Only tasks and units are of one level each.
    judged = {
        one.place
        for one in yearly.checks
        if one.identity.code == "levels.total" and one.place.startswith("J")
    }
    assert {place[:2] for place in judged} == {"J3", "J7"}


def test_figures_by_category_and_by_delegation(year):
    by_category = Yearly(2016, year.agency, by="category")
    columns = [column.code for column in by_category.splits]
    assert columns == ["category:", "category:城建", "category:教育"]
    assert [by_category.figures["J2.handled", code] for code in columns] == [2, 1, 2]
    assert by_category.figures["J6.reply", "category:教育"] == 100
    by_group = Yearly(2016, year.agency, by="group")
    assert [column.code for column in by_group.splits] == ["group:渭滨代表团"]
    # The form of the Regulation is not split by what only items have.
    assert ("S3.1", "category:教育") not in by_category.figures


# Whose


def test_a_unit_counts_what_it_handles(year):
    alone = Yearly(2016, year.county, alone=True)
    rows = ("J1.received", "J2.handled", "J2.replied", "J3.lead", "J3.again")
    assert [alone.figures[row, "total"] for row in rows] == [2, 2, 1, 2, 1]
    # What it gave back is no longer in its hands.
    first = Yearly(2016, year.first)
    assert first.figures["J1.received", "total"] == 3
    assert first.figures["J3.returned", "total"] == 1
    assert year.returned not in first.behind("J1.received", "total")


def test_a_person_counts_only_what_the_person_may_see(year):
    unit = make_user(*UNIT, agency=year.county)
    yearly = Yearly(2016, year.agency, user=unit)
    found = set(yearly.behind("J1.received", "total"))
    assert found == {year.again, year.returned}
    assert yearly.figures["J3.units", "total"] == 1


def test_elsewhere_nothing_is_counted(year):
    elsewhere = make_agency()
    yearly = Yearly(2016, elsewhere, user=make_user(*UNIT, agency=elsewhere))
    assert yearly.sessions == []
    assert ("J1.received", "total") not in yearly.figures


def test_who_may_not_see_items_sees_no_figure_of_them(year):
    clerk = make_user("disclosure.view_disclosurerequest", agency=year.agency)
    assert Yearly(2016, year.agency, user=clerk).items == []


# When


def test_the_items_of_a_session_count_for_the_year_in_which_it_opened(year):
    opened = {"opened_on": date(2017, 2, 10), "closed_on": date(2017, 2, 14)}
    later = make_session(year.agency, number=7, **opened)
    office = make_office(later)
    # Filed after the cut-off day of 2016, and so registered for the next session.
    make_assigned([(year.first, "lead")], later, office, on=date(2017, 3, 1))

    assert Yearly(2016, year.agency).figures["J1.received", "total"] == 11
    assert Yearly(2017, year.agency).figures["J1.received", "total"] == 1
    assert Yearly(2015, year.agency).items == []


def test_one_session_of_a_year(year):
    opened = {"opened_on": date(2016, 9, 10), "closed_on": date(2016, 9, 14)}
    second = make_session(year.agency, number=7, **opened)
    make_assigned([(year.first, "lead")], second, make_office(second))

    both = Yearly(2016, year.agency)
    one = Yearly(2016, year.agency, session=second)
    assert both.figures["J2.handled", "total"] == 6
    assert one.figures["J2.handled", "total"] == 1
    assert [found.body for found in one.items] == ["congress"]
    assert one.behind("J3.lead", "total").get().case.session == second


def test_classes_are_those_of_the_sessions(year):
    opened = {"opened_on": date(2016, 9, 10), "closed_on": date(2016, 9, 14)}
    classes = "甲 已解决\n乙 正在解决\nA 已办"
    make_session(year.agency, number=7, classes=classes, **opened)
    labels = {
        code: line.label
        for code, line in Yearly(2016, year.agency).form.lines.items()
        if code.startswith("J2.class.")
    }
    assert [code.rpartition(".")[2] for code in labels] == [
        "A", "B", "C", "D", "甲", "乙", "none",
    ]  # fmt: skip
    assert labels["J2.class.A"].endswith("所提问题已经解决或基本解决；已办")


@pytest.mark.parametrize("more", [0, 20])
def test_the_number_of_queries_does_not_grow(year, more, django_assert_num_queries):
    for _number in range(more):
        unit = make_agency(parent=year.agency)
        make_assigned([(unit, "lead")], year.session, year.office)
    yearly = Yearly(2016, year.agency)
    # The agencies, the sessions, three sources of requests, four of items and five of
    # registers, tallies, and who entered totals.
    with django_assert_num_queries(16):
        assert yearly.figures["J2.handled", "total"] == 5 + more
        assert len(list(yearly)) == len(yearly.figures)
