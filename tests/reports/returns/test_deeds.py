"""Sending figures, giving them back, choosing a source: who may, and when."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from reports.annual.parts import snapshot
from reports.models import Submission, Tally
from reports.returns import deeds
from reports.yearly import Yearly
from tests.factories import make_agency, make_request, make_user
from tests.refusals import refused
from tests.reports.returns.year import CLERK, OFFICE, YEAR, enter

DAY = date(2026, 1, 12)


@pytest.fixture
def clerk(county):
    return make_user(*CLERK, agency=county)


@pytest.fixture
def chief(office):
    return make_user(*OFFICE, agency=office)


def send(county, by, on=DAY, year=YEAR):
    return deeds.submit(county, year, by, on)


def test_a_body_with_cases_sends_what_is_counted_and_what_it_reports(county, clerk):
    make_request("handling", county, date(YEAR, 3, 4))
    enter(county, T2_1_2_made__total=3)

    sent = send(county, clerk)

    assert (sent.submitted_on, sent.submitted_by) == (DAY, str(clerk))
    assert sent.submitted_at is not None
    assert sent.figures == snapshot(Yearly(YEAR, county))
    assert ["T3.1", "C3.3", 1] in sent.figures
    assert ["T2.1.2.made", "total", 3] in sent.figures
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (clerk, str(sent.pk))


def test_a_body_sends_all_that_lies_beneath_it(county, school, clerk):
    make_request("handling", school, date(YEAR, 3, 4))
    enter(county)
    assert ["T3.1", "C3.3", 1] in send(county, clerk).figures


def test_totals_are_sent(county, clerk):
    enter(county, totals=True, T3_1__C3_1=2, T3_1__C3_3=2, T3_4__C3_1=2, T3_4__C3_3=2)
    assert ["T3.1", "C3.3", 2] in send(county, clerk).figures


def test_what_is_blank_is_not_sent(county, clerk):
    enter(county, T2_1_2_made__total=None)
    assert refused(send, county, clerk) == ["blank"]
    assert not Submission.objects.exists()


def test_totals_that_do_not_add_up_are_not_sent(county, clerk):
    enter(county, totals=True, T4_1_1__total=1)
    assert refused(send, county, clerk) == ["unequal"]


def test_what_last_year_carried_over_is_for_the_check_of_the_whole(county, clerk):
    enter(county, totals=True, T3_2__C3_1=1, T3_2__C3_3=1, T3_4__C3_1=1, T3_4__C3_3=1)
    assert send(county, clerk).submitted_on == DAY


def test_what_was_sent_is_not_sent_again(county, clerk):
    enter(county)
    send(county, clerk)
    assert refused(send, county, clerk) == ["sent"]
    assert refused(deeds.choose, county, YEAR, clerk, "totals", False) == ["sent"]


def test_a_year_that_is_not_over_is_not_sent(county, clerk):
    enter(county)
    assert refused(send, county, clerk, on=date(2025, 12, 31)) == ["year_not_over"]


def test_who_has_nobody_above_sends_to_nobody(office, chief):
    enter(office)
    assert refused(send, office, chief) == ["nobody_above"]


@pytest.mark.parametrize(
    ("place", "permissions", "may"),
    [
        ("county", CLERK, True),
        ("office", CLERK, True),
        ("county", (deeds.VIEW, deeds.APPROVE), False),
        ("elsewhere", OFFICE, False),
        ("school", OFFICE, False),
    ],
)
def test_who_sends(office, county, school, place, permissions, may):
    elsewhere = make_agency(parent=office)
    places = {"county": county, "office": office, "school": school}
    person = make_user(*permissions, agency=places.get(place, elsewhere))
    enter(county)
    if may:
        assert send(county, person).submitted_on == DAY
        return
    for deed in (
        lambda: send(county, person),
        lambda: deeds.choose(county, YEAR, person, "totals", False),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert not Submission.objects.exists()


def give_back(county, by, remark="请核对。"):
    return deeds.give_back(county, YEAR, by, date(2026, 1, 13), remark)


def test_the_office_returns_with_a_remark_and_the_body_sends_again(
    county, clerk, chief
):
    enter(county)
    send(county, clerk)

    back = give_back(county, chief, " 请核对。 ")
    assert (back.submitted_on, back.returned_on) == (None, date(2026, 1, 13))
    assert back.remark == "请核对。"
    entry = LogEntry.objects.order_by("-pk").first()
    assert (entry.user, "请核对。" in entry.get_change_message()) == (chief, True)

    again = send(county, clerk, date(2026, 1, 14))
    assert (again.submitted_on, again.returned_on) == (date(2026, 1, 14), None)


def test_only_what_was_sent_is_returned_and_never_without_a_word(county, clerk, chief):
    assert refused(give_back, county, chief) == ["not_sent"]
    enter(county)
    send(county, clerk)
    assert refused(give_back, county, chief, " ") == ["required"]
    assert Submission.objects.get().submitted_on == DAY


@pytest.mark.parametrize(
    ("place", "permissions", "may"),
    [
        ("office", OFFICE, True),
        ("office", CLERK, False),
        ("county", OFFICE, False),
        ("elsewhere", OFFICE, False),
    ],
)
def test_who_returns(office, county, clerk, place, permissions, may):
    places = {"county": county, "office": office}
    agency = places.get(place) or make_agency(parent=office)
    person = make_user(*permissions, agency=agency)
    enter(county)
    send(county, clerk)
    if may:
        give_back(county, person)
    else:
        with pytest.raises(PermissionDenied):
            give_back(county, person)
    assert Submission.objects.filter(returned_on=None).exists() is not may


def test_a_body_chooses_where_its_figures_come_from(county, clerk):
    make_request("handling", county, date(YEAR, 3, 4))
    Tally.objects.create(agency=county, year=YEAR, code="T3.1", column="C3.3", value=40)
    for source, alone, kept, count in (
        ("totals", True, True, 40),
        ("totals", False, False, 40),
        ("cases", True, False, 1),
    ):
        chosen = deeds.choose(county, YEAR, clerk, source, alone)
        assert (chosen.source, chosen.alone) == (source, kept)
        assert Yearly(YEAR, county).figures["T3.1", "C3.3"] == count
    assert refused(deeds.choose, county, YEAR, clerk, "x", False) == ["invalid_choice"]
