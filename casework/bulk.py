"""Many new rows of a table at once: COPY on PostgreSQL, one prepared insert on SQLite.

Django's `bulk_create` builds a statement for each batch, which takes several times as
long.
"""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

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
    connection = connections[DEFAULT_DB_ALIAS]
    meta = rows[0]._meta
    _give_keys(rows, meta, connection)
    writers = _writers(type(rows[0]), connection)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in meta.concrete_fields)
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


def _give_keys(rows: Sequence[models.Model], meta, connection) -> None:
    """The keys that the database would give: PostgreSQL's from the sequence, SQLite's
    after the last, since nobody else writes until this transaction ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) "
                "FROM generate_series(1, %s)",
                [meta.db_table, meta.pk.column, len(rows)],
            )
            keys = [key for (key,) in cursor.fetchall()]
        else:
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [meta.db_table]
            )
            (last,) = cursor.fetchone() or (0,)
            keys = range(last + 1, last + 1 + len(rows))
    links = [field for field in meta.concrete_fields if field.is_relation]
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
        for link in links:
            if link.is_cached(row) and (linked := link.get_cached_value(row)):
                row.__dict__[link.attname] = linked.pk


@cache
def _writers(model: type[models.Model], connection) -> list[Callable[[Any], Any]]:
    """For each column, what makes of a row the value that the driver takes."""

    def as_text(row, name):
        return (day := getattr(row, name)) and day.isoformat()

    def writer(field):
        if isinstance(field, _AS_THEY_ARE):
            return attrgetter(field.attname)
        if type(field) is models.DateField:
            if connection.vendor == "postgresql":
                return attrgetter(field.attname)
            return lambda row: as_text(row, field.attname)
        return lambda row: field.get_db_prep_save(
            field.pre_save(row, add=True), connection
        )

    return [writer(field) for field in model._meta.concrete_fields]
