"""Rows that are never changed or deleted again: all of a table, or those of a state."""

from django.db import migrations

REFUSED = "a record of what happened is never changed"


def append_only(table: str, once: str = "") -> migrations.RunPython:
    """The migration operation that lets the database itself refuse, on both engines;
    with `once`, a condition on OLD, only for rows that meet it."""
    when = f" WHEN ({once})" if once else ""

    def forbid(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger "
                f"LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSED}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE "
                f"ON {table} FOR EACH ROW{when} EXECUTE FUNCTION {table}_refuse()"
            )
            return
        for deed in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
                f"{when} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )

    def permit(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_refuse() CASCADE")
            return
        for deed in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{deed}")

    return migrations.RunPython(forbid, permit)
