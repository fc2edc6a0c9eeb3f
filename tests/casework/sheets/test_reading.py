"""What stands in a file is told cell by cell; what may not be read is refused."""

import io
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, time
from hashlib import sha256

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from casework.sheets import CellError, Row, Unreadable, parsing, read
from casework.sheets.parsing import MEGABYTE
from casework.sheets.reading import LIMITS
from tests.casework.sheets.files import (
    MAIN,
    a_book,
    changed,
    in_little_memory,
    inline,
    saved,
    sheet_xml,
    with_sheet,
)

SMALL = replace(LIMITS, rows=10, columns=3, characters=20)
"""A file of 25 rows at most: the first 15 may be above the headers."""


def text(said, encoding="utf-8"):
    return io.BytesIO(said.encode(encoding))


def refused(file, **more):
    with pytest.raises(Unreadable) as error:
        read(file, **more)
    return error.value.code, error.value.params


def cells(file, **more):
    return [(row.number, *row.cells) for row in read(file, **more).rows]


# Text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("编号,机关".encode(), "utf-8"),
        ("编号,机关".encode("utf-8-sig"), "utf-8"),
        ("编号,机关".encode("gb18030"), "gb18030"),
        ("\ufeff编号,机关".encode("gb18030"), "gb18030"),
        ("编号,机关".encode("utf-16"), "utf-16"),
        ("\ufeff编号,机关".encode("utf-16-be"), "utf-16"),
        # The first line alone would be UTF-8 as well.
        (b"\xc4\xa3\xca\xbd,1\n" + "宝鸡市".encode("gb18030"), "gb18030"),
    ],
)
def test_the_encoding_is_known_by_the_whole_file(data, encoding):
    assert read(io.BytesIO(data)).encoding == encoding


def test_the_encoding_may_be_told():
    data = b"\xc4\xa3\xca\xbd"

    assert cells(io.BytesIO(data)) == [(1, "ģʽ")]
    assert cells(io.BytesIO(data), encoding="gb18030") == [(1, "模式")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(b"a,\xff\xff\xff", ""), ("宝鸡".encode("gb18030"), "utf-8"), (b"a", "latin-1")],
)
def test_what_is_not_text_in_the_encoding_is_refused(data, encoding):
    assert refused(io.BytesIO(data), encoding=encoding) == ("encoding", {})


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_delimiter_is_known_by_the_first_rows(mark):
    rows = ["台账", mark.join(["编号", "机关", "备注"]), mark.join(["1", "", "a，b"])]

    assert cells(text("\r\n".join(rows))) == [
        (1, "台账"),
        (2, "编号", "机关", "备注"),
        (3, "1", None, "a，b"),
    ]


def test_a_text_full_of_other_marks_does_not_mislead():
    said = '编号,事项\n1,"一;二;三;四;五;六"\n2,三'

    assert cells(text(said))[1] == (2, "1", "一;二;三;四;五;六")


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    said = '编号,事项\r1,"两\n行"\r\n\n2,#N/A\n,,\n'

    assert cells(text(said)) == [
        (1, "编号", "事项"),
        (2, "1", "两\n行"),
        (4, "2", CellError("#N/A")),
    ]


@pytest.mark.parametrize(
    ("said", "code", "row"),
    [
        ('a,b\n1,2\n"3,4\n5,6\n', "quotes", 3),
        ('a,b\n"1"2,3\n', "quotes", 2),
        ("a,b\n1,\0\n", "nul", 2),
        ("a,b\n\n1," + "长" * 21, "cell_too_long", 3),
        ('a,b\n1,"' + "长" * 140_000 + '"', "cell_too_long", 2),
        ("a\n" * 26, "too_many_rows", 26),
    ],
)
def test_a_broken_text_is_refused_by_its_row(said, code, row):
    found, params = refused(text(said), limits=SMALL)

    assert (found, params["row"]) == (code, row)


@pytest.mark.parametrize("said", ["\n\n", ",,,\n,,", "\ufeff", "　, \u00a0"])
def test_a_text_that_holds_nothing_is_empty(said):
    assert refused(text(said)) == ("empty", {})


# Excel


