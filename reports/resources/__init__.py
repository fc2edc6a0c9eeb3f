"""What comes in and goes out as sheets: reported figures, and the registers."""

from reports.resources.plans import PlanTaskResource
from reports.resources.supervision import (
    AssessmentResource,
    ProblemResource,
    SelfInspectionResource,
    WebsiteCheckResource,
)
from reports.resources.tallies import TallyResource

__all__ = [
    "AssessmentResource",
    "PlanTaskResource",
    "ProblemResource",
    "SelfInspectionResource",
    "TallyResource",
    "WebsiteCheckResource",
]
