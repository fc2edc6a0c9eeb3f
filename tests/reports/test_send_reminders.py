"""Sending reminders: once each, whatever happens in between."""

from datetime import date
from io import StringIO
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.workflow import workflow
from reports.models import Reminder
from tests.factories import (
    APPROVE,
    CLERK,
    HANDLE,
    make_agency,
    make_calendar,
    make_many,
    make_request,
    make_user,
)
from tests.items import make_assigned, make_session

pytestmark = pytest.mark.django_db

DUE = date(2026, 3, 30)


class Killed(BaseException):
    """As when the machine stops: nobody catches it."""


class Dying(EmailBackend):
    def send_messages(self, messages):
        raise Killed


class DyingLate(EmailBackend):
    """Stops after the mail has been handed over."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed


class Refusing(EmailBackend):
    """Takes no mail for the first of the units."""

    def send_messages(self, messages):
        if "first@example.com" in messages[0].to:
            raise SMTPException("mailbox full")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.EMAIL_URL = "memory:"
    settings.SITE_ADDRESS = "https://gongkai.example"


@pytest.fixture(autouse=True)
def calendar():
    return make_calendar(2026)


@pytest.fixture
def agency():
    agency = make_agency()
    make_user(HANDLE, agency=agency, email="clerk@example.com")
    make_user(APPROVE, agency=agency, email="head@example.com")
    return agency


def through(name):
    return f"{__name__}.{name}"


def send(day, *words):
    """What the command printed; the mails that it sent are taken out of the box."""
    printed = StringIO()
    call_command("send_reminders", "--date", str(day), *words, stdout=printed)
    return printed.getvalue()


def sent(day):
    """Whom it wrote to on the day."""
    mail.outbox.clear()
    send(day)
    return [[*message.to, *message.cc] for message in mail.outbox]


def test_a_case_is_reminded_of_four_times(agency):
    make_request(agency=agency)

    written = {}
    for day in range(16, 32):
        if found := sent(date(2026, 3, day)):
            written[day] = found
    for day in range(1, 30):
        assert sent(date(2026, 4, day)) == []

    clerk, head = ["clerk@example.com"], ["clerk@example.com", "head@example.com"]
    assert written == {23: [clerk], 26: [clerk], 30: [clerk], 31: [head]}


@pytest.mark.parametrize("day", [date(2026, 3, 26), DUE, date(2026, 4, 7)])
def test_missed_runs_are_caught_up_in_one_message(agency, day):
    make_request(agency=agency)

    assert len(sent(day)) == 1
    assert sent(day) == []
    assert Reminder.objects.count() == 1


def test_what_falls_on_a_day_of_rest_is_sent_on_the_next_working_day(agency):
    make_request(agency=agency, received=date(2026, 3, 6))  # due on 2026-04-03
    sent(date(2026, 4, 3))

    # The holiday of Tomb-Sweeping Day
    assert [len(sent(date(2026, 4, day))) for day in (4, 5, 6, 7)] == [0, 0, 0, 1]


def test_a_case_that_was_closed_or_whose_limit_has_moved(agency):
    case = make_request(agency=agency)
    chief = make_user(*CLERK, APPROVE, agency=agency)
    assert len(sent(date(2026, 3, 23))) == 1

    facts = {"extension": 5, "note": "测试"}
    case = workflow.take("extend", case, by=chief, on=date(2026, 3, 24), **facts)
    assert case.due_on == date(2026, 4, 7)
    assert sent(date(2026, 3, 27)) == []
    assert len(sent(date(2026, 3, 30))) == 1
    workflow.take("withdraw", case, by=chief, on=date(2026, 3, 31))

    assert sent(date(2026, 4, 7)) == []


def test_a_unit_has_one_message_of_its_cases_of_a_kind(agency):
    first = make_request(agency=agency)
    second = make_request(agency=agency, received=date(2026, 2, 27))

    sent(DUE)

    (message,) = mail.outbox
    lines = message.body
    assert lines.index(second.number) < lines.index(first.number)
    assert message.cc == ["head@example.com"]
    assert f"https://gongkai.example/desk/requests/{first.number}/" in lines
    assert "&" not in lines
    for personal in (first.subject, first.applicant, first.description):
        assert personal not in lines + message.subject


def test_the_title_of_an_item_is_no_secret():
    make_calendar(2016)
    session = make_session()
    unit = make_agency(parent=session.agency)
    make_user("proposals.handle_assignment", agency=unit, email="unit@example.com")
    subject = "关于“A&B”<路口>的建议"
    case = make_assigned([(unit, "lead")], session, subject=subject)

    assert sent(case.due_on) == [["unit@example.com"]]
    assert subject in mail.outbox[0].body


@pytest.mark.parametrize("killer", ["Dying", "DyingLate"])
def test_what_was_claimed_and_not_sent_is_sent_by_the_next_run(
    agency, settings, killer
):
    usual = settings.EMAIL_BACKEND
    case = make_request(agency=agency)
    settings.EMAIL_BACKEND = through(killer)
    with pytest.raises(Killed):
        send(DUE)
    (claimed,) = Reminder.objects.all()
    assert (claimed.number, claimed.rung, claimed.sent_at) == (case.number, "0", None)

    settings.EMAIL_BACKEND = usual
    # A case that comes in between has a message of its own.
    make_request(agency=agency)
    send(DUE)

    names = [message.message()["Message-ID"] for message in mail.outbox]
    name = f"<{claimed.message}@gongkai.example>"
    assert names.count(name) == 1 + (killer == "DyingLate")
    assert len(set(names)) == 2
    assert Reminder.objects.filter(sent_at=None).count() == 0
    assert sent(DUE) == []


def test_what_cannot_be_sent_is_told_and_the_others_go_on(settings):
    units = [make_agency(), make_agency()]
    for unit, name in zip(units, ("first", "second"), strict=True):
        make_user(HANDLE, agency=unit, email=f"{name}@example.com")
        make_request(agency=unit)
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = through("Refusing")
    errors = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("send_reminders", "--date", str(DUE), stderr=errors)

    assert error.value.returncode == 1
    assert units[0].name in errors.getvalue()
    assert "mailbox full" in errors.getvalue()
    assert [message.to for message in mail.outbox] == [["second@example.com"]]
    settings.EMAIL_BACKEND = usual
    assert sent(DUE) == [["first@example.com"]]


def test_a_unit_that_nobody_can_be_written_to_is_told_and_reminded_later():
    agency = make_agency()
    case = make_request(agency=agency)
    printed = send(DUE)
    assert case.number in printed
    assert (len(mail.outbox), Reminder.objects.count()) == (0, 0)

    make_user(HANDLE, agency=agency, email="clerk@example.com")

    assert sent(DUE) == [["clerk@example.com"]]


def test_a_dry_run_sends_nothing_and_keeps_nothing(agency, settings):
    settings.EMAIL_URL = ""
    case = make_request(agency=agency)

    printed = send(DUE, "--dry-run")

    assert case.number in printed
    assert "clerk@example.com" in printed
    assert (len(mail.outbox), Reminder.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["EMAIL_URL", "SITE_ADDRESS"])
def test_a_setting_that_is_missing_is_named(agency, settings, name):
    setattr(settings, name, "")

    with pytest.raises(CommandError, match=name):
        send(DUE)


def test_more_cases_of_a_unit_take_no_more_queries(agency):
    case = make_request(agency=agency)

    def queries(day):
        with CaptureQueriesContext(connection) as captured:
            send(day)
        return len(captured)

    few = queries(DUE)
    make_many(case, 30)

    assert queries(DUE) == few