def test_each_cell_is_what_it_is():
    values = [
        "文本", 12, 1.5, True, None, date(2016, 3, 1), datetime(2016, 3, 1, 9, 30),  # noqa: DTZ001
        time(9, 30), " ", "#N/A",
    ]  # fmt: skip
    assert read(saved(a_book([values]))).rows == [
        Row(
            1,
            [
                "文本", 12, 1.5, True, None, date(2016, 3, 1), date(2016, 3, 1),
                "09:30:00", None, CellError("#N/A"),
            ],
        )
    ]  # fmt: skip


def test_days_are_counted_from_where_the_workbook_counts_them():
    book = a_book([[date(2016, 3, 1)]])
    book.epoch = CALENDAR_MAC_1904

    assert cells(saved(book)) == [(1, date(2016, 3, 1))]


def test_of_a_formula_the_result_is_read_and_a_missing_one_is_told():
    file = with_sheet(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1" t="str"><f>A2&amp;A3</f><v></v></c><c r="D1" t="e"><f>1/0</f>'
        '<v>#DIV/0!</v></c></row><row r="2"><c r="A2"><f>B2</f></c></row>'
    )
    assert cells(file) == [
        (1, 2, CellError("="), None, CellError("#DIV/0!")),
        (2, CellError("=")),
    ]


def test_the_first_visible_sheet_that_holds_anything_is_read():
    book = a_book([["隐藏"]])
    book.active.sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("台账").append(["编号"])
    book.create_sheet("其他").append(["其他"])
    book.active = 1

    sheet = read(saved(book))
    assert (sheet.name, sheet.encoding, sheet.rows) == ("台账", "", [Row(1, ["编号"])])


def test_a_workbook_that_holds_nothing_is_empty():
    assert refused(saved(a_book([]))) == ("empty", {})


def test_merged_cells_are_told_where_they_matter():
    rows = [["标题"], ["一", "二"], *[[number, number] for number in range(20)]]
    book = a_book(rows, "A1:B1", "A20:B20", "A21:A22")

    assert sorted(read(saved(book)).merged) == [(1, 1, 1, 2), (21, 1, 22, 1)]


def test_a_sheet_is_not_believed_about_its_own_size():
    xml = sheet_xml(f'<row r="3">{inline("B3", "值")}</row>')
    for told in ("A1", "A1:XFD1048576"):
        file = changed(
            saved(a_book()),
            sheet1=xml.replace("<sheetData>", f'<dimension ref="{told}"/><sheetData>'),
        )
        assert cells(file) == [(3, None, "值")]


def test_rows_and_cells_need_not_tell_their_place():
    data = "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"

    assert cells(with_sheet(data)) == [(1, 1, 2), (3, 3)]


def test_what_follows_the_rows_may_be_broken():
    after = '<dataValidations><dataValidation type="odd"/></dataValidations>'

    assert cells(with_sheet('<row r="1"><c><v>1</v></c></row>', after)) == [(1, 1)]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("A26", "too_many_rows"),
        ("A1048576", "too_many_rows"),
        ("D1", "too_many_columns"),
        ("XFD1048576", "too_many_rows"),
        ("XFD2", "too_many_columns"),
    ],
)
def test_a_cell_far_away_is_refused_at_once(place, code):
    row = "".join(letter for letter in place if letter.isdigit())
    data = f'<row r="1">{inline("A1", "一")}</row>'
    data += f'<row r="{row}">{inline(place, "二")}</row>'
    if row == "1":
        data = f'<row r="1">{inline("A1", "一")}{inline(place, "二")}</row>'

    file = with_sheet(data)
    with in_little_memory():
        assert refused(file, limits=SMALL)[0] == code


def test_empty_cells_far_away_are_no_matter():
    data = f'<row r="1">{inline("A1", "一")}</row>'
    data += '<row r="1048576"><c r="XFD1048576" s="0"/></row>'

    assert cells(with_sheet(data)) == [(1, "一")]


def test_a_long_text_in_a_workbook_is_refused_by_its_place():
    code, params = refused(saved(a_book([["编号"], ["", "长" * 21]])), limits=SMALL)

    assert (code, params["row"], params["column"]) == ("cell_too_long", 2, "B")


ENTITIES = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10)
)


