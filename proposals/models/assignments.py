"""An item in the hands of one unit: the task that it has, with a clock of its own."""

from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import Agency, Case, CaseQuerySet
from casework.models.constraints import closed_means_decided, in_order
from casework.pages import DayOrLast
from casework.workdays import WorkCalendar
from proposals.deadlines import Facts, deadline
from proposals.models.items import DONE, Proposal


class Role(models.TextChoices):
    LEAD = "lead", _("lead")
    SEPARATE = "separate", _("separate")
    CO_HANDLER = "co_handler", _("co-handler")


REPLYING = (Role.LEAD, Role.SEPARATE)
"""Who writes to the author; a co-handler writes to the lead."""


OF_THE_GOVERNMENT = (
    "proposals.assign_proposal",
    "proposals.add_assignment",
    "proposals.change_assignment",
)
"""The permissions on an assignment that only the government which assigns may use."""


class TaskStatus(models.TextChoices):
    ASSIGNED = "assigned", _("to be signed for")
    HANDLING = "handling", _("being handled")
    RETURN_ASKED = "return_asked", _("return asked for")
    REVIEW = "review", _("draft under review")
    SIGNED = "signed", _("signed, to be served")
    CLOSED = "closed", _("closed")


class TaskOutcome(models.TextChoices):
    REPLIED = "replied", _("replied")
    OPINION = "opinion", _("opinion given")
    WAIVED = "waived", _("opinion waived")
    RETURNED = "returned", pgettext_lazy("assignment", "returned")
    ENDED = "ended", _("ended with the item")


GONE = (TaskOutcome.RETURNED, TaskOutcome.ENDED)
"""Whose place is free again."""
DELIVERED = (TaskOutcome.REPLIED, TaskOutcome.OPINION)
"""What is measured by its limit."""


class Handling(NamedTuple):
    """The assignments of those who have an item now."""

    replying: list["Assignment"]
    co_handlers: list["Assignment"]


def handling(case: Proposal) -> Handling:
    """Who handles an item, in the latest round in which somebody replies."""
    held = [task for task in case.assignments.all() if task.outcome not in GONE]
    replying = [task for task in held if task.role in REPLYING]
    latest = max((task.round for task in replying), default=1)
    return Handling(
        [task for task in replying if task.round == latest],
        [t for t in held if t.role == Role.CO_HANDLER and t.round == latest],
    )


class AssignmentQuerySet(CaseQuerySet):
    def closed_in_time(self):
        return super().closed_in_time().filter(outcome__in=DELIVERED)

    def closed_late(self):
        return super().closed_late().filter(outcome__in=DELIVERED)

    def reckonable(self):
        return self.select_related("case__session")

    def replying(self):
        return self.filter(role__in=REPLYING)

    def unsigned(self):
        """Assigned, and nobody has signed for it."""
        return self.filter(status=TaskStatus.ASSIGNED)

    def return_asked(self):
        """The unit has asked to give it back."""
        return self.filter(status=TaskStatus.RETURN_ASKED)

    def drafted(self):
        """A draft lies with who signs."""
        return self.filter(status=TaskStatus.REVIEW)

    def signed(self):
        """Signed, and not served yet."""
        return self.filter(status=TaskStatus.SIGNED)

    def awaiting_opinions(self):
        """The lead waits for a co-handler."""
        opinions = Assignment.objects.open().filter(
            case=OuterRef("case"), round=OuterRef("round"), role=Role.CO_HANDLER
        )
        return self.open().filter(Exists(opinions), role=Role.LEAD)


