"""The fields and the related rows of a case as tables."""

from datetime import date

import pytest

from casework.desk.rows import Rows, cell, facts, section
from disclosure.models import Consultation, DisclosureRequest
from disclosure.workflow import workflow
from tests.factories import CHIEF, make_request, make_user

pytestmark = pytest.mark.django_db

SHOWN = Rows("consultations", ("kind", "party", ("limit", "until")), {"party"})


@pytest.fixture
def chief():
    return make_user(*CHIEF, is_superuser=True)


@pytest.fixture
def case(chief):
    case = make_request()
    party = {"kind": "agency", "party": "市局"}
    return workflow.take("consult", case, by=chief, on=case.received_on, **party)


def test_a_cell_is_in_words():
    row = Consultation(kind="agency", sent_on=date(2026, 3, 2))

    assert cell(row, "kind") == Consultation.Kind.AGENCY.label
    assert (cell(row, "sent_on"), cell(row, "answered_on")) == ("2026-03-02", "—")


def test_facts_that_say_nothing_are_left_out(case):
    subject = DisclosureRequest._meta.get_field("subject").verbose_name

    assert facts(case, ["subject", "arrived_on"]) == [(subject, case.subject)]


@pytest.mark.parametrize(
    ("may_read", "cells"),
    [(True, ["agency", "市局", "—"]), (False, ["agency", "—"])],
)
def test_a_table_has_its_rows_and_its_steps(case, chief, may_read, cells):
    rows = list(case.consultations.all())
    rows[0].limit = None
    steps = workflow.possible(case, chief)

    table = section(workflow, SHOWN, rows, steps, may_read=may_read)

    [row] = table.rows
    labels = {"agency": Consultation.Kind.AGENCY.label}
    assert row == {"cells": [labels.get(c, c) for c in cells], "correct": None}
    assert len(table.columns) == len(cells)
    names = ["consult", "letter_delivered", "record_opinion"]
    assert [step.name for step in table.steps] == names


def test_a_row_leads_to_its_correction_for_who_may(case, chief):
    rows = list(case.consultations.all())
    shown = Rows("consultations", ("kind",))

    [row] = section(workflow, shown, rows, (), correct=case).rows

    address = f"{case.pk}/correct/consultations/{rows[0].pk}/"
    assert row["correct"] == f"/admin/disclosure/disclosurerequest/{address}"
