"""The command that prints the totals of a year, and what it says to a wrong word."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from reports.yearly import Yearly
from tests.factories import make_agency, make_request
from tests.items import make_assigned, make_session


@pytest.fixture
def office(db):
    office = make_agency("宝鸡市人民政府办公室", "BJ", "city_office")
    make_request("handling", make_agency(code="JK", parent=office))
    return office


def told(*arguments):
    out = io.StringIO()
    call_command("yearly_totals", *map(str, arguments), stdout=out)
    return out.getvalue()


def figures(text):
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return {(row["row"], row["column"]): row["value"] for row in rows}


def test_it_prints_the_body_at_the_top_with_everything_beneath(office):
    text = told(2026)
    found = figures(text)

    assert text.startswith("\ufeffyear,edition,")
    assert found["T3.1", "C3.3"] == "1"
    assert len(found) == len(Yearly(2026, office).figures)


@pytest.mark.parametrize(
    ("arguments", "new"), [((), "1"), (("--alone",), "0"), (("--agency", "JK"), "1")]
)
def test_it_counts_whom_it_is_told(office, arguments, new):
    assert figures(told(2026, *arguments))["T3.1", "C3.3"] == new


def test_it_speaks_chinese_whatever_is_spoken_around_it(office, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    assert "一、本年新收政府信息公开申请数量" in told(2026)


def test_it_prints_another_edition(office):
    found = figures(told(2026, "--edition", "2014"))
    assert (found["S3.1", "total"], found["S3.1", "department"]) == ("1", "1")


def test_it_prints_json(office):
    said = json.loads(told(2026, "--format", "json"))
    assert (said["agency_code"], said["edition"]) == ("BJ", 2021)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_it_writes_what_it_would_print(office, tmp_path, form):
    file = tmp_path / "totals"
    told(2026, "--format", form, "--output", file)
    assert file.read_bytes() == told(2026, "--format", form).encode()


def test_it_writes_an_excel_file(office, tmp_path):
    file = tmp_path / "totals.xlsx"
    told(2026, "--format", "xlsx", "--output", file)
    assert load_workbook(file).worksheets[0]["A1"].data_type == "s"


@pytest.fixture
def items(office):
    session = make_session(office)
    unit = make_agency(parent=office)
    make_assigned([(unit, "lead")], session, category="城建")
    return make_session(office, "cppcc", 11, 5)


def test_it_prints_suggestions_and_proposals_beside_the_form(items):
    found = figures(told(2016))
    assert (found["S3.1", "total"], found["J2.handled", "total"]) == ("0", "1")
    assert (found["J6.reply.part", "total"], found["J6.reply", "total"]) == ("0", "0")
    # Nothing to divide by: neither 0 % nor 100 %.
    assert (found["Z6.reply.whole", "total"], found["Z6.reply", "total"]) == ("0", "—")


@pytest.mark.parametrize("code", ["Z11-5", "BJ-Z11-5"])
def test_it_prints_one_session(items, code):
    found = figures(told(2016, "--session", code))
    assert ("J2.handled", "total") not in found
    assert found["Z2.handled", "total"] == "0"


def test_it_splits_by_category(items):
    found = figures(told(2016, "--by", "category"))
    assert found["J2.handled", "category:城建"] == "1"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((2016, "--session", "R14-6"), "R14-6"),
        ((2016, "--by", "month"), "month"),
        ((2007,), "2007"),
        ((3000,), "3000"),
        (("next",), "next"),
        ((2026, "--agency", "NOWHERE"), "NOWHERE"),
        ((2026, "--edition", "2020"), "2020"),
        ((2026, "--format", "pdf"), "pdf"),
        ((2026, "--format", "xlsx"), "--output"),
        ((2026, "--output", "no/such/folder/file"), "no/such/folder/file"),
    ],
)
def test_a_wrong_word_is_named(office, arguments, named):
    with pytest.raises(CommandError, match=named):
        told(*arguments)


@pytest.mark.parametrize("tops", [0, 2])
def test_without_one_body_at_the_top_a_body_must_be_named(db, tops):
    for _number in range(tops):
        make_agency()
    with pytest.raises(CommandError, match="--agency"):
        told(2026)
