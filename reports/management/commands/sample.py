"""The sample office, for whoever wants to look around: made once, then kept."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.models import CalendarDay
from disclosure import codes
from reports import sample


class Command(BaseCommand):
    help = _(
        "Makes the sample office: Baoji with its agencies, its year 2016, and "
        "requests, suggestions and proposals around today. What is there already is "
        "kept. Only while DEBUG is on."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--address",
            default="http://127.0.0.1:8000",
            help=_("where the server answers, to be printed"),
        )

    def handle(self, *, address, **options):
        if not settings.DEBUG:
            raise CommandError(
                _(
                    "The sample office has log-ins that everybody knows, so it is made "
                    "only while DEBUG is on."
                )
            )
        today = timezone.localdate()
        if not CalendarDay.objects.as_calendar().knows(sample.requests_2016.YEAR):
            call_command("load_calendar", stdout=self.stdout)
        with CalendarDay.objects.held() as calendar:
            agencies, users, new, new_items = self.make(today, calendar)

        text = _(
            "Sample office: %(agencies)d agencies, %(new)d new requests, %(items)d new "
            "suggestions and proposals."
        )
        counts = {"agencies": len(agencies), "new": new, "items": new_items}
        self.stdout.write(text % counts)
        self.print_addresses(address)
        self.print_people(agencies)
        self.print_trial(users, today)

    def make(self, today, calendar):
        """The agencies, the people, and how many requests and items are new."""
        agencies = sample.make_agencies()
        users = sample.make_people(agencies)
        stories = [
            *sample.requests_2016.stories(calendar),
            *sample.requests_now.stories(today, calendar),
        ]
        new = sample.tell(stories, agencies, users)
        new_items = sample.items_2016.tell(calendar, agencies, users)
        new_items += sample.items_told.tell(today, calendar, agencies, users)
        sample.make_tallies(agencies["BJ"])
        sample.make_plan_2016(agencies)
        sample.make_plan_now(today, agencies)
        sample.make_supervision_2016(agencies)
        sample.make_report(agencies, users)
        sample.make_returns(agencies, today)
        return agencies, users, new, new_items

    def print_addresses(self, address):
        self.stdout.write("")
        for label, name in (
            (_("Staff pages"), "reports:today"),
            (_("Yearly totals"), "reports:totals"),
            (_("Public look-up"), "disclosure:status"),
            (_("Annual reports"), "reports"),
        ):
            self.stdout.write(f"{label}  {address}{reverse(name)}")

    def print_people(self, agencies):
        text = _("Log-ins, all with the password %(password)s:")
        self.stdout.write("\n" + text % {"password": sample.PASSWORD})
        for person in sample.PEOPLE:
            role = pgettext("role", person.role)
            agency = agencies[person.agency]
            parts = (f"{person.username:<10}", person.name, role, agency.name)
            self.stdout.write("  " + "  ".join(parts))

    def print_trial(self, users, today):
        case = sample.case_of(sample.requests_now.TRIAL)
        clerk = users[sample.CLERK.username]
        case, code = codes.issue(case, by=clerk, on=today)
        self.stdout.write("\n" + _("To try the public look-up (a new code each time):"))
        self.stdout.write(f"  {case.number}  {code}")
