"""The forms of sessions, items and assignments."""

import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.forms import CaseForm, DayInput, StepForm, absorb, refuse_future
from casework.forms.steps import Foresight
from casework.models import Agency
from proposals.deadlines import STATUTORY
from proposals.models import Assignment, Author, Body, Proposal, Role, Session, Status
from proposals.workflow import assign

AT_ONCE = 300
"""How many items are assigned by one pasted list."""
_BETWEEN = re.compile(r"[\s,，、;；]+")
_PARTS = re.compile(r"[,，\t]")
_OFFICIAL = re.compile(r"第?([0-9]{1,9})号?", re.ASCII)


def named(label_or_code: str, choices) -> str:
    """The code of a choice that was typed as its code or as its label."""
    plain = label_or_code.strip().casefold()
    for code, label in choices:
        if plain in (code, str(label).casefold()):
            return code
    raise ValueError(label_or_code)


def read_authors(text: str, body: str) -> list[dict]:
    """The authors, one a line: name，delegation or sector，kind; ValidationError that
    names each line which is none."""
    usual = Author.Kind.DEPUTY if body == Body.CONGRESS else Author.Kind.MEMBER
    found, errors = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_author(line, usual))
        except ValueError:
            message = _("Line %(number)s is not: name，delegation or sector，kind.")
            errors.append(ValidationError(message, "line", {"number": number}))
    if errors:
        raise ValidationError(errors)
    return found


def _author(line: str, usual: str) -> dict:
    """ValueError for what cannot be an author."""
    parts = [part.strip() for part in _PARTS.split(line)]
    name, group, kind = [*parts, "", ""][:3]
    too_long = any(
        len(value) > Author._meta.get_field(field).max_length
        for field, value in (("name", name), ("group", group))
    )
    if not name or too_long or len(parts) > 3:
        raise ValueError(line)
    kind = named(kind, Author.Kind.choices) if kind else usual
    return {"name": name, "group": group, "kind": kind}


