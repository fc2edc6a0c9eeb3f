"""Where a figure of the yearly totals leads to."""

from django import template
from django.urls import reverse

from reports.views import address
from reports.yearly import Yearly

register = template.Library()


@register.simple_tag
def cell_address(yearly: Yearly, row: str, column: str) -> str:
    """The page of the cases that it counts, or of the totals for all others."""
    line = yearly.form.lines.get(row)
    if line is None or not line.flows:
        return f"{reverse('reports:totals')}?{address(yearly)}"
    return f"{reverse('reports:behind')}?{address(yearly, row=row, column=column)}"
