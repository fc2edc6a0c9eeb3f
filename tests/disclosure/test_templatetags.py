"""Days as they are written on the public page."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from disclosure.templatetags.days import written

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "2026年3月2日"), ("en", "March 2, 2026")],
)
def test_a_day_is_written_as_the_readers_language_does(language, expected):
    for _time in range(2):
        with translation.override(language):
            assert written(DAY) == date_format(DAY) == expected


def test_no_day_is_nothing():
    assert written(None) == ""
