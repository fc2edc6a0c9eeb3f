"""Numbers as they are written: what they say, and what they do not."""

from decimal import Decimal

import pytest

from reports.annual.written import numeral, read


@pytest.mark.parametrize(
    ("text", "values", "others"),
    [
        ("130", [130], [129, 131]),
        ("3,895", [3895], [3]),
        ("9.4万", [94000], [90000]),
        ("812万", [8120000], []),
        ("14万余", [140000, 147485, 149999], [139999, 150000]),
        ("14余万", [140000, 149999], [150000]),
        ("170余", [170, 179], [169, 180]),
        ("70多", [71], [80]),
        ("20余", [20, 29], [30]),
        ("近100", [99, 100], [101, 89]),
        ("不足100", [0, 99], [101]),
        ("约100", [90, 110], [89, 111]),
        ("100左右", [95], [80]),
        ("超过50", [51], [49]),
        ("90%以上", [90, 100], [89]),
        ("100%", [100], [99]),
        ("100％", [100], [99]),
        ("90％以上", [90, 100], [89]),
        ("99.5%", [Decimal("99.5")], [Decimal("99.49")]),
        ("5以下", [0, 5], [6]),
        ("十四", [14], [4]),
        ("七", [7], [8]),
        ("二十", [20], [2]),
        ("一百零三", [103], [130]),
        ("十二万三千", [123000], []),
        ("二〇一六", [2016], []),
        ("一" * 5000, [Decimal("1" * 5000)], [1]),
        ("14.7万", [147000, 147485], [146000, 148000]),
        ("14万", [140900], [145100, 134900]),
        ("14.7万余", [147485], [148000, 146999]),
        ("１４万余", [147485], [150000]),
        ("２３", [23], [24]),
        ("90％以上", [91], [89]),
        ("十四万余", [147485], [150000, 139999]),
        ("一百七十余", [175], [169, 180]),
        ("近十万", [99000], [100001]),
    ],
)
def test_a_number_says_what_it_says(text, values, others):
    said = read(text)
    assert [value for value in values if not said.says(value)] == []
    assert [value for value in others if said.says(value)] == []


@pytest.mark.parametrize("text", ["", "全部", "一是", "14件", "1月"])
def test_what_is_no_number_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (6, "六"), (10, "十"), (14, "十四"), (20, "二十"), (21, "二十一")],
)
def test_a_term_is_counted_in_words(number, said):
    assert numeral(number) == said
    assert read(said).says(number)
