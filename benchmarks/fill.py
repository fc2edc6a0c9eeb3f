"""A database as large as an office's after ten years: the same one at every run."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import StringIO
from itertools import islice

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

from benchmarks.office import CODE, Office, make_office, standing_office
from benchmarks.stories import Stories
from casework.models import Agency, CalendarDay, Counter
from disclosure.models import Consultation, DisclosureRequest, Fee, Remedy
from proposals.models import Author, Proposal

BATCH = 20_000
"""Rows that are written at a time: so many come in well before a time-out."""
MODELS = (DisclosureRequest, Consultation, Fee, Remedy)
KEYED = {DisclosureRequest, Proposal, Author}
"""Whose rows bring their own keys, since others point at them."""


class NotOurs(Exception):
    """The database holds what no benchmark put there, or so much of another size."""


def fill(size: int) -> Office:
    """The office with so many requests, as it stands or made; NotOurs if the database
    holds anything else."""
    call_command("migrate", verbosity=0)
    if Agency.objects.exists():
        _recognise(size)
        return standing_office()
    call_command("load_calendar", stdout=StringIO())
    office = make_office()
    stories = Stories(office, size, CalendarDay.objects.as_calendar())
    pour(MODELS, iter(stories))
    Counter.objects.bulk_create(
        Counter(key=key, last=last) for key, last in stories.serials.items()
    )
    tidy(MODELS)
    return office


def pour(kinds: Sequence[type[models.Model]], rows: Iterator[Sequence[dict | None]]):
    """Write rows, of each model one or none."""
    with without_indexes(kinds):
        while batch := list(islice(rows, BATCH)):
            with transaction.atomic():
                for place, model in enumerate(kinds):
                    told = (one[place] for one in batch if one[place])
                    write(model, told, keyed=model in KEYED)


def _recognise(size: int):
    (city, *others) = Agency.objects.filter(parent=None)
    if others or city.code != CODE:
        raise NotOurs("The database has cases of its own.")
    standing = DisclosureRequest.objects.count()
    if standing != size:
        raise NotOurs(f"The database has {standing:,} requests and not {size:,}.")


_INDEXES = {
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes "
    "LEFT JOIN pg_constraint ON conname = indexname "
    "WHERE tablename = %s AND conname IS NULL",
    "sqlite": "SELECT name, sql FROM sqlite_master "
    "WHERE tbl_name = %s AND type = 'index' AND sql IS NOT NULL",
}
"""The indexes that no constraint needs, by name, with what makes them."""


@contextmanager
def without_indexes(kinds: Iterable[type[models.Model]]) -> Iterator[None]:
    """Made at the end, all rows at once, they take a fraction of the time."""
    made = []
    with connection.cursor() as cursor:
        for model in dict.fromkeys(kinds):
            cursor.execute(_INDEXES[connection.vendor], [model._meta.db_table])
            made += cursor.fetchall()
        for name, _statement in made:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        yield
        connection.check_constraints()
        if connection.vendor == "postgresql":
            # The office's own time-out is for people, who wait.
            cursor.execute("SET statement_timeout = 0")
        for _name, statement in made:
            cursor.execute(statement)


def write(model: type[models.Model], rows: Iterable[dict], *, keyed: bool):
    """Write rows, given as values by column, straight into the table."""
    blank = {
        field.column: _nothing(field)
        for field in model._meta.local_concrete_fields
        if not field.primary_key or keyed
    }
    values = (
        [
            value.isoformat() if type(value) is date else value
            for value in {**blank, **row}.values()
        ]
        for row in rows
    )
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(map(connection.ops.quote_name, blank))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(blank))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})", values
            )


def _nothing(field: models.Field):
    """What stands in a column of which a row does not speak."""
    if field.null:
        return None
    return "" if field.empty_strings_allowed else 0


def tidy(kinds: Iterable[type[models.Model]]):
    """What a database does for itself in time: counters set, pages swept, counted."""
    with connection.cursor() as cursor:
        for statement in _statements(kinds):
            cursor.execute(statement)


def _statements(kinds: Iterable[type[models.Model]]) -> Iterator[str]:
    if connection.vendor == "postgresql":
        yield from connection.ops.sequence_reset_sql(no_style(), kinds)
    if connection.in_atomic_block:  # as in a test
        yield "ANALYZE"
    elif connection.vendor == "postgresql":
        yield "VACUUM (ANALYZE)"
    else:
        yield "PRAGMA wal_checkpoint(TRUNCATE)"
        yield "ANALYZE"
