"""Many new rows of a table at once: COPY on PostgreSQL, one prepared insert on SQLite.

Django's `bulk_create` builds a statement for each batch, which takes several times as
long.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from json import dumps
from operator import itemgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone

_AS_THEY_ARE = (
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)


def insert(rows: Sequence[models.Model]) -> None:
    """Give the rows their keys and write them, in the transaction that is open.

    All are of one model. IntegrityError if the database refuses one of them.
    """
    if not rows:
        return
    links = [field for field in rows[0]._meta.concrete_fields if field.is_relation]
    for row in rows:
        for link in links:
            if link.is_cached(row) and (linked := link.get_cached_value(row)):
                vars(row)[link.attname] = linked.pk
    insert_values(type(rows[0]), [vars(row) for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_values(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """The same of rows that are no instances: the values by the columns' attributes.

    Each is given its key, and the time where the model keeps it.
    """
    if not rows:
        return
    connection, meta = connections[DEFAULT_DB_ALIAS], model._meta
    fields = meta.concrete_fields
    moments = {field.attname for field in fields if getattr(field, "auto_now_add", 0)}
    moments |= {field.attname for field in fields if getattr(field, "auto_now", 0)}
    now = dict.fromkeys(moments, timezone.now())
    for row, key in zip(rows, _keys(meta, len(rows), connection), strict=True):
        row[meta.pk.attname] = key
        row.update(now)
    writers = _writers(model, connection)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    values = ([write(row) for write in writers] for row in rows)
    table = quote(meta.db_table)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["?"] * len(writers))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"
            cursor.connection.executemany(statement, values)


def _keys(meta, count: int, connection) -> Sequence[int]:
    """The keys that the database would give: PostgreSQL's from the sequence, SQLite's
    after the last, since nobody else writes until this transaction ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) "
                "FROM generate_series(1, %s)",
                [meta.db_table, meta.pk.column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = %s", [meta.db_table]
        )
        (last,) = cursor.fetchone() or (0,)
        return range(last + 1, last + 1 + count)


@cache
def _writers(model: type[models.Model], connection) -> list[Callable[[dict], Any]]:
    """For each column, what makes of a row the value that the driver takes."""
    postgresql = connection.vendor == "postgresql"

    def writer(field):
        plain = itemgetter(field.attname)
        if isinstance(field, _AS_THEY_ARE):
            return plain
        if isinstance(field, models.JSONField):
            return lambda row: dumps(plain(row), cls=field.encoder)
        if isinstance(field, models.DateField):  # and times, which are such
            if postgresql:
                return plain
            adapt = field.get_db_prep_value
        else:
            adapt = field.get_db_prep_save

        def adapted(row):
            value = plain(row)
            return None if value is None else adapt(value, connection)

        return adapted

    return [writer(field) for field in model._meta.concrete_fields]


@contextmanager
def uncollected() -> Iterator[None]:
    """While many thousand objects are made that all stay, nothing looks for garbage
    among them again and again: a seventh of the time of an import."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
