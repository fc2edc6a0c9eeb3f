"""One of many keys, sent as one value: a list of hundreds costs as little as a name."""

import json
from collections.abc import Iterable

from django.core.exceptions import EmptyResultSet
from django.db.models import F, Lookup


class Among(Lookup):
    """Whether a key is one of these: a condition for a filter or a When."""

    prepare_rhs = False
    empty_result_set_value = False

    def __init__(self, name: str, keys: Iterable[int]):
        super().__init__(F(name), tuple(sorted(keys)))

    def process_lhs(self, compiler, connection, lhs=None):
        if not self.rhs:
            raise EmptyResultSet
        return super().process_lhs(compiler, connection, lhs)

    def as_sql(self, compiler, connection):
        key, params = self.process_lhs(compiler, connection)
        keys = json.dumps(self.rhs)
        return f"{key} IN (SELECT value FROM json_each(%s))", [*params, keys]

    def as_postgresql(self, compiler, connection):
        key, params = self.process_lhs(compiler, connection)
        return f"{key} = ANY(%s::bigint[])", [*params, list(self.rhs)]
