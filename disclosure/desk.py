"""The desk's pages of requests."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.desk import CaseDesk, Column, ListPage, Rows
from disclosure.case_pages import RequestPages, masked, same_applicant
from disclosure.filters import RequestFilter
from disclosure.models import DisclosureRequest
from disclosure.reasons import calendar
from disclosure.resources import RequestResource
from disclosure.workflow import REVEAL, workflow


class RequestList(ListPage):
    workflow, filters = workflow, RequestFilter
    desk_name = RequestPages.desk_name
    resource, may_reveal = RequestResource, REVEAL
    title = pgettext_lazy("disclosure", "Requests")
    columns = (
        Column(_("subject"), lambda case: case.subject, wide=True),
        Column(_("agency"), lambda case: case.agency.name),
        Column(_("status"), DisclosureRequest.get_status_display),
    )
    related = ("agency",)


class RequestDesk(RequestPages, CaseDesk):
    case_template = "disclosure/request"
    related = ("agency", "repeats")
    facts = (
        "channel",
        "submitted_on",
        "arrived_on",
        "received_on",
        "confirmed_on",
        "supply_form",
        "supply_route",
        "correction_asked_on",
        "correction_until",
        "correction_points",
        "corrected_on",
        "extended_on",
        "draft_outcome",
        "grounds",
        "document_number",
        "signed_on",
        "service",
    )
    sections = (
        Rows(
            "consultations",
            (
                "kind",
                "party",
                "sent_on",
                "delivered_on",
                ("limit", _("opinion due by")),
                "answered_on",
                "opinion",
            ),
        ),
        Rows("fees", ("kind", "quantity", "amount", "notified_on", "paid_on")),
        Rows("remedies", ("kind", "body", "filed_on", "decided_on", "result")),
    )

    def text(self, case):
        return case.description

    def months(self, case):
        return calendar(case)

    def page(self, request, case):
        user = request.user
        field, seen = DisclosureRequest._meta.get_field, masked(case)
        labels = {"identity_number": "identity_sealed"}
        repeated_by = case.repeated_by.visible_to(user)
        return {
            **super().page(request, case),
            "applicant": [
                (field(labels.get(name, name)).verbose_name, value or "—")
                for name, value in seen.items()
            ],
            "repeats": self._seen(case.repeats, user),
            "repeated_by": repeated_by.select_related("agency"),
            "same": same_applicant(case, user),
            "attachments": case.attachments.all(),
        }

    def _seen(self, other, user):
        """The other request, if the person may see it."""
        return other if other and user.sees(other.agency) else None


request_desk = RequestDesk()
