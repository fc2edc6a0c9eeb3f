"""What must be done today: the piles of cases, what is due first, and where."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from heapq import merge
from itertools import islice
from operator import methodcaller

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.filters import LIGHTS, lit
from casework.models import Agency, CalendarDay
from casework.pages import Order
from casework.workdays import WorkCalendar
from disclosure.models import Status
from proposals.models import Status as ItemStatus
from proposals.models import TaskStatus
from proposals.workflow.rights import ASSIGN
from reports.kinds import ITEMS, KINDS, REQUESTS, TASKS, Kind

DEEDS, LIMITS, WAITING = "deeds", "limits", "waiting"
"""What the person may do about it; how far its limit is; who else has it."""

SOONEST = 20
"""How many cases the desk names."""


@dataclass(frozen=True)
class Heap:
    """A line of the table of piles: which cases, and who is to do something."""

    part: str
    name: str
    kind: Kind
    label: str
    question: Callable[[QuerySet], QuerySet]
    narrows: dict[str, str] | None = None
    """How the list finds them; a pile that no list can find has a page of its own."""
    permission: str = ""
    """Of those whose work it is; empty: of all who see it."""
    unless: str = ""
    """Of those for whom it lies on another pile."""

    @property
    def address(self) -> str:
        if self.narrows is None:
            return reverse("reports:pile", args=[self.name])
        return self.kind.list(**self.narrows)

    def concerns(self, user) -> bool:
        permissions = {self.kind.view, self.permission or self.kind.view}
        return user.has_perms(permissions) and not (
            self.unless and user.has_perm(self.unless)
        )


@dataclass(frozen=True)
class Pile:
    """So many cases of a heap that the person sees."""

    heap: Heap
    count: int


def heaps(today: date, calendar: WorkCalendar) -> Iterator[Heap]:
    """All of them, of each part the most urgent first."""
    yield from _deeds(calendar.add(today, 5))
    yield from _limits(today)
    yield from _waiting()


def _deeds(soon: date) -> Iterator[Heap]:
    status = "status"
    yield from (
        Heap(
            DEEDS, name, kind, label, methodcaller(*question), narrows, permission
        )
        for name, kind, label, question, narrows, permission in (
            # Who signs is waited for by everyone else.
            (
                "drafts", REQUESTS, _("drafts to review and sign"),
                ("drafted",), {status: Status.REVIEW}, REQUESTS.approve,
            ),
            (
                "task-drafts", TASKS, _("drafts to review and sign"),
                ("drafted",), {status: TaskStatus.REVIEW}, TASKS.approve,
            ),
            (
                "unconfirmed", REQUESTS, _("to be confirmed today"),
                ("unconfirmed",), {"light": "unconfirmed"}, REQUESTS.handle,
            ),
            (
                "unsigned", TASKS, _("to be signed for"),
                ("unsigned",), {status: TaskStatus.ASSIGNED}, TASKS.handle,
            ),
            (
                "signed", REQUESTS, _("signed, to be served"),
                ("signed",), {status: Status.SIGNED}, REQUESTS.handle,
            ),
            (
                "task-signed", TASKS, _("signed, to be served"),
                ("signed",), {status: TaskStatus.SIGNED}, TASKS.handle,
            ),
            (
                "returns", TASKS, _("return asked for, to be decided"),
                ("return_asked",), {status: TaskStatus.RETURN_ASKED}, ASSIGN,
            ),
            (
                "given-back", ITEMS, _("given back, to be assigned to another unit"),
                ("given_back",), None, ASSIGN,
            ),
            (
                "unassigned", ITEMS, _("filed, to be assigned"),
                ("unassigned",), {status: ItemStatus.FILED}, ASSIGN,
            ),
            (
                "unexamined", ITEMS, _("to be examined"),
                ("unexamined",), {status: ItemStatus.REGISTERED}, ASSIGN,
            ),
            (
                "feedback", ITEMS, _("feedback outstanding"),
                ("awaiting_feedback",), None, ASSIGN,
            ),
            (
                "commitments", ITEMS,
                _("commitments to be kept within 5 working days, or overdue"),
                ("promised_by", soon), None, "proposals.handle_proposal",
            ),
        )
    )  # fmt: skip


def _limits(today: date) -> Iterator[Heap]:
    for light in ("overdue", "today", "2", "5", "provisional"):
        label, question = LIGHTS[light], partial(lit, light=light, today=today)
        for kind in KINDS:
            # What the units have in hand; the item itself is of who assigns it.
            permission = ASSIGN if kind is ITEMS else ""
            name = f"{kind.code}-{light}"
            narrows = {"light": light}
            yield Heap(LIMITS, name, kind, label, question, narrows, permission)


def _waiting() -> Iterator[Heap]:
    correcting = {"status": Status.CORRECTING}
    paying = {"status": Status.PAYING}
    asked = {"status": TaskStatus.RETURN_ASKED}
    for name, kind, label, question, narrows in (
        ("correcting", REQUESTS, _("waiting for correction"), "correcting", correcting),
        ("paying", REQUESTS, _("waiting for payment"), "paying", paying),
        (
            "consulting", REQUESTS,
            _("waiting for the opinion of a third party or another organ"),
            "consulting", None,
        ),
        (
            "opinions", TASKS, _("waiting for the opinion of a co-handler"),
            "awaiting_opinions", None,
        ),
        (
            "return-asked", TASKS, _("waiting for word whether it may be returned"),
            "return_asked", asked,
        ),
    ):  # fmt: skip
        # Who decides on returns has them to decide on, and does not wait.
        unless = ASSIGN if name == "return-asked" else ""
        asked_of = methodcaller(question)
        yield Heap(WAITING, name, kind, label, asked_of, narrows, unless=unless)


def piles(user, today: date) -> list[Pile]:
    """The piles that concern the person, empty ones too."""
    calendar = CalendarDay.objects.as_calendar()
    seen = {kind: kind.visible_to(user) for kind in KINDS}
    return [
        Pile(heap, heap.question(seen[heap.kind]).count())
        for heap in heaps(today, calendar)
        if heap.concerns(user)
    ]


def limits(found: list[Pile]) -> tuple[list[Kind], list[tuple[str, list[Pile]]]]:
    """The piles of the limits as a table: a column for each kind of case."""
    lying = [pile for pile in found if pile.heap.part == LIMITS]
    kinds = [kind for kind in KINDS if any(pile.heap.kind is kind for pile in lying)]
    labels = dict.fromkeys(pile.heap.label for pile in lying)
    return kinds, [
        (label, [pile for pile in lying if pile.heap.label == label])
        for label in labels
    ]


def soonest(user, number: int = SOONEST) -> list[tuple[Kind, object]]:
    """The open cases of every kind by their last days, those without one after them."""
    order = Order("due_on")
    lists = [
        [
            (kind, case)
            # Not joined: the planner would begin with the agencies.
            for case in order.of(kind.visible_to(user).undone()).prefetch_related(
                "agency"
            )[:number]
        ]
        for kind in KINDS
        if kind is not ITEMS or user.has_perm(ASSIGN)
    ]
    found = merge(*lists, key=lambda pair: pair[1].due_on or date.max)
    return list(islice(found, number))


@dataclass(frozen=True)
class Cell:
    """How many cases of a kind a unit and all beneath it have, and their list."""

    light: str
    count: int
    address: str

    @property
    def calm(self) -> bool:
        return self.light == OPEN


OPEN = "open"
UNIT_COLUMNS = (
    ("overdue", pgettext_lazy("column", "overdue")),
    ("2", pgettext_lazy("column", "≤ 2 days")),
    ("5", pgettext_lazy("column", "≤ 5 days")),
    (OPEN, pgettext_lazy("column", "open")),
)


def by_unit(user, today: date) -> list[tuple[Agency, list[Cell]]]:
    """What each unit and all beneath it have open, of the units that have something;
    nothing for who sees one unit only."""
    agencies = list(Agency.objects.visible_to(user))
    if len(agencies) < 2:
        return []
    kinds = unit_kinds(user)
    totals = {agency: Counter() for agency in agencies}
    places = {agency.path: agency for agency in agencies}
    for kind in kinds:
        for light, counts in _counted(kind.visible_to(user), today):
            for agency in agencies:
                count = counts.get(agency.pk, 0)
                for place in _above(agency.path) if count else ():
                    if place in places:
                        totals[places[place]][kind, light] += count
    return [
        (
            agency,
            [
                Cell(
                    light,
                    found[kind, light],
                    kind.list(light=light, beneath=agency.code),
                )
                for kind in kinds
                for light, _label in UNIT_COLUMNS
            ],
        )
        for agency, found in totals.items()
        if found
    ]


def unit_kinds(user) -> list[Kind]:
    """The kinds that units have in hand, of those that the person may see."""
    return [kind for kind in (REQUESTS, TASKS) if user.has_perm(kind.view)]


def _counted(cases, today: date) -> Iterator[tuple[str, dict[int, int]]]:
    """Of each column, how many cases each agency has."""
    for light, _label in UNIT_COLUMNS:
        grouped = (
            lit(cases, light, today)
            .order_by()
            .values_list("agency")
            .annotate(Count("pk"))
        )
        yield light, dict(grouped)


def _above(path: str) -> list[str]:
    """The paths of an agency and of all above it: /1/7/ is beneath /1/."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[:end])}/" for end in range(1, len(parts) + 1)]
