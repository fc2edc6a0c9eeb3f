"""The forms with which sheets are sent in and asked for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.sheets.reading import LIMITS


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("file"),
        help_text=_("CSV or Excel (.xlsx), at most 10 MB and 20,000 rows."),
        widget=forms.FileInput({"accept": ".csv,.xlsx,.txt"}),
    )
    encoding = forms.ChoiceField(
        label=_("encoding"),
        required=False,
        choices=[
            ("", _("recognised by itself")),
            ("utf-8", "UTF-8"),
            ("gb18030", "GB18030"),
            ("utf-16", "UTF-16"),
        ],
        help_text=_("Only of a CSV file whose characters came out wrong."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LIMITS.size:
            message = _("The file is larger than 10 MB. Divide it.")
            raise ValidationError(message, "too_large")
        return file


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("format"),
        choices=[
            ("csv", _("CSV (opens in Excel and WPS)")),
            ("csv-gb18030", _("CSV in GB18030, for older programs")),
            ("xlsx", _("Excel (.xlsx)")),
        ],
    )
    full = forms.BooleanField(
        label=_("identity numbers in full"),
        required=False,
        help_text=_("Each request keeps an event of it, and whoever exports signs."),
    )
    reason = forms.CharField(
        label=_("reason"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args, may_reveal: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_reveal:
            del self.fields["full"], self.fields["reason"]

    def clean(self):
        given = super().clean()
        if given.get("full") and not given.get("reason", "").strip():
            error = ValidationError(_("Say why."), "reason")
            self.add_error("reason", error)


class UploadForm(forms.Form):
    """An upload, named by its token in an address."""

    upload = forms.UUIDField()
