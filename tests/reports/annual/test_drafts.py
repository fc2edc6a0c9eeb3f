"""What a report says before anyone has written in it."""

import re

import pytest

from proposals.figures import PREFIXES
from reports.annual.drafts import DRAFTS, ITEMS, drafts
from reports.annual.prose import NAMED, told
from reports.yearly import EDITIONS, Yearly
from tests.factories import make_agency
from tests.items import make_session


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_text_is_of_a_section_and_names_figures_that_there_are(edition):
    form = EDITIONS[edition]
    assert DRAFTS[edition].keys() <= {section.code for section in form.sections}
    texts = "".join(drafts(edition, {}, planned=True).values())
    named = {found[1] for found in NAMED.finditer(texts)}
    assert named - form.lines.keys() == set()
    assert not re.search(r"[{}]", NAMED.sub("", texts))


@pytest.mark.parametrize(
    ("edition", "planned", "said"),
    [("2021", True, True), ("2021", False, False), ("2014", True, False)],
)
def test_supervision_is_told_where_there_is_a_plan(edition, planned, said):
    assert ("{R.plan_tasks}" in drafts(edition, {}, planned)["1"]) == said


@pytest.mark.django_db
def test_those_of_items_name_figures_of_a_year_with_sessions():
    office = make_agency(kind="city_office")
    make_session(office)
    make_session(office, "cppcc", 11, 5)
    sessions = {"J": (14, 6), "Z": (11, 5)}
    text = drafts("2014", sessions, planned=False)["items"]
    assert "{J1.term=十四}届人大{J1.session=六}次会议" in text
    faults = {one.fault for one in told(text, Yearly(2016, office)).mentions}
    # Of nothing there is no rate.
    assert faults == {"", "blank"}
    assert ITEMS.keys() == set(PREFIXES.values())
