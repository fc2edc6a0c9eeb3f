"""The machine of statutory figures: flows, counts, what is behind one, checks."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db.models import F, Q

from casework.tables import (
    TOTAL,
    Cohort,
    Flow,
    Form,
    Identity,
    Line,
    Part,
    Source,
    Table,
    added,
    check,
    shares,
)
from disclosure.annual_forms.sources import FEES, REQUESTS, only
from disclosure.models import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    Fee,
    Outcome,
)
from proposals.models import Proposal
from tests.factories import make_agency, make_request
from tests.items import make_item, make_session

YEAR = 2025
FLOWS = tuple(REQUESTS.flows(2025))
EDGES = [
    date(2023, 5, 4), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1),
    date(2025, 1, 2), date(2025, 6, 30), date(2025, 12, 30), date(2025, 12, 31),
    date(2026, 1, 1), date(2026, 7, 1),
]  # fmt: skip
"""Days around which a year is told from another."""


def flows_of(began, ended, year=YEAR):
    """What a record does in a year, said as plainly as can be."""
    if began is None:
        return set()
    first, last = date(year, 1, 1), date(year, 12, 31)
    said = {
        Flow.NEW: first <= began <= last,
        Flow.CARRIED_IN: began < first and (ended is None or ended >= first),
        Flow.FINISHED: ended is not None and first <= ended <= last,
        Flow.CARRIED_OUT: began <= last and (ended is None or ended > last),
    }
    return {flow for flow, true in said.items() if true}


@pytest.fixture
def cases(db):
    """Some hundred requests of two agencies, thrown at the edges of the years.

    Written straight into the table: each is as the door would have left it, and the
    door's own story would take a minute.
    """
    agencies = [make_agency(), make_agency()]
    dice = Random(2025)
    rows = []
    for number in range(400):
        began = dice.choice([*EDGES, None])
        later = [day for day in EDGES if began and day >= began]
        ended = dice.choice([*later, None]) if later else None
        extended = dice.random() < 0.3
        status = "closed" if ended else "handling" if began else "registered"
        rows.append(
            DisclosureRequest(
                number=f"T-{number}",
                agency=dice.choice(agencies),
                subject="测试",
                channel=dice.choice(Channel.values),
                submitted_on=began or EDGES[0],
                confirmed_on=began,
                received_on=began,
                due_on=began and dice.choice([began + timedelta(days=28), None]),
                closed_on=ended,
                status=status,
                outcome=dice.choice(Outcome.values) if ended else "",
                applicant_kind=dice.choice(ApplicantKind.values),
                applicant="某",
                extension=10 if extended and began else 0,
                extended_on=began if extended else None,
            )
        )
    DisclosureRequest.objects.bulk_create(rows)
    return DisclosureRequest.objects.all()


TABLE = Table(
    REQUESTS,
    (
        *(Line(flow, "", (flow,)) for flow in FLOWS),
        Line("in_year", "", (Flow.NEW, Flow.CARRIED_IN)),
        Line("by_post", "", (Flow.NEW,), only(channel={"ems", "registered_post"})),
        Line("shared", "", (Flow.FINISHED,), only(outcome={"disclosed", "other"})),
        Line("extended", "", (Flow.FINISHED,), only(extended={True}, late={False})),
        Line("late", "", (Flow.FINISHED,), only(late={True})),
        Line("in_time", "", (Flow.FINISHED,), only(late={False})),
        Line("agencies", "", (Flow.NEW,), distinct="agency"),
    ),
    (
        *(
            Line(kind, "", where=only(applicant_kind={kind}))
            for kind in ApplicantKind.values
        ),
        TOTAL,
    ),
)


def counted(case, row, column):
    """Whether the cell counts the case, without the database."""
    late = bool(case.closed_on and case.due_on and case.closed_on > case.due_on)
    facts = {
        "channel": case.channel,
        "outcome": case.outcome,
        "applicant_kind": case.applicant_kind,
        "extended": case.extension > 0,
        "late": late,
    }
    flows = flows_of(case.received_on, case.closed_on)
    where = {**row.where, **column.where}
    return bool(flows & {*row.flows}) and all(
        facts[name] in values for name, values in where.items()
    )


def test_every_figure_is_its_cases(cases):
    figures = TABLE.fill(cases, YEAR)
    everything = list(cases)

    for row in TABLE.rows:
        for column in TABLE.columns:
            behind = set(TABLE.behind(cases, YEAR, row.code, column.code))
            assert behind == {c for c in everything if counted(c, row, column)}
            if row.distinct:
                behind = {case.agency_id for case in behind}
            assert figures[row.code, column.code] == len(behind)


def test_a_table_of_each_part_is_filled_by_one_query(cases, django_assert_num_queries):
    first, second = {case.agency_id for case in cases}
    parts = {first: "one", second: "two", 0: "nobody"}
    with django_assert_num_queries(1):
        figures = TABLE.fill_each(cases, YEAR, "agency", parts)
    assert figures == {
        name: TABLE.fill(cases.filter(agency=agency), YEAR)
        for agency, name in parts.items()
    }


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026, 2027])
def test_what_comes_in_goes_out_in_every_year_and_column(cases, year):
    figures = TABLE.fill(cases, year)
    after = TABLE.fill(cases, year + 1)

    for column in TABLE.columns:
        new, carried_in, finished, carried_out = (
            figures[flow, column.code] for flow in FLOWS
        )
        assert new + carried_in == finished + carried_out
        assert carried_out == after[Flow.CARRIED_IN, column.code]


def test_the_table_is_filled_by_one_query(cases, django_assert_num_queries):
    with django_assert_num_queries(1):
        TABLE.fill(cases, YEAR)


def test_of_no_cases_every_figure_is_nought(db):
    figures = TABLE.fill(DisclosureRequest.objects.none(), YEAR)
    assert set(figures.values()) == {0}


@pytest.mark.parametrize("cell", [("new", "nowhere"), ("nothing", "total")])
def test_behind_no_cell_there_is_nothing(db, cell):
    with pytest.raises(KeyError):
        TABLE.behind(DisclosureRequest.objects.all(), YEAR, *cell)


def test_a_fact_may_be_an_expression(cases):
    source = Source(facts={"place": F("agency__name")})
    name = cases[0].agency.name
    table = Table(source, (Line("new", "", (Flow.NEW,), only(place={name})),))

    figures = table.fill(cases, YEAR)
    found = table.behind(cases, YEAR, "new", "total")
    assert {case.agency.name for case in found} == {name}
    assert figures == {("new", "total"): found.count()}


def test_what_ended_without_a_beginning_is_finished_and_never_came_in(db):
    case = make_request("handling", received=date(2024, 3, 4))
    case.fees.create(kind="cost", quantity=1, amount=35, paid_on=date(YEAR, 5, 6))
    table = Table(FEES, tuple(Line(flow, "", (flow,)) for flow in FLOWS))

    found = {
        year: {row for (row, _), n in table.fill(Fee.objects.all(), year).items() if n}
        for year in (YEAR - 1, YEAR, YEAR + 1)
    }
    assert found == {YEAR - 1: set(), YEAR: {Flow.FINISHED}, YEAR + 1: set()}
    assert table.behind(Fee.objects.all(), YEAR, Flow.FINISHED, "total").exists()


def test_no_flow_is_told_by_a_negation():
    # What is not true of nothing is not therefore false of it.
    assert not any(_negated(told) for told in REQUESTS.flows(YEAR).values())


def _negated(part):
    return part.negated or any(
        isinstance(child, Q) and _negated(child) for child in part.children
    )


def test_what_opens_in_a_year_takes_its_records_along(db):
    session, later = make_session(), make_session(number=7, **opened(2017))
    for place in (session, session, later):
        make_item(place)
    source = Cohort(facts={"body": F("session__body")})
    rows = (
        Line("all", "", (Flow.PRESENT,)),
        Line("congress", "", (Flow.PRESENT,), only(body={"congress"})),
        Line("cppcc", "", (Flow.PRESENT,), only(body={"cppcc"})),
    )
    table, items = Table(source, rows), Proposal.objects.all()
    found = {year: table.fill(items, year) for year in (2015, 2016, 2017)}
    assert [tuple(found[year].values()) for year in found] == [
        (0, 0, 0), (2, 2, 0), (1, 1, 0),
    ]  # fmt: skip
    behind = table.behind(items, 2017, "congress", "total")
    assert [item.session for item in behind] == [later]


def opened(year):
    return {"opened_on": date(year, 2, 1), "closed_on": date(year, 2, 5)}


# Shares


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((1, 1, 1), ("33.34", "33.33", "33.33")),
        ((2, 1, 0), ("66.67", "33.33", "0")),
        ((1, 1, 1, 1, 1, 1), ("16.67", "16.67", "16.67", "16.67", "16.66", "16.66")),
        ((5, 0), ("100", "0")),
        # Nothing is rounded up to all while something else was counted.
        ((99_999, 1), ("99.99", "0.01")),
    ],
)
def test_the_shares_of_a_list_add_up_as_printed(counts, said):
    found = shares(dict(enumerate(counts)))
    assert tuple(found.values()) == tuple(map(Decimal, said))
    assert sum(found.values()) == 100


# Identities

SUM = Identity("sum", "", ("a", "b"), ("c",))


def at(**figures):
    """Figures of rows in one column."""
    return {(row, "total"): value for row, value in figures.items()}


@pytest.mark.parametrize(
    ("figures", "holds", "difference"),
    [
        (at(a=1, b=2, c=3), True, 0),
        (at(a=1, b=2, c=4), False, -1),
        (at(a=1, b=None, c=1), True, 0),
        (at(a=None, b=None, c=1), None, None),
        (at(a=0, b=0, c=None), None, None),
    ],
)
def test_an_identity_holds_or_not_or_cannot_be_told(figures, holds, difference):
    (found,) = check([SUM], figures, ())
    assert (found.holds, found.difference) == (holds, difference)


def test_at_most_is_no_equality():
    most = Identity("most", "", ("a",), ("b", "c"), sense="≤")
    held = [next(check([most], at(a=a, b=2, c=3), ())).holds for a in (4, 5, 6)]
    assert held == [True, True, False]


def test_an_identity_is_checked_where_all_its_terms_are():
    figures = {(row, column): 1 for row in ("a", "b", "c") for column in ("x", "y")} | {
        ("a", "z"): 1
    }
    assert [found.place for found in check([SUM], figures, ())] == ["x", "y"]


def test_an_identity_between_columns_is_checked_in_the_rows_that_are_named():
    across = Identity("across", "", ("x", "y"), ("z",), across=True)
    figures = {(row, column): 1 for row in ("a", "b") for column in ("x", "y", "z")}
    found = list(check([across], figures, ["a"]))
    assert [(one.place, one.left, one.right) for one in found] == [("a", 2, 1)]


def test_a_gap_is_named_with_its_figure():
    told = Identity("told", "", ("a",), ("b",), gap="c")
    (found,) = check([told], at(a=3, b=5, c=2), ())
    assert (found.difference, found.gap) == (-2, 2)


def test_what_was_not_reported_adds_nothing():
    figures = at(a=1, b=None)
    assert added(figures, [("a", "total"), ("b", "total")]) == 1
    assert added(figures, [("b", "total")]) is None


# Lines, parts and forms


def test_a_line_knows_what_it_is():
    lines = [
        Line("S1", ""),
        Line("S1.1", "", (Flow.NEW,)),
        Line("S1.2", "", reported=True),
        Line("S1.3", "", parts=("S1.1", "S1.2")),
        Line("S1.4", "", told=lambda form, year: year),
    ]
    assert [line.heading for line in lines] == [True, False, False, False, False]
    assert [line.additive for line in lines] == [True, True, True, True, False]
    assert [line.parent for line in lines] == ["", "S1", "S1", "S1", "S1"]


def test_the_columns_of_a_part_are_those_beneath_no_heading_of_theirs():
    columns = tuple(Line(code, "") for code in ("C", "C.1", "C.2", "C.2.1", "C.3"))
    part = Part("T", "", (), columns=columns)
    assert [leaf.code for leaf in part.leaves] == ["C.1", "C.2.1", "C.3"]


def test_a_line_is_named_with_what_it_stands_beneath():
    lines = (Line("S", "title"), Line("S.1", "group"), Line("S.1.a", "figure"))
    form = Form("1", "", "", (), (Part("S", "", lines),), ())
    assert [form.named(line.code) for line in lines] == [
        "title", "group", "group › figure",
    ]  # fmt: skip


def test_a_form_knows_its_lines_and_which_are_reported():
    lines = (Line("a", ""), Line("b", "", reported=True))
    form = Form("1", "", "", (), (Part("P", "", lines),), ())
    assert (list(form.lines), list(form.reported)) == (["a", "b"], ["b"])
