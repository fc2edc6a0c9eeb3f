"""How a request stands, how it came, and who made it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    REGISTERED = "registered", _("to be confirmed")
    HANDLING = "handling", _("being handled")
    CORRECTING = "correcting", _("waiting for correction")
    PAYING = "paying", _("waiting for payment")
    REVIEW = "review", _("draft under review")
    SIGNED = "signed", _("signed, to be served")
    CLOSED = "closed", _("closed")


class Channel(models.TextChoices):
    IN_PERSON = "in_person", _("handed in in person")
    REGISTERED_POST = "registered_post", _("registered post")
    EMS = "ems", _("express mail (EMS)")
    ORDINARY_LETTER = "ordinary_letter", _("ordinary letter")
    OTHER_UNIT = "other_unit", _("sent to another unit or person of the organ")
    FAX = "fax", _("fax")
    EMAIL = "email", _("e-mail")
    ONLINE = "online", _("online form")


CHANNELS = frozenset(Channel.values)


class ApplicantKind(models.TextChoices):
    NATURAL_PERSON = "natural_person", _("natural person")
    BUSINESS = "business", _("commercial enterprise")
    RESEARCH = "research", _("research institution")
    PUBLIC_BENEFIT = "public_benefit", _("social public-benefit organisation")
    LEGAL_SERVICE = "legal_service", _("legal-service institution")
    OTHER_ORGANISATION = "other_organisation", _("other organisation")