class SessionForm(forms.ModelForm):
    class Meta:
        model = Session
        fields = (
            "agency", "body", "term", "number", "opened_on", "closed_on", "returning",
            "contact", "opinion", "reply", "reply_by", "difficult", "again", "feedback",
            "classes", "cut_off",
        )  # fmt: skip

    BASIS = {
        "reply": _("National law for suggestions: 3 months. For proposals: local."),
        "difficult": _(
            "National law for suggestions: 6 months from assignment. For proposals: "
            "local."
        ),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("returning", "contact", "opinion", "again", "feedback"):
            if name in self.fields:
                self.fields[name].help_text = _(
                    "Local rule; empty where there is none."
                )
        for name, basis in self.BASIS.items():
            if name in self.fields:
                self.fields[name].help_text = basis

    def clean(self):
        """A session may give less time than the law, and not more (代表法 art. 51)."""
        given = super().clean()
        if (given.get("body") or self.instance.body) == Body.CONGRESS:
            for name, (most, unit) in STATUTORY.items():
                limit = given.get(name)
                if limit and limit.unit == unit and limit.count > most:
                    message = _("The law gives no more than %(most)d months.")
                    error = ValidationError(message, "beyond_law", {"most": most})
                    self.add_error(name, error)
        return given


class ItemForm(CaseForm):
    authors = forms.CharField(
        label=_("authors"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "One a line, the leading one first: name，delegation or sector，kind. The "
            "kind may be left out: a deputy for the congress, a member for the CPPCC."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["authors"]
        else:
            places = Agency.objects.visible_to(self.by).active()
            sessions = Session.objects.filter(agency__in=places)
            self.fields["session"].queryset = sessions.select_related("agency")

    def clean(self):
        session = self.cleaned_data.get("session")
        if session:
            self.instance.agency = session.agency
            try:
                text = self.cleaned_data.get("authors", "")
                self.cleaned_data["authors"] = read_authors(text, session.body)
            except ValidationError as refusal:
                self.add_error("authors", refusal)
        return super().clean()


class ItemReference(forms.CharField):
    """An item of the session, named by its official or its intake number."""

    def __init__(self, cases, session, **kwargs):
        self.cases, self.session = cases, session
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        number = number_of(value)
        cases = self.cases.filter(session=self.session)
        found = numbered(cases, [number]).get(number)
        if not found:
            message = _("There is no such item of the session that you may see.")
            raise ValidationError(message, "no_such_case")
        return found


def number_of(text: str) -> int | str:
    """The official number that was typed, or else the intake number."""
    official = _OFFICIAL.fullmatch(text.strip())
    return int(official[1]) if official else text.strip().upper()


def numbered(cases, numbers: list[int | str]) -> dict[int | str, Proposal]:
    """Those of the items that have one of these numbers, by it."""
    official = [number for number in numbers if isinstance(number, int)]
    intake = [number for number in numbers if isinstance(number, str)]
    found = {
        case.official_number: case
        for case in cases.filter(official_number__in=official)
    }
    return found | {case.number: case for case in cases.filter(number__in=intake)}


class ItemStepForm(StepForm):
    """What a step asks of an item: its authors, and other items of its session."""

    def _fact(self, model_field):
        if model_field.name == "merged_into" and self.case:
            cases = Proposal.objects.visible_to(self.by)
            return ItemReference(
                cases,
                self.case.session,
                label=model_field.verbose_name,
                help_text=_("The official number, or the intake number."),
            )
        if model_field.name == "author" and self.case:
            answered = (self.case.pk, *self.case.merged.values_list("pk", flat=True))
            return forms.ModelChoiceField(
                Author.objects.filter(case__in=answered), label=model_field.verbose_name
            )
        return super()._fact(model_field)


class TaskStepForm(StepForm):
    """What a step asks of a unit: the classes of its session, the other units."""

    def _fact(self, model_field):
        if model_field.name == "result_class" and self.case:
            labels = self.case.case.session.class_labels
            choices = [(key, f"{key} {label}") for key, label in labels.items()]
            return forms.ChoiceField(
                choices=[("", "—"), *choices], label=model_field.verbose_name
            )
        if model_field.name == "unit_instead" and self.case:
            return forms.ModelChoiceField(
                units_of(self.case.case.agency),
                label=model_field.verbose_name,
                required=False,
            )
        return super()._fact(model_field)


def units_of(government: Agency):
    """The agencies to which a government may assign: itself and all beneath it."""
    return Agency.objects.beneath(government).active()


class UnitsForm(forms.Form):
    """Who is to handle: one lead with its co-handlers, or separate units; from when."""

    on = forms.DateField(label=_("assigned on"), widget=DayInput)
    lead = forms.ModelChoiceField(
        Agency.objects.none(), label=_("lead unit"), required=False
    )
    co_handlers = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=_("co-handling units"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "units"}),
    )
    separate = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=_("separate units"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "units"}),
        help_text=_("Each replies by itself, without a lead."),
    )
    note = forms.CharField(
        label=_("note"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, by, today, agencies, data=None, **kwargs):
        self.by, self.today = by, today
        super().__init__(data, initial={"on": today} | kwargs.pop("initial", {}))
        for name in ("lead", "co_handlers", "separate"):
            self.fields[name].queryset = agencies

    def clean(self):
        given = super().clean()
        refuse_future(self, ["on"])
        if not self.errors and not self.units:
            raise ValidationError(_("Choose who is to handle it."), "no_unit")
        return given

    @property
    def units(self) -> list[tuple[Agency, str]]:
        """The chosen units, each with its role."""
        given = self.cleaned_data
        lead = [(given["lead"], Role.LEAD)] if given.get("lead") else []
        return [
            *lead,
            *((unit, Role.SEPARATE) for unit in given.get("separate", ())),
            *((unit, Role.CO_HANDLER) for unit in given.get("co_handlers", ())),
        ]


class AssignForm(Foresight, UnitsForm):
    """The units of one item."""

    suggested = forms.ModelChoiceField(
        Agency.objects.none(),
        label=Assignment._meta.get_field("suggested_unit").verbose_name,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("on", "suggested")

    def __init__(self, case, by, today, data=None):
        self.case = case
        units = units_of(case.agency)
        held = case.assignments.filter(closed_on=None).values("agency")
        initial = {"version": case.version}
        super().__init__(by, today, units.exclude(pk__in=held), data, initial=initial)
        self.fields["suggested"].queryset = units

    def take(self):
        """Assign; None, with the reasons in the form, if it is refused."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("on", "note", "version", "suggested")}
        try:
            return assign(self.case, self.units, by=self.by, **told)
        except ValidationError as refusal:
            absorb(self, refusal)
            return None


@dataclass(frozen=True)
class Bad:
    """A number of the list that cannot be assigned, and why."""

    number: str
    reason: str


class AssignManyForm(UnitsForm):
    """The same units for many items, by a pasted list: all of them or none."""

    session = forms.ModelChoiceField(Session.objects.none(), label=_("session"))
    numbers = forms.CharField(
        label=_("numbers"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Official or intake numbers, divided by spaces, commas or lines; at most "
            "300."
        ),
    )
    field_order = ("session", "numbers")

    def __init__(self, by, today, data=None):
        seen = Agency.objects.visible_to(by).active()
        super().__init__(by, today, seen, data)
        self.fields["session"].queryset = Session.objects.filter(
            agency__in=seen
        ).select_related("agency")
        self.bad: list[Bad] = []

    def clean(self):
        given = super().clean()
        if not self.errors:
            self._refuse_strangers(given["session"].agency)
            self.cases = self._cases(given["session"], given["numbers"])
        return given

    def _refuse_strangers(self, government: Agency):
        """Whoever works for two governments assigns the items of each to its own."""
        for unit, _role in self.units:
            if not unit.path.startswith(government.path):
                message = _("%(unit)s does not belong to this government.")
                raise ValidationError(message, "other_government", {"unit": unit})

    def _cases(self, session, text) -> list[Proposal]:
        numbers = [number_of(part) for part in _BETWEEN.split(text) if part]
        if len(numbers) > AT_ONCE:
            message = _("These are more than 300: divide them.")
            raise ValidationError({"numbers": ValidationError(message, "too_many")})
        seen = Proposal.objects.visible_to(self.by).filter(session=session)
        found = numbered(seen.select_related("agency", "session"), numbers)
        good: list[Proposal] = []
        for number in numbers:
            case = found.get(number)
            if reason := self._refusal(case, good):
                self.bad.append(Bad(str(number), str(reason)))
            else:
                good.append(case)
        self._refuse_bad()
        return good

    def _refusal(self, case, good):
        if case is None:
            return _("unknown in this session")
        if case in good:
            return _("twice in the list")
        if case.status == Status.REGISTERED:
            return _("not filed yet")
        if case.status == Status.ASSIGNED:
            return _("assigned already")
        if case.status == Status.CLOSED:
            return case.get_outcome_display()
        return None

    def _refuse_bad(self):
        if self.bad:
            message = _("None was assigned: see the numbers below.")
            raise ValidationError({"numbers": ValidationError(message, "bad_numbers")})

    @transaction.atomic
    def _assign_each(self):
        for case in self.cases:
            try:
                assign(
                    case,
                    self.units,
                    by=self.by,
                    on=self.cleaned_data["on"],
                    note=self.cleaned_data["note"],
                )
            except ValidationError as refusal:
                reason = " ".join(refusal.messages)
                self.bad.append(Bad(str(case.official_number), reason))
        self._refuse_bad()

    def assign(self) -> bool:
        """Whether all were assigned; else none, with the reasons in the form."""
        try:
            self._assign_each()
        except ValidationError as refusal:
            absorb(self, refusal)
            return False
        return True
