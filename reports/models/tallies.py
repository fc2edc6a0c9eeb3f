"""What bodies report as numbers, for want of cases kept here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Agency
from casework.tables import TOTAL
from reports.models.rows import OfAgencyQuerySet, year_field


class Tally(models.Model):
    """A figure of the year that an agency reports, at a place of the form: one that no
    case stands behind, or, of a body whose cases are kept elsewhere, any."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="tallies", verbose_name=_("agency")
    )
    year = year_field()
    code = models.CharField(_("figure"), max_length=30)
    column = models.CharField(_("column"), max_length=20, default=TOTAL.code)
    # Some figures are a change, and may be negative: the form of the tally knows which.
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    note = models.CharField(
        _("note"),
        max_length=100,
        blank=True,
        help_text=_("For example, that the source says “more than”."),
    )

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        ordering = ["-year", "agency", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "code", "column"],
                name="reports_tally_once",
                violation_error_message=_("This figure has been reported already."),
            )
        ]

    def __str__(self):
        return f"{self.agency} {self.year} {self.code}"
