"""A published report as files: what was frozen, whatever has become of the cases."""

import csv as reader
import io
import json
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from docx import Document
from openpyxl import load_workbook

from disclosure.workflow import workflow
from reports.annual.files import WRITERS, csv, documents, paper
from reports.downloads import COLUMNS
from reports.models import AnnualReport, Tally
from tests.annual_reports import make_published
from tests.factories import CHIEF, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    office = make_agency("宝鸡市人民政府办公室", "BJ", "city_office")
    chief = make_user(*CHIEF, agency=office)
    make_request("handling", office, date(2025, 3, 4), by=chief)
    amount = {"code": "T2.8.1.amount", "value": Decimal("1.2500")}
    Tally.objects.create(agency=office, year=2025, **amount)
    published = make_published(office)
    # What comes later is in no file.
    make_request("handling", office, date(2025, 3, 5), by=chief)
    Tally.objects.update(value=9)
    return AnnualReport.objects.get(pk=published.pk)


def written(report, kind) -> bytes:
    file = io.BytesIO()
    WRITERS[kind](report, file)
    return file.getvalue()


def rows(text):
    return list(reader.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_json_file_is_the_text_that_the_digest_is_of(report):
    text = written(report, "json")
    assert sha256(text).hexdigest() == report.digest
    assert json.loads(text) == report.frozen


def test_a_csv_file_has_one_figure_a_row(report):
    found = {
        (row["row"], row["column"]): row
        for row in rows(written(report, "csv").decode())
    }

    assert len(found) == len(report.frozen["figures"])
    assert tuple(found["T3.1", "C3.3"].items()) == tuple(
        zip(
            COLUMNS,
            (
                "2025", "2021", "BJ", "宝鸡市人民政府办公室", "T3.1",
                "一、本年新收政府信息公开申请数量", "C3.3", "总计", "1", "件",
            ),
            strict=True,
        )
    )  # fmt: skip
    assert found["T2.8.1.amount", "total"]["value"] == "1.25"
    assert found["T2.1.1.made", "total"]["value"] == ""
    assert found["R.from", "total"]["value"] == "2025-01-01"


def test_a_small_amount_is_written_in_digits(report):
    """Fifty fen, in ten thousands of yuan."""
    chief, day = make_user(*CHIEF, agency=report.agency), date(2016, 5, 3)
    case = make_request("closed", report.agency, day, by=chief)
    costs = {"quantity": 1, "amount": Decimal("0.50")}
    workflow.take("charge_costs", case, by=chief, on=day, **costs)
    made_known = make_published(report.agency, 2016)

    found = {
        row["column"]: row["value"]
        for row in rows(written(made_known, "csv").decode())
        if row["row"] == "S7"
    }
    assert found["total"] == "0.00005"


def test_an_excel_file_has_the_tables_as_they_are_printed(report):
    book = load_workbook(io.BytesIO(written(report, "xlsx")))

    assert book.sheetnames == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]
    sheet = book.worksheets[1]
    assert sheet["A1"].value == report.frozen["paper"]["title"]
    (new,) = [
        [cell.value for cell in row]
        for row in sheet.iter_rows()
        if row[0].value == "一、本年新收政府信息公开申请数量"
    ]
    assert new[3:] == [1, 0, 0, 0, 0, 0, 1]


def test_a_word_file_is_of_the_frozen_paper(report):
    document = Document(io.BytesIO(written(report, "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for chapter in paper(report).chapters:
        assert chapter.title in texts
    new = [cell.text for cell in document.tables[1].rows[3].cells]
    assert new[3:] == ["1", "0", "0", "0", "0", "0", "1"]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_open_data_are_of_many_reports(report, count):
    make_published(make_agency())
    reports = AnnualReport.objects.order_by("pk")[:count]

    found = rows("".join(csv(reports)))
    told = json.loads("".join(documents(reports)))["reports"]

    assert {row["agency_code"] for row in found} == {one.agency.code for one in reports}
    assert len(found) == sum(len(one.frozen["figures"]) for one in reports)
    assert told == [{"digest": one.digest, "report": one.frozen} for one in reports]


def test_a_name_that_looks_like_a_formula_stays_a_name():
    report = make_published(make_agency("=HYPERLINK(1)", "EV"))
    assert rows(written(report, "csv").decode())[0]["agency"] == "'=HYPERLINK(1)"
    book = load_workbook(io.BytesIO(written(report, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
