"""Rows go out in chunks, and none of them is calculated by a spreadsheet."""

import csv
from io import StringIO

import pytest

from casework.sheets.streaming import csv_chunks


def read(pieces):
    return list(csv.reader(StringIO("".join(pieces))))


def test_a_chunk_of_rows_is_a_piece_of_the_file():
    chunks = [[["编号"]], [["1"], ["2"]], [["3"]]]
    pieces = list(csv_chunks(chunks, ()))
    assert pieces == ["编号\r\n", "1\r\n2\r\n", "3\r\n"]


def test_no_chunk_is_asked_for_before_it_is_needed():
    asked = []

    def chunks():
        for n in range(3):
            asked.append(n)
            yield [[n]]

    pieces = csv_chunks(chunks(), ())
    assert asked == []
    next(pieces)
    assert asked == [0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "＝1",
        "　=1",
        " =1",
        "\u00a0=1",
        "|x",
        "%x",
        "'=1",
    ],
)
def test_a_text_that_would_be_calculated_is_kept_a_text(text):
    assert read(csv_chunks([[[text, text]]], [1])) == [[text, f"'{text}"]]


@pytest.mark.parametrize("value", ["a=1", "", 'he said "1,2"', "a\nb", "'a", "1"])
def test_other_texts_are_as_they_are(value):
    assert read(csv_chunks([[[value, "x"]]], [0])) == [[value, "x"]]


def test_a_number_and_an_empty_cell_stay_as_they_are():
    assert read(csv_chunks([[[-3, None, ""]]], [2])) == [["-3", "", ""]]
