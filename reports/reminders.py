"""Reminders before a last day and after it: which are due on a day, and to whom.

Each is sent once for a case, a rung of the ladder and a last day. It is claimed by a
row before it is sent, and the row is marked afterwards: what was claimed and not marked
is sent again, in a message of the same name, so that a double can be told.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext

from casework.lamps import saying
from casework.models import Agency, CalendarDay, Case, User
from casework.workdays import WorkCalendar
from reports.kinds import KINDS, Kind
from reports.models import Reminder

LADDER = (5, 2, 0)
"""Working days before the last day."""
OVERDUE = Reminder.Rung.OVERDUE


def rung(
    due: date, day: date, calendar: WorkCalendar, ready_by: date | None = None
) -> str | None:
    """The most urgent rung that is reached on the day; none on a day of rest.

    Counted to the day by which it should be ready, where that is before the last day.
    """
    if not calendar.is_working(day):
        return None
    if day > due:
        return OVERDUE
    left = calendar.count(day, max(day, ready_by or due))
    reached = [days for days in LADDER if left <= days]
    return Reminder.Rung(str(min(reached))) if reached else None


@dataclass(frozen=True)
class Due:
    """A reminder that is due on a day: of which case, on which rung."""

    kind: Kind
    case: Case
    rung: str

    @property
    def key(self) -> tuple:
        return self.kind.code, self.case.number, self.rung, self.case.due_on


def due(day: date, calendar: WorkCalendar) -> Iterator[Due]:
    """Those that are due on the day and have not been sent; in the order of last days.

    Rungs that a missed run has left out are one with the most urgent one.
    """
    if not calendar.is_working(day):
        return
    sent = Reminder.objects.filter(sent_at__isnull=False)
    # A last day that is a day of rest may lie behind the fifth working day; one that
    # has moved from a day of rest is a working day behind the one that is warned of.
    before = calendar.add(day, LADDER[0] + 2)
    for kind in KINDS:
        open_ = kind.model.objects.undone().filter(due_on__lt=before)
        done = set(
            sent.filter(
                kind=kind.code, number__in=open_.order_by().values("number")
            ).values_list("kind", "number", "rung", "due_on")
        )
        for case in open_.order_by("due_on", "pk").select_related("agency"):
            reached = rung(case.due_on, day, calendar, case.ready_by)
            found = reached and Due(kind, case, reached)
            if found and found.key not in done:
                yield found


class People:
    """Who has a permission in an agency, and an address to write to."""

    def __init__(self):
        self._known: dict[str, dict[int, list[str]]] = {}

    def of(self, agency: Agency, permission: str) -> list[str]:
        if permission not in self._known:
            self._known[permission] = self._found(permission)
        return self._known[permission].get(agency.pk, [])

    def _found(self, permission: str) -> dict[int, list[str]]:
        backend = f"{ModelBackend.__module__}.{ModelBackend.__qualname__}"
        able = User.objects.with_perm(
            permission, include_superusers=False, backend=backend
        )
        pairs = able.exclude(email="").filter(agencies__isnull=False)
        found = defaultdict(list)
        for agency, email in pairs.values_list("agencies", "email").order_by("email"):
            found[agency].append(email)
        return found


def _row(kind: Kind, case: Case, day: date, calendar: WorkCalendar) -> dict:
    """A case as it is told outside: nothing personal."""
    says = saying(case, day, calendar)
    return {"kind": kind, "case": case, "title": kind.title(case), "says": says}


@dataclass(frozen=True)
class Letter:
    """One message: what a unit is told on a day of its cases of one kind."""

    kind: Kind
    agency: Agency
    reminders: list[Due]
    to: list[str]
    cc: list[str] = field(default_factory=list)

    @property
    def subject(self) -> str:
        count = len(self.reminders)
        text = ngettext(
            "Reminder: %(count)d case of %(agency)s",
            "Reminder: %(count)d cases of %(agency)s",
            count,
        )
        return text % {"count": count, "agency": self.agency.name}

    def text(self, day: date, calendar: WorkCalendar) -> str:
        rows = [
            _row(one.kind, one.case, day, calendar)
            | {"address": settings.SITE_ADDRESS + one.kind.page(one.case)}
            for one in self.reminders
        ]
        said = {"agency": self.agency, "kind": self.kind, "rows": rows, "day": day}
        return render_to_string("reminder.txt", said, using="text")


def letters(day: date, calendar: WorkCalendar) -> Iterator[Letter]:
    """One for each unit and kind of case, since a kind has its own permissions. The
    head of the unit, who may approve there, is told too when something is overdue."""
    people, grouped = People(), defaultdict(list)
    for found in due(day, calendar):
        grouped[found.kind, found.case.agency].append(found)
    for (kind, agency), found in grouped.items():
        to = people.of(agency, kind.handle)
        heads = []
        if any(one.rung == OVERDUE for one in found):
            heads = people.of(agency, kind.approve)
        heads = [address for address in heads if address not in to]
        yield Letter(kind, agency, found, to or heads, heads if to else [])


def claim(letter: Letter):
    """Keep a row for each reminder, unless there is one, before anything is sent."""
    message = uuid4()
    Reminder.objects.bulk_create(
        [
            Reminder(
                kind=one.kind.code,
                number=one.case.number,
                rung=one.rung,
                due_on=one.case.due_on,
                message=message,
            )
            for one in letter.reminders
        ],
        ignore_conflicts=True,
    )


def send(letter: Letter, day: date, calendar: WorkCalendar):
    """Send what has been claimed: what was claimed before, in a message of its own.

    OSError or SMTPException when the mail cannot be handed over; it is sent at the next
    run then. A reminder that another run is about to send is left to it.
    """
    by_key = {one.key: one for one in letter.reminders}
    claims = Reminder.objects.filter(
        kind=letter.kind.code, number__in=[one.case.number for one in letter.reminders]
    )
    messages = defaultdict(list)
    for row in claims.filter(sent_at=None):
        if row.key in by_key:
            messages[row.message].append(row.pk)
    for message, keys in messages.items():
        with transaction.atomic():
            held = list(
                Reminder.objects.select_for_update(skip_locked=True)
                .filter(pk__in=keys, sent_at=None)
                .order_by("pk")
            )
            if not held:
                continue
            part = Letter(
                letter.kind,
                letter.agency,
                [by_key[row.key] for row in held],
                letter.to,
                letter.cc,
            )
            _mail(part, message, day, calendar).send()
            sent = Reminder.objects.filter(pk__in=[row.pk for row in held])
            sent.update(sent_at=timezone.now())


def _mail(letter: Letter, message: UUID, day: date, calendar) -> EmailMessage:
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    return EmailMessage(
        letter.subject,
        letter.text(day, calendar),
        to=letter.to,
        cc=letter.cc,
        headers={"Message-ID": f"<{message}@{host}>"},
    )


def deliver(
    found: list[Letter], day: date, calendar: WorkCalendar
) -> list[tuple[Letter, str]]:
    """Claim and send them; those that could not be sent, and why."""
    failed = []
    for letter in found:
        claim(letter)
        try:
            send(letter, day, calendar)
        except (OSError, SMTPException) as error:
            failed.append((letter, str(error) or type(error).__name__))
    return failed


@dataclass(frozen=True)
class Sheet:
    """The printed reminder (催办单) of a unit."""

    agency: Agency
    rows: list[dict]

    @property
    def mixed(self) -> bool:
        """Whether it names other units than the one that it is for."""
        return any(row["case"].agency_id != self.agency.pk for row in self.rows)


def pressing(user, agencies, day: date) -> list[dict]:
    """What is overdue or due within five working days there, of what the person sees,
    by last days, and what the lamp says of it."""
    calendar = CalendarDay.objects.as_calendar()
    last = calendar.add(day, LADDER[0])
    found = [
        _row(kind, case, day, calendar)
        for kind in KINDS
        for case in kind.visible_to(user)
        .undone()
        .filter(agency__in=agencies, due_on__lte=last)
        .select_related("agency")
    ]
    return sorted(found, key=lambda row: (row["case"].due_on, row["case"].number))


def sheet(user, agency: Agency, day: date) -> Sheet:
    """Of the unit and all beneath it."""
    places = Agency.objects.visible_to(user).beneath(agency)
    keys = list(places.values_list("pk", flat=True))
    return Sheet(agency, pressing(user, keys, day))


def sheets(user, day: date) -> list[Sheet]:
    """One for each unit that has something, without what lies beneath it."""
    agencies = list(Agency.objects.visible_to(user))
    rows = defaultdict(list)
    for row in pressing(user, [agency.pk for agency in agencies], day):
        rows[row["case"].agency_id].append(row)
    return [Sheet(agency, rows[agency.pk]) for agency in agencies if agency.pk in rows]
