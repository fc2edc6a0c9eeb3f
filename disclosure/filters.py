"""What a list of requests can be narrowed by."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from casework.forms import DayInput
from casework.search import LONGEST
from disclosure.models import Channel, DisclosureRequest, Outcome, Status


def _day(field: str, lookup: str, label: str) -> filters.DateFilter:
    return filters.DateFilter(field, lookup, label=label, widget=DayInput())


class RequestFilter(filters.FilterSet):
    text = filters.CharFilter(label=_("number or subject"), max_length=LONGEST)
    status = filters.ChoiceFilter(label=_("status"), choices=Status.choices)
    channel = filters.ChoiceFilter(label=_("channel"), choices=Channel.choices)
    outcome = filters.ChoiceFilter(label=_("outcome"), choices=Outcome.choices)
    received_from = _day("received_on", "gte", _("received from"))
    received_until = _day("received_on", "lte", _("received until"))
    closed_from = _day("closed_on", "gte", _("closed from"))
    closed_until = _day("closed_on", "lte", _("closed until"))

    class Meta:
        model = DisclosureRequest
        fields: tuple[str, ...] = ()

    def filter_queryset(self, cases):
        """The words come last: the search looks ahead in what the others leave."""
        text = self.form.cleaned_data.pop("text", "")
        return super().filter_queryset(cases).matching(text)
