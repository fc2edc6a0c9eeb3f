"""Where a figure of the yearly totals leads to."""

import pytest
from django.urls import reverse

from reports.templatetags.figures import cell_address
from reports.yearly import Yearly
from tests.factories import make_agency


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "page"),
    [("T3.1", "behind"), ("T2.5.1.decisions", "totals"), ("X1", "totals")],
)
def test_a_counted_figure_leads_to_its_cases(row, page):
    yearly = Yearly(2025, make_agency(code="BJ"))
    address, _mark, query = cell_address(yearly, row, "C3.3").partition("?")
    assert address == reverse(f"reports:{page}")
    assert query.startswith("year=2025&agency=BJ")
    assert ("row=T3.1&column=C3.3" in query) == (page == "behind")
