"""By which day figures are sent, and reports published."""

from datetime import date

import pytest

from reports.returns.days import internal, statutory


@pytest.mark.parametrize(
    ("year", "kind", "day"),
    [
        # Order 711, art. 49.
        (2025, "department", date(2026, 1, 31)),
        (2025, "county", date(2026, 3, 31)),
        (2025, "city_office", date(2026, 3, 31)),
        (2019, "department", date(2020, 1, 31)),
        # Order 492, art. 31.
        (2018, "department", date(2019, 3, 31)),
        (2016, "county", date(2017, 3, 31)),
    ],
)
def test_the_day_of_the_law(year, kind, day):
    assert statutory(year, kind) == day


def test_the_day_of_the_office_is_a_setting(settings):
    assert internal(2025) == date(2026, 1, 20)
    settings.RETURNS_DUE = date(2001, 2, 3)
    assert internal(2025) == date(2026, 2, 3)
