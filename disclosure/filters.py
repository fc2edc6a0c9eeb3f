"""What a list of requests can be narrowed by."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from casework.filters import CaseFilter
from disclosure.models import Channel, DisclosureRequest, Outcome, Status


class RequestFilter(CaseFilter):
    status = filters.ChoiceFilter(label=_("status"), choices=Status.choices)
    channel = filters.ChoiceFilter(label=_("channel"), choices=Channel.choices)
    outcome = filters.ChoiceFilter(label=_("outcome"), choices=Outcome.choices)

    class Meta:
        model = DisclosureRequest
        fields = (
            "text",
            "light",
            "status",
            "beneath",
            "channel",
            "outcome",
            "received_from",
            "received_until",
            "due_from",
            "due_until",
            "closed_from",
            "closed_until",
        )
