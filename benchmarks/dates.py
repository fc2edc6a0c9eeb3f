"""Due dates: the clock alone, and the Regulation's time limit with its reasons."""

from datetime import date, timedelta

from benchmarks.office import Office
from benchmarks.operations import Call, Operation
from casework.clocks import Clock, Stop, WorkingDays
from casework.models import CalendarDay
from disclosure.deadlines import Consulted, Facts, deadline

CLOCKS, LIMITS = 20_000, 2_000


def clocks(office: Office) -> tuple[Call, None]:
    """Clocks with one stop or two, which were built before."""
    calendar = CalendarDay.objects.as_calendar()
    start, day = date(2020, 1, 1), timedelta(days=1)
    built = []
    for number in range(CLOCKS):
        begun = start + number % 2000 * day
        stops = (
            Stop(begun + 3 * day, begun + 12 * day, "third_party"),
            Stop(begun + 9 * day, begun + 20 * day, "agency"),
        )
        built.append(Clock(begun, WorkingDays(20), stops[: 1 + number % 2]))

    def program():
        for clock in built:
            clock.due(calendar)

    return program, None


def limits(office: Office) -> tuple[Call, None]:
    """Limits to reply, extended or not, every twentieth with a consultation."""
    calendar = CalendarDay.objects.as_calendar()
    start, day = date(2020, 1, 1), timedelta(days=1)
    told = []
    for number in range(LIMITS):
        begun = start + number * day
        consulted = Consulted("third_party", begun + 2 * day, begun + 4 * day)
        facts = Facts(
            "online",
            begun,
            confirmed_on=begun + day,
            extension=20 * (number % 10 == 0),
            consultations=(consulted,) * (number % 20 == 0),
        )
        told.append(facts)

    def program():
        for facts in told:
            deadline(facts, calendar)

    return program, None


OPERATIONS = (
    Operation("dates: clocks with stops", clocks, least=500_000, things=CLOCKS),
    Operation("dates: limits with reasons", limits, things=LIMITS),
)
