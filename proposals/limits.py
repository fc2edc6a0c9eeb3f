"""A limit as a column and as two fields of a form: a number and its unit."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from proposals.deadlines import TERMS, Limit

UNITS = {
    "days": pgettext_lazy("unit", "days"),
    "working_days": pgettext_lazy("unit", "working days"),
    "months": pgettext_lazy("unit", "months"),
}


class Shown(Limit):
    """A limit that says itself in words."""

    def __str__(self):
        return f"{self.count} {UNITS[self.unit]}"


def read(text: str) -> Limit | None:
    """`3 months` as a limit, nothing as none; ValidationError for anything else."""
    if not text:
        return None
    count, _space, unit = text.partition(" ")
    if not count.isdecimal() or not int(count) or unit not in TERMS:
        raise ValidationError(_("This is not a limit."), "limit")
    return Shown(int(count), unit)


def written(limit: Limit | None) -> str:
    return f"{limit.count} {limit.unit}" if limit else ""


class LimitWidget(forms.MultiWidget):
    def __init__(self, attrs=None):
        number = forms.NumberInput({"min": 1, "max": 366})
        super().__init__(
            [
                number,
                forms.Select({"aria-label": _("unit of the limit")}, UNITS.items()),
            ],
            attrs,
        )

    def decompress(self, value):
        limit = read(value) if isinstance(value, str) else value
        return [limit.count, limit.unit] if limit else [None, "months"]


class LimitFormField(forms.MultiValueField):
    widget = LimitWidget

    def __init__(self, **kwargs):
        kwargs.pop("max_length", None)
        kwargs.pop("empty_value", None)
        fields = (
            forms.IntegerField(min_value=1, max_value=366, required=False),
            forms.ChoiceField(choices=UNITS.items(), required=False),
        )
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, values):
        count, unit = values or (None, None)
        if count and not unit:
            raise ValidationError(_("Choose the unit of the limit."), "unit_missing")
        return Limit(count, unit) if count else None

    def has_changed(self, initial, data):
        """An empty one shows a unit all the same."""
        return super().has_changed(self.widget.decompress(initial), data)


class LimitField(models.CharField):
    """So many days, working days or months; None where the session sets no limit."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_length": 20, "blank": True}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["blank"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return read(value)

    def to_python(self, value):
        return value if isinstance(value, Limit | None) else read(value)

    def get_prep_value(self, value):
        return written(value) if isinstance(value, Limit | None) else value

    def value_to_string(self, obj):
        return written(self.value_from_object(obj))

    def run_validators(self, value):
        """Nothing: what is a limit has been read already."""

    def formfield(self, **kwargs):
        # The hidden copy that Django adds for a default would come back in words.
        kwargs["show_hidden_initial"] = False
        return super().formfield(form_class=LimitFormField, **kwargs)
