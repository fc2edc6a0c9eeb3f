"""A due date as an entry for a person's own calendar (RFC 5545)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from casework.clocks import SOON
from casework.models import Case
from casework.workdays import WorkCalendar

MORNING = timedelta(hours=9)


def entry(case: Case, address: str, at: datetime, calendar: WorkCalendar) -> bytes:
    """The last day of the case, all day long, with an alarm some working days before.

    Who asks and what for is not said: such a file leaves the house. The same case has
    the same entry for ever, so that a later file moves it.
    """
    text = _("%(number)s: last day") % {"number": case.number}
    if case.due_provisional:
        text = _("%(number)s: last day (provisional)") % {"number": case.number}
    found = Event()
    found.add("uid", f"{case.number}@gongkai")
    found.add("sequence", case.version)
    found.add("dtstamp", at)
    found.add("dtstart", case.due_on)
    found.add("dtend", case.due_on + timedelta(days=1))
    found.add("summary", text)
    found.add("url", address)
    found.add("transp", "TRANSPARENT")
    found.add_component(_alarm(text, case.due_on, calendar))
    whole = Calendar()
    whole.add("prodid", "-//Gongkai//desk//")
    whole.add("version", "2.0")
    whole.add_component(found)
    return whole.to_ical()


def _alarm(text: str, due: date, calendar: WorkCalendar) -> Alarm:
    """In the morning of the day on which the light changes."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", calendar.add(due, -SOON) - due + MORNING)
    return alarm