class Assignment(Case):
    """What a unit has to do about an item; `case` is the item."""

    class Reason(models.TextChoices):
        NOT_OURS = "not_ours", _("not within the unit's duties")
        CO_ONLY = "co_only", _("the unit should only co-handle")
        OTHER_LEVEL = "other_level", _("belongs to another level of government")
        OTHER = "other", pgettext_lazy("return", "another reason")

    case = models.ForeignKey(
        Proposal, models.PROTECT, related_name="assignments", verbose_name=_("item")
    )
    status = models.CharField(_("status"), max_length=20, choices=TaskStatus)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    suggested_unit = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit that the body suggested"),
    )
    assigned_on = models.DateField(_("assigned on"))
    signed_for_on = models.DateField(_("signed for on"), null=True, blank=True)
    return_asked_on = models.DateField(_("return asked on"), null=True, blank=True)
    return_reason = models.CharField(
        _("reason for returning"), max_length=20, choices=Reason, blank=True
    )
    return_text = models.CharField(_("explanation"), max_length=300, blank=True)
    unit_instead = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit suggested instead"),
    )
    opinion = models.TextField(_("opinion of the co-handler"), blank=True)
    drafted_on = models.DateField(_("draft submitted on"), null=True, blank=True)
    reworks = models.PositiveSmallIntegerField(_("times reworked"), default=0)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    result_class = models.CharField(_("class of result"), max_length=4, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=TaskOutcome, blank=True
    )

    objects = AssignmentQuerySet.as_manager()

    PERSONAL = frozenset()
    ECHOES = frozenset({"received_on"})

    class Meta(Case.Meta):
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["case", "pk"]
        permissions = [("handle_assignment", _("Can handle assignments"))]
        constraints = [
            closed_means_decided(
                "proposals_task",
                _("An assignment is closed by its closing date and its outcome."),
            ),
            # 主办: one unit leads; a returned assignment leaves the place free.
            models.UniqueConstraint(
                fields=["case", "round"],
                name="proposals_task_one_lead",
                condition=Q(role="lead") & ~Q(outcome__in=("returned", "ended")),
                violation_error_code="one_lead",
                violation_error_message=_("An item has one lead unit."),
            ),
            models.UniqueConstraint(
                fields=["case", "round", "agency"],
                name="proposals_task_once_a_unit",
                condition=~Q(outcome__in=("returned", "ended")),
                violation_error_code="once_a_unit",
                violation_error_message=_("This unit has the item already."),
            ),
            *in_order(
                "proposals_task",
                *(
                    (later, earlier, _("The day is before what came first."))
                    for later, earlier in (
                        ("signed_for_on", "assigned_on"),
                        ("return_asked_on", "assigned_on"),
                        ("drafted_on", "assigned_on"),
                        ("signed_on", "drafted_on"),
                        ("closed_on", "assigned_on"),
                        ("closed_on", "return_asked_on"),
                        ("closed_on", "signed_on"),
                    )
                ),
            ),
        ]
        indexes = [
            # The desk and the lists of a unit: what is open, by its last day.
            models.Index(
                fields=["agency", "due_on"],
                name="proposals_task_open_due",
                condition=Q(closed_on=None),
            ),
            # Totals and scope: which units have an item, without a look at their rows;
            # and which items a unit has.
            models.Index(
                fields=["case", "agency", "outcome"], name="proposals_task_units"
            ),
            models.Index(fields=["agency", "case"], name="proposals_task_items"),
            # The admin's list in its order: all, of a unit, of a status; by due date.
            models.Index(DayOrLast("received_on"), "id", name="proposals_task_list"),
            *(
                models.Index(
                    field,
                    DayOrLast("received_on"),
                    "id",
                    name=f"proposals_task_list_{field}",
                )
                for field in ("agency", "status")
            ),
            models.Index(DayOrLast("due_on"), "id", name="proposals_task_list_due"),
        ]

    def series(self, on: date) -> str:
        return self.case.number

    def numbered(self, serial: int, on: date) -> str:
        """The number of the item and its place among its assignments."""
        return f"{self.case.number}-{serial}"

    @property
    def first_day(self) -> date:
        return self.assigned_on

    @property
    def lights(self) -> dict:
        """What went, or was let off, has met no limit and missed none."""
        without = self.closed_on and self.outcome not in DELIVERED
        return dict.fromkeys(DONE, self.get_outcome_display()) if without else {}

    def admits(self, by, permission: str) -> bool:
        """A unit cannot take back, waive or correct its own assignment."""
        return permission not in OF_THE_GOVERNMENT or by.sees(self.case.agency)

    @property
    def facts(self) -> Facts:
        return Facts(
            role=self.role,
            assigned_on=self.assigned_on,
            in_session=self.case.in_session,
            extended_on=self.case.extended_on,
            again_on=self.assigned_on if self.round > 1 else None,
        )

    def deadline(self, calendar: WorkCalendar):
        return deadline(self.facts, self.case.session.rules, calendar)

    def reckon(self):
        if not self.assigned_on:
            return  # full_clean says what is missing
        self.received_on = self.assigned_on
        self.subject = self.case.subject
        super().reckon()
