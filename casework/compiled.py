"""A query that is asked at every request: compiled once, then only executed."""

from collections import namedtuple
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models


class Compiled:
    """The query `ask(value)`: a `values_list` with the value as its only parameter.

    To compile a short query takes the ORM four times as long as the database to answer
    it. That weighs nothing on a page of the staff; it does on the one for everybody.
    """

    def __init__(self, ask: Callable[[Any], models.QuerySet], *, like: Any):
        self.ask, self.like = ask, like

    def rows(self, value: Any) -> Iterator[tuple]:
        """What `values_list(…, named=True)` gives for this value."""
        sql, row, compiler, converters = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, [value])
            found = cursor.fetchall()
        return map(row._make, compiler.apply_converters(found, converters))

    @cached_property
    def _compiled(self):
        # At the first use: when modules are loaded, the models are not ready.
        queryset = self.ask(self.like)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, (_value,) = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        row = namedtuple("Row", queryset._fields)
        return sql, row, compiler, compiler.get_converters(columns)
