"""What can never be false of a session, its limits, its classes, its cut-off day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from proposals.deadlines import Limit, Rules
from proposals.models import Session
from tests.factories import make_agency, make_user
from tests.items import make_session

pytestmark = pytest.mark.django_db


def test_a_session_is_entered_once():
    first = make_session()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(first.agency)
    assert make_session(first.agency, number=7)
    assert make_session(first.agency, body="cppcc")
    assert make_session(make_agency())


def test_it_cannot_close_before_it_opens():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(closed_on=date(2016, 2, 16))


def test_its_limits_are_kept_as_they_were_set():
    limits = {"reply": Limit(5, "months"), "contact": Limit(20, "working_days")}
    session = make_session(again=None, **limits)
    found = Session.objects.get(pk=session.pk)
    assert found.rules == Rules(
        returning=Limit(5, "working_days"),
        contact=Limit(20, "working_days"),
        opinion=Limit(1, "months"),
        reply=Limit(5, "months"),
        difficult=Limit(6, "months"),
    )
    assert Session.objects.get(reply=Limit(5, "months")) == session


@pytest.mark.parametrize(
    ("classes", "letters"),
    [
        ("A 解决\nB 列入计划", ["A", "B"]),
        ("甲 解决\n乙 计划\n丙 参考", ["甲", "乙", "丙"]),
    ],
)
def test_its_classes_are_its_own(classes, letters):
    session = make_session(classes=classes)
    session.full_clean()
    assert list(session.class_labels) == letters


@pytest.mark.parametrize("classes", ["A 解决\nA 计划", "A 解决\n\nB 计划", " 解决"])
def test_each_class_has_a_letter_of_its_own(classes):
    with pytest.raises(ValidationError) as refused:
        make_session(classes=classes).full_clean()
    (error,) = refused.value.error_dict["classes"]
    assert error.code == "classes"


def test_only_proposals_may_be_replied_to_by_a_fixed_day():
    august = date(2016, 8, 31)
    make_session(body="cppcc", reply_by=august).full_clean()
    with pytest.raises(ValidationError) as refused:
        make_session(reply_by=august).full_clean()
    (error,) = refused.value.error_dict["reply_by"]
    assert error.code == "by_law"


@pytest.mark.parametrize("cut_off", ["13-01", "12-32", "5-12", "1205"])
def test_the_cut_off_day_is_a_day(cut_off):
    with pytest.raises(ValidationError) as refused:
        make_session(
            cut_off=cut_off[:5] if cut_off != "12-05 " else "1205"
        ).full_clean()
    assert list(refused.value.error_dict) == ["cut_off"]


@pytest.mark.parametrize(
    ("filed", "counts"),
    [
        (date(2025, 12, 5), False),
        (date(2025, 12, 8), True),
        (date(2026, 12, 5), True),
        (date(2026, 12, 8), False),
    ],
)
def test_the_cut_off_day_says_what_counts(filed, counts):
    """P9: filed on 2025-12-08, it belongs to the session of 2026."""
    session = make_session(opened_on=date(2026, 1, 20), closed_on=date(2026, 1, 24))
    assert session.counts(filed) is counts
    session.cut_off = ""
    assert session.counts(filed) is True


def test_a_new_session_begins_with_the_rules_of_the_last():
    first = make_session(number=5)
    last = make_session(first.agency, number=6)
    make_session(first.agency, body="cppcc", term=15)
    assert Session.objects.last_of(first.agency, "congress") == last
    assert Session.objects.last_of(make_agency(), "congress") is None


def test_who_sees_a_session():
    """Those of the government, above it, and beneath it, where its items go."""
    above = make_agency()
    session = make_session(make_agency(parent=above))
    unit = make_agency(parent=session.agency)
    for agency, sees in (
        (above, True),
        (session.agency, True),
        (unit, True),
        (make_agency(), False),
    ):
        person = make_user(agency=agency)
        assert Session.objects.visible_to(person).exists() is sees
    person = make_user(is_superuser=True)
    assert list(Session.objects.visible_to(person)) == [session]
    person.is_active = False
    assert not Session.objects.visible_to(person).exists()


def test_what_a_session_is_called():
    with translation.override("en"):
        assert str(make_session()) == "session 6 of People's Congress 14"
        assert str(make_session(body="cppcc")) == "session 6 of CPPCC committee 14"
