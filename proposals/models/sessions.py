"""The sessions (届次会议) of a congress or committee, and the limits of their items."""

from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.models import Agency
from proposals.deadlines import Limit, Rules, counts_for_next
from proposals.limits import LimitField


class Body(models.TextChoices):
    CONGRESS = "congress", _("people's congress")
    CPPCC = "cppcc", _("CPPCC committee")


CLASSES = """\
A 所提问题已经解决或基本解决
B 所提问题正在解决或已列入计划逐步解决
C 因条件限制暂时不能解决
D 留作参考"""
"""The classes of result of many cities; letters and number are the session's own."""


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the agencies that the person sees, and of those above: whoever handles an
        item may see by which rules."""
        if not user.is_active or user.is_superuser:
            return self if user.is_active else self.none()
        above = {
            int(part)
            for place in user.workplaces
            for part in place.path.split("/")
            if part
        }
        seen = Agency.objects.visible_to(user)
        return self.filter(Q(agency__in=seen) | Q(agency__in=above))

    def last_of(self, agency, body: str):
        """The session whose rules a new one begins with."""
        found = self.filter(agency=agency, body=body)
        return found.order_by("-term", "-number").first()


class Session(models.Model):
    """A session of a body, with the limits that hold for its items.

    National law are three and six months from assignment, for suggestions; every other
    limit is the rule of a place, and may be empty.
    """

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="+",
        verbose_name=_("government that assigns its items"),
    )
    body = models.CharField(_("body"), max_length=10, choices=Body)
    term = models.PositiveSmallIntegerField(
        _("term"), validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    number = models.PositiveSmallIntegerField(
        _("number of the session"),
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(pgettext_lazy("session", "closed on"))
    returning = LimitField(
        _("to return a wrong assignment"), default=partial(Limit, 5, "working_days")
    )
    contact = LimitField(_("to contact the author"), default=None)
    opinion = LimitField(
        _("opinion of a co-handler"), default=partial(Limit, 1, "months")
    )
    reply = LimitField(_("reply"), default=partial(Limit, 3, "months"))
    reply_by = models.DateField(
        _("reply by a fixed day"),
        null=True,
        blank=True,
        help_text=_("In the place of the limit, for items of the session itself."),
    )
    difficult = LimitField(
        _("reply when wide and difficult"), default=partial(Limit, 6, "months")
    )
    again = LimitField(_("second handling"), default=partial(Limit, 1, "months"))
    feedback = LimitField(_("feedback of the author"), default=None)
    classes = models.TextField(
        _("classes of result"),
        default=CLASSES,
        help_text=_("One on each line: the letter, a space, what it means."),
    )
    cut_off = models.CharField(
        _("cut-off day between sessions"),
        max_length=5,
        blank=True,
        default="12-05",
        validators=[RegexValidator(r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")],
        help_text=_(
            "As 12-05: what is filed later counts for the next session. Empty: no rule."
        ),
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-opened_on", "body"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "body", "term", "number"],
                name="proposals_session_once",
                violation_error_message=_("This session has been entered already."),
            ),
            models.CheckConstraint(
                name="proposals_session_in_order",
                condition=models.Q(closed_on__gte=models.F("opened_on")),
                violation_error_code="in_order",
                violation_error_message=_("It cannot close before it opens."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """市十四届人大六次会议 without the place; in English the same in words."""
        values = {"term": self.term, "number": self.number}
        if self.body == Body.CONGRESS:
            return gettext("session %(number)s of People's Congress %(term)s") % values
        return gettext("session %(number)s of CPPCC committee %(term)s") % values

    @property
    def rules(self) -> Rules:
        limits = (
            "returning", "contact", "opinion", "reply", "difficult", "again",
            "feedback", "reply_by",
        )  # fmt: skip
        return Rules(**{name: getattr(self, name) for name in limits})

    @property
    def class_labels(self) -> dict[str, str]:
        """What each class means, by its letter."""
        pairs = (line.partition(" ") for line in self.classes.splitlines())
        return {letter: meaning.strip() for letter, _space, meaning in pairs if letter}

    def clean(self):
        if self.body == Body.CONGRESS and self.reply_by:
            # 代表法 art. 51: three months from assignment, whenever that was.
            message = _("Suggestions are replied to within months of assignment.")
            raise ValidationError({"reply_by": ValidationError(message, "by_law")})
        letters = [line.partition(" ")[0] for line in self.classes.splitlines()]
        if not all(letters) or len(set(letters)) < len(letters):
            message = _("Each line begins with a letter of its own.")
            raise ValidationError({"classes": ValidationError(message, "classes")})

    def counts(self, filed_on: date) -> bool:
        """Whether an item that is filed on the day between sessions counts for this
        one, by its cut-off day; always, where there is none."""
        if not self.cut_off:
            return True
        month, day = map(int, self.cut_off.split("-"))
        later = counts_for_next(filed_on, (month, day))
        return filed_on.year + later == self.opened_on.year
