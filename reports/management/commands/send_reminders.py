"""Sends the reminders of the day; run once a day, it catches up after a missed run."""

from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import CalendarDay
from reports.reminders import Letter, deliver, letters

NEEDED = ("EMAIL_URL", "SITE_ADDRESS")


class Command(BaseCommand):
    help = _(
        "Reminds the units by e-mail of their open cases: 5, 2 and 0 working days "
        "before the last day, and when it is over. Each reminder is sent once, however "
        "often the command is run; what could not be sent, is sent at the next run."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            default=timezone.localdate(),
            help=_("the day in place of today, as 2026-03-30"),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("show what would be sent")
        )

    def handle(self, *, date, dry_run, **options):
        for name in () if dry_run else NEEDED:
            if not getattr(settings, name):
                text = _("%(name)s is not set in the environment: see the README.")
                raise CommandError(text % {"name": name})
        with CalendarDay.objects.held() as calendar:
            found = list(letters(date, calendar))
            told = [letter for letter in found if letter.to]
            failed = [] if dry_run else deliver(told, date, calendar)
        missed = [letter for letter, _why in failed]
        sent = [letter for letter in told if letter not in missed]
        text = ngettext("%(count)d message.", "%(count)d messages.", len(sent))
        self.tell(text % {"count": len(sent)}, sent)
        silent = [letter for letter in found if not letter.to]
        if silent:
            self.tell(
                _("Nobody to write to (no e-mail address, or no permission):"), silent
            )
        if failed:
            self.stderr.write(_("Not sent, to be sent at the next run:"))
            for letter, why in failed:
                self.stderr.write(f"  {letter.agency}  {letter.kind.label}  {why}")
            raise CommandError(_("Some reminders were not sent."), returncode=1)

    def tell(self, heading, found: list[Letter]):
        self.stdout.write(heading)
        for letter in found:
            numbers = ", ".join(one.case.number for one in letter.reminders)
            whom = ", ".join([*letter.to, *letter.cc]) or "—"
            self.stdout.write(f"  {letter.agency}  {numbers}  {whom}")
