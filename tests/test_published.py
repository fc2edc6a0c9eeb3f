"""Reports that were published, made again from ledgers of a row a request."""

import json
from datetime import date
from io import BytesIO
from itertools import cycle, islice, repeat
from pathlib import Path

import pytest
from docx import Document

from casework.sheets import csv_lines
from casework.tables import TOTAL
from disclosure.models import ApplicantKind, Outcome, Remedy
from disclosure.outcomes import RULINGS
from reports.annual.files import WRITERS, paper
from reports.annual.publishing import intact
from reports.downloads import COLUMNS as HEADERS
from reports.models import AnnualReport
from reports.resources import TallyResource
from reports.yearly import LEVELS, Yearly
from tests.annual_reports import make_published
from tests.factories import CHIEF, make_agency, make_request, make_user
from tests.ledgers import a_csv, counted, line, replied, take, told

pytestmark = pytest.mark.django_db

PUBLISHED = json.loads(Path(__file__).with_name("published.json").read_text("utf-8"))
COLUMNS = ("C3.1", "C3.2.1", "C3.2.2", "C3.2.3", "C3.2.4", "C3.2.5", "C3.3")
"""Of the kinds of applicants in their order, and of all."""
RESULTS = (*Remedy.Result, None)
"""In the order of table four; the last one has not been decided."""
REMEDIES = {
    "T4.1": Remedy.Kind.RECONSIDERATION,
    "T4.2.1": Remedy.Kind.DIRECT,
    "T4.2.2": Remedy.Kind.AFTER,
}
BODIES = pytest.mark.parametrize("report", PUBLISHED, ids=lambda told: told["body"])


def outcomes(row) -> list[Outcome]:
    """How requests end that the form counts in this row."""
    return [outcome for outcome in Outcome if RULINGS[outcome].leaf_2021 == row]


def ended(outcome, year) -> dict:
    """What a row tells of a request that ended so in the year."""
    days = {"submitted_on": f"{year}-03-04", "served_on": f"{year}-04-02"}
    if outcome in ("withdrawn", "other"):
        return line(**days, outcome=outcome)
    if outcome == "not_corrected":
        asked = {"correction_asked_on": f"{year}-03-05",
                 "correction_until": f"{year}-04-01"}  # fmt: skip
        return line(**days, **asked, outcome=outcome)
    if outcome == "fee_unpaid":
        fee = {"fees": f"by_volume {year}-03-05 31", "served_on": f"{year}-05-06"}
        return line(**days | fee, outcome=outcome)
    return replied(**days, signed_on=f"{year}-04-01", outcome=outcome)


def remedies(report) -> list[str]:
    year, found = report["year"], []
    for row, kind in REMEDIES.items():
        for number, result in enumerate(RESULTS, 1):
            decided = f"/{year}-09-02 {result}" if result else ""
            entry = f"{kind} {year}-06-03{decided}"
            found += repeat(entry, report["table_four"][f"{row}.{number}"])
    return found


def ledger(report) -> list[dict]:
    """A row for each request that the report counts."""
    year, figures, rows = report["year"], report["table_three"], []
    for place, kind in enumerate(ApplicantKind):
        done = [
            ended(outcome, year)
            for row, cells in figures.items()
            # Of several outcomes that the form counts in one row, each in its turn.
            for outcome in islice(cycle(outcomes(row)), cells[place])
        ]
        for early in done[: figures["T3.2"][place]]:
            early["submitted_on"] = f"{year - 1}-12-20"
        left = [line(submitted_on=f"{year}-12-20")] * figures["T3.4"][place]
        rows += [row | {"applicant_kind": kind} for row in (*done, *left)]
    return [row | {"number": f"{year}-{n}"} for n, row in enumerate(rows, 1)]


@pytest.fixture
def chief():
    return make_user(*CHIEF, agency=make_agency(code="BJ", kind="county"))


@pytest.fixture
def year(report, chief):
    """The figures of the year, from the ledger."""
    rows = ledger(report)
    for row, entry in zip(reversed(rows), remedies(report), strict=False):
        row["remedies"] = entry
    taken = take(*rows, by=chief)
    assert (told(taken), counted(taken)) == ([], (len(rows), 0, 0))
    return Yearly(report["year"], chief.workplaces[0])


def printed(figures, year, row) -> list[int]:
    """The row in its columns; of one that only heads others, as an older form printed
    it, their sum."""
    codes = [
        code for code in year.form.lines
        if code == row or year.form.lines[row].heading and code.startswith(f"{row}.")
    ]  # fmt: skip
    return [sum(figures.get((code, column), 0) for code in codes) for column in COLUMNS]


def tables(figures, year, report) -> dict:
    """What the report has in tables three and four, of these figures."""
    return {
        "table_three": {
            row: printed(figures, year, row) for row in report["table_three"]
        },
        "table_four": {row: figures[row, TOTAL.code] for row in report["table_four"]},
    }


def as_printed(report) -> dict:
    return {name: report[name] for name in ("table_three", "table_four")}


@BODIES
def test_the_tables_are_the_published_ones_cell_for_cell(report, year):
    assert tables(year.figures, year, report) == as_printed(report)


# Published here, too

