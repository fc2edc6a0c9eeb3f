"""A tiny benchmark: everything that is measured can be done, whatever it takes."""

import pytest
from django.core.exceptions import ValidationError

from benchmarks import imports
from benchmarks.fill import NotOurs, fill
from benchmarks.fill_items import fill_items
from benchmarks.office import AGENCIES, BRANCH
from benchmarks.report import chosen, machine
from casework.models import Agency
from disclosure.models import Consultation, DisclosureRequest, Fee, Outcome, Status
from proposals.models import Assignment, Feedback, Proposal
from tests.factories import make_agency

SIZE = 300


@pytest.fixture
def office(db):
    return fill(SIZE)


def test_the_office_is_as_large_as_it_is_said_to_be(office):
    beneath = Agency.objects.beneath(office.branch).count()
    assert (len(office.agencies), beneath) == (AGENCIES, BRANCH)
    assert DisclosureRequest.objects.count() == SIZE
    assert fill(SIZE) == office


def test_every_request_is_one_that_the_office_could_have(office):
    wrong = []
    for case in DisclosureRequest.objects.reckonable():
        kept = case.due_on, case.due_why, case.folded
        try:
            case.save()
        except ValidationError as error:
            wrong.append((case.number, error.error_dict))
        if kept != (case.due_on, case.due_why, case.folded):
            wrong.append((case.number, kept))
    assert wrong == []


def test_there_is_something_of_everything(db):
    fill(5 * SIZE)
    cases = DisclosureRequest.objects.all()
    assert set(cases.values_list("outcome", flat=True)) == {"", *Outcome.values}
    assert set(cases.values_list("status", flat=True)) >= {Status.HANDLING, "closed"}
    assert cases.closed_late().exists()
    assert Consultation.objects.exists()
    assert Fee.objects.exists()


def test_every_item_is_one_that_the_office_could_have(office):
    fill_items(office, SIZE)
    fill_items(office, SIZE)  # they stand already
    assert (Proposal.objects.count(), Assignment.objects.count()) == (SIZE, 3 * SIZE)
    assert Feedback.objects.exists()
    wrong = []
    for model in (Proposal, Assignment):
        for case in model.objects.reckonable():
            kept = case.due_on, case.due_why, case.folded
            try:
                case.save()
            except ValidationError as error:
                wrong.append((case.number, error.error_dict))
            if kept != (case.due_on, case.due_why, case.folded):
                wrong.append((case.number, kept))
    assert wrong[:3] == []
    with pytest.raises(NotOurs):
        fill_items(office, SIZE + 1)


def test_a_database_with_cases_of_its_own_is_refused(db):
    make_agency(kind="city_office")
    with pytest.raises(NotOurs):
        fill(SIZE)


def test_a_benchmark_of_another_size_is_refused(office):
    with pytest.raises(NotOurs):
        fill(SIZE + 1)


def test_every_operation_can_be_done(office, monkeypatch):
    monkeypatch.setattr(imports, "ROWS", 20)
    done = []
    for operation in chosen(()):
        program, bare = operation.prepare(office)
        program()
        if bare:
            bare()
        done.append(operation.name)
    assert len(set(done)) == len(done)


def test_operations_can_be_chosen_by_name_and_by_module():
    whole = [operation.name for operation in chosen(["figures"])]
    assert [operation.name for operation in chosen(whole)] == whole
    assert chosen(["nothing"]) == []


def test_the_machine_is_named(db):
    assert "cores, Python" in machine()
