"""Rows that are written at once are the rows that Django would have written."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from casework.bulk import insert
from casework.models import CalendarDay
from disclosure.models import Consultation, DisclosureRequest, Fee, RequestEvent
from reports.models import Tally
from tests.factories import make_agency, make_request, make_user, unsaved_request

pytestmark = pytest.mark.django_db

SENT = date(2026, 3, 3)


def cases(agency, count=2):
    """Cases with texts, days, numbers, a truth and a document in their columns."""
    made = []
    for n in range(count):
        case = unsaved_request(
            agency, number=f"2016-{n}", status="handling", repeats=None,
            subject="带“引号”、\t制表\\n符\n和\\.的标题", identity="CANARY123",
        )  # fmt: skip
        case.reckon()
        case.settle()
        case.due_provisional = bool(n)
        made.append(case)
    return made


def consultations(case):
    return [
        Consultation(case=case, kind="agency", sent_on=SENT),
        Consultation(case=case, kind="third_party", party="某", sent_on=SENT,
                     delivered_on=SENT, answered_on=SENT, opinion="agrees"),
    ]  # fmt: skip


def fees(case):
    return [Fee(case=case, kind="cost", quantity=3, amount=Decimal("12.30"))]


def events(case):
    told = {"step": "extend", "target": "handling", "by_name": "王", "on": SENT}
    by = make_user(agency=case.agency)
    changes = {"extension": [0, 20], "subject": None, "带“引号”": ["\\", "\t"]}
    return [
        RequestEvent(case=case, by=by, **told),
        RequestEvent(case=case, by=by, **told, note="甲\n乙\\N", changes=changes),
    ]


def tallies(case):
    values = ("0", "3", "-12.5", "123456789012.3456")
    return [
        Tally(agency=case.agency, year=2016 + n, code="T2.1.1.made", value=value)
        for n, value in enumerate(values)
    ]


def values(model, keys):
    """What is stored, as the database has it: without keys and the time of writing."""
    rows = model.objects.filter(pk__in=keys).order_by("pk").values()
    return [{k: v for k, v in row.items() if k not in ("id", "at")} for row in rows]


@pytest.mark.parametrize(
    "make", [consultations, fees, events, tallies], ids=lambda made: made.__name__
)
def test_the_same_is_stored_as_by_bulk_create(make):
    case = make_request()
    rows = make(case)
    model = type(rows[0])
    with transaction.atomic():
        keys = [row.pk for row in model.objects.bulk_create(rows)]
        expected = values(model, keys)
        transaction.set_rollback(True)
    for row in rows:
        row.pk = None

    insert(rows)

    assert len(expected) == len(rows)
    assert values(model, [row.pk for row in rows]) == expected


def test_the_same_is_stored_of_a_case():
    rows = cases(make_agency())
    with transaction.atomic():
        DisclosureRequest.objects.bulk_create(rows)
        expected = values(DisclosureRequest, [row.pk for row in rows])
        transaction.set_rollback(True)
    for row in rows:
        row.pk = None

    insert(rows)

    assert values(DisclosureRequest, [row.pk for row in rows]) == expected
    assert not any(row._state.adding for row in rows)


@pytest.mark.parametrize("before", [0, 1])
def test_keys_continue_where_they_were(before):
    agency = make_agency()
    own = [make_request(agency=agency).pk for _n in range(before)]
    rows = cases(agency, 3)

    insert(rows)
    later = make_request(agency=agency)

    keys = [*own, *(row.pk for row in rows), later.pk]
    assert keys == list(range(keys[0], keys[0] + len(keys)))
    assert [case.pk for case in DisclosureRequest.objects.order_by("pk")] == keys


def test_what_is_linked_gets_the_key_of_what_was_written_before():
    [case] = cases(make_agency(), 1)
    rows = consultations(case)

    insert([case])
    insert(rows)

    assert {row.case_id for row in rows} == {case.pk}
    assert Consultation.objects.filter(case=case).count() == 2


def test_when_it_was_written_is_written():
    case = make_request()
    [before] = case.events.all()
    rows = events(case)
    insert(rows)
    assert all(event.at >= before.at for event in RequestEvent.objects.all())
    assert all(event.at.tzinfo for event in RequestEvent.objects.all())


@pytest.mark.parametrize(
    "changes",
    [
        {"arrived_on": date(2026, 2, 1)},
        {"number": "2016-0"},
        {"status": "closed"},
        {"subject": None},
    ],
)
def test_what_the_database_refuses_leaves_nothing(changes):
    rows = cases(make_agency(), 3)
    for name, value in changes.items():
        setattr(rows[-1], name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(rows)

    assert not DisclosureRequest.objects.exists()


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])


def test_a_yes_or_no_is_written_as_one():
    insert([CalendarDay(day=SENT, working=True, festival="new_year")])
    assert CalendarDay.objects.get().working is True
