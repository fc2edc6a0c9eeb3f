"""The sample office: Baoji with its year 2016 as published, and today's full desk."""

from reports.sample import items_2016, items_told, requests_2016, requests_now
from reports.sample.agencies import make_agencies
from reports.sample.people import CLERK, PASSWORD, PEOPLE, make_people
from reports.sample.plan_2016 import make_plan_2016
from reports.sample.plan_now import make_plan_now
from reports.sample.report_2016 import make_report
from reports.sample.returns import make_returns
from reports.sample.stories import case_of, tell
from reports.sample.supervision_2016 import make_supervision_2016
from reports.sample.tallies import make_tallies

__all__ = [
    "CLERK",
    "PASSWORD",
    "PEOPLE",
    "case_of",
    "items_2016",
    "items_told",
    "make_agencies",
    "make_people",
    "make_report",
    "make_plan_2016",
    "make_plan_now",
    "make_supervision_2016",
    "make_returns",
    "make_tallies",
    "requests_2016",
    "requests_now",
    "tell",
]
