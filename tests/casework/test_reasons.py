"""How a day is written, in each language."""

from datetime import date

import pytest
from django.utils import translation

from casework.reasons import written


@pytest.mark.parametrize(
    ("language", "text"), [("zh-hans", "2016年6月12日"), ("en", "June 12, 2016")]
)
@pytest.mark.parametrize("day", ["2016-06-12", date(2016, 6, 12)])
def test_a_day_is_written_in_the_language_of_the_reader(language, text, day):
    with translation.override(language):
        assert written(day) == text
