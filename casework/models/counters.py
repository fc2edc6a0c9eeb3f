"""Numbers without gap or duplicate, and tries counted, for all processes together."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.db import connection, models


class CounterQuerySet(models.QuerySet):
    def next(self, key: str) -> int:
        """The next number of this key, without gap or duplicate.

        Inside the transaction that uses it: a transaction rolled back gives it back.
        """
        counter, _new = self.select_for_update().get_or_create(key=key)
        counter.last += 1
        counter.save(update_fields=["last"])
        return counter.last

    def given_out(self, key: str, number: int):
        """The number was given out elsewhere: the next ones come after it."""
        counter, _new = self.select_for_update().get_or_create(key=key)
        if counter.last < number:
            counter.last = number
            counter.save(update_fields=["last"])


class Counter(models.Model):
    """The last number given out under a key."""

    key = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = CounterQuerySet.as_manager()

    def __str__(self):
        return f"{self.key} {self.last}"


@dataclass(frozen=True)
class Try:
    """Something that was tried: under what it is counted, in which time, how much."""

    bucket: str
    window: timedelta
    weight: int = 1


class AttemptsQuerySet(models.QuerySet):
    def tried(self, at: datetime, *tries: Try) -> list[int]:
        """Count these tries, and say how many the running window of each has now.

        All by one statement: who tries at the same moment waits for its rows, and each
        is told its own place in the queue. A try of no weight only asks, by the same
        work. No bucket may stand twice.
        """
        adapt = connection.ops.adapt_datetimefield_value
        rows = [(t.bucket, adapt(_start(t.window, at)), t.weight) for t in tries]
        # Always in the same order, so that no two hold what the other waits for.
        values = [value for row in sorted(rows) for value in row]
        with connection.cursor() as cursor:
            cursor.execute(_COUNT % ", ".join(["(%s, %s, %s)"] * len(rows)), values)
            counts = dict(cursor.fetchall())
        _forget(_start(timedelta(hours=1), at) - KEPT)
        return [counts[t.bucket] for t in tries]


_COUNT = """
INSERT INTO casework_attempts (bucket, since, count) VALUES %s
ON CONFLICT (bucket, since) DO UPDATE
SET count = casework_attempts.count + excluded.count
RETURNING bucket, count
"""

KEPT = timedelta(days=2)
"""Older windows are of no use to anyone; longer than the longest window."""


@lru_cache(maxsize=1)
def _forget(before: datetime):
    """Clear the older windows away; each process does it once an hour."""
    Attempts.objects.filter(since__lt=before).delete()


def _start(window: timedelta, at: datetime) -> datetime:
    """When the window began that runs at this time."""
    seconds = window.total_seconds()
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, UTC)


class Attempts(models.Model):
    """How often something was tried in a window of time, so that guessing is limited.

    In the database, since all processes of the server must count together.
    """

    bucket = models.CharField(max_length=100)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    objects = AttemptsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "since"], name="casework_attempts_one_per_window"
            )
        ]

    def __str__(self):
        return f"{self.bucket} {self.since} {self.count}"
