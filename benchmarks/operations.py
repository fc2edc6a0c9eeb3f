"""What is measured: an operation, beside the bare query that it cannot beat."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from benchmarks.office import Office

Call = Callable[[], object]


@dataclass(frozen=True)
class Operation:
    """Something that somebody waits for.

    `prepare` is told the office and gives the two calls that are timed, the program's
    and the bare one, or None in its place.
    """

    name: str
    prepare: Callable[[Office], tuple[Call, Call | None]]
    most: float | None = None
    """Milliseconds that it may take at 1,000,000 requests on PostgreSQL."""
    least: float | None = None
    """How many of its things must be done in a second."""
    things: int = 1
    """How many things one call does."""


def query(queryset: QuerySet) -> Call:
    """Its statement alone, without a row made into anything."""
    return statement(*queryset.query.sql_with_params())


def statement(sql: str, params=()) -> Call:
    """A statement with all that it finds."""

    def run():
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    return run
