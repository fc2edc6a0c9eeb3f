"""The form in which a body enters its numbers, whoever else is entering some."""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.models import Agency, User
from casework.sheets import Number
from reports.logged import log
from reports.models import Submission, Tally
from reports.printed import shown
from reports.reported import refusals
from reports.returns.deeds import open_to
from reports.returns.places import Place, completed, entered, places

VALUE = Tally._meta.get_field("value")


class FigureField(forms.CharField):
    """A number as people type it, with full-width digits and commas; or nothing."""

    def __init__(self, place: Place, year: int):
        words = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
        super().__init__(
            label=place.label,
            required=False,
            widget=forms.TextInput(words | {"aria-label": place.label}),
        )
        self.place, self.year = place, year

    def clean(self, value) -> Decimal | None:
        number = Number().clean(super().clean(value))
        if number is None:
            return None
        row, column = self.place.cell
        wrong = refusals(self.year, row, number, column, totals=True)
        if wrong:
            raise ValidationError(list(wrong.values()))
        return VALUE.clean(number, None)


class FillForm(forms.Form):
    """A field for each place. It knows which numbers it was first shown with: a number
    that was left as it was shown stays as it is kept now, and of one that two people
    change the second is told of the first."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, submission: Submission, data=None):
        self.submission = submission
        agency, year = submission.agency, submission.year
        self.places = {
            place.key: place for place in places(year, submission.enters_totals)
        }
        own = entered(agency, year)
        self.kept = {key: own.get(one.cell) for key, one in self.places.items()}
        initial = {key: shown(value) for key, value in self.kept.items()}
        told = {"source": submission.source} | initial
        initial["shown"] = json.dumps(told, ensure_ascii=False)
        super().__init__(data, initial=initial)
        for key, place in self.places.items():
            self.fields[key] = FigureField(place, year)

    @classmethod
    def refused(cls, submission: Submission, refusal: ValidationError) -> "FillForm":
        """The form as it is kept, with what was said of its places."""
        form = cls(submission)
        form = cls(submission, form.initial)
        form.is_valid()
        for error in refusal.error_list:
            place = (error.params or {}).get("place")
            form.add_error(place if place in form.places else None, error)
        return form

    def clean(self):
        given, told = super().clean(), self._told()
        if told.get("source", self.submission.source) != self.submission.source:
            message = _("Somebody has changed meanwhile where the figures come from.")
            raise ValidationError(message, "source_changed")
        conflicts = []
        for key, now in self.kept.items():
            if key not in given:
                continue
            first = Number().clean(told.get(key))
            if given[key] == first:
                given[key] = now
            elif now not in (first, given[key]):
                conflicts.append(key)
        for key in conflicts:
            now = shown(self.kept[key])
            told[key] = now
            message = _(
                "Meanwhile somebody else has entered “%(now)s” here. Save again if "
                "your number is to stand."
            )
            self.add_error(key, ValidationError(message, "conflict", {"now": now}))
        if conflicts:
            self.data = self.data | {"shown": json.dumps(told, ensure_ascii=False)}
        return given

    def _told(self) -> dict[str, str]:
        """What the form was shown with; nothing, if that is not what was sent."""
        try:
            told = json.loads(self.data.get("shown") or "{}")
            for key in self.places.keys() & told.keys():
                Number().clean(told[key])
        except (
            AttributeError, RecursionError, TypeError, ValueError, ValidationError,
        ):  # fmt: skip
            return {}
        return told

    def save(self, by: User) -> list[str]:
        """Keep what was changed, and which sums follow; what was done, in words."""
        cells = {place.cell: key for key, place in self.places.items()}
        given = {cell: self.cleaned_data[key] for cell, key in cells.items()}
        values = completed(self.submission.year, given)
        changed = {
            cell: values[cell]
            for cell, key in cells.items()
            if values[cell] != self.kept[key]
        }
        self._write(changed)
        said = [
            f"{key} {shown(self.kept[key]) or '—'} → {shown(changed[cell]) or '—'}"
            for cell, key in cells.items()
            if cell in changed
        ]
        if said:
            log(by, self.submission, *said)
        return said

    def _write(self, changed: dict[tuple[str, str], Any]):
        agency, year = self.submission.agency, self.submission.year
        own = Tally.objects.filter(agency=agency, year=year)
        gone = {cell for cell, value in changed.items() if value is None}
        keys = own.filter(code__in={code for code, _column in gone}).values_list(
            "code", "column", "pk"
        )
        own.filter(pk__in=[pk for *cell, pk in keys if tuple(cell) in gone]).delete()
        Tally.objects.bulk_create(
            [
                Tally(agency=agency, year=year, code=code, column=column, value=value)
                for (code, column), value in changed.items()
                if value is not None
            ],
            update_conflicts=True,
            unique_fields=["agency", "year", "code", "column"],
            update_fields=["value"],
        )


def fill_in(agency: Agency, year: int, by: User, data) -> FillForm:
    """What was typed is kept, if all of it can be; the form says what cannot."""
    with open_to(agency, year, by) as submission:
        form = FillForm(submission, data)
        if form.is_valid():
            form.save(by)
    return form
