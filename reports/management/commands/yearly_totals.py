"""Prints or writes the totals of a year."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.models import Agency
from proposals.cells import code as session_code
from proposals.models import Session
from reports import item_figures
from reports.downloads import FORMATS, as_csv, as_json, as_xlsx
from reports.yearly import EDITIONS, FIRST_YEAR, Yearly


class Command(BaseCommand):
    help = "The totals of a year by the statutory form, for a body and all beneath it."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--agency",
            metavar="CODE",
            help="the code of the body; without it, the body at the top of the tree",
        )
        parser.add_argument(
            "--alone", action="store_true", help="without what lies beneath the body"
        )
        parser.add_argument(
            "--edition",
            choices=EDITIONS,
            help="the edition of the form; without it, the one of that year",
        )
        parser.add_argument(
            "--session",
            metavar="CODE",
            help="the session whose items alone are counted, as R14-6 or Z11-5",
        )
        parser.add_argument(
            "--by",
            choices=item_figures.BY,
            default="level",
            help="what figures are split by; of items also category, and group, the "
            "delegation or sector of the first author",
        )
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument("--output", metavar="FILE", type=Path)

    def handle(self, *, year, agency, alone, edition, session, by, output, **options):
        with override(settings.LANGUAGE_CODE):
            latest = timezone.localdate().year
            if not FIRST_YEAR <= year <= latest:
                message = _("The year %(year)s is not from %(first)s to %(latest)s.")
                values = {"year": year, "first": FIRST_YEAR, "latest": latest}
                raise CommandError(message % values)
            place = find(agency)
            only = session and find_session(session, year, place)
            yearly = Yearly(
                year, place, alone, edition=edition or "", session=only, by=by
            )
            try:
                self.write(yearly, options["format"], output)
            except OSError as error:
                message = _("%(file)s cannot be written: %(reason)s.")
                values = {"file": output, "reason": error.strerror}
                raise CommandError(message % values) from error

    def write(self, yearly, form, output):
        if form == "xlsx":
            if output is None:
                raise CommandError(_("Name the Excel file with --output."))
            with output.open("wb") as file:
                as_xlsx(yearly, file)
            return
        text = as_json(yearly) if form == "json" else "".join(as_csv(yearly))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            output.write_text(text, encoding="utf-8", newline="")


def find(code: str | None) -> Agency:
    """The agency of the code, or the one at the top of the tree."""
    if code is not None:
        found = Agency.objects.filter(code=code).first()
        if not found:
            raise CommandError(_("No agency has the code %(code)s.") % {"code": code})
        return found
    tops = list(Agency.objects.filter(parent=None))
    if len(tops) != 1:
        message = _(
            "Name a body with --agency: %(count)s bodies stand at the top of the tree."
        )
        raise CommandError(message % {"count": len(tops)})
    return tops[0]


def find_session(code: str, year: int, agency: Agency) -> Session:
    """The session of the year that the code names."""
    found = item_figures.sessions(year, agency, None)
    for session in found:
        if code in (session_code(session), session_code(session).partition("-")[2]):
            return session
    codes = "、".join(map(session_code, found)) or "—"
    message = _("No session %(code)s opened in %(year)s; there are: %(codes)s.")
    raise CommandError(message % {"code": code, "year": year, "codes": codes})
