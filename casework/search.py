"""Which cases have these words in their number or subject, among a million as well.

A rare word is soonest found by an index of its pieces, a common one in the list's own
order; and the planner cannot tell them apart. So the next rows of the list itself are
read first: if the words are common there, or the list has no more rows, its order will
do, and otherwise the index.

The index holds every piece of one, two and three characters: most words of Chinese have
two, for which PostgreSQL's and SQLite's own trigrams find nothing.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections, migrations
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan, In

from casework.folding import fold

LONGEST = 200
"""How many characters are looked for: a subject has no more."""
LONGEST_PIECE = 3
NEAR = 1000
"""How many rows of the list are read first."""
COMMON = 20
"""In so many of them a word is common: a page is full after some thousand rows."""


def found(cases: QuerySet, text: str, ahead: int = NEAR) -> QuerySet:
    """The cases in which every word of the text is, in whichever spelling.

    Exactly those, in the order that they have. It looks so many rows ahead in that
    order: give the order, and whatever else narrows the list, before the words.
    """
    words = _words(text)
    if not words:
        return cases
    near = list(cases.values_list("folded", flat=True)[:ahead])
    met = sum(all(word in folded for word in words) for folded in near)
    if len(near) < ahead or met >= COMMON:
        return cases.filter(*within(text))
    held = cases.order_by().filter(_holding(cases, words), *within(text))
    return cases.filter(_among(held))


def within(text: str) -> list[GreaterThan]:
    """The words as conditions, which are as fast as the rest of the query is.

    Not LIKE, of which the planner would believe to know how many rows it finds.
    """
    return [GreaterThan(StrIndex("folded", Value(word)), 0) for word in _words(text)]


def _words(text: str) -> list[str]:
    return [word for word in map(fold, text.split()) if word]


def _pieces(word: str) -> set[str]:
    """The longest pieces in which a word can be looked up."""
    size = min(len(word), LONGEST_PIECE)
    return {word[at : at + size] for at in range(len(word) - size + 1)}


def _holding(cases: QuerySet, words: list[str]) -> Func:
    """The condition that the index holds every piece of the words."""
    index = f"{cases.model._meta.db_table}_pieces"
    pieces = sorted(set().union(*map(_pieces, words)))
    if connections[cases.db].vendor == "postgresql":
        return _condition(f"{index}(", "folded", ") @> ", Value(pieces))
    match = " AND ".join(f'"{piece}"' for piece in pieces)
    lookup = f" IN (SELECT rowid FROM {index} WHERE {index} MATCH "
    return _condition("", "pk", lookup, Value(match), ")")


def _among(held: QuerySet) -> Func | In:
    """The condition to be one of these, which are found before all else.

    Of an array PostgreSQL expects ten; if it knew how many there are, it would count on
    meeting a page of them soon in the order of the list.
    """
    keys = held.values("pk")
    if connections[held.db].vendor == "postgresql":
        return _condition("", "pk", " = ANY (", ArraySubquery(keys), ")")
    return In(F("pk"), keys)


def _condition(before: str, column: str, between: str, value, after: str = "") -> Func:
    """A condition that Django has no lookup for."""
    return Func(
        F(column),
        value,
        template=f"{before}%(expressions)s{after}",
        arg_joiner=between,
        output_field=BooleanField(),
    )


def searchable(table: str) -> migrations.RunPython:
    """The migration operation that makes the index of pieces, and fills it.

    SQLite loses the triggers of a table that a later migration has to make anew: such
    a migration ends with this operation once more.
    """

    def index(apps, schema_editor):
        leave(apps, schema_editor)
        postgresql = schema_editor.connection.vendor == "postgresql"
        for statement in _postgresql(table) if postgresql else _sqlite(table):
            schema_editor.execute(statement)

    def leave(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_pieces CASCADE")
            return
        for deed in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_pieces_{deed}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}_pieces")

    return migrations.RunPython(index, leave)


def _postgresql(table: str) -> list[str]:
    # Not PARALLEL SAFE: to start a second process takes longer than most searches.
    return [
        # Of a million cases the index is made in two minutes.
        "SET LOCAL statement_timeout = 0",
        f"CREATE FUNCTION {table}_pieces(folded text) RETURNS text[] "
        "LANGUAGE sql IMMUTABLE STRICT AS $$ "
        "SELECT ARRAY(SELECT substr(folded, at, size) "
        "FROM generate_series(1, length(folded)) AS at, "
        f"generate_series(1, {LONGEST_PIECE}) AS size) $$",
        f"CREATE INDEX {table}_by_pieces ON {table} USING gin ({table}_pieces(folded))",
    ]


def _sqlite(table: str) -> list[str]:
    def pieces(row: str) -> str:
        return (
            "(WITH RECURSIVE places(at) AS "
            f"(SELECT 1 UNION ALL SELECT at + 1 FROM places WHERE at < length({row})), "
            f"sizes(size) AS (SELECT 1 UNION ALL SELECT size + 1 FROM sizes "
            f"WHERE size < {LONGEST_PIECE}) "
            f"SELECT group_concat(substr({row}, at, size), ' ') FROM places, sizes)"
        )

    index = f"{table}_pieces"
    add = f"INSERT INTO {index}(rowid, pieces) VALUES (new.id, {pieces('new.folded')})"
    # A table without content is told what it is to forget.
    remove = (
        f"INSERT INTO {index}({index}, rowid, pieces) "
        f"VALUES ('delete', old.id, {pieces('old.folded')})"
    )
    triggers = {
        "insert": f"AFTER INSERT ON {table} BEGIN {add}; END",
        "delete": f"AFTER DELETE ON {table} BEGIN {remove}; END",
        "update": f"AFTER UPDATE OF id, folded ON {table} "
        "WHEN old.id <> new.id OR old.folded <> new.folded "
        f"BEGIN {remove}; {add}; END",
    }
    return [
        # To this tokenizer whatever is not ASCII is part of a word.
        f"CREATE VIRTUAL TABLE {index} USING fts5(pieces, content='', detail=none, "
        "columnsize=0, tokenize='ascii')",
        f"INSERT INTO {index}(rowid, pieces) "
        f"SELECT id, {pieces('folded')} FROM {table}",
        *(
            f"CREATE TRIGGER {index}_{deed} {trigger}"
            for deed, trigger in triggers.items()
        ),
    ]
