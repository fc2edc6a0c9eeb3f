"""What can never be false of the rows of a request."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from disclosure.deadlines import Consulted
from disclosure.models import Attachment, Consultation, Fee, Remedy
from tests.factories import make_request

pytestmark = pytest.mark.django_db

BEFORE, DAY, AFTER = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)


def consultation(**fields):
    asked = {"kind": "third_party", "party": "某公司", "sent_on": DAY}
    return Consultation(case=make_request(), **asked | fields)


def fee(**fields):
    charged = {"kind": "by_piece", "quantity": 12, "notified_on": DAY}
    case = fields.pop("case", None) or make_request()
    return Fee(case=case, **charged | fields)


def remedy(**fields):
    filed = {"kind": "reconsideration", "body": "宝鸡市人民政府", "filed_on": DAY}
    return Remedy(case=make_request(), **filed | fields)


@pytest.mark.parametrize(
    "row",
    [
        lambda: consultation(),
        lambda: consultation(delivered_on=DAY),
        lambda: consultation(answered_on=DAY, opinion="agrees"),
        lambda: fee(),
        lambda: fee(paid_on=DAY),
        lambda: fee(kind="cost", amount=Decimal("3.50"), notified_on=None, paid_on=DAY),
        lambda: remedy(),
        lambda: remedy(decided_on=DAY, result="upheld"),
    ],
)
def test_what_is_kept(row):
    row = row()
    row.full_clean()
    type(row).objects.bulk_create([row])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (lambda: consultation(delivered_on=BEFORE), "before_the_letter"),
        (
            lambda: consultation(answered_on=BEFORE, opinion="agrees"),
            "before_the_letter",
        ),
        (lambda: consultation(opinion="agrees"), "opinion_has_its_day"),
        (lambda: fee(paid_on=BEFORE), "before_the_notice"),
        (lambda: remedy(decided_on=BEFORE, result="upheld"), "decided_with_result"),
        (lambda: remedy(decided_on=AFTER), "decided_with_result"),
        (lambda: remedy(result="upheld"), "decided_with_result"),
    ],
)
def test_what_is_never_true_of_a_row(row, code):
    row = row()
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    errors = refused.value.error_dict[NON_FIELD_ERRORS]
    assert [error.code for error in errors] == [code]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.bulk_create([row])


def test_a_request_is_charged_for_once():
    first = fee()
    first.full_clean()
    first.save()
    second = fee(case=first.case, kind="by_volume", quantity=31)
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    errors = refused.value.error_dict[NON_FIELD_ERRORS]
    assert [error.code for error in errors] == ["one_fee"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Fee.objects.bulk_create([second])


# The fee


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({"kind": "by_piece", "quantity": 12}, 200),
        ({"kind": "by_piece", "quantity": 2, "earlier": 10}, 200),
        ({"kind": "by_piece", "quantity": 12, "earlier": None}, 200),
        ({"kind": "by_volume", "quantity": 150}, 1700),
        ({"kind": "by_volume", "quantity": 150, "amount": 5}, 1700),
        ({"kind": "cost", "quantity": 7, "amount": Decimal("3.50")}, Decimal("3.50")),
    ],
)
def test_the_amount_of_a_processing_fee_is_what_the_tariff_says(fields, amount):
    charged = fee(**fields)
    charged.full_clean(exclude=["earlier"])
    assert charged.amount == amount


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"kind": "by_volume", "quantity": 30}, {"amount": ["min_value"]}),
        ({"kind": "by_piece", "quantity": 10}, {"amount": ["min_value"]}),
        (
            {"quantity": 0},
            {"quantity": ["min_value"], "amount": ["min_value"]},
        ),
        ({"quantity": None}, {"quantity": ["null"], "amount": ["min_value"]}),
        ({"kind": "cost", "quantity": 7}, {"amount": ["null"]}),
        ({"quantity": 2_000_000_000}, {"amount": ["max_digits"]}),
    ],
)
def test_nothing_is_charged_that_costs_nothing(fields, codes):
    charged = fee(**fields)
    with pytest.raises(ValidationError) as refused:
        charged.full_clean()
    found = refused.value.error_dict.items()
    assert {name: [error.code for error in errors] for name, errors in found} == codes


# Consultations and files


def test_the_facts_of_a_consultation():
    asked = consultation(delivered_on=DAY, answered_on=AFTER, opinion="objects")
    assert asked.facts == Consulted("third_party", DAY, DAY, AFTER)


def test_a_file_is_checked_when_it_is_attached():
    file = SimpleUploadedFile("答复书.pdf", b"<script>")
    attached = Attachment(case=make_request(), title="答复书", file=file, added_on=DAY)
    with pytest.raises(ValidationError) as refused:
        attached.full_clean()
    errors = refused.value.error_dict["file"]
    assert [error.code for error in errors] == ["wrong_type"]


def test_rows_are_listed_as_they_came():
    case = make_request()
    for party in ("甲", "丙", "乙"):
        case.consultations.create(kind="agency", party=party, sent_on=DAY)
    assert [row.party for row in case.consultations.all()] == ["甲", "丙", "乙"]
