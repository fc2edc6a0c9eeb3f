"""What the lists of items, assignments and published replies can be narrowed by."""

from datetime import date

import django_filters as filters
from django.db.models import Exists, Max, Min, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.filters import (
    AgencyFilter,
    BeneathFilter,
    CaseFilter,
    DayFilter,
    LightFilter,
    ListFilter,
    TextFilter,
)
from casework.models import Agency
from casework.pages import DayOrLast
from proposals.models import (
    REPLYING,
    Assignment,
    Body,
    Commitment,
    Outcome,
    Proposal,
    Role,
    Session,
    Status,
    TaskOutcome,
    TaskStatus,
)
from proposals.models.items import NOT_ASSIGNED

LIGHTS = {
    "unconfirmed": NOT_ASSIGNED,
    "waiting": _("no limit"),
    "on_time": pgettext_lazy("light", "done in time"),
    "late": pgettext_lazy("light", "done late"),
}
"""What the lights are called here: of an item, they go out with the reply."""


def replies():
    """The assignments whose reply went to the author."""
    return Assignment.objects.filter(role__in=REPLYING, outcome=TaskOutcome.REPLIED)


def years() -> list[tuple[str, str]]:
    """The years in which replies were published, the latest first."""
    days = Proposal.objects.published().order_by()
    first, last = days.aggregate(f=Min("published_on"), l=Max("published_on")).values()
    span = range(last.year, first.year - 1, -1) if last else ()
    return [(str(year), str(year)) for year in span]


def categories() -> list[tuple[str, str]]:
    found = Proposal.objects.published().exclude(category="").order_by("category")
    return [
        (name, name) for name in found.values_list("category", flat=True).distinct()
    ]


def classes() -> list[tuple[str, str]]:
    """The letters of every session; what they mean is the session's own."""
    letters = {letter for each in Session.objects.all() for letter in each.class_labels}
    return [(letter, letter) for letter in sorted(letters)]


def of_class(cases, name, letter):
    """The items with a reply of this class that went to the author."""
    own = replies().filter(case=OuterRef("pk"), result_class=letter)
    return cases.filter(Exists(own))


def handled_within(cases, places: list[int]):
    """The items that a unit of these places, given by their keys, handles."""
    handled = Assignment.objects.filter(case=OuterRef("pk"), agency__in=places)
    return cases.filter(Exists(handled))


def supervised(cases, name, key: str):
    """The key items (`yes`), which a leader supervises, or the others (`no`)."""
    found = cases.filter(key_leader="")
    return cases.exclude(key_leader="") if key == "yes" else found


COMMITMENTS = {
    "open": pgettext_lazy("commitment", "open"),
    "overdue": pgettext_lazy("commitment", "overdue"),
}


def committed(cases, name, state: str):
    """Items whose replies promise what is still to be kept, also when closed."""
    # From the few that are open to their items, and not the other way round.
    waiting = Commitment.objects.filter(settled_on=None)
    if state == "overdue":
        waiting = waiting.filter(due_on__lt=timezone.localdate())
    return cases.filter(pk__in=waiting.values("case"))


def session_categories(user, session: str) -> list[str]:
    """Those of a session's items, which are few, and looked up by an index."""
    if not session.isdecimal() or len(session) > 18:
        return []
    items = Proposal.objects.visible_to(user).filter(session=session)
    names = items.exclude(category="").order_by("category")
    return list(names.values_list("category", flat=True).distinct())


def sessions(request):
    """The sessions whose rules the person may see."""
    return Session.objects.visible_to(request.user)


def units(request):
    """Those of whose replies one is published at least."""
    own = replies().filter(agency=OuterRef("pk"), case__published_on__isnull=False)
    return Agency.objects.filter(Exists(own)).order_by("path")


