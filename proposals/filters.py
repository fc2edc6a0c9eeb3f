"""What the public list of replies can be narrowed by."""

from datetime import date

import django_filters as filters
from django.db.models import Exists, Max, Min, OuterRef
from django.utils.translation import gettext_lazy as _

from casework.models import Agency
from casework.pages import DayOrLast
from proposals.models import (
    REPLYING,
    Assignment,
    Body,
    Proposal,
    Session,
    TaskOutcome,
)


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


def units(request):
    """Those of whose replies one is published at least."""
    own = replies().filter(agency=OuterRef("pk"), case__published_on__isnull=False)
    return Agency.objects.filter(Exists(own)).order_by("path")


class ReplyFilter(filters.FilterSet):
    text = filters.CharFilter(
        label=_("words of the title, or the number"),
        max_length=100,
        method="as_they_are",
    )
    year = filters.ChoiceFilter(
        label=_("year of publication"), choices=years, method="in_year"
    )
    body = filters.ChoiceFilter("session__body", label=_("body"), choices=Body.choices)
    unit = filters.ModelChoiceFilter(
        label=_("replying unit"),
        queryset=units,
        to_field_name="code",
        method="of_unit",
    )
    category = filters.ChoiceFilter(label=_("category"), choices=categories)
    result_class = filters.ChoiceFilter(
        label=_("class of result"), choices=classes, method="of_class"
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

    def of_class(self, cases, name, letter):
        own = replies().filter(case=OuterRef("pk"), result_class=letter)
        return cases.filter(Exists(own))

    def as_they_are(self, cases, name, text):
        return cases

    def filter_queryset(self, cases):
        """The words come last: the search looks ahead in what the others leave."""
        text = self.form.cleaned_data.get("text", "")
        return super().filter_queryset(cases).matching(text)

    def narrow(self, cases):
        """The cases as the form narrows them; a field that is wrong does nothing."""
        self.is_valid()
        return self.filter_queryset(cases)
