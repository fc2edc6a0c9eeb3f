"""Takes a sheet of the past in: all of its rows, or none."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.models import User
from casework.resources import AgencyResource, Taken
from casework.sheets import SKIPPED, Unreadable, csv_lines
from disclosure.resources import RequestResource
from proposals.resources import ProposalResource
from reports.resources import (
    AssessmentResource,
    PlanTaskResource,
    ProblemResource,
    SelfInspectionResource,
    TallyResource,
    WebsiteCheckResource,
)

KINDS = {
    "requests": RequestResource,
    "proposals": ProposalResource,
    "agencies": AgencyResource,
    "tallies": TallyResource,
    "plan": PlanTaskResource,
    "self-inspections": SelfInspectionResource,
    "problems": ProblemResource,
    "website-checks": WebsiteCheckResource,
    "assessments": AssessmentResource,
}
SHOWN = 50
"""How many problems are told; the file of errors has all."""


class Command(BaseCommand):
    help = "Imports a CSV or Excel file: every row of it, or none."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--user",
            help="log-in name of whoever imports; without it, the command line itself",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would be imported"
        )
        parser.add_argument(
            "--errors",
            metavar="OUT.csv",
            type=Path,
            help="where to write the file with the reasons beside the refused rows",
        )
        parser.add_argument(
            "--encoding", choices=("utf-8", "gb18030", "utf-16"), default=""
        )

    def handle(self, *, kind, file, user, dry_run, errors, encoding, **options):
        with override(settings.LANGUAGE_CODE):
            resource = KINDS[kind](self.person(user), timezone.localdate(), self.done)
            try:
                with file.open("rb") as opened:
                    taken = resource.take_in(
                        opened, file.name, encoding, dry_run=dry_run
                    )
            except OSError as error:
                told = {"file": file, "reason": error.strerror}
                message = _("%(file)s cannot be read: %(reason)s.")
                raise CommandError(message % told) from error
            except Unreadable as refusal:
                raise CommandError(f"{file}: {' '.join(refusal.messages)}") from None
            except PermissionDenied:
                message = _("%(name)s may not import these.")
                raise CommandError(message % {"name": resource.by}) from None
            if errors and taken.problems:
                self.write(taken, errors)
            self.show(taken, dry_run)

    def person(self, username: str | None) -> User:
        if username is None:
            return User.objects.of_the_command_line()
        found = User.objects.filter(username=username, is_active=True).first()
        if not found:
            text = _("There is no active user with the log-in name %(name)s.")
            raise CommandError(text % {"name": username})
        return found

    def done(self, rows: int):
        """How far it is, where whoever waits can see it."""
        self.stderr.write(_("%(rows)s rows …") % {"rows": rows})

    def write(self, taken: Taken, errors: Path):
        try:
            lines = "".join(csv_lines(taken.marked()))
            errors.write_text(lines, encoding="utf-8", newline="")
        except OSError as error:
            told = {"file": errors, "reason": error.strerror}
            message = _("%(file)s cannot be written: %(reason)s.")
            raise CommandError(message % told) from error

    def show(self, taken: Taken, dry_run: bool):
        for letter, header in taken.ledger.unknown:
            told = {"letter": letter, "header": header or "—"}
            self.stdout.write(_("Column %(letter)s (%(header)s) is not read.") % told)
        for number, reason, text in taken.ledger.skipped[:SHOWN]:
            told = {"row": number, "reason": SKIPPED.get(reason, reason), "text": text}
            self.stdout.write(_("Row %(row)s is skipped: %(reason)s %(text)s") % told)
        for problem in taken.problems[:SHOWN]:
            told = {
                "row": problem.row,
                "column": f"{problem.letter} {problem.header}".strip(),
                "value": problem.shown or "—",
                "reason": problem.message,
            }
            line = _("Row %(row)s, column %(column)s, “%(value)s”: %(reason)s")
            self.stderr.write(line % told)
        counts = {
            "new": taken.new,
            "same": taken.same,
            "refused": taken.refused,
            "skipped": len(taken.ledger.skipped),
        }
        text = _(
            "New: %(new)s, unchanged: %(same)s, refused: %(refused)s, "
            "skipped: %(skipped)s."
        )
        self.stdout.write(text % counts)
        if taken.problems:
            message = _("Nothing was imported (%(count)s reasons).")
            raise CommandError(message % {"count": len(taken.problems)})
        if dry_run:
            self.stdout.write(_("A trial only: nothing was written."))
