"""The one door through which every case changes."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from casework.bulk import insert_values
from casework.models import Agency, CalendarDay, Case, Counter
from casework.workflow.past import REGISTER, Past
from casework.workflow.record import difference, rows_name, snapshot
from casework.workflow.steps import Step

CORRECT, RECALCULATE = "correct_record", "recalculate"
"""The events that no step of the table makes, besides REGISTER."""

LABELS = {
    REGISTER: _("Registered"),
    CORRECT: _("Record corrected"),
    RECALCULATE: _("Due date recalculated"),
}


class Stale(ValidationError):
    """The case has changed since the form was shown."""

    def __init__(self):
        super().__init__(
            _("Someone else has changed this case in the meantime."), code="stale"
        )


class Workflow(Past):
    """The steps of one kind of case, and the only code that changes one.

    Every deed runs in one transaction; it raises PermissionDenied, ValidationError with
    all failing reasons at once, Stale, or the model's DoesNotExist for a case that the
    actor does not see.
    """

    all: ClassVar[dict[type[Case], "Workflow"]] = {}

    def __init__(
        self,
        model: type[Case],
        *steps: Step,
        initial: Callable[[Case], str],
        initials: tuple[str, ...],
        closed: str,
        corrected: Callable[[Case, Any, date], None] | None = None,
    ):
        self.model, self.initial, self.initials = model, initial, initials
        self.closed, self.corrected = closed, corrected
        self.steps = {step.name: step for step in steps}
        Workflow.all[model] = self

    @property
    def fields(self) -> frozenset[str]:
        """The fields of the case that only steps write: read-only everywhere else."""
        own = [s for s in self.steps.values() if not (s.adds or s.mends)]
        names = {name for step in own for name in (step.day, *step.facts) if name}
        return frozenset(names | {"status", "outcome", "closed_on"})

    @property
    def rows(self) -> tuple[str, ...]:
        """The related rows that steps add to a case, in the order of the steps."""
        steps = self.steps.values()
        return tuple(dict.fromkeys(step.adds for step in steps if step.adds))

    def permission(self, deed: str) -> str:
        return f"{self.model._meta.app_label}.{deed}_{self.model._meta.model_name}"

    def counter(self, series: str) -> str:
        """The key under which the numbers of a series are given out."""
        return f"{self.model._meta.label_lower}:{series}"

    def label(self, name: str) -> str:
        """What a step or another event is called."""
        return self.steps[name].label if name in self.steps else LABELS[name]

    def admits(self, case: Case, user, permission: str) -> bool:
        """Whether a person who sees the case has the permission, and on this case."""
        return user.has_perm(permission) and case.admits(user, permission)

    def possible(self, case: Case, user) -> list[Step]:
        """The steps that the person could take now, the likeliest first."""
        return [
            step
            for step in self.steps.values()
            if case.status in step.sources
            and self.admits(case, user, step.permission)
            and (not step.mends or step.rows(case))
            and not any(refuses(case) for refuses in step.preconditions)
        ]

    def leading(self, case: Case, steps: Iterable[Step]) -> Step | None:
        """The one of these steps that leads the case on in its usual way, if any."""
        return next((s for s in steps if s.onward and s.target != case.status), None)

    def lock(self, case: Case, by) -> Case:
        """The case as it is now, held until the end, if the actor may see it."""
        visible = self.model.objects.visible_to(by)
        return visible.select_for_update(of=("self",)).get(pk=case.pk)

    def _named(self, facts: dict, case: Case) -> dict[str, Case]:
        """The other cases that facts name, as they are now. They are held, and the case
        among them by the order of their keys: two people who name each other's case
        would wait for each other."""
        named = {
            n: fact.pk for n, fact in facts.items() if isinstance(fact, self.model)
        }
        if not named:
            return {}
        cases = self.model.objects.filter(pk__in=(case.pk, *named.values()))
        held = cases.select_for_update(of=("self",)).order_by("pk").in_bulk()
        return {name: held[key] for name, key in named.items()}

    def open(
        self, case: Case, *, by, on: date, note="", submission: UUID | None = None
    ) -> Case:
        """Register a new case, with its number and its first event."""
        try:
            with transaction.atomic():
                return self._done(submission, by) or self._open(
                    case, by, on, note, submission
                )
        except IntegrityError:  # the same form, sent twice at once
            if done := self._done(submission, by):
                return done
            raise

    def _open(self, case, by, on, note, submission):
        if not by.has_perm(self.permission("add")):
            raise PermissionDenied
        own = Agency.objects.visible_to(by).active()
        if not own.filter(pk=case.agency_id).exists():
            raise ValidationError(
                {"agency": ValidationError(_("Choose an agency of yours."), "agency")}
            )
        serial = Counter.objects.next(self.counter(case.series(on)))
        case.number = case.numbered(serial, on)
        case.reckon()
        case.status = self.initial(case)
        case.save()
        self._record(REGISTER, case, by, on, note, {}, "", submission)
        return case

    @transaction.atomic
    def take(
        self,
        name: str,
        case: Case,
        /,
        *,
        by,
        on: date,
        note="",
        row: models.Model | None = None,
        version: int | None = None,
        submission: UUID | None = None,
        **facts,
    ) -> Case:
        """Take a step. The answer is the case as it stands afterwards."""
        step = self.steps[name]
        facts |= self._named(facts, case)
        case = self.lock(case, by)
        if done := self._done(submission, by):
            return done
        self._admit(case, by, step.permission, version)
        source, row, before = self._move(step, case, on, note, row, facts)
        changes = self._save(case, row, before)
        self._record(name, case, by, on, note, changes, source, submission)
        if step.then:
            step.then(case, by, on)
        return case

    def note(self, name: str, cases, *, by, on: date, note: str):
        """Record a step that changes nothing, on each of the cases."""
        step = self.steps[name]
        if not by.has_perm(step.permission):
            raise PermissionDenied
        events = [
            self._event(name, case, by, on, note, {}, case.status)
            | {"case_id": case.pk}
            for case in cases.visible_to(by).only("status")
        ]
        insert_values(self.record, events)

    @transaction.atomic
    def correct(
        self,
        case: Case,
        *,
        by,
        on: date,
        note: str,
        row: models.Model | None = None,
        version=None,
        submission=None,
        **fields,
    ) -> Case:
        """Mend a wrongly recorded fact of the case, or of one of its rows, saying why.

        The clock is read again. The status is no fact: only steps lead to one.
        """
        if "status" in fields:
            raise TypeError("a status is not corrected")
        case = self.lock(case, by)
        if done := self._done(submission, by):
            return done
        self._admit(case, by, self.permission("change"), version)
        if row:
            row = getattr(case, rows_name(row)).get(pk=row.pk)
        subject, before = row or case, snapshot(case, row)
        source = case.status
        for name, value in fields.items():
            setattr(subject, name, value)
        if not difference(before, snapshot(case, row)):
            return case
        if not note.strip():
            raise ValidationError({"reason": ValidationError(_("Say why."), "reason")})
        if case.status in self.initials:
            case.reckon()
            case.status = self.initial(case)
        changes = self._save(case, row, before)
        self._record(CORRECT, case, by, on, note, changes, source, submission)
        if self.corrected:
            self.corrected(case, by, on)
        return case

    def moved(self, cases=None, calendar=None) -> Iterable[tuple[Case, Any]]:
        """The open cases whose due date a calendar would move, and to what.

        Of these cases or of all; by the calendar of today or by one that may come.
        """
        cases = self.model.objects.all() if cases is None else cases
        calendar = calendar or CalendarDay.objects.as_calendar()
        for case in cases.undone().reckonable().iterator(1000):
            deadline = case.deadline(calendar)
            now = (case.due_on, case.due_provisional)
            if now != (deadline.due, deadline.provisional):
                yield case, deadline

    @transaction.atomic
    def recalculate(self, case: Case, *, by, on: date, note: str) -> Case:
        """Read the clock again, after a change of the calendar."""
        case = self.lock(case, by)
        if event := self.reread(case, by=by, on=on, note=note):
            case.save()
            self.record.objects.create(case=case, **event)
        return case

    def reread(self, case: Case, *, by, on: date, note: str) -> dict | None:
        """The same in memory: the event of it, if anything has changed."""
        before = snapshot(case, None)
        case.reckon()
        changes = difference(before, snapshot(case, None))
        if not changes:
            return None
        return self._event(RECALCULATE, case, by, on, note, changes, case.status)

    def _done(self, submission: UUID | None, by) -> Case | None:
        """The case that this very form has changed already, if the actor may see it."""
        if submission is None:
            return None
        visible = self.model.objects.visible_to(by)
        return visible.filter(events__submission=submission).first()

    def _admit(self, case: Case, by, permission: str, version: int | None):
        """Refuse whoever may not, and whoever has not seen the case as it is."""
        if not self.admits(case, by, permission):
            raise PermissionDenied
        if version not in (None, case.version):
            raise Stale

    def _save(self, case: Case, row: models.Model | None, before: dict) -> dict:
        """Save the row first, since the clock asks for it; say what has changed."""
        if row:
            row.full_clean()
            row.save()
        case.save()
        return difference(before, snapshot(case, row))

    def _row(self, step: Step, case: Case, row: models.Model | None):
        if step.adds:
            return step.model(self.model)(case=case)
        if not step.mends:
            return None
        if row not in (rows := step.rows(case)):
            raise ValidationError({"row": ValidationError(_("Choose one."), "row")})
        return rows[rows.index(row)]

    def _move(self, step, case, on, note, row, facts, *, whole=True):
        """Write what the step says into the case, or into a row of it, unless refused:
        where it came from, which row it was, and what both were before."""
        if case.status not in step.sources:
            raise ValidationError(
                _("“%(step)s” is not open for a case that is: %(status)s."),
                "step_not_open",
                {"step": step.label, "status": case.get_status_display()},
            )
        row = self._row(step, case, row)
        self._refuse(step, case, on, note, row, facts, whole)
        subject, before, source = row or case, snapshot(case, row), case.status
        for fact, value in facts.items():
            setattr(subject, fact, value)
        # After the facts: an on-the-spot reply ends as it was drafted just now.
        for fact, value in (step.sets(case) if step.sets else {}).items():
            setattr(subject, fact, value)
        if step.day:
            setattr(subject, step.day, on)
        case.status = step.target or case.status
        return source, row, before

    def _refuse(self, step, case, on, note, row, facts, whole):
        """Raise every reason why the step cannot be taken, at once."""
        unknown = facts.keys() - set(step.facts)
        if unknown:
            raise TypeError(f"{step.name} does not ask for {sorted(unknown)}")
        errors = [error for refuses in step.preconditions if (error := refuses(case))]
        for name in step.facts:
            needed = name not in step.optional and (whole or name in facts)
            if needed and facts.get(name) in (None, "", 0):
                asked = step.model(self.model)._meta.get_field(name)
                message = _("“%(field)s” is missing.")
                params = {"field": asked.verbose_name, "fact": name}
                errors.append(ValidationError(message, "required", params))
        for name, allowed in step.choices.items():
            if (whole or name in facts) and facts.get(name) not in allowed:
                message = _("This choice is not open to this step.")
                errors.append(ValidationError(message, "choice"))
        if step.reason and not note.strip():
            errors.append(ValidationError(_("Say why."), "reason"))
        if on < case.first_day:
            message = _("The day is before the case began.")
            errors.append(ValidationError(message, "before_the_case"))
        if not errors:
            given = {**facts, "note": note, "whole": whole} | (
                {"row": row} if row else {}
            )
            errors = [e for guard in step.guards if (e := guard(case, on, given))]
        if errors:
            raise ValidationError(errors)

    @cached_property
    def record(self) -> type[models.Model]:
        """The events of this kind of case."""
        return self.model._meta.get_field("events").related_model

    def _record(self, name, case, *told):
        self.record.objects.create(case=case, **self._event(name, case, *told))

    def _event(self, name, case, by, on, note, changes, source, submission=None):
        """What an event says of a deed, by the columns of it."""
        return {
            "step": name,
            "source": source,
            "target": case.status,
            "by_id": by.pk,
            "by_name": str(by),
            "on": on,
            "note": note,
            "changes": changes,
            "submission": submission,
        }
