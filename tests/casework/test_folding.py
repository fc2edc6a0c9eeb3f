"""What is searched for is found, however it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("宝鸡", "宝鸡"),
        ("寶雞", "宝鸡"),  # traditional
        ("ＢＪ－２０２６", "bj2026"),  # full-width
        ("bj 2026", "bj2026"),
        ("宝政公开〔2026〕12号", "宝政公开202612号"),
        ("“棚户区”改造　项目", "棚户区改造项目"),  # with an ideographic space
        ("檔案館", "档案馆"),  # characters are folded, words are not
        ("Straße", "strasse"),
        ("①②", "12"),
        ("、。", ""),
        ("", ""),
    ],
)
def test_spellings(written, folded):
    assert fold(written) == folded


@given(st.text(max_size=30))
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
