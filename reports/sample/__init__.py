"""The sample office: Baoji with its year 2016 as published, and today's full desk."""

from reports.sample import items_2016, items_told, requests_2016, requests_now
from reports.sample.agencies import make_agencies
from reports.sample.people import CLERK, PASSWORD, PEOPLE, make_people
from reports.sample.returns import make_returns
from reports.sample.stories import case_of, tell
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
    "make_returns",
    "make_tallies",
    "requests_2016",
    "requests_now",
    "tell",
]
