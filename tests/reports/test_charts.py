"""Trends as pictures."""

import pytest
from lxml import etree

from reports.charts import PLACES, drawn
from reports.trends import Point, Trend

SVG = "{http://www.w3.org/2000/svg}"


def trend(places, stacked=False, **series):
    points = {
        name: tuple(Point(value) for value in values) for name, values in series.items()
    }
    return Trend("any", "any", "place", tuple(places), points, stacked)


def texts(svg):
    return [text.text for text in etree.fromstring(svg).iter(f"{SVG}text") if text.text]


@pytest.mark.parametrize("stacked", [False, True])
@pytest.mark.parametrize(
    "places", [["1月", "2月"], ["宝鸡市国土资源局", "渭滨区人民政府"]]
)
def test_a_picture_says_its_places_series_and_numbers(places, stacked):
    said = texts(drawn(trend(places, stacked, 收到=[3, 41], 办结=[0, 7])))
    for text in (*places, "收到", "办结", "3", "41", "7"):
        assert text in said


def test_a_picture_asks_for_no_script_and_no_other_host():
    root = etree.fromstring(drawn(trend(["1月"], 收到=[3])))
    assert [one.tag for one in root.iter() if "script" in str(one.tag)] == []
    links = [
        value
        for one in root.iter(etree.Element)
        for name, value in one.attrib.items()
        if name.endswith(("href", "src"))
    ]
    assert links == []


def test_a_picture_shows_the_first_places_only():
    names = [f"第{number}个承办单位的名称" for number in range(PLACES + 1)]
    said = texts(drawn(trend(names, 收到=[100 + n for n in range(PLACES + 1)])))
    assert names[PLACES - 1] in said
    assert names[PLACES] not in said


def test_a_long_name_is_cut_and_loses_what_it_lies_beneath():
    said = texts(drawn(trend(["一 › 二", "很" * 30], 收到=[1, 2])))
    assert {"二", "很" * 15 + "…"} <= set(said)
