"""The year's totals: whose they are, how they split, what is behind them, checks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import cycle, islice, product
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from disclosure.annual_forms import FORMS
from disclosure.models import ApplicantKind, Channel, Outcome
from disclosure.workflow import workflow
from reports.bodies import LEVELS
from reports.models import Tally
from reports.yearly import EDITIONS, Yearly
from tests.factories import CHIEF, VIEW, make_agency, make_request, make_user
from tests.folded import Fold, figures
from tests.many_years import YEARS, make_many_years

DAY = date(2025, 3, 4)


@pytest.fixture
def city(db):
    """A city office; beneath it a county with an office of its own, and two bureaus."""
    office = make_agency(kind="city_office")
    county = make_agency(kind="county", parent=office)
    school = make_agency(kind="department", parent=county)
    bureaus = [make_agency(kind="department", parent=office) for _number in range(2)]
    chief = make_user(*CHIEF, agency=office)
    return SimpleNamespace(
        office=office, county=county, school=school, bureaus=bureaus, chief=chief
    )


@pytest.fixture
def year(city):
    """One request in the city office, two in the county, three in the bureaus."""
    places = [city.office, city.county, city.school, *city.bureaus, city.bureaus[0]]
    for place in places:
        make_request("handling", place, DAY, by=city.chief)
    return city


def split(yearly, row, total="C3.3"):
    return tuple(yearly.figures[row, column] for column in (total, *LEVELS))


def report(agency, code, value, year=2025):
    return Tally.objects.create(agency=agency, year=year, code=code, value=value)


# Whose figures


def test_a_figure_is_split_by_the_level_of_the_organ(year):
    assert LEVELS == ("city_office", "county", "department")
    assert split(Yearly(2025, year.office), "T3.1") == (6, 1, 2, 3)


def test_of_a_county_its_own_departments_are_departments(year):
    assert split(Yearly(2025, year.county), "T3.1") == (2, 0, 1, 1)


def test_a_body_alone_is_not_split(year):
    yearly = Yearly(2025, year.county, alone=True)
    assert (yearly.bodies.levels, yearly.figures["T3.1", "C3.3"]) == ((), 1)


def test_what_lies_elsewhere_is_not_counted(year):
    elsewhere = make_agency()
    make_request("handling", elsewhere, DAY)

    assert Yearly(2025, year.office).figures["T3.1", "C3.3"] == 6
    assert Yearly(2025, elsewhere).figures["T3.1", "C3.3"] == 1


@pytest.mark.parametrize(
    ("place", "seen"), [("office", 2), ("county", 2), ("school", 0), ("nowhere", 0)]
)
def test_a_person_counts_only_what_the_person_may_see(year, place, seen):
    agency = getattr(year, place, None)
    user = make_user(VIEW, agencies=[agency] if agency else [])
    yearly = Yearly(2025, year.county, user=user)
    if seen:
        assert yearly.figures["T3.1", "C3.3"] == seen
    else:
        assert year.county.pk not in yearly.bodies.agencies


# Which figures


@pytest.mark.parametrize("number", [2014, 2019, 2021])
def test_every_figure_of_every_edition_is_what_is_behind_it(city, number):
    """A year with something of everything, in the form of each edition."""
    fill_a_year(city)
    yearly = Yearly(2018, city.office, edition=str(number))
    wrong, counted = [], 0
    for _part, row, column, value, _tallies in yearly:
        if not row.flows:
            continue
        behind = yearly.behind(row.code, column.code)
        if row.distinct:
            found = len({fee.case.agency_id for fee in behind})
        elif row.measure == "records":
            found = behind.count()
        else:
            total = behind.aggregate(total=Sum(row.measure))["total"] or 0
            found = Decimal(total) / row.per
        counted += value != 0
        if found != value:
            wrong.append((row.code, column.code, value, found))
    assert wrong == []
    assert counted > 50
    failing = {one.identity.code for one in yearly.checks if one.holds is False}
    assert failing == ({"S3.2.limits"} if number == 2014 else set())


def fill_a_year(city):
    """Requests received and closed in 2018 and around it, with fees and remedies."""
    places = cycle([city.office, city.county, city.school, *city.bureaus])
    kinds, channels = cycle(ApplicantKind), cycle(Channel)
    outcomes = [
        outcome
        for outcome in Outcome
        if outcome not in (Outcome.FEE_UNPAID, Outcome.REPEATED)
    ]
    stories = [
        *(("closed", date(2018, 4, 2), date(2018, 4, 20), said) for said in outcomes),
        ("closed", date(2017, 12, 29), date(2018, 1, 2), Outcome.DISCLOSED),
        ("closed", date(2018, 12, 27), date(2019, 1, 3), Outcome.DISCLOSED),
        ("closed", date(2017, 12, 1), date(2019, 1, 3), Outcome.DISCLOSED),
        ("closed", date(2017, 6, 1), date(2017, 12, 31), Outcome.DISCLOSED),
        ("closed", date(2018, 6, 1), date(2018, 12, 31), Outcome.DISCLOSED),
        ("handling", date(2017, 7, 3), None, ""),
        ("handling", date(2018, 7, 3), None, ""),
        ("registered", date(2018, 7, 3), None, ""),
    ]
    results = cycle(["upheld", "corrected", "other", None])
    for number, (status, received, closed, outcome) in enumerate(stories):
        if outcome == Outcome.NOT_CORRECTED:
            closed = None
        case = make_request(
            status,
            next(places),
            received,
            by=city.chief,
            closed=closed,
            outcome=outcome,
            applicant_kind=next(kinds),
            channel="online" if status == "registered" else next(channels),
        )
        if case.closed_on and number % 2:
            seek_remedy(case, city.chief, number, next(results))
        if case.closed_on and number % 3 == 0:
            deed = {"by": city.chief, "on": case.closed_on}
            workflow.take(
                "charge_costs", case, quantity=3, amount=Decimal("35.50"), **deed
            )


def seek_remedy(case, chief, number, result):
    kind = ("reconsideration", "direct", "after")[number % 3]
    case = workflow.take(
        "file_remedy", case, by=chief, on=case.closed_on, kind=kind, body="上级机关"
    )
    if result:
        workflow.take(
            "decide_remedy",
            case,
            by=chief,
            on=date(2018 + number % 2, 12, 31),
            row=case.remedies.get(),
            result=result,
        )


# Counted twice


@pytest.mark.parametrize("seed", range(2))
def test_every_figure_is_what_a_fold_over_the_cases_gives(db, seed):
    """Of an office drawn by lot, each body in each year, by every edition's form."""
    agencies, fold = make_many_years(seed), Fold()
    wrong, told = {}, 0
    for edition, year, agency, alone in product(FORMS, YEARS, agencies, (False, True)):
        yearly = Yearly(year, agency, alone, edition=edition)
        told += len(figures(yearly))
        if unlike := fold.unlike(yearly):
            wrong[edition, year, agency, alone] = unlike
    assert wrong == {}
    assert told > 10_000


