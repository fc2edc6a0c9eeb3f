"""The plan at the desk: who sees which tasks, and who reports on them."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse
from django.utils import timezone

from reports.models import PlanTask
from tests.clients import codes, logged_in, send
from tests.factories import make_agency
from tests.registers import YEAR, make_task

VIEW, HANDLE = "reports.view_plantask", "reports.handle_plantask"
PLAN = reverse("reports:plan")


@pytest.fixture
def office(db):
    return make_agency(kind="city_office")


@pytest.fixture
def bureau(office):
    return make_agency(code="JYJ", parent=office)


def shown(client, query=""):
    return [task.number for task in client.get(f"{PLAN}?{query}").context["tasks"]]


def form_of(task):
    return reverse("reports:progress", args=[task.pk])


@pytest.mark.parametrize(
    ("place", "seen", "status"),
    [("own", [2], 200), ("above", [1, 2], 200), ("other", [], 404)],
)
def test_three_people(office, bureau, place, seen, status):
    make_task(office, number=1)
    task = make_task(office, bureau, number=2)
    places = {"own": bureau, "above": office, "other": make_agency(parent=office)}
    client = logged_in(VIEW, HANDLE, agency=places[place])
    assert shown(client) == seen
    assert client.get(form_of(task)).status_code == status
    assert client.post(form_of(task), {}).status_code == status


@pytest.mark.parametrize(
    ("permissions", "statuses"),
    [((), [403, 403]), ((VIEW,), [200, 403]), ((HANDLE,), [403, 200])],
)
def test_what_a_person_may_do(office, permissions, statuses):
    task = make_task(office)
    client = logged_in(*permissions, agency=office)
    found = [client.get(page).status_code for page in (PLAN, form_of(task))]
    assert found == statuses


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3, 4]),
        (f"year={YEAR}", [1, 2, 3, 4]),
        (f"year={YEAR - 1}", [9]),
        ("year=x", [1, 2, 3, 4]),
        ("unit=JYJ", [2, 3]),
        ("unit=NONE", [1, 2, 3, 4]),
        ("unit=JYJ&progress=done", [3]),
        ("progress=planned", [1, 2, 4]),
        ("progress=overdue", [4]),
        ("progress=x", [1, 2, 3, 4]),
    ],
)
def test_the_plan_is_narrowed(office, bureau, query, numbers):
    make_task(office, number=9, year=YEAR - 1)
    make_task(office, number=1)
    make_task(office, bureau, number=2)
    make_task(office, bureau, number=3, progress="done")
    make_task(office, number=4, due_on=date(YEAR, 1, 1))
    assert shown(logged_in(VIEW, agency=office), query) == numbers


def test_the_sum_of_what_is_shown(office, bureau):
    make_task(office, heading="一", progress="under_way", due_on=date(YEAR, 1, 1))
    make_task(office, bureau, heading="二", progress="done")
    make_task(office, bureau, heading="二")
    page = logged_in(VIEW, agency=office).get(PLAN)
    # Headings, tasks, units; not begun, under way, done; overdue.
    assert [count for _label, count in page.context["summary"]] == [2, 3, 2, 1, 1, 1, 1]


def test_a_unit_reports_and_it_is_kept_who_did(office, bureau):
    task = make_task(office, bureau)
    client = logged_in(VIEW, HANDLE, agency=bureau)
    day = timezone.localdate()
    said = {"progress": "done", "done_on": day.isoformat(), "result": "已公开。"}
    assert send(client, form_of(task), **said).status_code == 302

    task.refresh_from_db()
    assert (task.progress, task.done_on, task.result) == ("done", day, "已公开。")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.action_flag, entry.object_id) == (
        client.user, CHANGE, str(task.pk),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"progress": "done"}, {"done_on": ["day_missing"]}),
        ({"done_on": "2025-06-30"}, {"done_on": ["not_done"]}),
        ({"progress": "done", "done_on": "tomorrow"}, {"done_on": ["future"]}),
        ({"progress": "x"}, {"progress": ["invalid_choice"]}),
        ({"result": "长" * 1001}, {"result": ["max_length"]}),
    ],
)
def test_what_cannot_be_is_refused(office, said, refused):
    task = make_task(office)
    if said.get("done_on") == "tomorrow":
        said |= {"done_on": (timezone.localdate() + timedelta(days=1)).isoformat()}
    client = logged_in(HANDLE, agency=office)
    answer = send(client, form_of(task), **said)
    found = codes(answer)
    assert {name: found[name][:1] for name in refused} == refused
    assert PlanTask.objects.get().progress == "planned"


def test_of_two_who_report_the_second_is_told(office):
    task = make_task(office)
    client = logged_in(HANDLE, agency=office)
    answer = send(client, form_of(task), progress="under_way", seen=task.changes - 1)
    assert (answer.status_code, codes(answer)) == (409, {"__all__": ["stale"]})
    task.refresh_from_db()
    assert task.progress == "planned"


def test_only_whose_task_it_is_is_led_to_the_form(office, bureau):
    make_task(office, bureau)
    for permissions, count in (((VIEW,), 0), ((VIEW, HANDLE), 1)):
        page = logged_in(*permissions, agency=bureau).get(PLAN)
        assert len(page.context["reporting"]) == count


@pytest.mark.parametrize("tasks", [1, 30])
def test_many_tasks_ask_no_more(office, tasks, django_assert_num_queries):
    for _task in range(tasks):
        make_task(office, make_agency(parent=office))
    client = logged_in(VIEW, HANDLE, agency=office)
    client.get(PLAN)
    with django_assert_num_queries(8):
        assert client.get(PLAN).status_code == 200
