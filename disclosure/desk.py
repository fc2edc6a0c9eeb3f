"""The desk's pages of requests."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.desk import Column, ListPage
from disclosure.filters import RequestFilter
from disclosure.models import DisclosureRequest
from disclosure.resources import RequestResource
from disclosure.workflow import REVEAL, workflow


class RequestList(ListPage):
    workflow, filters = workflow, RequestFilter
    resource, may_reveal = RequestResource, REVEAL
    title = pgettext_lazy("disclosure", "Requests")
    columns = (
        Column(_("subject"), lambda case: case.subject, wide=True),
        Column(_("agency"), lambda case: case.agency.name),
        Column(_("status"), DisclosureRequest.get_status_display),
    )
    related = ("agency",)