def test_a_reported_figure_is_the_sum_of_what_bodies_report(city):
    report(city.office, "T2.1.2.made", 3)
    report(city.school, "T2.1.2.made", 4)
    report(city.office, "T2.1.2.made", 100, year=2024)

    yearly = Yearly(2025, city.office)
    assert split(yearly, "T2.1.2.made", "total") == (7, 3, 4, None)
    found = next(figure for figure in yearly if figure.row.code == "T2.1.2.made")
    assert [tally.agency for tally in found.tallies] == [city.office, city.school]


def test_what_nobody_reports_is_not_nought(city):
    assert split(Yearly(2025, city.office), "T2.1.1.made", "total") == (None,) * 4


def test_staff_of_2014_are_the_full_time_and_the_part_time(city):
    report(city.office, "S8.3.1", 2, year=2016)
    report(city.county, "S8.3.2", 5, year=2016)

    yearly = Yearly(2016, city.office)
    assert split(yearly, "S8.3", "total") == (7, 2, 5, None)


@pytest.mark.parametrize(
    ("closed", "rate"),
    [([], None), ([4, 4], 100), ([4, 99], 50), ([4, 4, 99], Decimal("66.66"))],
)
def test_a_rate_is_never_rounded_up(city, closed, rate):
    for days in closed:
        ended = date.fromordinal(DAY.toordinal() + days)
        make_request("closed", city.office, DAY, by=city.chief, closed=ended)

    assert Yearly(2025, city.office).figures["R.on_time_rate", "total"] == rate


def test_the_year_tells_its_days_and_its_report(city):
    said = {
        code: Yearly(year, city.office).figures[code, "total"]
        for year, code in (
            (2016, "R.year"), (2016, "R.from"), (2016, "R.until"), (2016, "R.parts"),
        )
    }  # fmt: skip
    assert list(said.values()) == [2016, date(2016, 1, 1), date(2016, 12, 31), 7]
    assert Yearly(2025, city.office).figures["R.parts", "total"] == 6


