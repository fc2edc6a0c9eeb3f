"""Which reminders of cases were sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """A reminder of a case: claimed before it is sent, marked when it has been.

    It names its case by kind and number, since a case may be of either app.
    """

    class Rung(models.TextChoices):
        FIVE = "5", _("5 working days before the last day")
        TWO = "2", _("2 working days before the last day")
        LAST = "0", _("on the last day")
        OVERDUE = "overdue", _("overdue")

    kind = models.CharField(_("kind"), max_length=10)
    number = models.CharField(_("reference number"), max_length=30)
    rung = models.CharField(_("rung"), max_length=10, choices=Rung)
    due_on = models.DateField(_("due on"))
    message = models.UUIDField(_("message"))
    claimed_at = models.DateTimeField(_("claimed at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "rung", "due_on"],
                name="reports_reminder_once",
            )
        ]

    def __str__(self):
        return f"{self.number} {self.rung} {self.due_on}"

    @property
    def key(self) -> tuple:
        return self.kind, self.number, self.rung, self.due_on
