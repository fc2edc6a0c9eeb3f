"""Reminders of figures: to whom, once a day, and whom none reached."""

from datetime import date
from smtplib import SMTPException, SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.base import BaseEmailBackend

from reports.models import Submission
from reports.returns.deeds import HANDLE
from reports.returns.letters import remind
from tests.factories import make_agency, make_user
from tests.refusals import refused
from tests.reports.returns.year import CLERK, OFFICE, YEAR

DAY = date(2026, 1, 12)


@pytest.fixture(autouse=True)
def post(settings):
    settings.EMAIL_URL, settings.SITE_ADDRESS = "memory:", "https://gongkai.example"


@pytest.fixture
def chief(office):
    return make_user(*OFFICE, agency=office)


@pytest.fixture
def clerk(county):
    return make_user(*CLERK, agency=county, email="clerk@example.com")


def told(outcome):
    return outcome.reminded, [agency for agency, _why in outcome.failed]


def test_who_may_fill_in_is_told_where_and_by_when(county, chief, clerk):
    make_user(agency=county, email="other@example.com")
    assert told(remind([county], YEAR, chief, DAY)) == ([county], [])

    (letter,) = mail.outbox
    assert letter.to == ["clerk@example.com"]
    assert "https://gongkai.example/desk/returns/2025/WBQ/" in letter.body
    assert ("2026-01-20" in letter.body, "2026-03-31" in letter.body) == (True, True)
    assert Submission.objects.get().reminded_on == DAY


def test_once_a_day(county, chief, clerk):
    remind([county], YEAR, chief, DAY)
    assert told(remind([county], YEAR, chief, DAY)) == ([], [])
    assert told(remind([county], YEAR, chief, date(2026, 1, 13))) == ([county], [])
    assert len(mail.outbox) == 2


def test_who_has_sent_is_not_reminded(county, chief, clerk):
    Submission.objects.create(agency=county, year=YEAR, submitted_on=DAY)
    assert told(remind([county], YEAR, chief, DAY)) == ([], [])
    assert mail.outbox == []


def test_what_was_returned_is_said_with_the_remark(county, chief, clerk):
    said = {"returned_on": DAY, "remark": "请核对“表三” & 表四。"}
    Submission.objects.create(agency=county, year=YEAR, **said)
    remind([county], YEAR, chief, DAY)
    assert "请核对“表三” & 表四。" in mail.outbox[0].body


def test_whom_nobody_reads_for_is_named(office, county, chief, clerk):
    silent = make_agency(parent=office)
    make_user(HANDLE, agency=silent)
    assert told(remind([silent, county], YEAR, chief, DAY)) == ([county], [silent])
    assert Submission.objects.filter(reminded_on=DAY).count() == 1


class Closed(BaseEmailBackend):
    """A server that does not answer."""

    def open(self):
        raise OSError("refused")


class Strict(BaseEmailBackend):
    """A server that does not know one of the addresses."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["clerk@example.com"]:
                why = 550, b"no such user"
                raise SMTPRecipientsRefused({"clerk@example.com": why})
        return len(messages)


class Full(BaseEmailBackend):
    """A server that takes one message and no more."""

    taken = 0

    def send_messages(self, messages):
        if self.taken:
            raise SMTPException("full")
        self.taken += 1
        return len(messages)


@pytest.mark.parametrize(("server", "reached"), [(Closed, 0), (Full, 1)])
def test_whom_the_server_did_not_take_is_named(
    settings, office, county, chief, clerk, server, reached
):
    settings.EMAIL_BACKEND = f"{__name__}.{server.__name__}"
    others = [make_agency(parent=office) for _other in range(2)]
    for other in others:
        make_user(HANDLE, agency=other, email="other@example.com")
    bodies = [county, *others]

    outcome = told(remind(bodies, YEAR, chief, DAY))
    assert outcome == (bodies[:reached], bodies[reached:])
    assert Submission.objects.filter(reminded_on=DAY).count() == reached


def test_an_address_that_is_refused_keeps_nobody_else_from_being_reminded(
    settings, office, county, chief, clerk
):
    settings.EMAIL_BACKEND = f"{__name__}.Strict"
    other = make_agency(parent=office)
    make_user(HANDLE, agency=other, email="other@example.com")

    outcome = remind([county, other], YEAR, chief, DAY)
    assert told(outcome) == ([other], [county])
    assert "no such user" in outcome.failed[0][1]
    assert Submission.objects.get(reminded_on=DAY).agency == other


@pytest.mark.parametrize("missing", ["EMAIL_URL", "SITE_ADDRESS"])
def test_where_no_mail_is_sent_that_is_said(settings, county, chief, clerk, missing):
    setattr(settings, missing, "")
    assert refused(remind, [county], YEAR, chief, DAY) == ["no_mail"]


def test_nobody_is_reminded_of_a_year_that_is_not_over(county, chief, clerk):
    day = date(2025, 12, 31)
    assert refused(remind, [county], YEAR, chief, day) == ["year_not_over"]


@pytest.mark.parametrize("place", ["county", "elsewhere"])
def test_only_the_office_above_reminds(office, county, clerk, place):
    agency = county if place == "county" else make_agency(parent=office)
    with pytest.raises(PermissionDenied):
        remind([county], YEAR, make_user(*OFFICE, agency=agency), DAY)
    assert mail.outbox == []
