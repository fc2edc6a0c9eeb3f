"""Several people at the same moment, which only PostgreSQL lets in at once."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import StringIO
from threading import Barrier
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from casework.models import Agency, Attempts, Try
from disclosure import codes
from disclosure.models import DisclosureRequest, RequestEvent
from disclosure.workflow import workflow
from proposals.models import Assignment, Proposal
from proposals.workflow import assign, items, tasks
from reports.annual.differences import differences
from reports.annual.pages import CHANGE_TEXTS, VIEW
from reports.annual.publishing import PUBLISH, publish
from reports.models import AnnualReport, Reminder, Submission
from reports.returns import deeds as returns
from reports.returns.filling import fill_in
from reports.returns.letters import remind
from tests.clients import logged_in
from tests.factories import (
    CHIEF,
    HANDLE,
    RECEIVED,
    make_agency,
    make_calendar,
    make_request,
    make_user,
    unsaved_request,
)
from tests.items import (
    ASSIGNED,
    REPLIED,
    make_assigned,
    make_item,
    make_office,
    make_session,
)
from tests.refusals import codes_of
from tests.registers import make_task
from tests.reports.returns.year import YEAR, enter, own

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

PEOPLE = 8
DAY, HOUR = date(2026, 3, 9), timedelta(hours=1)
DRAFT = {"draft_outcome": "disclosed"}


def at_once(*deeds):
    """Do everything at the same moment: what each gave, or how it was refused."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait(timeout=10)
            return deed()
        except ValidationError as refused:
            return " ".join(codes_of(refused))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(run, deeds))


@pytest.fixture
def chief():
    return make_user(*CHIEF, agency=make_agency())


def serials():
    """The serial numbers in use, in order."""
    numbers = DisclosureRequest.objects.order_by("pk").values_list("number", flat=True)
    return sorted(int(number.split("-")[2]) for number in numbers)


@pytest.mark.parametrize("versions", [False, True])
def test_of_two_who_take_a_step_at_once_one_does(chief, versions):
    case = make_request(agency=chief.workplaces[0], by=chief)
    version = case.version if versions else None

    def take():
        taken = workflow.take(
            "submit_draft", case, by=chief, on=DAY, version=version, **DRAFT
        )
        return taken.status

    refusal = "stale" if versions else "step_not_open"
    assert sorted(at_once(take, take)) == sorted(["review", refusal])
    assert case.events.count() == 2


def test_two_who_correct_different_facts_at_once_both_do(chief):
    case = make_request(agency=chief.workplaces[0], by=chief)

    def correct(**fields):
        workflow.correct(case, by=chief, on=DAY, note="更正", **fields)

    at_once(lambda: correct(phone="0917-3260000"), lambda: correct(subject="另一事项"))
    case.refresh_from_db()
    assert (case.phone, case.subject, case.version) == ("0917-3260000", "另一事项", 3)


def test_numbers_have_no_gap_and_no_duplicate(chief):
    """Each of eight opens 25 cases, and every fifth deed fails after its number."""
    (agency,) = chief.workplaces

    def open_many():
        for turn in range(25):
            with transaction.atomic():
                workflow.open(unsaved_request(agency), by=chief, on=RECEIVED)
                transaction.set_rollback(turn % 5 == 4)

    at_once(*[open_many] * PEOPLE)
    assert serials() == list(range(1, PEOPLE * 20 + 1))


def test_the_first_numbers_of_a_year_are_given_out_by_all_at_once(chief):
    (agency,) = chief.workplaces
    first = date(2027, 1, 4)
    at_once(
        *[lambda: workflow.open(unsaved_request(agency, first), by=chief, on=first)]
        * PEOPLE
    )
    assert serials() == list(range(1, PEOPLE + 1))


def test_a_form_sent_many_times_at_once_opens_one_case(chief):
    (agency,) = chief.workplaces
    form = uuid4()

    def send():
        case = unsaved_request(agency)
        return workflow.open(case, by=chief, on=RECEIVED, submission=form)

    opened = at_once(*[send] * PEOPLE)
    assert opened == [DisclosureRequest.objects.get()] * PEOPLE
    assert RequestEvent.objects.count() == 1
    workflow.open(unsaved_request(agency), by=chief, on=RECEIVED)
    assert serials() == [1, 2]


