"""The words by which a text tells of a figure."""

import re

import pytest

from reports.annual.wording import PHRASES
from reports.yearly import EDITIONS

KNOWN = {code for form in EDITIONS.values() for code in form.lines} | {
    # Of a year with sessions.
    "J2.handled",
    "Z2.handled",
}


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.code)
def test_each_tells_of_a_figure_that_there_is(phrase):
    assert phrase.code in KNOWN
    assert re.compile(phrase.key).groups == 0
