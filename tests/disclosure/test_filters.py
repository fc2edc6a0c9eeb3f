"""What a list of requests can be narrowed by."""

from datetime import date

import pytest
from django.test import RequestFactory

from disclosure.filters import RequestFilter
from disclosure.models import DisclosureRequest, Outcome
from tests.factories import CHIEF, make_agency, make_request, make_user


@pytest.fixture
def cases(db):
    agency = make_agency()
    chief = make_user(*CHIEF, agency=agency)
    make_request(
        "handling",
        agency,
        date(2026, 3, 2),
        by=chief,
        subject="渭濱區的拆遷公告",
        channel="fax",
        confirmed_on=date(2026, 3, 2),
    )
    make_request(
        "closed",
        agency,
        date(2026, 3, 9),
        by=chief,
        subject="金台区的批复文件",
        closed=date(2026, 3, 20),
        outcome=Outcome.TRADE_SECRET,
    )
    return DisclosureRequest.objects.order_by("pk")


@pytest.fixture
def request_of(cases):
    """Whoever asks sees the agency of the cases, and one more beneath it."""
    agency = cases[0].agency
    make_agency("渭滨区教育局", "WBJY", parent=agency)
    request = RequestFactory().get("/")
    request.user = make_user(*CHIEF, agency=agency)
    return request


def narrowed(asked, cases, request):
    return RequestFilter(asked, cases, request=request)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [0, 1]),
        ({"text": "拆迁 渭滨"}, [0]),
        ({"text": "拆迁 金台"}, []),
        ({"text": "的"}, [0, 1]),
        ({"status": "closed"}, [1]),
        ({"channel": "fax"}, [0]),
        ({"outcome": "trade_secret"}, [1]),
        ({"received_from": "2026-03-03"}, [1]),
        ({"received_until": "2026-03-02"}, [0]),
        ({"closed_from": "2026-03-20", "closed_until": "2026-03-20"}, [1]),
        ({"closed_until": "2026-03-19"}, []),
        ({"due_from": "2026-03-31"}, [1]),
        ({"due_until": "2026-03-30"}, [0]),
        ({"light": "open"}, [0]),
        ({"light": "on_time"}, [1]),
        ({"light": "overdue"}, [0]),
        ({"light": "unconfirmed"}, []),
        ({"beneath": "WBJY"}, []),
    ],
)
def test_a_list_is_narrowed(cases, request_of, asked, found):
    everything = list(cases)
    assert list(narrowed(asked, cases, request_of).qs) == [everything[n] for n in found]


def test_a_number_is_found_however_it_is_typed(cases, request_of):
    number = cases[1].number.lower().replace("-", " ")
    assert list(narrowed({"text": number}, cases, request_of).qs) == [cases[1]]


def test_what_cannot_be_understood_is_said_and_narrows_nothing(cases, request_of):
    asked = {
        "status": "lost",
        "received_from": "soon",
        "text": "的" * 201,
        "light": "red",
        "beneath": "NO",
    }
    found = narrowed(asked, cases, request_of)
    assert found.form.errors.as_data().keys() == asked.keys()
    assert found.qs.count() == 2
