"""A suggestion or a proposal: one model, told apart by the body that it goes to."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from casework.among import Among
from casework.models import Agency, Case, CaseQuerySet
from casework.models.constraints import closed_means_decided, in_order
from casework.pages import DayOrLast
from casework.workdays import WorkCalendar
from proposals.deadlines import Facts, deadline
from proposals.models.sessions import Body, Session


class Status(models.TextChoices):
    REGISTERED = "registered", _("to be examined")
    FILED = "filed", _("filed, to be assigned")
    ASSIGNED = "assigned", _("being handled")
    CLOSED = "closed", _("closed")


class Outcome(models.TextChoices):
    HANDLED = "handled", _("handled and replied")
    NOT_FILED = "not_filed", _("not filed")
    MERGED = "merged", _("merged into another item")
    WITHDRAWN = "withdrawn", pgettext_lazy("item", "withdrawn")
    CONVERTED = "converted", _("converted into a letter")


class Publication(models.TextChoices):
    FULL = "full", _("full text")
    SUMMARY = "summary", _("summary")
    NOT = "not", _("not published")


NOT_ASSIGNED = _("not assigned yet")
REPLIED = {
    "on_time": pgettext_lazy("light", "replied in time"),
    "late": ngettext_lazy(
        "replied %(days)d working day late",
        "replied %(days)d working days late",
        "days",
    ),
}
DONE = ("on_time", "late")
"""The lights of what is done."""
UNITS_RECORD = ("proposals.handle_proposal", "proposals.handle_assignment")
"""The permissions that a unit may use on an item which another agency assigned."""

FEW = 5_000
"""So many tasks of a person's units are as soon read as a page of their items."""


class ProposalQuerySet(CaseQuerySet):
    def visible_to(self, user):
        """Of the agency that assigns, and of every unit that handles it."""
        if user.is_active and user.is_superuser:
            return self
        places = list(Agency.objects.visible_to(user).values_list("pk", flat=True))
        tasks = self.model.assignments.rel.related_model.objects.order_by()
        tasks = tasks.filter(agency__in=places).values_list("case", flat=True)
        if tasks[FEW:].exists():
            # Met soon in any order. Not Exists, for which PostgreSQL would first read
            # all tasks of these units, or of all.
            handled = tasks.filter(case=OuterRef("pk"))[:1]
            return self.filter(
                Q(agency__in=places) | Q(IsNull(Subquery(handled), False))
            )
        # By their keys, which SQLite and PostgreSQL look up instead of every item.
        return self.filter(Q(agency__in=places) | Q(Among("pk", tasks)))

    def reckonable(self):
        return self.select_related("session")

    def undone(self):
        """The clock waits for the reply, not for the closing."""
        return self.open().filter(replied_on=None)

    def closed_in_time(self):
        """Replied to in time; what ended without a reply has met no limit."""
        in_time = Q(due_on=None) | Q(replied_on__lte=F("due_on"))
        return self.filter(in_time, replied_on__isnull=False)

    def closed_late(self):
        return self.filter(replied_on__gt=F("due_on"))

    def unexamined(self):
        """Registered, and neither filed nor declined."""
        return self.filter(status=Status.REGISTERED)

    def unassigned(self):
        """Filed, and in nobody's hands."""
        return self.filter(status=Status.FILED)

    def given_back(self):
        """A unit that was to reply has given it back, and nobody has it instead."""
        tasks = self.model.assignments.rel.related_model.objects.replying()
        later = tasks.filter(case=OuterRef("case"))
        instead = later.filter(
            round=OuterRef("round"),
            pk__gt=OuterRef("pk"),
            assigned_on__gte=OuterRef("closed_on"),
        )
        returned = tasks.filter(
            ~Exists(later.filter(round__gt=OuterRef("round"))),
            ~Exists(instead),
            case=OuterRef("pk"),
            outcome="returned",
        )
        return self.filter(Exists(returned), status=Status.ASSIGNED)

    def awaiting_feedback(self):
        """Every unit has replied; an author's answer is not recorded yet."""
        tasks = self.model.assignments.rel.related_model.objects.replying()
        writing = tasks.open().filter(case=OuterRef("pk"))
        authors = self.model.authors.rel.related_model.objects.filter(
            Q(case=OuterRef("pk")) | Q(case__merged_into=OuterRef("pk"))
        )
        first, second = (authors.exclude(feedback__round=number) for number in (1, 2))
        return self.filter(
            ~Exists(writing),
            Q(Exists(first), again_on=None) | Q(Exists(second), again_on__isnull=False),
            status=Status.ASSIGNED,
            replied_on__isnull=False,
        )

    def promised_by(self, day: date):
        """What was promised for the day, or for one before, is not settled."""
        commitments = self.model.commitments.rel.related_model.objects.filter(
            case=OuterRef("pk"), settled_on=None, due_on__lte=day
        )
        return self.filter(Exists(commitments))

    def published(self):
        """What anyone may read."""
        return self.filter(published_on__isnull=False)


