"""What rows that agencies keep of a year share."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Agency


def year_field() -> models.PositiveSmallIntegerField:
    """The Regulation came into force in 2008."""
    return models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2008), MaxValueValidator(2100)]
    )


def refuse_closed(name: str, agency: Agency | None, year: int | None) -> None:
    """What was closed before a year has nothing of it; `name` is the field's."""
    if agency and year and agency.closed_before(year):
        message = _("The agency was closed before that year.")
        raise ValidationError({name: ValidationError(message, "closed_agency")})


class OfAgencyQuerySet(models.QuerySet):
    def kept_by(self, user):
        """Those of the agencies that the person may see."""
        return self.filter(agency__in=Agency.objects.visible_to(user))

    def visible_to(self, user):
        return self.kept_by(user)
