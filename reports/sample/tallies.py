"""The figures of the city's report for 2016 that no case stands behind."""

from casework.models import Agency
from reports.models import Tally

YEAR = 2016
TALLIES = {
    "S1.1": (140000, "14万余条"),
    "S1.2.1": (26, ""),
    "S1.2.2": (75257, ""),
    "S1.2.3": (33485, ""),
    "S1.2.4": (10775, ""),
    "S1.2.5": (27942, ""),
    "S2.1": (10, "10余起"),
    "S2.2.1": (15, ""),
    "S2.2.2": (19, ""),
    "S2.2.3": (70, "70余篇"),
    "S9.2": (1, "11月"),
    "S9.3": (170, "170余人"),
    "R.visits": (2854, "市档案馆、市图书馆、市政务服务中心合计"),
    "R.gazette_issues": (6, ""),
    "R.gazette_copies": (3000, "6期，每期500册"),
    "R.decisions_in_advance": (20, "20余次"),
    "R.audit_notices": (7, ""),
    "R.budgets_published": (92, ""),
    "R.open_days": (10, ""),
    "R.open_day_participants": (322, ""),
    "R.documents_published": (215, ""),
}
"""By the code of the figure: the value, and what the report says beside it."""


def make_tallies(office: Agency):
    """The city office's figures, where none has been reported under the code."""
    for code, (value, note) in TALLIES.items():
        Tally.objects.get_or_create(
            agency=office,
            year=YEAR,
            code=code,
            defaults={"value": value, "note": note},
        )
