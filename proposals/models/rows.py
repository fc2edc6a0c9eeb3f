"""What belongs to an item: authors, contacts, feedback, commitments, events."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import Event
from proposals.models.assignments import Assignment
from proposals.models.items import Proposal
from proposals.models.sessions import Body


class Author(models.Model):
    """Who made it: the first one leads (领衔代表, 第一提案人), the others sign with.

    The reply is served on each of them, on the day on which the unit closes its part.
    """

    class Kind(models.TextChoices):
        DEPUTY = "deputy", _("deputy")
        MEMBER = "member", _("CPPCC member")
        PARTY = "party", _("party")
        ORGANISATION = "organisation", _("organisation")
        SECTOR = "sector", pgettext_lazy("author", "sector")
        COMMITTEE = "committee", _("special committee")

    case = models.ForeignKey(Proposal, models.PROTECT, related_name="authors")
    place = models.PositiveSmallIntegerField(_("place"), default=1)
    kind = models.CharField(_("kind of author"), max_length=20, choices=Kind)
    name = models.CharField(pgettext_lazy("author", "name"), max_length=100)
    group = models.CharField(
        _("delegation or sector"),
        max_length=60,
        blank=True,
        help_text=_("The delegation of a deputy, the sector of a member."),
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    PERSONAL = frozenset({"phone"})

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["case", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "place"], name="proposals_author_place"
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Suggestions are made by deputies, proposals by the CPPCC's own."""
        if not self.kind:
            return
        deputy = self.kind == self.Kind.DEPUTY
        if deputy != (self.case.session.body == Body.CONGRESS):
            message = _("Such an author does not write to this body.")
            raise ValidationError({"kind": ValidationError(message, "kind")})


class Contact(models.Model):
    """A talk with the author before the reply (沟通, 面商)."""

    class Way(models.TextChoices):
        FACE_TO_FACE = "face_to_face", _("face to face")
        VISIT = "visit", _("visit")
        MEETING = "meeting", _("meeting")
        TELEPHONE = "telephone", pgettext_lazy("contact", "telephone")
        LETTER = "letter", _("letter")

    IN_PERSON = (Way.FACE_TO_FACE, Way.VISIT, Way.MEETING)
    """What counts as having met (面商, 见面)."""

    case = models.ForeignKey(Proposal, models.PROTECT, related_name="contacts")
    contacted_on = models.DateField(_("contacted on"))
    way = models.CharField(_("way of contact"), max_length=20, choices=Way)
    # The desk asks for both; a record of the past may be silent about them.
    who = models.CharField(_("who took part"), max_length=200, blank=True)
    said = models.TextField(_("what was said"), blank=True)

    PERSONAL = frozenset({"said"})

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["contacted_on", "pk"]

    def __str__(self):
        return f"{self.contacted_on} {self.get_way_display()}"


class Feedback(models.Model):
    """What an author says of the reply, of the attitude and of the result apart."""

    class Answer(models.TextChoices):
        SATISFIED = "satisfied", _("satisfied")
        BASICALLY = "basically", _("basically satisfied")
        DISSATISFIED = "dissatisfied", _("dissatisfied")
        NONE = "none", _("no form returned")

    case = models.ForeignKey(Proposal, models.PROTECT, related_name="feedback")
    author = models.ForeignKey(
        Author, models.PROTECT, related_name="feedback", verbose_name=_("author")
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    given_on = models.DateField(_("returned or closed on"))
    attitude = models.CharField(_("attitude"), max_length=20, choices=Answer)
    result = models.CharField(
        pgettext_lazy("feedback", "result"), max_length=20, choices=Answer
    )
    words = models.TextField(_("in the author's words"), blank=True)

    PERSONAL = frozenset({"words"})

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "author", "round"],
                name="proposals_feedback_once",
                violation_error_code="once",
                violation_error_message=_("The author's answer has been recorded."),
            ),
            models.CheckConstraint(
                name="proposals_feedback_none_is_none",
                condition=Q(attitude="none", result="none")
                | ~Q(attitude="none") & ~Q(result="none"),
                violation_error_code="none_is_none",
                violation_error_message=_(
                    "A form that was not returned says nothing of either."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.author} {self.get_result_display()}"

    def clean(self):
        if not self.author_id:
            return
        item = self.author.case
        if self.case_id not in (item.pk, item.merged_into_id):
            message = _("Choose an author of the item.")
            raise ValidationError({"author": ValidationError(message, "author")})


class Commitment(models.Model):
    """What a class B reply promises (承诺), followed after closing."""

    class State(models.TextChoices):
        KEPT = "kept", _("kept")
        CHANGED = "changed", pgettext_lazy("commitment", "changed")
        GIVEN_UP = "given_up", _("given up")

    case = models.ForeignKey(Proposal, models.PROTECT, related_name="commitments")
    promised = models.CharField(_("what was promised"), max_length=300)
    promised_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("to be kept by"))
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    state = models.CharField(
        _("what became of it"), max_length=20, choices=State, blank=True
    )

    PERSONAL = frozenset()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="proposals_commitment_settled_with_state",
                condition=Q(settled_on=None, state="")
                | Q(settled_on__isnull=False, settled_on__gte=F("promised_on"))
                & ~Q(state=""),
                violation_error_code="settled_with_state",
                violation_error_message=_(
                    "What is settled has a day, not before the promise, and a state."
                ),
            ),
            models.CheckConstraint(
                name="proposals_commitment_ahead",
                condition=Q(due_on__gte=F("promised_on")),
                violation_error_code="ahead",
                violation_error_message=_("A promise is kept after it was given."),
            ),
        ]
        indexes = [
            # The desk: promises that are open, by their day.
            models.Index(
                fields=["due_on"],
                name="proposals_commitment_open",
                condition=Q(settled_on=None),
            )
        ]

    def __str__(self):
        return self.promised


class ProposalEvent(Event):
    """One thing that was done to an item."""

    case = models.ForeignKey(
        Proposal, models.PROTECT, related_name="events", verbose_name=_("item")
    )


class AssignmentEvent(Event):
    """One thing that a unit did."""

    case = models.ForeignKey(
        Assignment, models.PROTECT, related_name="events", verbose_name=_("assignment")
    )
