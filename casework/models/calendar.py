"""The special days of the State Council's yearly notices."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache

from django.db import models, transaction
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from casework.workdays import NEW_YEAR_FROM, SpecialDay, WorkCalendar

_held: ContextVar[WorkCalendar | None] = ContextVar("held", default=None)


class CalendarDayQuerySet(models.QuerySet):
    def of_notice(self, year: int):
        """The days that the notice for the year may name: from the end of the December
        before, in which the holiday of New Year's Day may begin."""
        first, next_first = (date(y, *NEW_YEAR_FROM) for y in (year - 1, year))
        return self.filter(day__gte=first, day__lt=next_first)

    @transaction.atomic
    def enter(self, year: int, days, notice: str = ""):
        """Put these special days in the place of those that the year's notice had."""
        self.of_notice(year).delete()
        self.bulk_create(
            CalendarDay(
                day=day.day, working=day.working, festival=day.festival, notice=notice
            )
            for day in days
        )


class CalendarDayManager(models.Manager.from_queryset(CalendarDayQuerySet)):
    @contextmanager
    def held(self) -> Iterator[WorkCalendar]:
        """One calendar for all that is done in the block, however often it is asked."""
        token = _held.set(self.as_calendar())
        try:
            yield _held.get()
        finally:
            _held.reset(token)

    def as_calendar(self) -> WorkCalendar:
        """The working days as they stand, built once for each state of the table."""
        if calendar := _held.get():
            return calendar
        stamp = self.aggregate(rows=Count("pk"), latest=Max("entered_at"))
        return _calendar(self.db, stamp["rows"], stamp["latest"])


@lru_cache(maxsize=4)
def _calendar(database: str, rows: int, latest: datetime | None) -> WorkCalendar:
    days = CalendarDay.objects.using(database).values_list("day", "working", "festival")
    return WorkCalendar.of(SpecialDay(*day) for day in days)


class CalendarDay(models.Model):
    """A day of rest or a make-up working day, by the State Council's yearly notice.

    A year without any is not known yet: dates that fall into it are provisional.
    """

    class Festival(models.TextChoices):
        NEW_YEAR = "new_year", _("New Year's Day")
        SPRING = "spring_festival", _("Spring Festival")
        QINGMING = "qingming", _("Tomb-Sweeping Day")
        LABOUR = "labour_day", _("Labour Day")
        DRAGON_BOAT = "dragon_boat", _("Dragon Boat Festival")
        MID_AUTUMN = "mid_autumn", _("Mid-Autumn Festival")
        NATIONAL = "national_day", _("National Day")
        VICTORY = "victory_day", _("Victory Day")

    day = models.DateField(_("day"), unique=True)
    working = models.BooleanField(_("working day"))
    festival = models.CharField(_("festival"), max_length=20, choices=Festival)
    notice = models.CharField(_("notice"), max_length=60, blank=True)
    entered_at = models.DateTimeField(auto_now=True)

    objects = CalendarDayManager()

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("working-day calendar")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.get_festival_display()}"
