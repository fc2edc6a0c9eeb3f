"""The form that a step asks for, built from the table of steps."""

from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.references import read
from casework.workflow import Step, Workflow


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ReferenceField(forms.CharField):
    """A case, named by its reference number; only one that the person may see."""

    def __init__(self, cases, **kwargs):
        self.cases = cases
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return self.cases.get(number=read(value))
        except (ValueError, self.cases.model.DoesNotExist):
            message = _("There is no such case that you may see.")
            raise ValidationError(message, "no_such_case") from None


def field_for(model_field, by):
    """The form field of a model field, its choices narrowed to what the person sees."""
    related = model_field.related_model
    if related and issubclass(related, Case):
        cases = related.objects.visible_to(by)
        return ReferenceField(cases, label=model_field.verbose_name)
    found = fields_for_model(model_field.model, fields=[model_field.name])
    field = found[model_field.name]
    if isinstance(field, forms.DateField):
        field.widget = DayInput()
    if related:
        field.queryset = related.objects.visible_to(by)
    return field


def refuse_future(form, names):
    """Nothing has come in, or has been done, on a day that has not come."""
    for name in names:
        day = form.cleaned_data.get(name)
        if isinstance(day, date) and day > form.today:
            message = _("The day lies in the future.")
            form.add_error(name, ValidationError(message, "future"))


class Foresight:
    """A form of a deed that can tell beforehand what would come of it."""

    foreseeable = True
    """Whether the deed would move anything that a person waits for."""

    def as_offered(self) -> "Foresight":
        """The same form, sent as it is first shown."""
        return self

    def foreseen(self) -> Case | None:
        """The case as it would stand, of which nothing is kept; None, with the reasons
        in the form, if the deed would be refused."""
        with transaction.atomic():
            taken = self.take()
            transaction.set_rollback(True)
        return taken


class StepForm(Foresight, forms.Form):
    """What one step asks for: the row, the day, the facts, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("day"), widget=DayInput)

    def __init__(
        self, workflow: Workflow, step: Step, case, by, today, data=None, **kwargs
    ):
        self.workflow, self.step, self.case, self.by = workflow, step, case, by
        self.today = today
        initial = {"submission": uuid4(), "on": today, "version": case and case.version}
        super().__init__(data, initial=initial, **kwargs)
        self.fields["version"].required = case is not None
        model = step.model(workflow.model)
        if step.day:
            self.fields["on"].label = model._meta.get_field(step.day).verbose_name
        if step.mends and case:
            rows = step.rows(case)
            self.fields["row"] = forms.ModelChoiceField(
                model.objects.filter(pk__in=[row.pk for row in rows]),
                label=model._meta.verbose_name,
                initial=next(iter(rows), None),
            )
        for name in step.facts:
            self.fields[name] = self._fact(model._meta.get_field(name))
        if step.suggests and case:
            self.initial |= step.suggests(case)
        self.fields["note"] = forms.CharField(
            label=_("reason") if step.reason else _("note"),
            required=step.reason,
            widget=forms.Textarea({"rows": 3}),
        )

    def _fact(self, model_field):
        field = field_for(model_field, self.by)
        field.required = model_field.name not in self.step.optional
        if model_field.name in self.step.choices:
            allowed = ("", *self.step.choices[model_field.name])
            field.choices = [choice for choice in field.choices if choice[0] in allowed]
        if isinstance(self.case, model_field.model) and not model_field.is_relation:
            field.initial = getattr(self.case, model_field.name) or field.initial
        return field

    def clean(self):
        refuse_future(self, ["on"])

    @property
    def foreseeable(self):
        """Not of a file, which would be kept; nor of what changes nothing."""
        step = self.step
        changes = step.target or step.day or step.facts or step.sets
        return bool(changes) and not self.is_multipart()

    def as_offered(self):
        """A reason is still to be written; whichever it is, it moves no day."""
        shown = {name: self[name].value() for name in self.fields}
        data = {name: "" if value is None else value for name, value in shown.items()}
        if self.step.reason:
            data["note"] = data["note"] or "—"
        told = (self.workflow, self.step, self.case, self.by, self.today)
        return type(self)(*told, data)

    def facts(self) -> dict:
        """What `Workflow.take` wants to be told."""
        names = ("on", "note", "row", *self.step.facts)
        facts = {name: self.cleaned_data[name] for name in names if name in self.fields}
        for name in self.step.optional:
            if facts[name] is None:
                del facts[name]
        return facts

    def take(self):
        """Take the step; None, with the reasons in the form, if it is refused."""
        try:
            return self.workflow.take(
                self.step.name,
                self.case,
                by=self.by,
                version=self.cleaned_data["version"],
                submission=self.cleaned_data.get("submission"),
                **self.facts(),
            )
        except ValidationError as refusal:
            absorb(self, refusal)
            return None


class CorrectForm(forms.Form):
    """What steps have recorded of a case, or of one of its rows, to be mended."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, workflow: Workflow, case, row, by, today, data=None):
        self.workflow, self.case, self.row, self.by = workflow, case, row, by
        self.today = today
        initial = {"submission": uuid4(), "version": case.version}
        super().__init__(data, initial=initial)
        subject = row or case
        steps = [
            step
            for step in workflow.steps.values()
            if step.model(workflow.model) is type(subject)
        ]
        self.days = {step.day for step in steps}
        moved = {name for s in steps if s.target for name in (s.day, *s.facts)}
        taken = [step for step in steps if step.day and getattr(subject, step.day)]
        self.left_out = {name for step in taken for name in step.optional}
        moved -= self.left_out
        self.facts = []
        for model_field in subject._meta.concrete_fields:
            if self._can_be_mended(model_field, subject):
                field = field_for(model_field, by)
                field.initial = model_field.value_from_object(subject)
                # What moved the case on may be mended, not taken away from under it.
                field.required |= model_field.name in moved
                # A number that may be left out is nought, and not nothing.
                field.required |= not (
                    model_field.null or model_field.empty_strings_allowed
                )
                self.facts.append(model_field.name)
                self.fields[model_field.name] = field
        self.fields["reason"] = forms.CharField(
            label=_("reason for the correction"), widget=forms.Textarea({"rows": 3})
        )

    def _can_be_mended(self, field, subject) -> bool:
        """Something was recorded in it, by a step, or could have been; files and links
        are added anew."""
        kept = field.name == "status" or field.is_relation or field.primary_key
        if kept or not field.editable or hasattr(field, "upload_to"):
            return False
        if self.row is None and field.name not in self.workflow.fields:
            return False
        recorded = field.value_from_object(subject) not in (None, "", 0)
        return recorded or field.name in self.left_out

    def clean(self):
        refuse_future(self, self.days)

    def correct(self):
        """Mend the record; None, with the reasons in the form, if it is refused."""
        given = self.cleaned_data
        try:
            return self.workflow.correct(
                self.case,
                by=self.by,
                on=self.today,
                note=given["reason"],
                row=self.row,
                version=given["version"],
                submission=given["submission"],
                **{name: given[name] for name in self.facts},
            )
        except ValidationError as refusal:
            absorb(self, refusal)
            return None


def absorb(form: forms.Form, refusal: ValidationError):
    """Put the reasons into the form: beside their field where the form has it."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