def test_a_form_sent_many_times_at_once_takes_one_step(chief):
    case = make_request(agency=chief.workplaces[0], by=chief)
    form, asked = uuid4(), {"kind": "agency", "party": "市档案局"}

    def send():
        return workflow.take(
            "consult", case, by=chief, on=DAY, submission=form, **asked
        )

    assert at_once(*[send] * PEOPLE) == [case] * PEOPLE
    assert (case.events.count(), case.consultations.count()) == (2, 1)


def test_the_tries_of_all_are_counted_together():
    now = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
    # Told in either order: nobody holds what another waits for.
    tries = [Try("look-up:10.0.0.0/24", HOUR), Try("look-up:BJ", HOUR)]
    orders = [tries, tries[::-1]] * (PEOPLE // 2)

    def guess(order):
        return [Attempts.objects.tried(now, *order) for _n in range(25)]

    told = at_once(*[partial(guess, order) for order in orders])
    places = [here for pairs in told for here, _there in pairs]
    assert sorted(places) == list(range(1, PEOPLE * 25 + 1))
    assert list(Attempts.objects.values_list("count", flat=True)) == [PEOPLE * 25] * 2


def opens(number, code, address):
    """Whether the look-up tells; off the page, for contexts mix between threads."""
    data = {"number": number, "code": code}
    page = Client().post("/status/", data, REMOTE_ADDR=address).content.decode()
    return 'class="stages"' in page


def test_of_all_who_look_up_at_once_no_more_are_let_through_than_one_by_one(chief):
    """A right code among many wrong ones opens as long as ten have not failed."""
    case = make_request(agency=chief.workplaces[0], by=chief)
    case, code = codes.issue(case, by=chief, on=RECEIVED)

    def look_up(typed, person):
        return [opens(case.number, typed, f"10.0.{person}.1") for _n in range(10)]

    tried = [partial(look_up, "22222-22222", person) for person in range(PEOPLE - 1)]
    *wrong, right = at_once(*tried, partial(look_up, code, PEOPLE))
    assert wrong == [[False] * 10] * (PEOPLE - 1)
    # Once it is shut it stays shut.
    assert right == sorted(right, reverse=True)
    failed = Attempts.objects.get(bucket=f"look-up:{case.number}").count
    assert failed == 10 * (PEOPLE - 1)
    assert not opens(case.number, code, "10.1.0.1")


def test_a_success_locks_nobody_out_however_many_come_at_once(chief):
    case = make_request(agency=chief.workplaces[0], by=chief)
    case, code = codes.issue(case, by=chief, on=RECEIVED)

    def look_up(person):
        return [opens(case.number, code, f"10.0.{person}.1") for _n in range(5)]

    told = at_once(*[partial(look_up, person) for person in range(PEOPLE)])
    assert told == [[True] * 5] * PEOPLE


def test_two_agencies_cannot_be_put_beneath_one_another_at_once():
    first, second = make_agency(), make_agency()

    def move(agency, parent):
        agency = Agency.objects.get(pk=agency.pk)
        agency.parent = parent
        agency.save()
        return "moved"

    done = at_once(lambda: move(first, second), lambda: move(second, first))
    assert sorted(done) == ["cycle", "moved"]


def signed(case, facts):
    """The item's assignments, each with a reply that is to be served."""
    items.take("decide_publication", case, publication="full", **facts)
    letter = {"document_number": "12号", "result_class": "A"}
    for task in case.assignments.all():
        task = tasks.take("sign_for", task, **facts)
        task = tasks.take("submit_draft", task, note="电话不通", **facts)
        yield tasks.take("sign", task, **facts, **letter)


def test_of_units_that_serve_at_once_the_last_makes_the_item_a_replied_one():
    session = make_session()
    office = make_office(session)
    units = [make_agency(parent=session.agency) for _unit in range(PEOPLE)]
    pairs = [(unit, "separate") for unit in units]
    case = make_assigned(pairs, session, office)
    facts = {"by": office, "on": REPLIED}

    at_once(
        *(partial(tasks.take, "serve", task, **facts) for task in signed(case, facts))
    )

    assert Assignment.objects.filter(outcome="replied").count() == PEOPLE
    case = Proposal.objects.get()
    assert case.replied_on == REPLIED
    assert case.events.filter(step="replied").count() == 1


def test_items_are_withdrawn_while_their_units_serve_the_replies():
    """Either comes first, and neither waits for what the other holds."""
    session = make_session()
    office, unit = make_office(session), make_agency(parent=session.agency)
    facts, deeds = {"by": office, "on": REPLIED}, []
    for _item in range(PEOPLE // 2):
        case = make_assigned([(unit, "lead")], session, office)
        (task,) = signed(case, facts)
        deeds.append(partial(items.take, "withdraw", case, **facts))
        deeds.append(partial(tasks.take, "serve", task, **facts))

    done = list(map(str, at_once(*deeds)))

    ended = Assignment.objects.order_by("pk").select_related("case")
    for withdrawn, served, task in zip(done[::2], done[1::2], ended, strict=True):
        first = {"ended": "withdrawn", "replied": ""}[task.outcome]
        assert task.case.outcome == first
        assert (withdrawn, served) == (
            (task.case.number, "step_not_open") if first else ("replied", task.number)
        )


def test_of_two_items_that_are_merged_into_each_other_at_once_one_is():
    """Neither waits for the other for ever, and one of them is left to be handled."""
    session = make_session()
    office = make_office(session)
    for _pair in range(PEOPLE):
        one, other = (make_item(session, office, status="filed") for _item in range(2))
        into_each_other = [
            partial(items.take, "merge", case, by=office, on=ASSIGNED, merged_into=into)
            for case, into in ((one, other), (other, one))
        ]

        done = list(map(str, at_once(*into_each_other)))

        left = Proposal.objects.get(pk__in=(one.pk, other.pk), status="filed")
        merged = {one.number, other.number} - {left.number}
        assert {*done} <= merged | {"merged_into", "handled_with_it"}
        assert merged <= {*done}


def test_an_item_that_is_assigned_at_once_has_one_lead():
    session = make_session()
    office = make_office(session)
    case = make_item(session, office, status="filed")
    units = [make_agency(parent=session.agency) for _unit in range(PEOPLE)]

    done = at_once(
        *(
            partial(assign, case, [(unit, "lead")], by=office, on=ASSIGNED)
            for unit in units
        )
    )

    assert sorted(map(str, done)) == [case.number, *["one_lead"] * (PEOPLE - 1)]
    assert case.assignments.get().number == f"{case.number}-1"


def test_of_reminders_that_are_sent_by_several_runs_at_once_each_is_sent_once(
    settings,
):
    settings.EMAIL_URL, settings.SITE_ADDRESS = "memory:", "https://gongkai.example"
    make_calendar(2026)
    for _unit in range(3):
        agency = make_agency()
        make_user(HANDLE, agency=agency, email=f"{agency.code}@example.com")
        make_request(agency=agency)
        make_request(agency=agency)
    run = partial(call_command, "send_reminders", "--date", "2026-03-30")

    at_once(*[partial(run, stdout=StringIO()) for _run in range(PEOPLE)])

    # Runs that claim parts of a unit's cases each write of their own.
    told = [number for message in mail.outbox for number in named(message.body)]
    assert sorted(told) == sorted(
        DisclosureRequest.objects.values_list("number", flat=True)
    )
    assert Reminder.objects.filter(sent_at=None).count() == 0


FIGURES = ("reports.handle_submission", "reports.approve_submission")


@pytest.fixture
def county():
    return make_agency(kind="county", parent=make_agency(kind="city_office"))


def test_figures_that_several_send_at_once_are_sent_once(county):
    enter(county)
    by = make_user(*FIGURES, agency=county)
    submit = partial(returns.submit, county, YEAR, by, DAY)

    done = at_once(*[lambda: str(submit().submitted_on)] * PEOPLE)

    assert sorted(done) == [str(DAY), *["sent"] * (PEOPLE - 1)]
    assert LogEntry.objects.count() == Submission.objects.count() == 1


def test_figures_that_several_return_at_once_are_returned_once(county):
    enter(county)
    by = make_user(*FIGURES, agency=county)
    chief = make_user(*FIGURES, agency=county.parent)
    returns.submit(county, YEAR, by, DAY)
    back = partial(returns.give_back, county, YEAR, chief, DAY, "请核对。")

    done = at_once(*[lambda: str(back().returned_on)] * PEOPLE)

    assert sorted(done) == [str(DAY), *["not_sent"] * (PEOPLE - 1)]


def test_of_several_who_fill_in_one_number_at_once_one_is_kept(county):
    by = make_user(*FIGURES, agency=county)
    place = "T2.1.2.made/total"

    def fill(number):
        return not fill_in(county, YEAR, by, {place: str(number)}).errors

    done = at_once(*(partial(fill, number) for number in range(1, PEOPLE + 1)))

    assert done.count(True) == 1
    assert own(county) == {place: done.index(True) + 1}


def test_what_is_filled_in_while_it_is_sent_is_in_it_or_refused(county):
    enter(county, T2_1_2_made__total=1)
    by = make_user(*FIGURES, agency=county)
    place = "T2.1.2.made/total"
    told = {place: "2", "shown": json.dumps({place: "1"})}

    def fill():
        return not fill_in(county, YEAR, by, told).errors

    filled, _sent = at_once(fill, partial(returns.submit, county, YEAR, by, DAY))

    expected = {True: 2, "sent": 1}[filled]
    assert own(county) == {place: expected}
    assert ["T2.1.2.made", "total", expected] in Submission.objects.get().figures


def test_of_several_who_remind_at_once_each_body_is_told_once(settings, county):
    settings.EMAIL_URL, settings.SITE_ADDRESS = "memory:", "https://gongkai.example"
    office = county.parent
    bodies = [county, make_agency(parent=office)]
    for body in bodies:
        make_user(*FIGURES, agency=body, email=f"{body.code}@example.com")
    chief = make_user(*FIGURES, agency=office)

    done = at_once(*[lambda: len(remind(bodies, YEAR, chief, DAY).reminded)] * PEOPLE)

    assert sum(done) == len(mail.outbox) == 2
    assert Submission.objects.filter(reminded_on=DAY).count() == 2


@pytest.fixture
def report(county):
    """A version that nothing keeps from being published."""
    texts = dict.fromkeys(("1", "5", "6"), "无。")
    return AnnualReport.objects.create(
        agency=county, year=YEAR, texts=texts, reasons={"plausible.blank": "无。"}
    )


def test_a_report_that_several_publish_at_once_is_published_once(county, report):
    by = make_user(PUBLISH, agency=county)
    frozen = partial(publish, report, by, date(YEAR + 1, 3, 1))

    done = at_once(*[lambda: frozen().digest] * PEOPLE)

    report.refresh_from_db()
    assert report.digest in done
    # Whoever came too late is told so, or that it was published already.
    assert len(done) == PEOPLE
    assert {*done} - {report.digest} <= {"stale", "published"}
    assert done.count(report.digest) == 1


def test_a_case_that_comes_in_meanwhile_is_in_no_figure_nor_behind_one(county, report):
    """All is published as of the moment at which it was begun."""
    chief = make_user(*CHIEF, agency=county)
    by = make_user(PUBLISH, agency=county)
    comes = partial(make_request, "handling", county, date(YEAR, 3, 4), by=chief)
    came = []

    def and_then_one_comes(execute, sql, *told):
        answer = execute(sql, *told)
        if not came and 'FROM "disclosure_disclosurerequest"' in sql:
            came.extend(at_once(comes))
        return answer

    with connection.execute_wrapper(and_then_one_comes):
        report = publish(report, by, date(YEAR + 1, 3, 1))

    assert (report.figures["T3.1", "C3.3"], report.members) == (0, {})
    found = differences(report, chief)
    assert found
    assert {number for one in found for number in one.came} == {came[0].number}


def test_a_report_that_several_begin_at_once_is_one(county):
    by = make_user(VIEW, CHANGE_TEXTS, agency=county)
    wanted = {"year": YEAR, "agency": county.code}

    def begin():
        client = Client()
        client.force_login(by)
        return client.post("/desk/reports/", wanted).status_code

    assert at_once(*[begin] * PEOPLE) == [302] * PEOPLE
    assert AnnualReport.objects.count() == 1


def named(text):
    """The numbers of the requests that a mail lists."""
    return re.findall(r"^\d+\. ([A-Z]{4}-2026-[0-9]{4}-[0-9]{2})$", text, re.M)


def test_of_two_who_report_on_one_task_at_once_one_is_told():
    office = make_agency()
    task = make_task(office)
    address = reverse("reports:progress", args=[task.pk])
    said = {"progress": "under_way", "seen": task.changes}
    units = [logged_in("reports.handle_plantask", agency=office) for _unit in range(2)]
    answers = at_once(*[partial(unit.post, address, said) for unit in units])
    assert sorted(answer.status_code for answer in answers) == [302, 409]
