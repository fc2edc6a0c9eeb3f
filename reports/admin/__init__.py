"""The admin of reported figures and of the registers."""

from reports.admin.plans import PlanTaskAdmin
from reports.admin.supervision import (
    AssessmentAdmin,
    ProblemAdmin,
    SelfInspectionAdmin,
    WebsiteCheckAdmin,
)
from reports.admin.tallies import TallyAdmin

__all__ = [
    "AssessmentAdmin",
    "PlanTaskAdmin",
    "ProblemAdmin",
    "SelfInspectionAdmin",
    "TallyAdmin",
    "WebsiteCheckAdmin",
]
