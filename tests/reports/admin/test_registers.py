"""The registers in the admin: who sees a row, and who may change it."""

import pytest
from django.urls import reverse

from reports.models import Assessment, PlanTask, Problem, SelfInspection, WebsiteCheck
from tests.clients import codes, form_on, logged_in, send, typed
from tests.factories import make_agency
from tests.registers import (
    make_check,
    make_inspection,
    make_problem,
    make_score,
    make_task,
)

MODELS = (PlanTask, SelfInspection, Problem, WebsiteCheck, Assessment)


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


@pytest.fixture
def bureau(office):
    return make_agency(parent=office)


@pytest.fixture
def rows(office, bureau):
    """Of each register a row that the office keeps and that is about the bureau, but
    for the website check."""
    inspection = make_inspection(office)
    return {
        PlanTask: make_task(office, bureau),
        SelfInspection: inspection,
        Problem: make_problem(inspection, bureau),
        WebsiteCheck: make_check(office),
        Assessment: make_score(bureau),
    }


def page(model, name, *args):
    return reverse(f"admin:reports_{model._meta.model_name}_{name}", args=args)


def may(model, *deeds):
    return [f"reports.{deed}_{model._meta.model_name}" for deed in deeds]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("place", ["own", "above", "other"])
def test_three_people(rows, office, bureau, model, place):
    places = {"own": bureau, "above": office, "other": make_agency(parent=office)}
    client = logged_in(*may(model, "view", "change"), agency=places[place])
    seen = place == "above" or (place == "own" and model is not WebsiteCheck)
    listed = client.get(page(model, "changelist"))
    assert listed.context["cl"].result_count == seen
    for name in ("change", "history"):
        answer = client.get(page(model, name, rows[model].pk))
        assert answer.status_code == (200 if seen else 404)


@pytest.mark.parametrize("model", [PlanTask, SelfInspection, Problem])
def test_whom_a_row_concerns_does_not_change_it(rows, office, bureau, model):
    for agency, allowed in ((bureau, False), (office, True)):
        client = logged_in(*may(model, "view", "change", "delete"), agency=agency)
        answer = client.get(page(model, "change", rows[model].pk))
        assert bool(form_on(answer).fields) == allowed
        answer = client.get(page(model, "delete", rows[model].pk))
        assert answer.status_code == (200 if allowed else 403)


@pytest.mark.parametrize("model", MODELS)
def test_only_what_a_person_sees_can_be_chosen(rows, office, bureau, model):
    make_agency()
    client = logged_in(*may(model, "view", "add"), agency=bureau)
    form = form_on(client.get(page(model, "add")))
    offered = {
        name: list(field.queryset)
        for name, field in form.fields.items()
        if hasattr(field, "queryset")
    }
    assert offered == {
        name: [] if name == "inspection" else [bureau] for name in offered
    }


def test_the_office_enters_a_task(office, bureau):
    client = logged_in(*may(PlanTask, "view", "add"), agency=office)
    said = {
        "agency": office.pk,
        "year": 2025,
        "number": 1,
        "heading": "重点领域",
        "title": "公开预决算",
        "unit": bureau.pk,
    }
    assert send(client, page(PlanTask, "add"), **said).status_code == 302
    task = PlanTask.objects.get()
    assert (task.agency, task.unit, task.progress) == (office, bureau, "planned")


def test_what_a_unit_reports_meanwhile_is_not_lost(rows, office):
    task = rows[PlanTask]
    client = logged_in(*may(PlanTask, "view", "change"), agency=office)
    address = page(PlanTask, "change", task.pk)
    shown = typed(form_on(client.get(address)), helpers="市档案馆")
    task.progress = "under_way"
    task.save()

    answer = client.post(address, shown)
    assert codes(answer) == {"__all__": ["stale"]}
    task.refresh_from_db()
    assert (task.progress, task.helpers) == ("under_way", "")

    assert send(client, address, helpers="市档案馆").status_code == 302
    task.refresh_from_db()
    assert (task.progress, task.helpers) == ("under_way", "市档案馆")


def test_who_only_looks_at_a_task_is_shown_what_it_says(rows, bureau):
    client = logged_in(*may(PlanTask, "view"), agency=bureau)
    answer = client.get(page(PlanTask, "change", rows[PlanTask].pk))
    (fieldset,) = answer.context["adminform"].fieldsets
    assert fieldset[1]["fields"][0] == "agency"
    assert "seen" not in fieldset[1]["fields"]


def test_what_was_not_so_is_taken_away(rows, office):
    client = logged_in(*may(WebsiteCheck, "view", "delete"), agency=office)
    address = page(WebsiteCheck, "delete", rows[WebsiteCheck].pk)
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not WebsiteCheck.objects.exists()


@pytest.mark.parametrize(
    ("model", "query", "found"),
    [
        (PlanTask, "year=2025", 1), (PlanTask, "progress__exact=done", 0),
        (PlanTask, "unit__id__exact={bureau}", 1), (PlanTask, "q=征地", 1),
        (Problem, "righted_on__isempty=1", 1), (Problem, "beneath=BUR", 1),
        (WebsiteCheck, "quarter__exact=2", 0), (Assessment, "beneath=BUR", 1),
    ],
)  # fmt: skip
def test_a_list_is_narrowed(rows, office, bureau, model, query, found):
    type(bureau).objects.filter(pk=bureau.pk).update(code="BUR")
    client = logged_in(*may(model, "view"), agency=office)
    answer = client.get(
        page(model, "changelist") + f"?{query}".format(bureau=bureau.pk)
    )
    assert answer.context["cl"].result_count == found


@pytest.mark.parametrize("model", MODELS)
def test_a_list_answers_no_other_question(rows, office, model):
    client = logged_in(*may(model, "view"), agency=office)
    query = "?agency__staff__password__startswith=a"
    assert client.get(page(model, "changelist") + query).status_code == 400


@pytest.mark.parametrize("model", MODELS)
def test_many_rows_ask_as_often(office, model, django_assert_max_num_queries):
    inspection = make_inspection(office, name="年终自查")
    for number in range(20):
        unit = make_agency(parent=office)
        make_task(office, unit)
        make_problem(inspection, unit)
        make_check(unit)
        make_score(unit)
        make_inspection(unit, name=f"自查{number}")
    client = logged_in(*may(model, "view"), agency=office)
    client.get(page(model, "changelist"))
    with django_assert_max_num_queries(14):
        client.get(page(model, "changelist"))