TEXTS = {
    "1": "本年新收政府信息公开申请{T3.1}件，办结{T3.3.7}件，结转下年度{T3.4}件。",
    "5": "（一）存在的主要问题。解读不多。\n（二）改进情况。已有改进。",
}


@pytest.fixture
def published(year):
    return make_published(year.agency, year.year, texts=TEXTS)


def in_word(published) -> dict:
    """The figures that stand in the tables of the Word file, by row and column."""
    file = BytesIO()
    WRITERS["docx"](published, file)
    blocks = [
        block for chapter in paper(published).chapters for block in chapter.blocks
    ]
    found = {}
    for block, table in zip(blocks, Document(file).tables, strict=True):
        cells = [row.cells for row in table.rows]
        for row, column, cell in block.placed():
            if cell.figure:
                place = cell.figure.row.code, cell.figure.column.code
                found[place] = int(cells[row][column].text or 0)
    return found


@BODIES
def test_what_is_published_gives_its_tables_back(report, year, published):
    assert tables(published.figures, year, report) == as_printed(report)
    assert tables(in_word(published), year, report) == as_printed(report)
    assert intact(AnnualReport.objects.get(pk=published.pk))


@BODIES
def test_no_identity_and_no_text_wants_a_reason(report, published):
    """But for cells of which the ledger tells nothing, and its days are invented."""
    assert published.reasons.keys() == {"plausible.blank", "plausible.overdue"}


def carried(year) -> dict:
    """What the check of what was carried over from last year finds, by column."""
    following = Yearly(year.year + 1, year.agency)
    return {
        check.place: (check.left, check.right)
        for check in following.checks
        if check.identity.code == "T3.last" and check.place in COLUMNS
    }


@BODIES
def test_next_year_goes_on_from_what_was_published(report, year, chief, published):
    out = dict(zip(COLUMNS, report["table_three"]["T3.4"], strict=True))
    same = {column: (count, count) for column, count in out.items()}
    assert carried(year) == same

    # What the year has finished changes, and nothing that it left to the next one.
    day = date(year.year, 6, 3)
    make_request("closed", year.agency, day, by=chief)
    changed = Yearly(year.year, year.agency)
    new = report["table_three"]["T3.1"][-1]
    assert changed.figures["T3.1", "C3.3"] == published.figures["T3.1", "C3.3"] + 1
    assert published.figures["T3.1", "C3.3"] == new
    assert carried(year) == same

    # One that was left open and is entered late is in the next year alone.
    make_request("handling", year.agency, day, by=chief)
    late = {"C3.1": 1, "C3.3": 1}
    assert carried(year) == {
        column: (count + late.get(column, 0), count) for column, count in out.items()
    }


@BODIES
def test_what_was_carried_out_is_carried_into_the_next_year(report, year):
    following = Yearly(report["year"] + 1, year.agency)
    carried = [following.figures["T3.2", column] for column in COLUMNS]
    assert carried == report["table_three"]["T3.4"]


@BODIES
def test_each_figure_opens_as_many_requests_as_it_counts(report, year):
    behind = {
        row: year.behind(row, "C3.3").count()
        for row in report["table_three"]
        if year.form.lines[row].flows
    }
    figures = {row: report["table_three"][row][-1] for row in behind}
    assert behind == figures


# The same reports, of bodies whose cases were kept elsewhere

BODY = "宝鸡市某区人民政府"


def open_data(report) -> BytesIO:
    """The report as a file of our own open data."""
    year = report["year"]
    figures = [
        (row, column, value)
        for row, values in report["table_three"].items()
        for column, value in zip(COLUMNS, values, strict=True)
    ]
    figures += [(row, TOTAL.code, value) for row, value in report["table_four"].items()]
    rows = [
        (year, 2021, "BJ", BODY, row, "", column, "", value, "件")
        for row, column, value in figures
    ]
    return BytesIO("".join(csv_lines([HEADERS, *rows])).encode())


@pytest.fixture
def totals(report):
    """The figures of the year, from the file of the report."""
    by = make_user("reports.add_tally", agency=make_agency(BODY, "BJ", kind="county"))
    taken = take(open_data(report), by=by, resource=TallyResource)
    assert told(taken) == []
    return Yearly(report["year"], by.workplaces[0])


@BODIES
def test_published_tables_come_in_as_totals_and_go_out_as_they_were(report, totals):
    assert tables(totals.figures, totals, report) == as_printed(report)


@BODIES
def test_the_year_after_begins_with_what_the_published_one_carried_over(report, totals):
    following = report["year"] + 1
    headers = ("year", "agency", "code", "column", "value")
    carried = zip(COLUMNS, report["table_three"]["T3.4"], strict=True)
    rows = [(following, "BJ", "T3.2", column, value) for column, value in carried]
    by = make_user("reports.add_tally", agency=totals.agency)
    taken = take(a_csv([headers, *rows]), by=by, resource=TallyResource)
    assert (told(taken), counted(taken)) == ([], (7, 0, 0))

    checks = {
        check.place: check.holds
        for check in Yearly(following, totals.agency).checks
        if check.identity.code == "T3.last"
    }
    assert checks == dict.fromkeys([*COLUMNS, *LEVELS], True)
