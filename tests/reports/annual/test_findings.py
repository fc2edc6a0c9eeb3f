"""What a check found: which findings block, and what is kept of them."""

import pytest

from reports.annual.findings import Detail, Finding, of_identities
from reports.models import Tally
from reports.yearly import Yearly
from tests.factories import make_agency


@pytest.mark.parametrize(
    ("state", "reason", "blocks"),
    [
        ("fails", "", True), ("fails", "见说明", False),
        ("warns", "", False), ("unknown", "", False), ("holds", "", False),
    ],
)  # fmt: skip
def test_only_what_fails_without_a_reason_blocks(state, reason, blocks):
    assert Finding("x", "…", state, reason=reason).blocks == blocks


def test_numbers_of_cases_are_not_kept():
    details = [Detail("甲", "T3.1", "C3.3"), Detail("2025-1", number="2025-1")]
    assert Finding("x", "…", "fails", details).as_data()["details"] == ["甲"]


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


def found(office, code, **values):
    for name, value in values.items():
        code_ = name.replace("_", ".")
        Tally.objects.create(agency=office, year=2016, code=code_, value=value)
    findings = {one.code: one for one in of_identities(Yearly(2016, office))}
    return findings[f"identity.{code}"]


def test_an_identity_that_fails_names_its_cell(office):
    finding = found(office, "S2.2.1.leader", S2_2_1=2, S2_2_1_1=3)
    assert finding.state == "fails"
    assert [(one.row, one.column) for one in finding.details] == [
        ("S2.2.1.1", "total"), ("S2.2.1.1", "city_office"),
    ]  # fmt: skip


def test_one_that_may_fail_warns(office):
    finding = found(office, "S1.1.issued", S1_1_1=3, S1_1_2=2)
    assert finding.state == "warns"


def test_one_that_holds_has_nothing_to_name(office):
    finding = found(office, "S2.2.1.leader", S2_2_1=3, S2_2_1_1=3)
    assert (finding.state, finding.details) == ("holds", [])


def test_one_of_which_a_side_is_blank_is_unknown(office):
    assert found(office, "S2.2.1.leader", S2_2_1=3).state == "unknown"


def test_between_columns_the_cell_is_found_by_its_row(office):
    findings = {one.code: one for one in of_identities(Yearly(2016, office))}
    assert findings["identity.levels.total"].state == "holds"
