"""What the pages of a request have in common: the masked applicant, the basis, days."""

from datetime import date

import pytest

from disclosure.case_pages import basis, dates, masked, same_applicant
from disclosure.models import DisclosureRequest, Outcome
from disclosure.outcomes import RULINGS
from tests.factories import (
    CHIEF,
    VIEW,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "shown"), [("natural_person", "王*明"), ("business", "王小明")]
)
def test_the_name_of_a_person_is_masked_and_that_of_an_organisation_not(kind, shown):
    case = DisclosureRequest(applicant="王小明", applicant_kind=kind)

    assert masked(case)["applicant"] == shown


@pytest.mark.parametrize(
    ("received", "version"),
    [(date(2016, 3, 1), "basis_2007"), (date(2026, 3, 2), "basis_2019")],
)
def test_an_outcome_rests_on_the_version_in_force_at_receipt(received, version):
    case = DisclosureRequest(outcome=Outcome.DISCLOSED, received_on=received)

    assert basis(case) == getattr(RULINGS[Outcome.DISCLOSED], version)
    assert basis(DisclosureRequest(received_on=received)) == ""


@pytest.mark.parametrize(
    ("status", "number"), [("handling", 1), ("correcting", 1), ("paying", 1)]
)
def test_the_other_last_days_are_told_while_they_count(status, number):
    case, calendar = make_request(status), make_calendar(2026)

    told = list(dates(case, calendar))

    assert len(told) == number
    assert all(day > case.received_on for _what, day in told)
    assert list(dates(make_request("signed"), calendar)) == []


def test_whose_request_it_is_is_asked_by_fingerprint_and_within_what_is_seen():
    agency = make_agency()
    chief = make_user(*CHIEF, agency=agency)
    one, other = (make_request(agency=agency, identity="E12345678") for _ in range(2))
    make_request(identity="E12345678")
    anonymous = make_request(agency=agency)
    make_request(agency=agency)

    assert list(same_applicant(one, chief)) == [other]
    assert list(same_applicant(one, make_user(VIEW, agency=agency))) == []
    assert list(same_applicant(anonymous, chief)) == []
