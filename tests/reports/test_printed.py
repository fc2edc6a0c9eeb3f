"""How a form looks on paper: each table whole, each figure once, headings that span."""

from decimal import Decimal

import pytest

from reports.other_figures import PARTS
from reports.printed import blocks, plain, shown, split
from reports.yearly import EDITIONS, Yearly
from tests.factories import make_agency, make_request


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


def own(yearly):
    return [part for part in yearly.form.parts if part not in PARTS]


def area(block):
    """The places that the cells cover; a cell covers none twice."""
    taken = set()
    for row, cells in enumerate(block.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    place = (row + down, column + right)
                    assert place not in taken
                    taken.add(place)
    return taken


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_table_is_a_whole_rectangle(office, edition):
    yearly = Yearly(2025, office, edition=edition)
    for block in (*blocks(yearly, yearly.form.parts), split(yearly)):
        whole = {
            (row, column)
            for row in range(len(block.rows))
            for column in range(block.width)
        }
        assert area(block) == whole


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_figure_is_printed_once(office, edition):
    yearly = Yearly(2025, office, edition=edition)
    printed = [
        (cell.figure.row.code, cell.figure.column.code)
        for block in blocks(yearly, yearly.form.parts)
        for row in block.rows
        for cell in row
        if cell.figure
    ]
    levels = {level.code for level in yearly.bodies.levels}
    expected = [cell for cell in yearly.figures if cell[1] not in levels]
    assert sorted(printed) == sorted(expected)


def test_the_form_of_2021_has_its_tables(office):
    yearly = Yearly(2025, office)
    assert [
        (block.layout, len(block.rows), block.width)
        for block in blocks(yearly, own(yearly))
    ] == [("items", 14, 4), ("matrix", 28, 10), ("line", 4, 15), ("list", 5, 3)]


def test_the_form_of_2014_is_one_list(office):
    yearly = Yearly(2016, office)
    (block,) = blocks(yearly, own(yearly))
    assert (block.layout, len(block.rows)) == ("list", 1 + 65)


def test_the_heads_of_section_three_span_as_printed(office):
    yearly = Yearly(2025, office)
    matrix = list(blocks(yearly, own(yearly)))[1]
    spans = [[(cell.rowspan, cell.colspan) for cell in row] for row in matrix.rows[:3]]
    assert spans == [[(3, 3), (1, 7)], [(2, 1), (1, 5), (2, 1)], [(1, 1)] * 5]
    refusals = matrix.rows[7]
    assert [(cell.rowspan, cell.colspan) for cell in refusals[:2]] == [(8, 1), (1, 1)]
    assert [cell.scope for cell in refusals[:2]] == ["rowgroup", "row"]


def test_the_split_leaves_out_what_is_nought(office):
    bureau = make_agency(parent=office)
    make_request("handling", bureau)
    rows = split(Yearly(2026, office)).rows

    assert [row[0].text for row in rows[1:]] == ["T3.1", "T3.4"]
    assert [cell.shown for cell in rows[1][3:]] == ["1", "0", "0", "1"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3, "3"),
        (Decimal("140000.0000"), "140000"),
        (Decimal("0.0035"), "0.0035"),
        (Decimal("1.2500"), "1.25"),
        (Decimal("1E+3"), "1000"),
        (0, "0"),
        (None, ""),
    ],
)
def test_a_number_is_written_as_on_paper(value, written):
    assert shown(value) == written
    assert plain(value) is None or Decimal(plain(value)) == value
