"""What bodies send to the office above, and the annual report that is published."""

from decimal import Decimal
from functools import cached_property

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import Agency, User
from reports.models.rows import OfAgencyQuerySet, year_field


def number(value: int | float | str | None) -> Decimal | str | None:
    """A figure as it was before JSON kept it, which has no decimal numbers: the
    shortest text of a number is the number."""
    if value is None or isinstance(value, str):
        return value
    return Decimal(str(value))


class SubmissionQuerySet(OfAgencyQuerySet):
    def totals(self):
        """Of bodies whose cases are kept elsewhere."""
        return self.filter(source=Submission.Source.TOTALS)


class Submission(models.Model):
    """What a body sends of a year (报送): where its figures come from, and whether it
    has confirmed them.

    A body that enters totals enters them of itself and of everything beneath it; or of
    itself alone, if it says so. Then none of these cases here are counted.
    """

    class Source(models.TextChoices):
        CASES = "cases", _("counted from the cases kept here")
        TOTALS = "totals", _("entered as totals; the cases are kept elsewhere")

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="submissions", verbose_name=_("agency")
    )
    year = year_field()
    source = models.CharField(
        _("where the figures come from"),
        max_length=10,
        choices=Source,
        default=Source.CASES,
    )
    alone = models.BooleanField(
        _("the totals are of the body alone, without what lies beneath it"),
        default=False,
    )
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.CharField(_("submitted by"), max_length=60, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    remark = models.TextField(_("remark of the office above"), blank=True)
    reminded_on = models.DateField(_("last reminded on"), null=True, blank=True)
    figures = models.JSONField(
        _("figures"),
        default=list,
        blank=True,
        editable=False,
        encoder=DjangoJSONEncoder,
    )
    """As submitted: [row, column, value]."""

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission of figures")
        verbose_name_plural = _("submissions of figures")
        ordering = ["-year", "agency"]
        permissions = [
            ("handle_submission", _("Can fill in and submit a body's yearly figures")),
            ("approve_submission", _("Can return submissions, and remind of them")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="reports_submission_once",
                violation_error_message=_("This body has a submission of this year."),
            ),
            models.CheckConstraint(
                name="reports_submission_sent_or_returned",
                condition=Q(submitted_on=None) | Q(returned_on=None),
                violation_error_message=_("What was returned is not submitted."),
            ),
        ]

    def __str__(self):
        return f"{self.agency} {self.year}"

    @cached_property
    def sent(self) -> dict[tuple[str, str], Decimal | None]:
        """The figures by the codes of row and column."""
        return {(row, column): number(value) for row, column, value in self.figures}

    @property
    def enters_totals(self) -> bool:
        return self.source == self.Source.TOTALS


class AnnualReportQuerySet(OfAgencyQuerySet):
    def published(self):
        return self.filter(published_on__isnull=False)

    def latest(self):
        """Of each body and year the last version that was published."""
        later = self.model.objects.published().filter(
            agency=models.OuterRef("agency"),
            year=models.OuterRef("year"),
            version__gt=models.OuterRef("version"),
        )
        return self.published().filter(~models.Exists(later))


class AnnualReport(models.Model):
    """A version of a body's annual report (政府信息公开工作年度报告).

    Once it is published the database refuses to change it: a correction is a new
    version beside it.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="annual_reports", verbose_name=_("agency")
    )
    year = year_field()
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    alone = models.BooleanField(
        _("figures of the body alone, without what lies beneath it"), default=False
    )
    with_items = models.BooleanField(
        _("with a section on suggestions and proposals"), default=False
    )
    title = models.CharField(
        pgettext_lazy("report", "title"), max_length=200, blank=True
    )
    texts = models.JSONField(_("texts of the report"), default=dict, blank=True)
    """By the code of the section."""
    reasons = models.JSONField(_("reasons"), default=dict, blank=True)
    """Of checks that fail, by their codes: why it is published all the same."""
    correction = models.TextField(
        _("what this version corrects"),
        blank=True,
        help_text=_("Printed in a version that corrects an earlier one."),
    )
    head = models.CharField(
        pgettext_lazy("report", "head of the unit"), max_length=60, blank=True
    )
    reviewer = models.CharField(
        pgettext_lazy("report", "reviewer"), max_length=60, blank=True
    )
    writer = models.CharField(
        pgettext_lazy("report", "filled in by"), max_length=60, blank=True
    )
    phone = models.CharField(
        pgettext_lazy("report", "telephone"), max_length=40, blank=True
    )
    filled_on = models.DateField(
        pgettext_lazy("report", "filled in on"), null=True, blank=True
    )
    changes = models.PositiveIntegerField(default=0, editable=False)
    """How often it was saved: a form tells which state it was shown in."""

    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    approver = models.CharField(_("approved by"), max_length=60, blank=True)
    frozen = models.JSONField(
        null=True, blank=True, editable=False, encoder=DjangoJSONEncoder
    )
    """What was published, whole: see reports.annual.frozen."""
    members = models.JSONField(null=True, blank=True, editable=False)
    """Which records its figures counted."""
    digest = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-year", "agency", "-version"]
        permissions = [
            ("publish_annualreport", _("Can approve and publish annual reports"))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "version"],
                name="reports_annual_report_once",
                violation_error_message=_("There is such a version already."),
            ),
            models.CheckConstraint(
                name="reports_annual_report_published_whole",
                condition=Q(
                    published_on=None, published_at=None, frozen=None, digest=""
                )
                | Q(
                    published_on__isnull=False,
                    published_at__isnull=False,
                    frozen__isnull=False,
                )
                & ~Q(digest="")
                & ~Q(approver=""),
                violation_error_message=_(
                    "What is published has its day, its approver and its digest."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.agency} {self.year} ({self.version})"

    @cached_property
    def figures(self) -> dict[tuple[str, str], Decimal | str | None]:
        """Of a published version, by the codes of row and column."""
        return {
            (one["row"], one["column"]): number(one["value"])
            for one in self.frozen["figures"]
        }

    @classmethod
    def begin(cls, agency: Agency, year: int, by: User, **choices) -> "AnnualReport":
        """The next version, with the texts of the last one, if there is one."""
        last = cls.objects.filter(agency=agency, year=year).order_by("version").last()
        if last is None:
            return cls(agency=agency, year=year, writer=str(by), **choices)
        kept = (
            "alone",
            "with_items",
            "title",
            "texts",
            "head",
            "reviewer",
            "writer",
            "phone",
        )
        return cls(
            agency=agency,
            year=year,
            version=last.version + 1,
            **{name: getattr(last, name) for name in kept},
        )
