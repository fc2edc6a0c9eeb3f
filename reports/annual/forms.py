"""What is typed of a report: which one, its texts, and reasons for what fails."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.forms import DayInput
from casework.models import Agency
from reports.annual.draft import Draft
from reports.annual.findings import FAILS
from reports.models import AnnualReport
from reports.yearly import FIRST_YEAR


class BeginForm(forms.Form):
    """Of which body and year a report is begun."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency"), to_field_name="code"
    )
    alone = forms.BooleanField(
        label=_("The body alone, without what lies beneath it"), required=False
    )
    with_items = forms.BooleanField(
        label=_("With a section of its own on suggestions and proposals"),
        required=False,
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = range(timezone.localdate().year - 1, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, year) for year in years]
        self.fields["agency"].queryset = Agency.objects.visible_to(user)


class TextsForm(forms.ModelForm):
    """The texts of a version by section, and who answers for it.

    What is left as it was suggested is not kept: it goes on following what suggests it.
    """

    changes = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = AnnualReport
        fields = (
            "title", "alone", "with_items", "correction",
            "head", "reviewer", "writer", "phone", "filled_on",
        )  # fmt: skip
        widgets = {
            "filled_on": DayInput(),
            "correction": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft = Draft(self.instance)
        self.initial["title"] = self.draft.title
        self.initial["changes"] = self.instance.changes
        self.texts = {}
        for section in self.draft.sections:
            name = f"text_{section.code}"
            self.texts[name] = section.code
            self.fields[name] = forms.CharField(
                label=section.title,
                required=False,
                initial=self.draft.text(section.code),
                widget=forms.Textarea({"rows": 8, "lang": "zh-hans"}),
            )
        if self.instance.version == 1:
            del self.fields["correction"]
        if not self.draft.yearly.form.annex:
            for name in ("head", "reviewer", "writer", "phone", "filled_on"):
                del self.fields[name]
        else:
            del self.fields["with_items"]

    @property
    def sections(self) -> list[forms.BoundField]:
        return [self[name] for name in self.texts]

    @property
    def particulars(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name not in self.texts]

    @property
    def changed_fields(self) -> list[str]:
        """Of the model; all texts are one."""
        names = ("texts" if name in self.texts else name for name in self.changed_data)
        return list(dict.fromkeys(names))

    def clean_title(self):
        said = self.cleaned_data["title"].strip()
        return "" if said == self.draft.suggested_title else said

    def clean_correction(self):
        """Whoever read the version before must learn what is another now."""
        said = self.cleaned_data["correction"]
        if not said.strip():
            message = _("Say what this version corrects.")
            raise ValidationError(message, "missing")
        return said

    def said(self, name: str) -> str:
        """The text of a section as it is kept: browsers send other ends of lines."""
        return self.cleaned_data[name].replace("\r\n", "\n").strip()

    def save(self, commit=True):
        for name, code in self.texts.items():
            said = self.said(name)
            if said == self.draft.suggested.get(code, ""):
                self.instance.texts.pop(code, None)
            else:
                self.instance.texts[code] = said
        self.instance.changes += 1
        return super().save(commit)


class ReasonsForm(forms.Form):
    """Why it is published although checks fail, of each that does."""

    changes = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, draft: Draft, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["changes"] = draft.report.changes
        self.findings = {}
        for finding in draft.findings:
            if finding.state == FAILS:
                self.findings[finding.code] = finding
                self.fields[finding.code] = forms.CharField(
                    label=pgettext_lazy("report", "Reason"),
                    required=False,
                    initial=finding.reason,
                    max_length=500,
                    widget=forms.Textarea({"rows": 2, "lang": "zh-hans"}),
                )

    def reasons(self) -> dict[str, str]:
        """Those that were given, by the codes of the findings."""
        return {
            code: said
            for code in self.findings
            if (said := self.cleaned_data[code].strip())
        }
