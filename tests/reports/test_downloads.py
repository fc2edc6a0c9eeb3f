"""The year's figures as files: the same figures in each, and no formula in any."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import load_workbook

from reports.downloads import COLUMNS, as_csv, as_json, as_xlsx, rows
from reports.models import Tally
from reports.yearly import Yearly
from tests.factories import CHIEF, make_agency, make_request, make_user
from tests.proposals.year_of_items import make_year


@pytest.fixture
def office(db):
    office = make_agency("宝鸡市人民政府办公室", "BJ", "city_office")
    chief = make_user(*CHIEF, agency=office)
    make_request("handling", office, date(2025, 3, 4), by=chief)
    make_request("handling", make_agency(parent=office), date(2025, 3, 4), by=chief)
    Tally.objects.create(
        agency=office, year=2025, code="T2.8.1.amount", value=Decimal("1.2500")
    )
    return office


def read(text):
    body = "".join(text).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(body, newline="")))


def workbook(yearly):
    file = io.BytesIO()
    as_xlsx(yearly, file)
    return load_workbook(file)


def test_a_csv_file_has_one_figure_a_row(office):
    yearly = Yearly(2025, office)
    with translation.override("zh-hans"):
        found = read(as_csv(yearly))
    by_place = {(row["row"], row["column"]): row for row in found}

    assert len(by_place) == len(found) == len(yearly.figures)
    assert by_place["T3.1", "C3.3"] == {
        "year": "2025",
        "edition": "2021",
        "agency_code": "BJ",
        "agency": "宝鸡市人民政府办公室",
        "row": "T3.1",
        "row_label": "一、本年新收政府信息公开申请数量",
        "column": "C3.3",
        "column_label": "总计",
        "value": "2",
        "unit": "件",
    }
    assert by_place["T3.1", "department"]["value"] == "1"
    # Several rows are called alike but for what they stand beneath.
    kinds = [by_place[f"T2.1.{n}.made", "total"]["row_label"] for n in (1, 2)]
    assert [label.split(" › ")[1] for label in kinds] == ["规章", "行政规范性文件"]
    assert by_place["T2.8.1.amount", "total"]["value"] == "1.25"
    assert by_place["T2.1.1.made", "total"]["value"] == ""
    assert by_place["R.from", "total"]["value"] == "2025-01-01"


def test_a_csv_file_opens_in_excel_in_china(office):
    lines = list(as_csv(Yearly(2025, office, alone=True)))
    assert lines[0] == "\ufeff"
    assert lines[1] == ",".join(COLUMNS) + "\r\n"
    assert all(line.endswith("\r\n") for line in lines[1:])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sheet_has_a_name_that_excel_takes(db, language):
    year = make_year()
    with translation.override(language):
        names = workbook(Yearly(2016, year.agency)).sheetnames
    assert [
        name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\")
    ] == []
    assert len(names) == 8


def test_a_name_that_looks_like_a_formula_stays_a_name(db):
    office = make_agency("=HYPERLINK(1)", "EV", "city_office")
    yearly = Yearly(2025, office, alone=True)

    assert read(as_csv(yearly))[0]["agency"] == "'=HYPERLINK(1)"
    book = workbook(yearly)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}


def test_a_json_file_has_the_same_rows_and_every_identity(office):
    yearly = Yearly(2025, office)
    said = json.loads(as_json(yearly))

    names = ("year", "edition", "agency_code", "alone")
    assert [said[name] for name in names] == [2025, 2021, "BJ", False]
    plain = [dict(zip(COLUMNS, row, strict=True)) for row in rows(yearly)]
    assert said["figures"] == [
        row | {"value": float(row["value"])}
        if isinstance(row["value"], Decimal)
        else row
        for row in plain
    ]
    assert len(said["identities"]) == len(yearly.checks)
    flow = [
        {name: one[name] for name in ("place", "left", "right", "holds")}
        for one in said["identities"]
        if (one["code"], one["place"]) == ("T3.flow", "C3.3")
    ]
    assert flow == [{"place": "C3.3", "left": 2, "right": 2, "holds": True}]


def test_an_excel_file_is_the_form_as_it_is_printed(office):
    with translation.override("zh-hans"):
        book = workbook(Yearly(2025, office))
    sheet = book["三、收到和处理政府信息公开申请情况"]
    texts = {
        cell.value: cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    merged = {str(area) for area in sheet.merged_cells.ranges}

    assert book.sheetnames == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "六、其他需要报告的事项：信息处理费",
        "其他数据",
        "按机关层级统计",
        "勾稽关系",
    ]
    assert sheet["A1"].value == "政府信息公开工作年度报告（2025年）"
    assert "A1:J1" in merged
    people = texts["法人或其他组织"]
    row = sheet[people].row
    assert f"E{row}:I{row}" in merged
    assert texts["自然人"] == f"D{row}"
    assert f"D{row}:D{row + 1}" in merged
    refused = texts["（三）不予公开"]
    row = sheet[refused].row
    assert f"B{row}:B{row + 7}" in merged
    new = sheet[texts["一、本年新收政府信息公开申请数量"]].row
    assert [sheet.cell(new, column).value for column in range(4, 11)] == [
        2, 0, 0, 0, 0, 0, 2,
    ]  # fmt: skip


def test_an_excel_file_of_a_body_alone_has_no_split(office):
    assert len(workbook(Yearly(2016, office, alone=True)).worksheets) == 3


@pytest.mark.parametrize(
    ("year", "name", "rows"),
    [
        (2025, "三、收到和处理政府信息公开申请情况", "$4:$6"),
        (2025, "二、主动公开政府信息情况", None),
        (2016, "报表", "$3:$3"),
    ],
)
def test_the_heads_of_a_sheet_are_printed_on_each_page(office, year, name, rows):
    with translation.override("zh-hans"):
        sheet = workbook(Yearly(year, office))[name]
    assert sheet.print_title_rows == rows
