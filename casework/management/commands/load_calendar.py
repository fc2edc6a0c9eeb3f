"""The special days of the years that the package `chinesecalendar` knows."""

from itertools import groupby

from chinese_calendar.constants import holidays, workdays
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import CalendarDay
from casework.recalculation import moves
from casework.workdays import SpecialDay

Festival = CalendarDay.Festival
FESTIVALS = {
    "New Year's Day": Festival.NEW_YEAR,
    "Spring Festival": Festival.SPRING,
    "Tomb-sweeping Day": Festival.QINGMING,
    "Labour Day": Festival.LABOUR,
    "Dragon Boat Festival": Festival.DRAGON_BOAT,
    "Mid-autumn Festival": Festival.MID_AUTUMN,
    "National Day": Festival.NATIONAL,
    "Anti-Fascist 70th Day": Festival.VICTORY,
}


def packaged() -> dict[int, set[SpecialDay]]:
    """The package's special days, by the year of their notice."""
    days = [
        SpecialDay(day, working, FESTIVALS[name].value)
        for working, named in ((False, holidays), (True, workdays))
        for day, name in named.items()
    ]
    years: dict[int, set[SpecialDay]] = {}
    for day in days:
        years.setdefault(day.notice_year, set()).add(day)
    return years


def spans(years: list[int]) -> str:
    """2004–2010, 2012: the years in a row told by the first and the last."""
    runs = groupby(enumerate(sorted(years)), key=lambda pair: pair[1] - pair[0])
    told = []
    for _key, run in runs:
        row = [year for _place, year in run]
        told.append(str(row[0]) if len(row) == 1 else f"{row[0]}–{row[-1]}")
    return ", ".join(told)


class Command(BaseCommand):
    help = _(
        "Loads the days of rest and the make-up working days of the years that the "
        "package chinesecalendar knows."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--year", type=int, action="append", help=_("only this year (repeatable)")
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help=_("also years that were entered by hand from the notice"),
        )

    def handle(self, *, year, replace, **options):
        known = packaged()
        if unknown := set(year or ()) - known.keys():
            text = _(
                "The package does not know %(years)s (it knows %(known)s). "
                "Enter the State Council's notice on the page of the calendar."
            )
            values = {"years": spans(list(unknown)), "known": spans(list(known))}
            raise CommandError(text % values)
        done: dict[str, list[int]] = {"loaded": [], "unchanged": [], "kept": []}
        for wanted in sorted(set(year or known)):
            done[self.load(wanted, known[wanted], replace)].append(wanted)
        self.tell(done)

    def load(self, year: int, days: set[SpecialDay], replace: bool) -> str:
        """What was done with the year: loaded, unchanged, or kept as it was entered."""
        rows = list(CalendarDay.objects.of_notice(year))
        if {SpecialDay(row.day, row.working, row.festival) for row in rows} == days:
            return "unchanged"
        if any(row.notice for row in rows) and not replace:
            return "kept"
        CalendarDay.objects.enter(year, sorted(days, key=lambda day: day.day))
        return "loaded"

    def tell(self, done: dict[str, list[int]]):
        texts = {
            "loaded": _("Loaded: %(years)s."),
            "unchanged": _("Unchanged: %(years)s."),
            "kept": _(
                "Entered by hand and different, so left alone: %(years)s. "
                "--replace puts the package's days in their place."
            ),
        }
        for deed, years in done.items():
            if years:
                self.stdout.write(texts[deed] % {"years": spans(years)})
        calendar, today = CalendarDay.objects.as_calendar(), timezone.localdate()
        for year in (today.year, today.year + 1):
            if not calendar.knows(year):
                text = _("Not known yet: dates that fall in %(year)s are provisional.")
                self.stdout.write(self.style.WARNING(text % {"year": year}))
        if count := len(moves()):
            text = ngettext(
                "%(count)d open case would move: see manage.py recalculate.",
                "%(count)d open cases would move: see manage.py recalculate.",
                count,
            )
            self.stdout.write(self.style.WARNING(text % {"count": count}))
