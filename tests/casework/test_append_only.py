"""A record is added to; the database itself refuses anything else."""

import pytest
from django.db import IntegrityError, connection, transaction

from casework.append_only import append_only
from disclosure.models import RequestEvent
from tests.factories import make_request

DEEDS = {
    "save": lambda event: event.save(),
    "update": lambda event: RequestEvent.objects.update(note="另一"),
    "delete": lambda event: event.delete(),
    "delete all": lambda event: RequestEvent.objects.all()._raw_delete("default"),
    "by hand": lambda event: connection.cursor().execute(
        "UPDATE disclosure_requestevent SET note = note"
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("deed", DEEDS)
def test_an_event_is_never_changed(deed):
    event = make_request().events.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        DEEDS[deed](event)
    assert RequestEvent.objects.values().get() == {
        **{field: getattr(event, field) for field in vars(event) if field[0] != "_"}
    }


@pytest.mark.django_db(transaction=True)
def test_a_table_can_be_guarded_and_let_go_again():
    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    operation = append_only("ledger")
    run("CREATE TABLE ledger (line integer)")
    with connection.schema_editor() as editor:
        operation.code(None, editor)
    run("INSERT INTO ledger VALUES (1)")
    for statement in ("UPDATE ledger SET line = 2", "DELETE FROM ledger"):
        with pytest.raises(IntegrityError):
            run(statement)
    with connection.schema_editor() as editor:
        operation.reverse_code(None, editor)
    run("UPDATE ledger SET line = 2")
    run("DROP TABLE ledger")


@pytest.mark.django_db(transaction=True)
def test_rows_can_be_guarded_from_a_state_on():
    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    operation = append_only("ledger", once="OLD.signed IS NOT NULL")
    run("CREATE TABLE ledger (line integer, signed integer)")
    with connection.schema_editor() as editor:
        operation.code(None, editor)
    run("INSERT INTO ledger VALUES (1, NULL), (2, NULL)")
    run("UPDATE ledger SET signed = 5 WHERE line = 1")
    for statement in ("UPDATE ledger SET signed = NULL", "DELETE FROM ledger"):
        with pytest.raises(IntegrityError):
            run(statement)
    run("DELETE FROM ledger WHERE line = 2")
    with connection.schema_editor() as editor:
        operation.reverse_code(None, editor)
    run("DROP TABLE ledger")