class Proposal(Case):
    """An item: a deputy's suggestion (建议) or a proposal of the CPPCC (提案)."""

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="items", verbose_name=_("session")
    )
    status = models.CharField(_("status"), max_length=20, choices=Status)
    official_number = models.PositiveIntegerField(
        _("official number"),
        null=True,
        blank=True,
        help_text=_("Given when it is filed; one for each session."),
    )
    text = models.TextField(_("text"))
    category = models.CharField(_("category"), max_length=40, blank=True)
    in_session = models.BooleanField(_("made in session"), default=True)
    submitted_on = models.DateField(_("submitted on"))
    key_leader = models.CharField(
        _("leader in charge"),
        max_length=60,
        blank=True,
        help_text=_("Of a key item: who supervises it."),
    )
    author_consents = models.BooleanField(
        _("author consents to publishing the text"), null=True, blank=True
    )
    filed_on = models.DateField(
        pgettext_lazy("item", "filed on"), null=True, blank=True
    )
    assigned_on = models.DateField(_("assigned on"), null=True, blank=True)
    extended_on = models.DateField(_("longer limit recorded on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("item that it is handled with"),
    )
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    again_on = models.DateField(_("handled again from"), null=True, blank=True)
    publication = models.CharField(
        _("publication of the reply"), max_length=10, choices=Publication, blank=True
    )
    publication_reason = models.CharField(
        _("reason for not publishing"), max_length=200, blank=True
    )
    published_text = models.TextField(_("published text"), blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)

    objects = ProposalQuerySet.as_manager()

    PERSONAL = frozenset({"text", "published_text"})
    ECHOES = frozenset({"received_on"})

    class Meta(Case.Meta):
        verbose_name = _("suggestion or proposal")
        verbose_name_plural = _("suggestions and proposals")
        ordering = ["-pk"]
        permissions = [
            ("handle_proposal", _("Can handle suggestions and proposals")),
            ("assign_proposal", _("Can file, assign and close items")),
            ("approve_proposal", _("Can sign replies to items")),
        ]
        constraints = [
            closed_means_decided(
                "proposals_item",
                _("An item is closed by its closing date and its outcome."),
            ),
            models.CheckConstraint(
                name="proposals_item_filed_means_numbered",
                condition=Q(filed_on=None) | Q(official_number__isnull=False),
                violation_error_code="filed_means_numbered",
                violation_error_message=_("An item that is filed has its number."),
            ),
            models.CheckConstraint(
                name="proposals_item_merged_means_into",
                condition=Q(outcome="merged", merged_into__isnull=False)
                | ~Q(outcome="merged") & Q(merged_into=None),
                violation_error_code="merged_means_into",
                violation_error_message=_(
                    "A merged item names the one that it is handled with."
                ),
            ),
            models.CheckConstraint(
                name="proposals_item_published_means_decided",
                condition=Q(published_on=None)
                | Q(publication__in=("full", "summary"), replied_on__isnull=False)
                & ~Q(published_text=""),
                violation_error_code="published_means_decided",
                violation_error_message=_(
                    "What is published is the text of a reply that was to be published."
                ),
            ),
            models.UniqueConstraint(
                fields=["session", "official_number"],
                name="proposals_item_official_number",
                violation_error_code="official_number",
                violation_error_message=_("This session has an item of that number."),
            ),
            *in_order(
                "proposals_item",
                (
                    "filed_on",
                    "submitted_on",
                    _("It cannot be filed before it was submitted."),
                ),
                (
                    "assigned_on",
                    "filed_on",
                    _("It cannot be assigned before it was filed."),
                ),
                (
                    "replied_on",
                    "assigned_on",
                    _("It cannot be replied to before it was assigned."),
                ),
                (
                    "extended_on",
                    "assigned_on",
                    _("No limit runs before it was assigned."),
                ),
                (
                    "again_on",
                    "replied_on",
                    _("It cannot be handled again before it was replied to."),
                ),
                (
                    "published_on",
                    "replied_on",
                    _("A reply cannot be published before it was served."),
                ),
                (
                    "closed_on",
                    "replied_on",
                    _("It cannot be closed before it was replied to."),
                ),
            ),
        ]
        indexes = [
            # Totals of a session and of a year: annual figures.
            models.Index(
                fields=["session", "status", "outcome"], name="proposals_by_session"
            ),
            models.Index(fields=["agency", "assigned_on"], name="proposals_assigned"),
            # The public list of replies.
            models.Index(
                DayOrLast("published_on").desc(),
                F("id").desc(),
                name="proposals_published",
                condition=Q(published_on__isnull=False),
            ),
            # The admin's list in its order: all, those without a reply (by light), of a
            # status, of a session, of a government; and all by due date.
            models.Index(DayOrLast("received_on"), "id", name="proposals_list"),
            models.Index(
                DayOrLast("received_on"),
                "id",
                name="proposals_list_undone",
                condition=Q(closed_on=None, replied_on=None),
            ),
            *(
                models.Index(
                    field,
                    DayOrLast("received_on"),
                    "id",
                    name=f"proposals_list_{field}",
                )
                for field in ("status", "session", "agency")
            ),
            models.Index(DayOrLast("due_on"), "id", name="proposals_list_due"),
        ]

    def series(self, on: date) -> str:
        session = self.session
        letter = {Body.CONGRESS: "R", Body.CPPCC: "Z"}[session.body]
        return f"{session.agency.code}-{letter}{session.term}-{session.number}"

    def numbered(self, serial: int, on: date) -> str:
        """The intake number, before it is filed: BJ-R14-6-0023."""
        return f"{self.series(on)}-{serial:04d}"

    @property
    def kind(self) -> str:
        """The body that it goes to says what it is."""
        return self.session.body

    @property
    def first_day(self) -> date:
        return self.submitted_on

    @property
    def done_on(self) -> date | None:
        """A reply meets the limit; feedback and closing come later."""
        return self.replied_on or self.closed_on

    @property
    def lights(self) -> dict:
        ended = dict.fromkeys(DONE, self.get_outcome_display())
        return {"unconfirmed": NOT_ASSIGNED} | (REPLIED if self.replied_on else ended)

    def admits(self, by, permission: str) -> bool:
        """All is open to the government that assigns; to a unit that replies, what it
        records of its handling; a co-handler only reads."""
        if by.sees(self.agency):
            return True
        if permission not in UNITS_RECORD:
            return False
        replying = self.assignments.replying().exclude(outcome="returned")
        return replying.filter(agency__in=Agency.objects.visible_to(by)).exists()

    @property
    def official_name(self) -> str:
        """市十四届人大六次会议第23号建议, as it is called in letters."""
        if self.official_number is None:
            return self.number
        values = {"session": self.session.name, "number": self.official_number}
        if self.kind == Body.CONGRESS:
            return _("suggestion no. %(number)s of %(session)s") % values
        return _("proposal no. %(number)s of %(session)s") % values

    @property
    def key(self) -> bool:
        return bool(self.key_leader)

    def deadline(self, calendar: WorkCalendar):
        """From the first assignment, as the author sees it (代表法 art. 51); a unit to
        which it is assigned later has a clock of its own."""
        return deadline(self.facts, self.session.rules, calendar)

    @property
    def facts(self) -> Facts:
        return Facts(
            role="lead",
            assigned_on=self.assigned_on,
            in_session=self.in_session,
            extended_on=self.extended_on,
        )

    def reckon(self):
        if not self.submitted_on or not self.session_id:
            return  # full_clean says what is missing
        self.received_on = self.assigned_on
        super().reckon()
