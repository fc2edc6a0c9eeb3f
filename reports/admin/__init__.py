"""The admin of reported figures, of the registers, and of what is made of them."""

from reports.admin.annual import AnnualReportAdmin, SubmissionAdmin
from reports.admin.plans import PlanTaskAdmin
from reports.admin.supervision import (
    AssessmentAdmin,
    ProblemAdmin,
    SelfInspectionAdmin,
    WebsiteCheckAdmin,
)
from reports.admin.tallies import TallyAdmin

__all__ = [
    "AnnualReportAdmin",
    "AssessmentAdmin",
    "PlanTaskAdmin",
    "ProblemAdmin",
    "SelfInspectionAdmin",
    "SubmissionAdmin",
    "TallyAdmin",
    "WebsiteCheckAdmin",
]
