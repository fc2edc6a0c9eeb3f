"""What the public calculator asks: the facts of a request, or of an item."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.forms import DayInput, absorb
from casework.models import CalendarDay
from disclosure.models import DisclosureRequest
from disclosure.models.request import IN_ORDER
from disclosure.reasons import reasons
from disclosure.workflow import extension_within_cap
from proposals.deadlines import STATUTORY, Facts, Rules, deadline
from proposals.limits import Shown
from proposals.models import Body
from proposals.reasons import reasons as reasons_of_item

LIMITS = {name: Shown(*limit) for name, limit in STATUTORY.items()}


class RequestTermForm(forms.ModelForm):
    """A request that nobody made: it is reckoned as every case is, and never saved."""

    class Meta:
        model = DisclosureRequest
        fields = (
            "channel",
            "submitted_on",
            "arrived_on",
            "confirmed_on",
            "correction_asked_on",
            "corrected_on",
            "extension",
        )
        widgets = {name: DayInput() for name in fields if name.endswith("_on")}
        help_texts = {
            "confirmed_on": _(
                "By ordinary letter, fax, e-mail or online form, or sent to another "
                "unit: the day on which the office confirmed receipt with you."
            ),
            "correction_asked_on": _("If you were asked to correct the request."),
            "extension": _("If you were told of one; else 0."),
        }

    def clean_extension(self):
        return self.cleaned_data["extension"] or 0

    def answer(self) -> dict | None:
        """The last day, and why; None, with the reasons in the form, if there is
        none."""
        case = self.instance
        try:
            case.reckon()
        except ValidationError as refusal:
            absorb(self, refusal)
            return None
        self.check(case)
        if self.errors:
            return None
        return {
            "due_on": case.due_on,
            "provisional": case.due_provisional,
            "reasons": list(reasons(case)),
        }

    def check(self, case):
        """What the record and the door would refuse."""
        for later, earlier, message in IN_ORDER:
            first, second = getattr(case, earlier), getattr(case, later)
            if first and second and second < first:
                error = ValidationError(message, f"{later}_before_{earlier}")
                self.add_error(later, error)
        if case.corrected_on and not case.correction_asked_on:
            message = _("Enter the day on which the correction was asked for.")
            self.add_error("correction_asked_on", ValidationError(message, "missing"))
        if case.extension and case.received_on:
            facts = {"extension": case.extension}
            if refused := extension_within_cap(case, None, facts):
                self.add_error("extension", refused)


class ItemTermForm(forms.Form):
    """A suggestion or a proposal, for the unit that it was assigned to."""

    body = forms.ChoiceField(label=_("addressed to"), choices=Body)
    assigned_on = forms.DateField(label=_("assigned on"), widget=DayInput())
    limit = forms.ChoiceField(
        label=_("limit"),
        choices=LIMITS.items(),
        help_text=_("The longer one for what is wide and difficult."),
    )

    def answer(self) -> dict | None:
        """The last day, and why; None, with the reason in the form, if there is
        none."""
        given = self.cleaned_data
        day = given["assigned_on"]
        longer = day if given["limit"] == "difficult" else None
        facts = Facts("lead", day, extended_on=longer)
        try:
            found = deadline(facts, Rules(**LIMITS), CalendarDay.objects.as_calendar())
        except ValueError:
            message = _("A day lies outside the time that the calendar covers.")
            self.add_error("assigned_on", ValidationError(message, "out_of_range"))
            return None
        return {
            "due_on": found.due,
            "provisional": found.provisional,
            "reasons": list(reasons_of_item(found.why, given["body"])),
        }
