"""What every case is, and every event of one."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.clocks import Deadline
from casework.folding import fold
from casework.models.agencies import Agency, User
from casework.models.calendar import CalendarDay
from casework.references import reference
from casework.search import found
from casework.workdays import WorkCalendar


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The cases of the agencies that the person may see: the one rule of scope."""
        if user.is_active and user.is_superuser:
            return self
        # The keys, and not their query: then the planner knows how many cases these
        # few agencies have, and serves a small one as fast as all.
        places = Agency.objects.visible_to(user)
        return self.filter(agency__in=list(places.values_list("pk", flat=True)))

    def matching(self, text: str):
        """Those in whose number or subject is every word, in whichever spelling.

        It looks ahead in the order of the list: it comes last.
        """
        return found(self, text)

    def reckonable(self):
        """With everything that the clock asks for, in a few queries for all of them."""
        return self

    def open(self):
        return self.filter(closed_on=None)

    def undone(self):
        """What their clocks wait for has not been done."""
        return self.open()

    def unconfirmed(self):
        """Registered, but not received in the sense of the law: no clock runs yet."""
        return self.open().filter(received_on=None)

    def waiting(self):
        """The clock waits for somebody outside."""
        return self.undone().filter(received_on__isnull=False, due_on=None)

    def overdue(self, today: date):
        return self.undone().filter(due_on__lt=today)

    def due_between(self, first: date, last: date):
        return self.undone().filter(due_on__range=(first, last))

    def provisional(self):
        """Due in a year whose calendar is not known yet."""
        return self.undone().filter(due_provisional=True)

    def closed_in_time(self):
        return self.filter(closed_on__isnull=False).filter(
            Q(due_on=None) | Q(closed_on__lte=F("due_on"))
        )

    def closed_late(self):
        return self.filter(closed_on__gt=F("due_on"))


class Case(models.Model):
    """Something that came in and must be answered in time; subclasses say what.

    The due date is never typed: `save` asks the clock, and keeps why.
    """

    number = models.CharField(
        _("reference number"), max_length=30, unique=True, editable=False
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="+",
        # The lists' and the figures' indexes begin with it.
        db_index=False,
        verbose_name=_("agency"),
    )
    subject = models.CharField(_("subject"), max_length=200)
    folded = models.TextField(editable=False)
    received_on = models.DateField(
        pgettext_lazy("legal date", "received on"), null=True, editable=False
    )
    due_on = models.DateField(_("due on"), null=True, editable=False)
    due_provisional = models.BooleanField(
        _("provisional"), default=False, editable=False
    )
    due_why = models.JSONField(default=dict, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = CaseQuerySet.as_manager()

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    """The fields of which events say that they changed, and never to what."""
    ECHOES: ClassVar[frozenset[str]] = frozenset()
    """The fields that say once more what another one says: no history tells them."""

    class Meta:
        abstract = True

    def __str__(self):
        return self.number

    def save(self, *args, **kwargs):
        """Read the clock, and save only what is sound: ValidationError otherwise."""
        self.version += 1
        self.reckon()
        self.settle()
        self.full_clean()
        super().save(*args, **kwargs)

    def settle(self):
        """Fill in what follows from the facts and is kept only to be searched."""
        self.folded = fold(f"{self.number} {self.subject}")

    def validate_constraints(self, exclude=None):
        """All checks in one query; only if one fails, each by itself, to say which."""
        checks, others = [], []
        for constraint in self._meta.constraints:
            check = isinstance(constraint, models.CheckConstraint)
            (checks if check else others).append(constraint)
        conditions = [constraint.condition for constraint in checks]
        together = models.CheckConstraint(name="all", condition=Q(*conditions))
        try:
            for constraint in (together, *others):
                constraint.validate(type(self), self, exclude)
        except ValidationError:
            super().validate_constraints(exclude)

    @cached_property
    def unstored(self) -> dict[str, list[models.Model]]:
        """The related rows, by kind, of a case that is not stored yet."""
        return defaultdict(list)

    def rows(self, kind: str) -> list[models.Model]:
        """The related rows of a kind: stored, fetched before, or still in memory."""
        return list(getattr(self, kind).all()) if self.pk else self.unstored[kind]

    def series(self, on: date) -> str:
        """Among which cases it is counted, when it is registered on the day."""
        return f"{self.agency.code}:{on.year}"

    def numbered(self, serial: int, on: date) -> str:
        """The number of the so-manieth of its series."""
        return reference(self.agency.code, on.year, serial)

    @property
    def first_day(self) -> date:
        """Before this day nothing can have been done to the case."""
        raise NotImplementedError

    @property
    def done_on(self) -> date | None:
        """When that was done for which the clock waits."""
        return self.closed_on

    @property
    def ready_by(self) -> date | None:
        """For when it is reminded of: the last day, or the working day before one that
        only the move from a day of rest allows."""
        warned = self.due_why.get("warn")
        return date.fromisoformat(warned) if warned else self.due_on

    @property
    def lights(self) -> dict:
        """What its lights say where they do not speak of receipt and closing."""
        return {}

    def admits(self, by, permission: str) -> bool:
        """Whether a person who sees the case may use the permission on it."""
        return True

    @property
    def closed_late(self) -> bool:
        """Whether it was done after its last day."""
        return bool(self.done_on and self.due_on and self.done_on > self.due_on)

    def deadline(self, calendar: WorkCalendar) -> Deadline:
        """What the rules of this kind of case say to its facts."""
        raise NotImplementedError

    def reckon(self):
        """Ask the clock again; ValidationError for a day outside the calendar.

        What is done keeps the due date that it was measured by when only the calendar
        has changed since; when its facts are corrected, it is measured anew.
        """
        try:
            deadline = self.deadline(CalendarDay.objects.as_calendar())
        except ValueError:
            message = _("A day lies outside the time that the calendar covers.")
            raise ValidationError(message, "out_of_range") from None
        settled = self.done_on and self.due_why.get("settled")
        if settled and self.due_why["facts"] == deadline.why["facts"]:
            return
        self.due_on = deadline.due
        self.due_provisional = deadline.provisional
        self.due_why = deadline.why | {"settled": self.done_on is not None}


class Event(models.Model):
    """One thing that was done to a case: added by the door, and never changed.

    Concrete in each app, with a real foreign key `case`. The actor's name is copied in,
    so that the record says who it was whatever becomes of the account.
    """

    step = models.CharField(_("step"), max_length=40)
    source = models.CharField(_("from"), max_length=20, blank=True)
    target = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("by whom")
    )
    by_name = models.CharField(max_length=150)
    on = models.DateField(_("legal date"))
    at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    note = models.TextField(_("note"), blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self):
        return f"{self.on} {self.step}"
