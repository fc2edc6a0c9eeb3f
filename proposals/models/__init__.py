"""Suggestions and proposals, their sessions, and who does what about them."""

from proposals.models.assignments import (
    GONE,
    REPLYING,
    Assignment,
    Role,
    TaskOutcome,
    TaskStatus,
)
from proposals.models.items import Outcome, Proposal, Publication, Status
from proposals.models.rows import (
    AssignmentEvent,
    Author,
    Commitment,
    Contact,
    Feedback,
    ProposalEvent,
)
from proposals.models.sessions import Body, Session

__all__ = [
    "GONE",
    "REPLYING",
    "Assignment",
    "AssignmentEvent",
    "Author",
    "Body",
    "Commitment",
    "Contact",
    "Feedback",
    "Outcome",
    "Proposal",
    "ProposalEvent",
    "Publication",
    "Role",
    "Session",
    "Status",
    "TaskOutcome",
    "TaskStatus",
]
