"""How the work is looked after: self-inspections, website checks, assessments."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import Agency
from reports.models.rows import OfAgencyQuerySet, refuse_closed, year_field


class SelfInspectionQuerySet(OfAgencyQuerySet):
    def visible_to(self, user):
        """Those that an agency of the person held, or that found a problem there."""
        found = Problem.objects.visible_to(user).filter(
            inspection=models.OuterRef("pk")
        )
        own = Q(agency__in=Agency.objects.visible_to(user))
        return self.filter(own | models.Exists(found))


class SelfInspection(models.Model):
    """A self-inspection (自查) that an office held of itself and of what is beneath."""

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="self_inspections",
        verbose_name=_("held by"),
    )
    held_on = models.DateField(_("begun on"))
    name = models.CharField(_("self-inspection"), max_length=100)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = SelfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-inspection")
        verbose_name_plural = _("self-inspections")
        ordering = ["-held_on", "agency__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "held_on", "name"],
                name="reports_self_inspection_once",
                violation_error_message=_("This self-inspection is here already."),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.held_on})"


class Problem(models.Model):
    """A problem that a self-inspection found at a unit; put right when it has a day."""

    inspection = models.ForeignKey(
        SelfInspection,
        models.PROTECT,
        related_name="problems",
        verbose_name=_("self-inspection"),
    )
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1)]
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="problems", verbose_name=_("unit")
    )
    found = models.CharField(_("problem"), max_length=200)
    measure = models.CharField(_("how it was put right"), max_length=200, blank=True)
    righted_on = models.DateField(_("put right on"), null=True, blank=True)

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem of a self-inspection")
        verbose_name_plural = _("problems of self-inspections")
        ordering = ["-inspection__held_on", "inspection", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"],
                name="reports_problem_once",
                violation_error_message=_(
                    "The self-inspection has a problem of this number."
                ),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.found}"

    def clean(self):
        inspection = getattr(self, "inspection", None)
        held = inspection and inspection.held_on
        refuse_closed("agency", getattr(self, "agency", None), held and held.year)
        if held and self.righted_on and self.righted_on < held:
            message = _("It was put right before it was found.")
            error = ValidationError(message, "righted_before_found")
            raise ValidationError({"righted_on": error})


class WebsiteCheck(models.Model):
    """What a check of the government websites found in a quarter (季度抽查通报)."""

    class Quarter(models.IntegerChoices):
        FIRST = 1, _("first quarter")
        SECOND = 2, _("second quarter")
        THIRD = 3, _("third quarter")
        FOURTH = 4, _("fourth quarter")

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="website_checks",
        verbose_name=_("checked by"),
    )
    year = year_field()
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter)
    sites = models.PositiveIntegerField(_("sites checked"))
    found = models.PositiveIntegerField(_("problems found"), default=0)
    righted = models.PositiveIntegerField(_("of these put right"), default=0)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("website check")
        verbose_name_plural = _("website checks")
        ordering = ["-year", "agency__path", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "quarter"],
                name="reports_website_check_once",
                violation_error_message=_("This quarter has its check already."),
            ),
            models.CheckConstraint(
                name="reports_website_check_righted_were_found",
                condition=Q(righted__lte=F("found")),
                violation_error_message=_("More put right than found."),
            ),
            models.CheckConstraint(
                name="reports_website_check_quarter",
                condition=Q(quarter__in=(1, 2, 3, 4)),
            ),
        ]

    def __str__(self):
        return f"{self.agency} {self.year} {self.get_quarter_display()}"

    def clean(self):
        if None not in (self.found, self.righted) and self.righted > self.found:
            error = ValidationError(_("More put right than found."), "more_than_found")
            raise ValidationError({"righted": error})


class Assessment(models.Model):
    """The score that a third party (第三方评估) gave a unit for a year, of 100."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="assessments", verbose_name=_("unit")
    )
    year = year_field()
    assessor = models.CharField(_("assessed by"), max_length=100)
    score = models.DecimalField(
        pgettext_lazy("assessment", "score"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text=_("Of 100."),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("third-party assessment")
        verbose_name_plural = _("third-party assessments")
        ordering = ["-year", "-score", "agency__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "assessor"],
                name="reports_assessment_once",
                violation_error_message=_("This unit has its score of the year."),
            ),
            models.CheckConstraint(
                name="reports_assessment_of_100",
                condition=Q(score__range=(0, 100)),
                violation_error_message=_("A score is between 0 and 100."),
            ),
        ]

    def __str__(self):
        return f"{self.agency} {self.year} {self.score}"

    def clean(self):
        refuse_closed("agency", getattr(self, "agency", None), self.year)
