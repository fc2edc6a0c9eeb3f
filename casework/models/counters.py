"""Numbers without gap or duplicate, and tries counted, for all processes together."""

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F


class CounterQuerySet(models.QuerySet):
    def next(self, key: str) -> int:
        """The next number of this key, without gap or duplicate.

        Inside the transaction that uses it: a transaction rolled back gives it back.
        """
        counter, _new = self.select_for_update().get_or_create(key=key)
        counter.last += 1
        counter.save(update_fields=["last"])
        return counter.last


class Counter(models.Model):
    """The last number given out under a key."""

    key = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = CounterQuerySet.as_manager()

    def __str__(self):
        return f"{self.key} {self.last}"


class AttemptsQuerySet(models.QuerySet):
    @transaction.atomic
    def tried(self, bucket: str, window: timedelta, at: datetime) -> int:
        """Count one more try, and say how many the running window has now."""
        running = self._running(bucket, window, at)
        if not running.update(count=F("count") + 1):
            self.filter(since__lt=at - KEPT).delete()
            since = _start(window, at)
            try:
                with transaction.atomic():
                    self.create(bucket=bucket, since=since, count=1)
            except IntegrityError:  # another process was first
                running.update(count=F("count") + 1)
        return running.values_list("count", flat=True).get()

    def take_back(self, bucket: str, window: timedelta, at: datetime):
        """The last try was a good one and does not count."""
        self._running(bucket, window, at).update(count=F("count") - 1)

    def _running(self, bucket: str, window: timedelta, at: datetime):
        return self.filter(bucket=bucket, since=_start(window, at))


KEPT = timedelta(days=2)
"""Older windows are of no use to anyone; longer than the longest window."""


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
