"""What of items, of tasks, of feedback and of commitments is counted.

An item belongs whole to the year in which its session opened: what is filed between
sessions after the cut-off day is registered for the next one, and so counts with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, LPad, StrIndex, Substr
from django.db.models.lookups import IsNull

from casework.among import Among
from casework.tables import Cohort, whether
from proposals.models import (
    Assignment,
    Author,
    Commitment,
    Contact,
    Feedback,
    Outcome,
    Proposal,
    TaskOutcome,
)


@dataclass(frozen=True, eq=False)
class Handled(Cohort):
    """Items, or rows of items: of whoever assigns the item, and of every unit that
    handles it."""

    item: str = "pk"
    """The way from a record to its item."""
    single = False

    def of(self, agencies: Iterable[int]):
        return Q(Among(self.agency, agencies)) | Q(self.handled_by(agencies))

    def handled_by(self, agencies: Iterable[int]):
        tasks = Assignment.objects.filter(Among("agency", agencies))
        tasks = tasks.filter(case=OuterRef(self.item))
        kept = tasks.exclude(outcome=TaskOutcome.RETURNED).order_by()
        # Not Exists, for which the planner would look at the tasks of all years.
        return IsNull(Subquery(kept.values("case")[:1]), False)


def _counts(item: str = ""):
    """Whether the item is of the population of the rates."""
    assigned = Q((f"{item}assigned_on__isnull", False))
    return whether(assigned & Q((f"{item}outcome__in", ("", Outcome.HANDLED))))


def _group(item: str):
    """The delegation or the sector of the first author."""
    first = Author.objects.filter(case=OuterRef(item)).order_by("place")
    return Coalesce(Subquery(first.values("group")[:1]), Value(""))


def _digits(number, width: int) -> LPad:
    """A number as text in whose order numbers are in theirs."""
    return LPad(Cast(number, CharField()), width, Value("0"))


def _text(*whens: When, default: str) -> Case:
    return Case(*whens, default=Value(default), output_field=CharField())


_TALK = (
    Contact.objects.filter(case=OuterRef("pk"))
    .filter(contacted_on__lte=Coalesce(OuterRef("replied_on"), Value(date.max)))
    .annotate(met=whether(Q(way__in=Contact.IN_PERSON)))
    .order_by("-met")
)
_PLACE = StrIndex(
    Concat(Value("\n"), OuterRef("session__classes")),
    Concat(Value("\n"), "result_class", Value(" ")),
)
_REPLIES = Assignment.objects.filter(case=OuterRef("pk"), outcome=TaskOutcome.REPLIED)
# The greatest of round, place among the classes, and class: of both databases only one
# lets a subquery be ordered by what stands outside it.
_CLASS = (
    _REPLIES.order_by()
    .values("case")
    .annotate(
        last=Max(
            Concat(_digits("round", 1), _digits(_PLACE, 5), "result_class"),
            output_field=CharField(),
        )
    )
)
_OTHERS = Feedback.objects.filter(case=OuterRef("case"), author=OuterRef("author"))
_RETURNED_LATER = _OTHERS.filter(round__gt=OuterRef("round")).exclude(result="none")

ITEMS = Handled(
    end="received_on",
    facts={
        "body": F("session__body"),
        "stage": _text(
            When(assigned_on__isnull=False, then=Value("assigned")),
            When(filed_on__isnull=False, then=Value("filed")),
            default="received",
        ),
        "counts": _counts(),
        "reply": _text(
            When(replied_on=None, then=Value("none")),
            When(replied_on__gt=F("due_on"), then=Value("late")),
            default="in_time",
        ),
        # In person, otherwise, or NULL for not at all; before the reply was served.
        "talk": Subquery(_TALK.values("met")[:1]),
        # Of the last round; of separate units, that of the reply furthest from solved.
        "letter": Coalesce(Substr(Subquery(_CLASS.values("last")), 7), Value("")),
        "again": whether(Q(again_on__isnull=False)),
        "public": whether(Q(published_on__isnull=False)),
        "group": _group("pk"),
    },
)

_OF_ITS_ITEM = {
    "body": F("case__session__body"),
    "counts": _counts("case__"),
    "category": F("case__category"),
    "group": _group("case"),
}
"""The facts that a row of an item has from the item."""

TASKS = Cohort(
    end="received_on",
    session="case__session",
    facts=_OF_ITS_ITEM | {"late": whether(Q(closed_on__gt=F("due_on")))},
)

FEEDBACK = Handled(
    end="given_on",
    agency="case__agency",
    session="case__session",
    item="case",
    facts=_OF_ITS_ITEM
    | {
        # What an author returns in the second round takes the place of the first.
        "last": _text(
            When(Q(round=1, case__again_on=None), then=Value("yes")),
            When(Exists(_RETURNED_LATER), then=Value("no")),
            When(
                Q(result="none") & Exists(_OTHERS.filter(round__lt=OuterRef("round"))),
                then=Value("no"),
            ),
            default="yes",
        ),
    },
)

COMMITMENTS = Handled(
    end="due_on",
    agency="case__agency",
    session="case__session",
    item="case",
    facts=_OF_ITS_ITEM,
)

SOURCES = {
    ITEMS: Proposal,
    TASKS: Assignment,
    FEEDBACK: Feedback,
    COMMITMENTS: Commitment,
}
