"""Which due dates the calendar moves; and moving them, in somebody's name."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import User
from casework.recalculation import CHANGE_CALENDAR, Move, moves, recalculate, sums


class Command(BaseCommand):
    help = _(
        "Shows which open cases the working-day calendar moves. With --apply and "
        "--user it moves them, with an event on each: all of them, or none."
    )

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help=_("move them"))
        parser.add_argument("--user", help=_("log-in name of whoever moves them"))
        parser.add_argument(
            "--note",
            default=_("The working-day calendar has changed."),
            help=_("the reason that each case keeps"),
        )

    def handle(self, *, apply, user, note, **options):
        if not apply:
            self.show(moves())
            return
        by = self.person(user)
        try:
            found = recalculate(by=by, on=timezone.localdate(), note=note)
        except PermissionDenied:
            text = _("%(name)s may not change the calendar (%(permission)s).")
            values = {"name": by, "permission": CHANGE_CALENDAR}
            raise CommandError(text % values) from None
        self.show(found)
        if found:
            self.stdout.write(self.style.SUCCESS(_("Done.")))

    def person(self, username):
        if not username:
            raise CommandError(_("--apply needs --user: an event has somebody's name."))
        try:
            return User.objects.get(username=username, is_active=True)
        except User.DoesNotExist:
            text = _("There is no active user with the log-in name %(name)s.")
            raise CommandError(text % {"name": username}) from None

    def show(self, found: list[Move]):
        for move in found:
            parts = (
                move.case.number,
                move.case.agency,
                f"{move.case.due_on or '—'} → {move.deadline.due or '—'}",
                move.label,
                move.certainty,
            )
            self.stdout.write("  ".join(str(part) for part in parts if part))
        if not found:
            self.stdout.write(_("No open case moves."))
            return
        total = ngettext(
            "%(count)d open case: %(sums)s.", "%(count)d open cases: %(sums)s.",
            len(found),
        )  # fmt: skip
        told = ", ".join(f"{label} {count}" for label, count in sums(found))
        self.stdout.write(total % {"count": len(found), "sums": told})
