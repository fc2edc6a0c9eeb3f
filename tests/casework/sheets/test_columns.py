"""A column is known by every spelling of its names."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.sheets import Column, Unreadable
from casework.sheets.columns import spellings
from casework.sheets.refusals import MESSAGES


def test_a_code_outranks_a_label_and_a_label_a_synonym():
    columns = [Column("a", "乙", ("b", "丙")), Column("b", "丙", ("乙", "丁"))]

    assert spellings(columns) == {"a": "a", "b": "b", "乙": "a", "丙": "b", "丁": "b"}


def test_a_label_is_known_in_each_language():
    assert spellings([Column("a", _("agency"))]) == {
        "a": "a",
        "agency": "a",
        "机关": "a",
    }


@pytest.mark.parametrize("code", MESSAGES)
def test_a_file_is_refused_as_any_input_is(code):
    refusal = Unreadable(code)

    assert isinstance(refusal, ValidationError)
    assert refusal.code == code
