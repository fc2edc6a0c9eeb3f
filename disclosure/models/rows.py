"""What belongs to a request: consultations, fee, remedies, files, events."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import Event
from casework.pages import DayOrLast
from disclosure.attachments import check_file, stored_name
from disclosure.deadlines import Consulted
from disclosure.fees import by_piece, by_volume
from disclosure.models.request import DisclosureRequest


class Consultation(models.Model):
    """A consultation letter (征求意见书), and what became of it."""

    class Kind(models.TextChoices):
        THIRD_PARTY = "third_party", _("third party")
        AGENCY = "agency", _("other organ, or one that made the information jointly")

    class Opinion(models.TextChoices):
        AGREES = "agrees", _("agrees to disclosure")
        OBJECTS = "objects", _("objects, with reasons")
        OBJECTS_BARE = "objects_bare", _("objects, without reasonable grounds")

    case = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="consultations"
    )
    kind = models.CharField(_("who is consulted"), max_length=20, choices=Kind)
    # The steps ask for party and opinion; a ledger of the past may not know them.
    party = models.CharField(_("name of the party"), max_length=100, blank=True)
    sent_on = models.DateField(_("letter sent on"))
    delivered_on = models.DateField(_("letter received on"), null=True, blank=True)
    answered_on = models.DateField(_("opinion received on"), null=True, blank=True)
    opinion = models.CharField(_("opinion"), max_length=20, choices=Opinion, blank=True)

    PERSONAL = frozenset({"party"})

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_consultation_in_order",
                condition=(Q(delivered_on=None) | Q(delivered_on__gte=F("sent_on")))
                & (Q(answered_on=None) | Q(answered_on__gte=F("sent_on"))),
                violation_error_code="before_the_letter",
                violation_error_message=_("The day is before the letter was sent."),
            ),
            models.CheckConstraint(
                name="disclosure_consultation_opinion_has_its_day",
                condition=Q(opinion="") | Q(answered_on__isnull=False),
                violation_error_code="opinion_has_its_day",
                violation_error_message=_("An opinion has the day on which it came."),
            ),
        ]

    def __str__(self):
        return f"{self.party or self.get_kind_display()} · {self.sent_on}"

    @property
    def facts(self) -> Consulted:
        return Consulted(self.kind, self.sent_on, self.delivered_on, self.answered_on)


class Fee(models.Model):
    """What is charged for a request: the processing fee, or before 2019 the cost."""

    class Kind(models.TextChoices):
        BY_PIECE = "by_piece", _("charged by piece")
        BY_VOLUME = "by_volume", _("charged by volume")
        COST = "cost", _("cost fee (retrieval, copying, postage)")

    case = models.ForeignKey(DisclosureRequest, models.PROTECT, related_name="fees")
    kind = models.CharField(_("kind of fee"), max_length=20, choices=Kind)
    quantity = models.PositiveIntegerField(
        _("pieces or pages"),
        validators=[MinValueValidator(1)],
        help_text=_("Pieces of this request when charged by piece, else A4 pages."),
    )
    earlier = models.PositiveIntegerField(
        _("earlier pieces this month"),
        default=0,
        blank=True,
        help_text=_("Pieces of the same applicant earlier in the calendar month."),
    )
    amount = models.DecimalField(
        _("amount (yuan)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    notified_on = models.DateField(_("notice received on"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    PERSONAL = frozenset()

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        ordering = ["pk"]
        constraints = [
            # One tariff for a request, never both (国办函〔2020〕109号 art. 3).
            models.UniqueConstraint(
                fields=["case"],
                name="disclosure_fee_one_per_request",
                violation_error_code="one_fee",
                violation_error_message=_("A request is charged for once."),
            ),
            models.CheckConstraint(
                name="disclosure_fee_paid_after_notice",
                condition=Q(notified_on=None)
                | Q(paid_on=None)
                | Q(paid_on__gte=F("notified_on")),
                violation_error_code="before_the_notice",
                violation_error_message=_("The day is before the fee notice."),
            ),
        ]
        indexes = [
            # The fees of a year: annual_forms.sources.
            models.Index(
                DayOrLast("paid_on"), "notified_on", name="disclosure_fee_year"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"

    def full_clean(self, *args, **kwargs):
        """The amount of a processing fee is what the tariff says."""
        if self.kind == self.Kind.BY_PIECE:
            self.amount = by_piece(self.quantity or 0, self.earlier or 0)
        elif self.kind == self.Kind.BY_VOLUME:
            self.amount = by_volume(self.quantity or 0)
        super().full_clean(*args, **kwargs)


class Remedy(models.Model):
    """What the applicant did about it: reconsideration (行政复议) or a lawsuit."""

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", _("administrative reconsideration")
        DIRECT = "direct", _("lawsuit without reconsideration")
        AFTER = "after", _("lawsuit after reconsideration")

    class Result(models.TextChoices):
        UPHELD = "upheld", pgettext_lazy("remedy", "upheld")
        CORRECTED = "corrected", pgettext_lazy("remedy", "corrected")
        OTHER = "other", pgettext_lazy("remedy", "other result")

    case = models.ForeignKey(DisclosureRequest, models.PROTECT, related_name="remedies")
    kind = models.CharField(_("kind of remedy"), max_length=20, choices=Kind)
    body = models.CharField(_("deciding body"), max_length=100, blank=True)
    filed_on = models.DateField(_("filed on"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)

    PERSONAL = frozenset()

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_remedy_decided_with_result",
                condition=Q(decided_on=None, result="")
                # What is compared with nothing is not false: it must be there.
                | Q(decided_on__isnull=False, decided_on__gte=F("filed_on"))
                & ~Q(result=""),
                violation_error_code="decided_with_result",
                violation_error_message=_(
                    "A decision has a day, not before the filing, and a result."
                ),
            ),
        ]
        indexes = [
            # The remedies of a year: annual_forms.sources.
            models.Index(
                DayOrLast("decided_on"), "filed_on", name="disclosure_remedy_year"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.filed_on}"


class Attachment(models.Model):
    """A file of a request; it leaves only through a rights-checking view."""

    case = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="attachments"
    )
    title = models.CharField(_("title"), max_length=100)
    file = models.FileField(
        _("file"),
        upload_to=stored_name,
        validators=[check_file],
        help_text=_("PDF, OFD, Word, Excel, JPEG or PNG; at most 20 MB."),
    )
    added_on = models.DateField(_("added on"))

    PERSONAL = frozenset({"title", "file"})

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self):
        return self.title


class RequestEvent(Event):
    """One thing that was done to a request."""

    case = models.ForeignKey(
        DisclosureRequest,
        models.PROTECT,
        related_name="events",
        verbose_name=_("disclosure request"),
    )
