"""The tables of steps themselves."""

from casework.workflow import Step, Workflow, check_workflows
from disclosure.models import DisclosureRequest, Status
from disclosure.workflow import HANDLE, workflow


def test_the_tables_of_steps_are_sound():
    assert check_workflows(None) == []


def test_a_broken_table_is_noticed_at_the_start(monkeypatch):
    monkeypatch.setattr(Workflow, "all", {})
    Workflow(
        DisclosureRequest,
        Step("confirm", "", (Status.REGISTERED,), Status.HANDLING, HANDLE),
        Step("wait", "", (Status.HANDLING,), Status.PAYING, "disclosure.nobody"),
        Step("close", "", (Status.SIGNED,), Status.CLOSED, HANDLE),
        initial=lambda case: Status.REGISTERED,
        initials=(Status.REGISTERED,),
        closed=Status.CLOSED,
    )
    said = sorted((error.id, error.msg.split()[-1]) for error in check_workflows(None))
    assert [(id, word) for id, word in said if id != "casework.E002"] == [
        ("casework.E001", "closed"),
        ("casework.E001", "correcting"),
        ("casework.E001", "review"),
        ("casework.E001", "signed"),
        ("casework.E003", "none"),
    ]
    told = {error.msg for error in check_workflows(None) if error.id[-4:] == "E002"}
    assert told == {
        f"nothing leads from {status} to the end"
        for status in ("registered", "handling", "correcting", "paying", "review")
    }


def test_the_fields_that_only_steps_write():
    assert {"status", "outcome", "closed_on", "confirmed_on", "extension"} < (
        workflow.fields
    )
    assert not {"subject", "channel", "submitted_on", "sent_on"} & workflow.fields
    assert workflow.rows == ("consultations", "fees", "attachments", "remedies")


def test_every_event_has_a_label():
    names = [*workflow.steps, "register", "correct_record", "recalculate"]
    assert [name for name in names if not workflow.label(name)] == []
