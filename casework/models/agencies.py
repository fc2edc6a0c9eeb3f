"""The agencies in their tree, and the people who work in them."""

from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower, Substr
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class AgencyQuerySet(models.QuerySet):
    def beneath(self, *agencies):
        """The agencies themselves and everything beneath them."""
        within = Q(pk__in=())
        for agency in agencies:
            within |= Q(path__startswith=agency.path)
        return self.filter(within)

    def visible_to(self, user):
        """The agencies that the person works in, and everything beneath them."""
        if not user.is_active:
            return self.none()
        return self if user.is_superuser else self.beneath(*user.workplaces)

    def active(self):
        return self.filter(closed_on=None)

    def there_in(self, year: int):
        """Those that were not closed before the year."""
        return self.filter(Q(closed_on=None) | Q(closed_on__year__gte=year))


class Agency(models.Model):
    """An administrative organ (行政机关), in the tree of those that answer for it."""

    class Kind(models.TextChoices):
        CITY_OFFICE = "city_office", _("city government office")
        COUNTY = "county", _("county or district")
        DEPARTMENT = "department", _("department")

    name = models.CharField(_("name"), max_length=100, unique=True)
    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,8}\Z", code="agency_code")],
        help_text=_("Two to eight capital letters; the case numbers begin with it."),
    )
    aliases = models.CharField(
        _("other names"),
        max_length=300,
        blank=True,
        help_text=_("As ledgers write it, short or former; separated by “、”."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("higher agency"),
    )
    path = models.CharField(max_length=200, editable=False, db_index=True)
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        help_text=_("Shown to applicants on the public pages."),
    )
    reconsideration_organ = models.CharField(
        _("reconsideration organ"),
        max_length=100,
        blank=True,
        help_text=_("To which the letters of this agency refer; blank to fill in."),
    )
    court = models.CharField(
        _("court"),
        max_length=100,
        blank=True,
        help_text=_("To which the letters of this agency refer; blank to fill in."),
    )
    closed_on = models.DateField(
        pgettext_lazy("agency", "closed on"),
        null=True,
        blank=True,
        help_text=_("A closed agency keeps its cases and takes no new ones."),
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["path"]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, and move everything beneath along when the place has changed."""
        # All places as they are now, and held: of two moves, one waits for the other.
        held = type(self).objects.select_for_update(no_key=True).order_by("pk")
        paths = dict(held.values_list("pk", "path"))
        old, above = paths.get(self.pk, ""), paths.get(self.parent_id, "/")
        self._refuse_cycle(above)
        self.path = old
        super().save(*args, **kwargs)
        self.path = f"{above}{self._own}"
        if self.path == old:
            return
        type(self).objects.filter(pk=self.pk).update(path=self.path)
        if old:
            type(self).objects.filter(path__startswith=old).exclude(pk=self.pk).update(
                path=Concat(Value(self.path), Substr("path", len(old) + 1))
            )

    def clean(self):
        if self.parent:
            self._refuse_cycle(self.parent.path)

    def closed_before(self, year: int) -> bool:
        """Whether it was there in the year no more: see `there_in`."""
        return self.closed_on is not None and self.closed_on.year < year

    @property
    def _own(self) -> str:
        """The last part of the path: in the order of text as in that of numbers."""
        return f"{self.pk:06d}/"

    def _refuse_cycle(self, above: str):
        if self.pk and f"/{self._own}" in above:
            message = _("An agency cannot stand beneath itself.")
            raise ValidationError({"parent": ValidationError(message, "cycle")})


class StaffQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The staff of the agencies that the person may see."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        places = Agency.objects.visible_to(user)
        return self.filter(is_superuser=False).filter(
            Q(pk=user.pk)
            | Q(
                pk__in=User.agencies.through.objects.filter(agency__in=places).values(
                    "user"
                )
            )
        )


class StaffManager(UserManager.from_queryset(StaffQuerySet)):
    """A named class, since migrations write the manager's name."""

    def of_the_command_line(self):
        """Whom a command acts for when it is told no name: whoever can start one can
        reach the whole database. Nobody logs in with this account."""
        name = {"name": gettext("command line"), "is_active": False}
        account, made = self.get_or_create(username="command-line", defaults=name)
        if made:
            account.set_unusable_password()
            account.save()
        account.is_active = account.is_superuser = True
        return account


class User(AbstractUser):
    """A member of staff, in the agencies in which the person works."""

    first_name = last_name = None
    name = models.CharField(_("full name"), max_length=60)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    agencies = models.ManyToManyField(
        Agency,
        blank=True,
        related_name="staff",
        verbose_name=_("agencies"),
        help_text=_("The person sees the cases of these agencies and of all beneath."),
    )

    password_set_at = models.DateTimeField(
        _("password set at"), default=timezone.now, editable=False
    )
    password_is_initial = models.BooleanField(
        _("password is an initial one"), default=False, editable=False
    )

    objects = StaffManager()
    REQUIRED_FIELDS = ["name"]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="casework_user_username_any_case",
                violation_error_code="taken",
                violation_error_message=_("This log-in name is taken."),
            )
        ]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return str(self)

    get_short_name = get_full_name

    # Passwords

    def set_password(self, raw_password):
        """One that the person has chosen."""
        super().set_password(raw_password)
        self.password_set_at, self.password_is_initial = timezone.now(), False

    def set_initial_password(self, raw_password):
        """One that somebody else hands over: it only opens the page to choose one."""
        self.set_password(raw_password)
        self.password_is_initial = True

    @property
    def password_is_to_be_changed(self) -> bool:
        """An initial one, or one that is older than PASSWORD_DAYS (0: none is)."""
        return self.password_is_initial or self._older_than(
            timedelta(days=settings.PASSWORD_DAYS)
        )

    @property
    def password_is_void(self) -> bool:
        """An initial one that nobody has used for INITIAL_PASSWORD_HOURS (0: none)."""
        return self.password_is_initial and self._older_than(
            timedelta(hours=settings.INITIAL_PASSWORD_HOURS)
        )

    def _older_than(self, limit: timedelta) -> bool:
        return bool(limit) and timezone.now() > self.password_set_at + limit

    # Places

    def sees(self, agency: Agency) -> bool:
        """Whether it is an agency that the person works in, or beneath one."""
        places = (place.path for place in self.workplaces)
        return self.is_superuser or agency.path.startswith(tuple(places))

    @cached_property
    def workplaces(self):
        """The agencies that the person works in, asked for once a request."""
        return list(self.agencies.all())
