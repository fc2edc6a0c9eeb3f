"""Numbers without gap or duplicate, and tries counted in their window."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from casework.models import Attempts, Counter, Try

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def tried(bucket="look-up:BJ", at=NOON, weight=1):
    [count] = Attempts.objects.tried(at, Try(bucket, HOUR, weight))
    return count


def test_numbers_follow_one_another_for_each_key():
    keys = ["BJ:2026", "BJ:2026", "BJ:2027", "FF:2026", "BJ:2026"]
    assert [Counter.objects.next(key) for key in keys] == [1, 2, 1, 1, 3]


def test_a_number_of_a_deed_that_failed_is_given_out_again():
    assert Counter.objects.next("BJ:2026") == 1
    with transaction.atomic():
        assert Counter.objects.next("BJ:2026") == 2
        transaction.set_rollback(True)
    assert Counter.objects.next("BJ:2026") == 2


def test_a_key_has_one_counter():
    Counter.objects.next("BJ:2026")
    with pytest.raises(IntegrityError):
        Counter.objects.bulk_create([Counter(key="BJ:2026")])


def test_tries_are_counted_for_each_bucket():
    assert [tried(), tried(), tried("look-up:FF"), tried()] == [1, 2, 1, 3]


@pytest.mark.parametrize(
    ("later", "count"),
    [
        (timedelta(), 2),
        (HOUR - timedelta(microseconds=1), 2),
        (HOUR, 1),
        (-timedelta(microseconds=1), 1),
    ],
)
def test_a_window_ends_and_another_begins(later, count):
    tried()
    assert tried(at=NOON + later) == count


def test_several_are_counted_by_one_statement(django_assert_num_queries):
    tried()
    tries = (Try("look-up:FF", HOUR), Try("look-up:BJ", HOUR), Try("else", 24 * HOUR))

    with django_assert_num_queries(1):
        assert Attempts.objects.tried(NOON, *tries) == [1, 2, 1]


def test_each_has_its_own_window():
    day, hour = Try("day", 24 * HOUR), Try("hour", HOUR)

    assert Attempts.objects.tried(NOON, day, hour) == [1, 1]
    assert Attempts.objects.tried(NOON + HOUR, day, hour) == [2, 1]


def test_a_try_without_weight_only_asks():
    assert [tried(weight=weight) for weight in (0, 1, 0, 3, 0)] == [0, 1, 1, 4, 4]


def test_a_new_window_clears_away_the_old_ones():
    tried()
    tried("look-up:FF", NOON + timedelta(days=1))
    tried("look-up:FF", NOON + timedelta(days=3, hours=1))
    assert Attempts.objects.count() == 1


def test_a_window_has_one_row():
    tried()
    with pytest.raises(IntegrityError):
        Attempts.objects.bulk_create(
            [Attempts(bucket="look-up:BJ", since=NOON, count=1)]
        )