@pytest.mark.parametrize("cell", [("T3.3", "C3.3"), ("T3.1", "total"), ("X", "total")])
def test_there_is_nothing_behind_what_is_no_figure(city, cell):
    with pytest.raises(KeyError):
        Yearly(2025, city.office).behind(*cell)


def test_there_is_nothing_behind_what_is_reported(city):
    with pytest.raises(KeyError):
        Yearly(2025, city.office).behind("T2.1.1.made", "total")


# Identities


@dataclass(frozen=True)
class Told:
    place: str
    left: int
    right: int
    gap: int | None


def judged(yearly, code):
    return [
        Told(one.place, one.left, one.right, one.gap)
        for one in yearly.checks
        if one.identity.code == code
    ]


def test_the_levels_add_up_to_the_total(year):
    found = judged(Yearly(2025, year.office), "levels.C3.3")
    assert Told("T3.1", 6, 6, None) in found
    assert all(one.left == one.right for one in found)


def test_a_rate_does_not_add_up(year):
    places = {one.place for one in judged(Yearly(2025, year.office), "levels.total")}
    assert "R.closed_in_time" in places
    assert "R.on_time_rate" not in places


def test_overdue_requests_of_2016_are_named_where_the_form_has_no_row(city):
    day = date(2016, 5, 3)
    make_request("closed", city.office, day, by=city.chief)
    make_request("closed", city.county, day, by=city.chief, closed=date(2016, 9, 1))

    yearly = Yearly(2016, city.office)
    assert judged(yearly, "S3.2.limits") == [
        Told("total", 1, 2, 1),
        Told("city_office", 1, 1, 0),
        Told("county", 0, 1, 1),
        Told("department", 0, 0, 0),
    ]
    assert yearly.behind("R.closed_late", "county").count() == 1


def test_what_is_carried_over_is_what_the_year_before_carried_over(city):
    make_request("handling", city.county, date(2024, 12, 3), by=city.chief)

    found = judged(Yearly(2025, city.office), "T3.last")
    assert [one for one in found if one.left] == [
        Told("C3.1", 1, 1, None),
        Told("C3.3", 1, 1, None),
        Told("county", 1, 1, None),
    ]


def test_documents_in_force_are_compared_with_the_year_before(city):
    report(city.office, "T2.1.2.valid", 10, year=2024)
    for code, value in (("made", 3), ("repealed", 1), ("valid", 11)):
        report(city.office, f"T2.1.2.{code}", value)

    found = judged(Yearly(2025, city.office), "T2.1.2.last")
    assert found[0] == Told("total", 13, 12, None)


def test_nothing_is_compared_with_a_year_of_which_nothing_was_reported(city):
    for code in ("made", "repealed", "valid"):
        report(city.office, f"T2.1.2.{code}", 3)

    (whole, *_levels) = judged(Yearly(2025, city.office), "T2.1.2.last")
    assert whole == Told("total", None, 6, None)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_identities_of_an_empty_year_hold_or_cannot_be_told(city, edition):
    checks = Yearly(2025, city.office, edition=edition).checks
    assert {one.holds for one in checks} == {True, None}


# Queries


@pytest.mark.parametrize("agencies", [1, 30])
def test_the_number_of_queries_does_not_grow(city, agencies, django_assert_num_queries):
    for place in islice(cycle([city.office, city.county]), agencies):
        bureau = make_agency(parent=place)
        make_request("handling", bureau, DAY, by=city.chief)
        report(bureau, "T2.1.1.made", 1)

    yearly = Yearly(2025, city.office)
    # The agencies, the three sources, the five registers, the tallies and who entered
    # totals; last year's requests and remedies, and whether they were published; the
    # sessions, of which there are none.
    with django_assert_num_queries(15):
        assert yearly.figures["T3.1", "C3.3"] == agencies
        assert yearly.checks
        assert len(list(yearly)) == len(yearly.figures)


@pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="PostgreSQL plans a small table by what other tests have left of it",
)
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_requests_of_a_year_are_counted_from_an_index_alone(city, edition):
    with CaptureQueriesContext(connection) as asked:
        assert Yearly(2018, city.office, edition=edition).figures
    counting = [
        query["sql"]
        for query in asked
        if 'FROM "disclosure_disclosurerequest"' in query["sql"]
    ]
    with connection.cursor() as cursor:
        plans = []
        for sql in counting:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plans.append(str(cursor.fetchall()))
    scan = "USING COVERING INDEX disclosure_year ("
    assert [scan in plan for plan in plans] == [True]
