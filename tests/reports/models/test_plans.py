"""Tasks of a plan: once each, done when they have a day, seen by whom they concern."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reports.models import PlanTask
from tests.factories import make_agency, make_user
from tests.registers import make_task


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


def test_a_plan_has_a_number_once(office):
    make_task(office, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_task(office, number=1)
    for other in ({"year": 2024}, {"number": 2}, {"agency": make_agency()}):
        make_task(office, **{"number": 1} | other)
    assert PlanTask.objects.count() == 4


@pytest.mark.parametrize(
    ("progress", "done_on", "code"),
    [
        ("done", None, "day_missing"),
        ("planned", date(2025, 6, 30), "not_done"),
        ("under_way", date(2025, 6, 30), "not_done"),
    ],
)
def test_what_is_done_has_its_day_and_only_that(office, progress, done_on, code):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_task(office, progress=progress, done_on=done_on)
    with pytest.raises(ValidationError) as refused:
        PlanTask(progress=progress, done_on=done_on).clean()
    assert refused.value.error_dict["done_on"][0].code == code


def test_a_unit_closed_before_the_year_has_no_task_of_it(office):
    bureau = make_agency(parent=office, closed_on=date(2019, 3, 1))
    PlanTask(unit=bureau, year=2019).clean()
    with pytest.raises(ValidationError) as refused:
        PlanTask(unit=bureau, year=2020).clean()
    assert refused.value.error_dict["unit"][0].code == "closed_agency"


def test_what_is_late_is_past_its_day_and_not_done(office):
    day = date(2025, 6, 30)
    late, _due_today, _done, _ever = (
        make_task(office, due_on=date(2025, 6, 29)),
        make_task(office, due_on=day),
        make_task(office, due_on=date(2025, 6, 1), progress="done"),
        make_task(office),
    )
    assert list(PlanTask.objects.overdue(day)) == [late]
    assert [task for task in PlanTask.objects.all() if task.late(day)] == [late]


@pytest.mark.parametrize(
    ("place", "seen", "assigned"),
    [("own", 1, 1), ("above", 2, 2), ("other", 0, 0)],
)
def test_three_people(office, place, seen, assigned):
    bureau = make_agency(parent=office)
    make_task(office, bureau)
    make_task(office)
    places = {"own": bureau, "above": office, "other": make_agency(parent=office)}
    user = make_user(agency=places[place])
    assert PlanTask.objects.visible_to(user).count() == seen
    assert PlanTask.objects.assigned_to(user).count() == assigned


def test_an_office_sees_what_its_plan_gives_to_a_unit_elsewhere(office):
    elsewhere = make_agency()
    make_task(office, elsewhere)
    user = make_user(agency=office)
    assert PlanTask.objects.visible_to(user).count() == 1
    assert PlanTask.objects.assigned_to(user).count() == 0
