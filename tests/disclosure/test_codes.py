"""The query code: made at random, kept as a hash, tried with the same work always."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.references import reference
from disclosure.codes import ALPHABET, LENGTH, find, issue
from disclosure.models import DisclosureRequest
from tests.factories import CHIEF, CLERK, RECEIVED, VIEW, make_request, make_user

pytestmark = pytest.mark.django_db

ABSENT = reference("BJ", 2026, 9999)


@pytest.fixture
def case():
    return make_request()


@pytest.fixture
def clerk(case):
    return make_user(*CLERK, agency=case.agency)


def issued(case, by):
    return issue(case, by=by, on=RECEIVED)[1]


def test_the_letters_are_those_that_nobody_misreads():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert set(ALPHABET) & set("01ILO") == set()
    assert ALPHABET.upper() == ALPHABET


def test_a_code_is_ten_letters_in_two_groups(case, clerk):
    code = issued(case, clerk)

    assert LENGTH == 10
    assert [len(group) for group in code.split("-")] == [5, 5]
    assert set(code.replace("-", "")) <= set(ALPHABET)


def test_codes_are_made_at_random(case, clerk):
    codes = [issued(case, clerk).replace("-", "") for _time in range(200)]
    letters = Counter("".join(codes))

    assert len(set(codes)) == 200
    assert letters.keys() == set(ALPHABET)
    # 2000 letters, some 65 of each: eight standard deviations to either side.
    assert all(2 < count < 129 for count in letters.values())
    for place in range(LENGTH):
        assert len({code[place] for code in codes}) > 20


def test_only_a_hash_of_the_code_is_kept(case, clerk):
    code = issued(case, clerk)

    row = str(DisclosureRequest.objects.values().get())
    events = str(list(case.events.values()))
    for text in (code, code.replace("-", "")):
        assert text not in row
        assert text not in events
    kept = DisclosureRequest.objects.get().code_hash
    assert len(bytes.fromhex(kept)) == 32


@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' ')} ",
        lambda code: "".join(
            chr(ord(c) + 0xFEE0) if c != "-" else "－" for c in code
        ),  # full-width
        lambda code: code.replace("-", "—"),
    ],
)
def test_a_code_is_read_however_it_is_typed(case, clerk, typed):
    code = issued(case, clerk)

    assert find(case.number, typed(code)).pk == case.pk


def test_nothing_but_the_code_of_the_request_finds_it(case, clerk):
    other = make_request(agency=case.agency)
    code, others = issued(case, clerk), issued(other, clerk)
    nearly = code[:-1] + ("2" if code[-1] != "2" else "3")
    kept = DisclosureRequest.objects.get(pk=case.pk).code_hash

    for wrong in (others, nearly, code[:-1], f"{code}2", "", "0" * 64, kept):
        assert find(case.number, wrong) is None
    assert find(ABSENT, code) is None


def test_without_a_code_nothing_is_found(case):
    for code in ("", "-", "0" * 64, "22222-22222"):
        assert find(case.number, code) is None


def test_nothing_is_read_of_who_asks_or_for_what(case, clerk):
    found = find(case.number, issued(case, clerk))

    personal = DisclosureRequest.PERSONAL - {"code_hash"}
    assert set(found._fields) & personal == set()


def test_a_new_code_takes_the_place_of_the_old_one(case, clerk):
    first, second = issued(case, clerk), issued(case, clerk)

    assert find(case.number, first) is None
    assert find(case.number, second).pk == case.pk


def test_who_issued_a_code_is_recorded(case, clerk):
    issue(case, by=clerk, on=date(2026, 3, 4))

    event = case.events.last()
    assert (event.step, event.by, event.on) == ("issue_code", clerk, date(2026, 3, 4))
    assert event.changes == {"code_hash": None}


def test_a_code_is_issued_by_whoever_handles_the_request(case):
    elsewhere = make_user(*CHIEF)
    reader = make_user(VIEW, agency=case.agency)

    with pytest.raises(PermissionDenied):
        issue(case, by=reader, on=RECEIVED)
    with pytest.raises(DisclosureRequest.DoesNotExist):
        issue(case, by=elsewhere, on=RECEIVED)


def test_the_work_is_the_same_whatever_is_wrong(case, clerk):
    """Else the time would tell which numbers there are."""
    without = make_request(agency=case.agency)
    code = issued(case, clerk)

    def work(number, typed):
        with CaptureQueriesContext(connection) as captured:
            find(number, typed)
        return [query["sql"].replace(number, "") for query in captured]

    right = work(case.number, code)
    assert len(right) == 1
    assert right == work(case.number, "22222-22222")
    assert right == work(without.number, code)
    assert right == work(ABSENT, code)
