"""What every list of cases can be narrowed by: light, agency, days, words."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import django_filters as filters
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from casework.forms import DayInput
from casework.models import Agency, CalendarDay
from casework.pages import Order
from casework.search import LONGEST

LIGHTS = {
    "unconfirmed": _("to be confirmed today"),
    "overdue": _("overdue"),
    "today": _("due today"),
    "2": _("due within 2 working days"),
    "5": _("due within 5 working days"),
    "waiting": _("clock stopped"),
    "provisional": _("provisional date"),
    "open": _("open, all"),
    "on_time": _("closed in time"),
    "late": _("closed late"),
}


def lit(cases, light: str, today: date):
    """The cases with this light, one of LIGHTS; each is a question of the queryset."""
    if light in ("2", "5"):
        last = CalendarDay.objects.as_calendar().add(today, int(light))
        return cases.due_between(today, last)
    questions = {
        "unconfirmed": cases.unconfirmed,
        "overdue": lambda: cases.overdue(today),
        "today": lambda: cases.due_between(today, today),
        "waiting": cases.waiting,
        "provisional": cases.provisional,
        "open": cases.open,
        "on_time": cases.closed_in_time,
        "late": cases.closed_late,
    }
    return questions[light]()


class LightFilter(filters.ChoiceFilter):
    """By the light on the day on which the list is asked for."""

    def __init__(self, own=None, **kwargs):
        words = LIGHTS | (own or {})
        choices = {"label": _("deadline"), "choices": list(words.items())}
        super().__init__(**choices | kwargs)

    def filter(self, cases, light):
        return lit(cases, light, timezone.localdate()) if light else cases


class DayFilter(filters.DateFilter):
    """From a day on (`gte`) or until a day (`lte`), as a part of the list's index."""

    def __init__(self, field: str, lookup: str, label):
        super().__init__(field, lookup, label=label, widget=DayInput())

    def filter(self, cases, day):
        if day is None:
            return cases
        return Order(self.field_name).bounded(cases, self.lookup_expr, day)


class AgencyField(ModelChoiceField):
    """An agency by its code; a code that no database could hold is no agency's."""

    def to_python(self, value):
        if "\0" in str(value):
            params = {"value": value}
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, "invalid_choice", params)
        return super().to_python(value)


class AgencyFilter(filters.ModelChoiceFilter):
    """One of the agencies that `queryset` names, by its code."""

    field_class = AgencyField

    def __init__(self, **kwargs):
        super().__init__(to_field_name="code", **kwargs)


def visible(request):
    """The agencies that the person may see."""
    return Agency.objects.visible_to(request.user)


class BeneathFilter(AgencyFilter):
    """An agency and everything beneath it, of those that the person may see."""

    def __init__(self, **kwargs):
        said = {"label": _("agency and beneath"), "queryset": visible}
        super().__init__(**said | kwargs)

    def filter(self, cases, chosen):
        if chosen is None:
            return cases
        places = Agency.objects.beneath(chosen).values_list("pk", flat=True)
        return self.within(cases, list(places))

    def within(self, cases, places: list[int]):
        """The cases of these places, given by their keys."""
        return cases.filter(agency__in=places)


class TextFilter(filters.CharFilter):
    """Words of the number or the subject: the list looks for them, after all else."""

    def __init__(self, **kwargs):
        said = {"label": _("number or subject"), "max_length": LONGEST}
        super().__init__(**said | kwargs)

    def filter(self, cases, text):
        return cases


class Condition(NamedTuple):
    """What a list is narrowed by, as the person chose it."""

    name: str
    label: str
    value: str
    wrong: bool


class ListFilter(filters.FilterSet):
    """The conditions of a list, of which the words of `text` come last."""

    text = TextFilter()

    def filter_queryset(self, cases):
        """The words come last: the search looks ahead in what the others leave."""
        text = self.form.cleaned_data.get("text", "")
        return super().filter_queryset(cases).matching(text)

    def narrow(self, cases):
        """The cases as the form narrows them; a field that is wrong does nothing."""
        self.is_valid()
        return self.filter_queryset(cases)

    def conditions(self) -> Iterator[Condition]:
        """Those that are set, in words; of one that is wrong, what was typed."""
        self.is_valid()
        for name, field in self.form.fields.items():
            wrong = name in self.form.errors
            given = self.data[name] if wrong else self.form.cleaned_data[name]
            if given not in field.empty_values:
                yield Condition(name, field.label, _said(field, given), wrong)


class CaseFilter(ListFilter):
    """What is asked of each kind of case; subclasses add what is their own."""

    light = LightFilter()
    beneath = BeneathFilter()
    received_from = DayFilter("received_on", "gte", _("received from"))
    received_until = DayFilter("received_on", "lte", _("received until"))
    due_from = DayFilter("due_on", "gte", _("due from"))
    due_until = DayFilter("due_on", "lte", _("due until"))
    closed_from = DayFilter("closed_on", "gte", _("closed from"))
    closed_until = DayFilter("closed_on", "lte", _("closed until"))


def _said(field, given) -> str:
    """A value as the form's own list of choices calls it."""
    if isinstance(given, Model):
        return str(given)
    if isinstance(given, date):
        return given.isoformat()
    return str(dict(getattr(field, "choices", ())).get(given, given))
