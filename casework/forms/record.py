"""The form of a case's record, as it is registered and corrected in the admin."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.forms.steps import absorb, refuse_future
from casework.models import Agency


class CaseForm(forms.ModelForm):
    """The record of a case; `refusal` is what the door said when it was first tried."""

    refusal: ValidationError | None = None
    by = today = None
    """Who fills it in, and on which day."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("reason for the correction"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when something in the record is changed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {
            "seen_version": self.instance.version,
            "submission": uuid4(),
        }
        if "agency" in self.fields:
            agencies = Agency.objects.visible_to(self.by).active()
            self.fields["agency"].queryset = agencies
            if len(self.by.workplaces) == 1:
                self.initial["agency"] = self.by.workplaces[0].pk

    def clean(self):
        refuse_future(self, list(self.cleaned_data))
        if self.refusal:
            absorb(self, self.refusal)
        return super().clean()

    def validate_constraints(self):
        """Left to the door, which knows the case as it will be."""


def conflicts(form) -> list[tuple]:
    """Of each field that differs: its name, what is kept now, what was typed."""
    return [
        (
            form.fields[name].label,
            _in_words(form.fields[name], form.initial[name]),
            _in_words(form.fields[name], form.cleaned_data.get(name)),
        )
        for name in form.changed_data
        if name in form.initial and not form.fields[name].widget.is_hidden
    ]


def _in_words(field, value):
    return dict(getattr(field, "choices", ())).get(value, value)
