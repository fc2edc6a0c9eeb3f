"""The year's plan of openness: its tasks, who answers for each, and how far it is."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import Agency
from reports.models.rows import OfAgencyQuerySet, refuse_closed, year_field


class PlanTaskQuerySet(OfAgencyQuerySet):
    def visible_to(self, user):
        """Of the plans that the person may see, and what falls to a unit of theirs."""
        seen = Agency.objects.visible_to(user)
        return self.filter(Q(agency__in=seen) | Q(unit__in=seen))

    def assigned_to(self, user):
        """What falls to the units of the person, and to what is beneath them."""
        return self.filter(unit__in=Agency.objects.visible_to(user))

    def overdue(self, today: date):
        undone = self.exclude(progress=PlanTask.Progress.DONE)
        return undone.filter(due_on__lt=today)


class PlanTask(models.Model):
    """A task (小项) under a heading (大项) of an office's plan for a year.

    One unit answers for it (责任单位) and reports how far it is; the office that made
    the plan keeps everything else.
    """

    class Progress(models.TextChoices):
        PLANNED = "planned", _("not begun")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", pgettext_lazy("progress", "done")

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="plan_tasks",
        verbose_name=_("office that made the plan"),
    )
    year = year_field()
    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1)],
        help_text=_("In the plan; tasks of one heading follow each other."),
    )
    heading = models.CharField(_("heading"), max_length=60)
    title = models.CharField(pgettext_lazy("plan", "task"), max_length=200)
    unit = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="tasks_to_do",
        verbose_name=_("responsible unit"),
    )
    helpers = models.CharField(
        _("units that help"),
        max_length=200,
        blank=True,
        help_text=_("As the plan names them; only the responsible unit is counted."),
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    progress = models.CharField(
        _("progress"), max_length=10, choices=Progress, default=Progress.PLANNED
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.TextField(_("what has been done"), max_length=1000, blank=True)
    changes = models.PositiveIntegerField(default=0, editable=False)
    """How often it was saved: a form tells which state it was shown in."""

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of the plan")
        verbose_name_plural = _("tasks of the plan")
        ordering = ["-year", "agency__path", "number"]
        permissions = [
            ("handle_plantask", _("Can report the progress of tasks of the plan"))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"],
                name="reports_plan_task_once",
                violation_error_message=_("The plan has a task of this number."),
            ),
            models.CheckConstraint(
                name="reports_plan_task_done_has_its_day",
                condition=Q(progress="done", done_on__isnull=False)
                | Q(progress__in=("planned", "under_way"), done_on=None),
                violation_error_message=_("What is done has its day, and only that."),
            ),
        ]

    def __str__(self):
        return f"{self.year} {self.number} {self.title}"

    def save(self, *args, **kwargs):
        self.changes += 1
        super().save(*args, **kwargs)

    def clean(self):
        refuse_closed("unit", getattr(self, "unit", None), self.year)
        done = self.progress == self.Progress.DONE
        if done and not self.done_on:
            message = _("Enter the day on which it was done.")
            raise ValidationError({"done_on": ValidationError(message, "day_missing")})
        if self.done_on and not done:
            message = _("What is not done has no day of it.")
            raise ValidationError({"done_on": ValidationError(message, "not_done")})

    def late(self, today: date) -> bool:
        """As the question of the queryset."""
        done = self.progress == self.Progress.DONE
        return bool(self.due_on) and not done and self.due_on < today
