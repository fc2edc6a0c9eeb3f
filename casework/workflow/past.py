"""Cases of the past: done again in memory by the same rules, and stored in bulk."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.bulk import insert, insert_values
from casework.models import Case
from casework.workflow.record import difference, snapshot
from casework.workflow.steps import Deed

REGISTER = "register"
"""The event with which every record begins."""


class Past:
    """What a Workflow does in memory, where `open` and `take` ask the database."""

    def replay(
        self, case: Case, deeds: Iterable[Deed], *, by, on: date, note: str
    ) -> list[dict]:
        """Register a case of the past, which has its number already, and do again what
        was done to it: all in memory. The answer is its events; `enter` stores it.

        The rules are those of `open` and `take`, but that a deed may be silent about a
        fact of which the record of the past has kept nothing. What the case itself
        says was checked by whoever read it. A refusal is a ValidationError by the names
        of the columns that the deeds stand in.
        """
        first = self.recall(case, by=by, on=on, note=note)
        events = [first, *(self.redo(case, deed, by=by, note=note) for deed in deeds)]
        case.settle()
        return events

    def recall(self, case: Case, *, by, on: date, note: str) -> dict:
        """Register a case of the past, in memory: its first event."""
        self._admit(case, by, self.permission("add"), None)
        case.version += 1
        case.reckon()
        case.status = self.initial(case)
        return self._event(REGISTER, case, by, on, note, {}, "")

    def redo(self, case: Case, deed: Deed, *, by, note: str) -> dict:
        """Take one step of the past, in memory: its event."""
        step = self.steps[deed.step]
        row = case.rows(step.mends)[deed.row] if step.mends else None
        try:
            if not by.has_perm(step.permission):
                message = _("You may not take the step “%(step)s”.")
                params = {"step": step.label}
                raise ValidationError(message, "not_permitted", params)
            source, row, before = self._move(
                step, case, deed.on, note, row, deed.facts, whole=False
            )
            if row:
                # What it points to may be in memory as well.
                fields = row._meta.concrete_fields
                links = [field.name for field in fields if field.is_relation]
                row.full_clean(links, False, False)
            if step.adds:
                case.rows(step.adds).append(row)
            case.version += 1
            case.reckon()
        except ValidationError as refusal:
            raise deed.named(refusal) from None
        changes = difference(before, snapshot(case, row))
        return self._event(step.name, case, by, deed.on, note, changes, source)

    @transaction.atomic
    def enter(self, replayed: list[tuple[Case, list[dict]]]):
        """Store cases with their rows and events, in few statements.

        IntegrityError, and nothing is stored, if one of them breaks a constraint.
        """
        cases = [case for case, _events in replayed]
        insert(cases)
        for kind in self.rows:
            insert([row for case in cases for row in case.unstored[kind]])
        for case, events in replayed:
            for event in events:
                event["case_id"] = case.pk
        insert_values(self.record, [e for _case, events in replayed for e in events])
