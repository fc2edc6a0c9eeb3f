"""A request for government information: its columns, its constraints, its questions."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum.cn import ric

from casework.masking import mask_identity
from casework.models import Case, CaseQuerySet
from casework.models.constraints import closed_means_decided, in_order
from casework.pages import DayOrLast
from casework.references import tidy
from casework.seals import fingerprint, seal, unseal
from casework.workdays import LAST, WorkCalendar
from disclosure.deadlines import FIRST_DAY, REGIMES, Facts, deadline, received_on
from disclosure.models.choices import CHANNELS, ApplicantKind, Channel, Status
from disclosure.outcomes import REPLIES, Outcome

IN_ORDER = (
    (
        "arrived_on",
        "submitted_on",
        _("It cannot arrive before it was submitted."),
    ),
    (
        "confirmed_on",
        "submitted_on",
        _("Receipt cannot be confirmed before it was submitted."),
    ),
    (
        "confirmed_on",
        "arrived_on",
        _("Receipt cannot be confirmed before it arrived."),
    ),
    (
        "correction_asked_on",
        "received_on",
        _("A correction cannot be asked for before receipt."),
    ),
    (
        "corrected_on",
        "correction_asked_on",
        _("A correction cannot come before it was asked for."),
    ),
    (
        "signed_on",
        "drafted_on",
        _("A reply cannot be signed before it was drafted."),
    ),
    (
        "closed_on",
        "signed_on",
        _("A reply cannot be served before it was signed."),
    ),
    (
        "closed_on",
        "received_on",
        _("A request cannot be closed before it was received."),
    ),
)
"""Days of which the first does not come before the second, and what is said then."""


def _lawful_extension() -> Q:
    """None, or as long as the version in force on the day of receipt allows."""
    lawful, next_since = Q(extension=0, extended_on=None), LAST
    for regime in REGIMES:
        lawful |= Q(
            extension__range=(1, regime.extension),
            extended_on__isnull=False,
            received_on__isnull=False,
            received_on__gte=regime.since,
            received_on__lt=next_since,
        )
        next_since = regime.since
    return lawful


class DisclosureRequestQuerySet(CaseQuerySet):
    def reckonable(self):
        return self.prefetch_related("consultations", "fees")

    def correcting(self):
        """The applicant has been asked for a correction."""
        return self.filter(status=Status.CORRECTING)

    def paying(self):
        """The applicant has been asked for a fee."""
        return self.filter(status=Status.PAYING)

    def consulting(self):
        """A third party or another organ has been asked, and has not answered."""
        consultations = self.model.consultations.rel.related_model.objects
        asked = consultations.filter(case=OuterRef("pk"), answered_on=None)
        return self.open().filter(Exists(asked))

    def drafted(self):
        """A draft lies with who signs."""
        return self.filter(status=Status.REVIEW)

    def signed(self):
        """Signed, and not served yet."""
        return self.filter(status=Status.SIGNED)

    def same_identity(self, number: str):
        """The requests of whoever has this identity number, by its fingerprint."""
        return self.filter(identity_hash=fingerprint("identity", tidy(number)))


class DisclosureRequest(Case):
    """A request for disclosure (政府信息公开申请), from registration to remedies."""

    class SupplyForm(models.TextChoices):
        PAPER = "paper", _("on paper")
        ELECTRONIC = "electronic", _("electronic copy")
        READING = "reading", _("reading on the spot")

    class SupplyRoute(models.TextChoices):
        POST = "post", pgettext_lazy("supply", "by post")
        EMAIL = "email", pgettext_lazy("supply", "by e-mail")
        FAX = "fax", pgettext_lazy("supply", "by fax")
        COLLECT = "collect", _("collected in person")

    class Service(models.TextChoices):
        HANDED_OVER = "handed_over", _("handed over: the day the applicant signs")
        POSTED = "posted", _("posted: the day it is handed to the post")
        ELECTRONIC = "electronic", _("electronic: the day it is sent")

    status = models.CharField(_("status"), max_length=20, choices=Status)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    submitted_on = models.DateField(
        _("submitted on"),
        help_text=_("The day it was handed in, or sent (postmark, sending time)."),
    )
    arrived_on = models.DateField(
        _("arrived on"),
        null=True,
        blank=True,
        help_text=_("The day it was signed for, or reached the organ."),
    )
    confirmed_on = models.DateField(_("receipt confirmed on"), null=True, blank=True)

    applicant_kind = models.CharField(
        _("kind of applicant"), max_length=20, choices=ApplicantKind
    )
    applicant = models.CharField(_("applicant"), max_length=100)
    identity_sealed = models.TextField(_("identity document number"), editable=False)
    identity_hash = models.CharField(
        _("identity document number"), max_length=64, editable=False
    )
    phone = models.CharField(_("applicant's telephone"), max_length=40, blank=True)
    email = models.EmailField(_("applicant's e-mail"), blank=True)
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    description = models.TextField(
        _("information asked for"),
        help_text=_("Title, document number or other features to search by."),
    )
    supply_form = models.CharField(
        _("form of supply"), max_length=20, choices=SupplyForm, blank=True
    )
    supply_route = models.CharField(
        _("route of supply"), max_length=20, choices=SupplyRoute, blank=True
    )

    correction_asked_on = models.DateField(
        _("correction asked on"), null=True, blank=True
    )
    correction_until = models.DateField(_("to be corrected by"), null=True, blank=True)
    correction_points = models.TextField(_("what to correct"), blank=True)
    corrected_on = models.DateField(
        _("corrected request received on"), null=True, blank=True
    )
    extension = models.PositiveSmallIntegerField(
        _("extension, in working days"), default=0, blank=True
    )
    extended_on = models.DateField(_("extended on"), null=True, blank=True)
    repeats = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated_by",
        verbose_name=_("earlier request that it repeats"),
    )
    draft_outcome = models.CharField(
        _("outcome proposed"),
        max_length=30,
        choices=[(outcome.value, outcome.label) for outcome in REPLIES],
        blank=True,
    )
    grounds = models.TextField(
        _("grounds and particulars of the reply"),
        blank=True,
        help_text=_(
            "As the applicant is to read it: why it is not disclosed, or how and where "
            "to get it."
        ),
    )
    drafted_on = models.DateField(_("draft submitted on"), null=True, blank=True)
    document_number = models.CharField(
        _("document number"),
        max_length=60,
        blank=True,
        help_text=_("As on the letter, for example 宝政公开〔2026〕12号."),
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    service = models.CharField(
        _("way of service"), max_length=20, choices=Service, blank=True
    )
    outcome = models.CharField(_("outcome"), max_length=30, choices=Outcome, blank=True)
    code_hash = models.CharField(
        _("query code"), max_length=64, blank=True, editable=False
    )

    objects = DisclosureRequestQuerySet.as_manager()

    _answered: tuple = (None, None)

    PERSONAL = frozenset(
        {
            "subject", "description", "applicant", "identity_sealed", "identity_hash",
            "phone", "email", "address", "correction_points", "grounds", "code_hash",
        }
    )  # fmt: skip

    class Meta(Case.Meta):
        verbose_name = _("disclosure request")
        verbose_name_plural = _("disclosure requests")
        ordering = ["-pk"]
        permissions = [
            ("handle_disclosurerequest", _("Can handle requests")),
            ("approve_disclosurerequest", _("Can approve extensions and replies")),
            ("reveal_applicant", _("Can see an applicant's identity in full")),
        ]
        constraints = [
            closed_means_decided(
                "disclosure_request",
                _("A request is closed by its closing date and its outcome."),
            ),
            models.CheckConstraint(
                name="disclosure_request_received_means_running",
                condition=Q(status="registered", received_on=None)
                | ~Q(status="registered") & Q(received_on__isnull=False),
                violation_error_code="received_means_running",
                violation_error_message=_(
                    "A request is handled once it is received: by this channel, "
                    "receipt must have been confirmed."
                ),
            ),
            models.CheckConstraint(
                name="disclosure_request_extension_lawful",
                condition=_lawful_extension(),
                violation_error_code="extension_cap",
                violation_error_message=_(
                    "An extension has its day, and no more working days than the "
                    "Regulation allows."
                ),
            ),
            *in_order("disclosure_request", *IN_ORDER),
        ]
        indexes = [
            # A year, counted without a look at the rows: annual_forms.sources.
            models.Index(
                "agency", DayOrLast("closed_on"), "received_on", "closed_on",
                "applicant_kind", "channel", "outcome", "extension", "due_on",
                name="disclosure_year",
            ),
            # Where a remedy or a fee belongs to: the same.
            models.Index(fields=["id", "agency"], name="disclosure_place"),
            # The desk's piles of a place.
            models.Index(
                fields=["agency", "due_on"],
                name="disclosure_open_due",
                condition=Q(closed_on=None),
            ),
            # The admin's list in its order: all, open (by light), of a status, of an
            # agency; and by due date, all and open. Its pages, and the years of the
            # filter, are ranges of these.
            models.Index(DayOrLast("received_on"), "id", name="disclosure_list"),
            models.Index(
                DayOrLast("received_on"),
                "id",
                name="disclosure_list_open",
                condition=Q(closed_on=None),
            ),
            models.Index(
                "status", DayOrLast("received_on"), "id", name="disclosure_list_status"
            ),
            models.Index(
                "agency", DayOrLast("received_on"), "id", name="disclosure_list_agency"
            ),
            models.Index(DayOrLast("due_on"), "id", name="disclosure_list_due"),
            models.Index(
                DayOrLast("due_on"),
                "id",
                name="disclosure_list_open_due",
                condition=Q(closed_on=None),
            ),
            # The cases behind a figure of what was or was not finished: reports.views.
            models.Index(DayOrLast("closed_on"), "id", name="disclosure_list_closed"),
            # Whose number it is: asked for each page of a request, and by the search.
            models.Index(fields=["identity_hash"], name="disclosure_identity"),
        ]  # fmt: skip

    @property
    def first_day(self) -> date:
        return self.received_on or self.submitted_on

    @property
    def facts(self) -> Facts:
        """What the reply limit depends on."""
        fee = next((fee for fee in self.rows("fees") if fee.notified_on), None)
        return Facts(
            channel=self.channel,
            submitted_on=self.submitted_on,
            arrived_on=self.arrived_on,
            confirmed_on=self.confirmed_on,
            correction_asked_on=self.correction_asked_on,
            correction_until=self.correction_until,
            corrected_on=self.corrected_on,
            fee_notified_on=fee and fee.notified_on,
            fee_paid_on=fee and fee.paid_on,
            extension=self.extension,
            consultations=tuple(row.facts for row in self.rows("consultations")),
        )

    def deadline(self, calendar: WorkCalendar):
        """The rules' answer, kept as long as facts and calendar are the same."""
        asked = self.facts, calendar
        if self._answered[0] != asked:
            self._answered = asked, deadline(*asked)
        return self._answered[1]

    def reckon(self):
        if self.channel not in CHANNELS or not self.submitted_on:
            return  # full_clean says what is missing
        self.clean()
        days = (self.submitted_on, self.arrived_on, self.confirmed_on)
        self.received_on = received_on(self.channel, *days)
        super().reckon()

    def clean(self):
        for name in ("submitted_on", "arrived_on", "confirmed_on"):
            day = getattr(self, name)
            if day and not FIRST_DAY <= day <= LAST:
                message = _("The day is outside the time that the Regulation covers.")
                raise ValidationError({name: ValidationError(message, "out_of_range")})

    def identify(self, number: str):
        """Keep the number of the identity document, sealed.

        A resident identity number of 18 characters must have the right last one.
        """
        plain = tidy(number)
        resident = len(plain) == 18 and plain[:17].isdigit()
        if resident and ric.calc_check_digit(plain) != plain[17]:
            message = _("The last character of the identity number does not fit.")
            raise ValidationError(
                {"identity_number": ValidationError(message, "identity")}
            )
        self.identity_sealed = seal(plain)
        self.identity_hash = fingerprint("identity", plain) if plain else ""

    @property
    def identity_masked(self) -> str:
        return mask_identity(unseal(self.identity_sealed))