@pytest.mark.parametrize(
    "part", ["sheet1", "xl__workbook.xml", "xl__sharedStrings.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_that_declares_entities_is_refused(part, encoding):
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!-- -->'
        f"<!DOCTYPE x [{ENTITIES}]>"
        f'<sst xmlns="{MAIN}"><si><t>&e9;</t></si></sst>'
    )
    file = changed(saved(a_book()), **{part: xml.encode(encoding)})
    with in_little_memory():
        assert refused(file) == ("bomb", {})


def test_one_text_told_many_times_is_too_much():
    shared = f'<sst xmlns="{MAIN}"><si><t>{"长" * 5000}</t></si></sst>'
    row = '<c t="s"><v>0</v></c>' * 80
    data = "".join(f'<row r="{number}">{row}</row>' for number in range(1, 100))
    file = changed(
        with_sheet(data),
        **{
            "xl__sharedStrings.xml": shared,
            "[Content_Types].xml": TYPES_WITH_STRINGS,
        },
    )
    with in_little_memory():
        assert refused(file)[0] == "too_much_text"


TYPES_WITH_STRINGS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats'
    '-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats'
    '-officedocument.spreadsheetml.styles+xml"/></Types>'
)


def test_merged_cells_on_top_of_each_other_are_refused():
    areas = '<mergeCell ref="A1:CB20015"/>' * 3
    after = f"<mergeCells>{areas}</mergeCells>"

    file = with_sheet('<row r="1"><c><v>1</v></c></row>', after)
    assert refused(file) == ("too_complex", {})


@pytest.mark.parametrize(
    "parts",
    [
        {"sheet1": "<worksheet>"},
        {"xl__workbook.xml": "no XML"},
        {"xl__styles.xml": "<styleSheet"},
        {"sheet1": sheet_xml('<row r="x"><c><v>1</v></c></row>')},
        {"sheet1": sheet_xml('<row r="1"><c t="s"><v>999</v></c></row>')},
    ],
)
def test_a_broken_workbook_is_unreadable(parts):
    assert refused(changed(saved(a_book()), **parts)) == ("unreadable", {})


# The child


def heavy():
    """A workbook of 60 MB of different texts, which are held all at once."""
    numbers = (sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(20_000))
    texts = "".join(f"<si><t>{number * 48}</t></si>" for number in numbers)
    shared = f'<sst xmlns="{MAIN}">{texts}</sst>'
    return changed(
        with_sheet('<row r="1"><c t="s"><v>0</v></c></row>'),
        **{
            "xl__sharedStrings.xml": shared,
            "[Content_Types].xml": TYPES_WITH_STRINGS,
        },
    )


def test_the_child_never_takes_more_than_its_memory():
    file = heavy()
    with in_little_memory():
        refusal = refused(file, limits=replace(LIMITS, memory=64 * MEGABYTE))
    assert refusal == ("too_complex", {})


def test_the_child_dies_of_its_limits_and_the_file_is_refused():
    def limited(**limits):
        file = text("一,二\n" * 10_000)
        return refused(file, limits=replace(LIMITS, **limits))[0]

    assert limited(wall=0.01) == "took_too_long"
    assert limited(output=1000) == "unreadable"


def test_the_child_sets_each_limit_itself():
    told = (
        "import resource, runpy, sys;"
        f"names = runpy.run_path({parsing.__file__!r});"
        "names['confine'](names['Limits']());"
        "print(*(resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS,"
        " resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)))"
    )
    child = subprocess.run(
        [sys.executable, "-I", "-c", told], capture_output=True, text=True, check=True
    )
    assert child.stdout.split() == [
        str(most) for most in (LIMITS.memory, LIMITS.cpu, LIMITS.output, 0)
    ]


def test_the_child_stops_when_its_time_is_used_up():
    told = (
        "import runpy, sys;"
        f"names = runpy.run_path({parsing.__file__!r});"
        "names['confine'](names['Limits'](cpu=1))\nwhile True: pass"
    )
    child = subprocess.run([sys.executable, "-I", "-c", told], check=False)

    assert child.returncode == -24  # SIGXCPU, which is told as "took_too_long"


def test_a_file_of_twenty_thousand_rows_is_read():
    row = ",".join(f"第{number}列" for number in range(20))
    sheet = read(text(f"{row}\n" * 20_001))

    assert (len(sheet.rows), len(sheet.rows[-1].cells)) == (20_001, 20)