class ReplyFilter(ListFilter):
    text = TextFilter(label=_("words of the title, or the number"), max_length=100)
    year = filters.ChoiceFilter(
        label=_("year of publication"), choices=years, method="in_year"
    )
    body = filters.ChoiceFilter("session__body", label=_("body"), choices=Body.choices)
    unit = AgencyFilter(label=_("replying unit"), queryset=units, method="of_unit")
    category = filters.ChoiceFilter(label=_("category"), choices=categories)
    result_class = filters.ChoiceFilter(
        label=_("class of result"), choices=classes, method=of_class
    )

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    def in_year(self, cases, name, year):
        """By the day of the list's order, so that a year is a part of the list."""
        days = (date(int(year), 1, 1), date(int(year), 12, 31))
        cases = cases.alias(_published=DayOrLast("published_on"))
        return cases.filter(_published__range=days)

    def of_unit(self, cases, name, unit):
        return cases.filter(Exists(replies().filter(case=OuterRef("pk"), agency=unit)))


class UnitFilter(BeneathFilter):
    """Items that a unit, or one beneath it, handles."""

    def within(self, cases, places):
        return handled_within(cases, places)


class SessionFilter(filters.ModelChoiceFilter):
    def __init__(self, field: str):
        super().__init__(field, label=_("session"), queryset=sessions)


class AssignedFilter(CaseFilter):
    """What items and assignments have in common: their clock starts when assigned."""

    light = LightFilter(LIGHTS)
    received_from = DayFilter("received_on", "gte", _("assigned from"))
    received_until = DayFilter("received_on", "lte", _("assigned until"))


class ItemFilter(AssignedFilter):
    status = filters.ChoiceFilter(label=_("status"), choices=Status.choices)
    beneath = UnitFilter(label=_("unit and beneath"))
    body = filters.ChoiceFilter("session__body", label=_("body"), choices=Body.choices)
    session = SessionFilter("session")
    category = filters.ChoiceFilter(label=_("category"))
    key = filters.ChoiceFilter(
        label=_("key item"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        method=supervised,
    )
    commitment = filters.ChoiceFilter(
        label=_("commitments"), choices=list(COMMITMENTS.items()), method=committed
    )
    outcome = filters.ChoiceFilter(label=_("outcome"), choices=Outcome.choices)
    result_class = filters.ChoiceFilter(
        label=_("class of result"), choices=classes, method=of_class
    )

    class Meta:
        model = Proposal
        fields = (
            "text",
            "light",
            "status",
            "beneath",
            "session",
            "category",
            "body",
            "key",
            "commitment",
            "outcome",
            "result_class",
            "received_from",
            "received_until",
            "due_from",
            "due_until",
            "closed_from",
            "closed_until",
        )

    def __init__(self, *args, **kwargs):
        """Once a session is chosen, its categories can be."""
        super().__init__(*args, **kwargs)
        session = self.data.get("session", "")
        category = self.filters["category"].extra
        category["choices"] = [
            (name, name) for name in session_categories(self.request.user, session)
        ]
        if not session:
            category["empty_label"] = _("choose a session first")


class TaskFilter(AssignedFilter):
    status = filters.ChoiceFilter(label=_("status"), choices=TaskStatus.choices)
    beneath = BeneathFilter(label=_("unit and beneath"))
    body = filters.ChoiceFilter(
        "case__session__body", label=_("body"), choices=Body.choices
    )
    session = SessionFilter("case__session")
    role = filters.ChoiceFilter(label=_("role"), choices=Role.choices)
    outcome = filters.ChoiceFilter(label=_("outcome"), choices=TaskOutcome.choices)
    result_class = filters.ChoiceFilter(label=_("class of result"), choices=classes)

    class Meta:
        model = Assignment
        fields = (
            "text",
            "light",
            "status",
            "beneath",
            "session",
            "body",
            "role",
            "outcome",
            "result_class",
            "received_from",
            "received_until",
            "due_from",
            "due_until",
            "closed_from",
            "closed_until",
        )
