"""A request for government information, and the rows that belong to one."""

from disclosure.models.choices import ApplicantKind, Channel, Status
from disclosure.models.request import DisclosureRequest
from disclosure.models.rows import (
    Attachment,
    Consultation,
    Fee,
    Remedy,
    RequestEvent,
)
from disclosure.outcomes import Outcome

__all__ = [
    "ApplicantKind",
    "Attachment",
    "Channel",
    "Consultation",
    "DisclosureRequest",
    "Fee",
    "Outcome",
    "Remedy",
    "RequestEvent",
    "Status",
]
