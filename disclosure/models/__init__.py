"""A request for government information, and the rows that belong to one."""

from disclosure.models.request import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    Status,
)
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
