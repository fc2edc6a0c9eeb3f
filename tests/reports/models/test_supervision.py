"""Self-inspections, problems, checks and scores: what each may say, and who sees it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reports.models import Assessment, Problem, SelfInspection, WebsiteCheck
from tests.factories import make_agency, make_user
from tests.registers import make_check, make_inspection, make_problem, make_score


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


def refused(make, *args, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(*args, **fields)
    return True


def test_each_is_kept_once(office):
    inspection = make_inspection(office)
    make_problem(inspection, number=1)
    make_check(office)
    make_score(office)
    assert refused(make_inspection, office)
    assert refused(make_problem, inspection, number=1)
    assert refused(make_check, office)
    assert refused(make_score, office)


def test_the_database_knows_what_numbers_can_be(office):
    assert refused(make_check, office, found=3, righted=4)
    assert refused(make_check, office, quarter=5)
    assert refused(make_score, office, 101)
    assert refused(make_score, office, -1)


def test_nothing_is_put_right_before_it_was_found(office):
    inspection = make_inspection(office, held_on=date(2025, 8, 8))
    Problem(inspection=inspection, righted_on=date(2025, 8, 8)).clean()
    with pytest.raises(ValidationError) as error:
        Problem(inspection=inspection, righted_on=date(2025, 8, 7)).clean()
    assert error.value.error_dict["righted_on"][0].code == "righted_before_found"


def test_no_more_is_put_right_than_was_found():
    WebsiteCheck(found=3, righted=3).clean()
    with pytest.raises(ValidationError) as error:
        WebsiteCheck(found=3, righted=4).clean()
    assert error.value.error_dict["righted"][0].code == "more_than_found"


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("own", [1, 1, 0, 1]),
        ("above", [1, 2, 1, 2]),
        ("other", [0, 0, 0, 0]),
    ],
)
def test_three_people(office, place, seen):
    """A unit sees the self-inspection that found something there, and its own part."""
    bureau = make_agency(parent=office)
    inspection = make_inspection(office)
    for unit in (office, bureau):
        make_problem(inspection, unit)
        make_score(unit)
    make_check(office)
    places = {"own": bureau, "above": office, "other": make_agency(parent=office)}
    user = make_user(agency=places[place])
    models = (SelfInspection, Problem, WebsiteCheck, Assessment)
    assert [model.objects.visible_to(user).count() for model in models] == seen
