"""What bodies report as numbers, for want of cases."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Agency


class TallyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The tallies of the agencies that the person may see."""
        return self.filter(agency__in=Agency.objects.visible_to(user))


class Tally(models.Model):
    """A figure of the year that an agency reports, under a code of the form."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="tallies", verbose_name=_("agency")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2008), MaxValueValidator(2100)]
    )
    code = models.CharField(_("figure"), max_length=30)
    # Some figures are a change, and may be negative: the form of the tally knows which.
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    note = models.CharField(
        _("note"),
        max_length=100,
        blank=True,
        help_text=_("For example, that the source says “more than”."),
    )

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        ordering = ["-year", "agency", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "code"],
                name="reports_tally_once",
                violation_error_message=_("This figure has been reported already."),
            )
        ]

    def __str__(self):
        return f"{self.agency} {self.year} {self.code}"
