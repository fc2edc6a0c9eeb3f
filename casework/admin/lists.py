"""The list of cases: a page from a mark on, in an order that an index keeps.

Nothing is counted and nothing skipped over, so that a million cases are listed as fast
as ten thousand.
"""

from functools import cached_property

from django import forms
from django.contrib.admin.views.main import (
    ORDER_VAR,
    PAGE_VAR,
    SEARCH_VAR,
    ChangeList,
    ChangeListSearchForm,
)
from django.db.models import prefetch_related_objects

from casework.pages import Order, Page
from casework.search import LONGEST, within


class SearchForm(ChangeListSearchForm):
    """As much text as can be in a subject; more is refused."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR] = forms.CharField(required=False, max_length=LONGEST)


class CaseList(ChangeList):
    search_form_class = SearchForm

    def get_queryset(self, request, exclude_parameters=None):
        """All that the list is asked for: what actions and exports start from."""
        query, self.query = self.query, ""
        self.unsearched = super().get_queryset(request, exclude_parameters)
        self.query = query
        return self.unsearched.filter(*within(query))

    def get_ordering(self, request, queryset):
        return self.order.by()

    @cached_property
    def order(self) -> Order:
        [(place, way)] = self.get_ordering_field_columns().items()
        field = self.get_ordering_field(self.list_display[place])
        return Order(field, descending=way == "desc")

    def get_ordering_field_columns(self):
        """The one column in the order of which the list is, and which way."""
        asked = super().get_ordering_field_columns() if ORDER_VAR in self.params else {}
        columns = dict(enumerate(self.list_display))
        for place, way in asked.items():
            if columns.get(place) in self.sortable_by:
                return {place: way}
        return {self.list_display.index("received"): "desc"}

    def get_results(self, request):
        def narrow(cases):
            return cases.matching(self.query)

        at = request.GET.get(PAGE_VAR, "")
        self.page = Page(self.unsearched, self.order, at, narrow)
        # Not joined: the planner would begin with the agencies and sort all they have.
        prefetch_related_objects(self.page.rows, "agency")
        self.result_list = self.page.rows
        # What the stock templates ask; to them every page is the whole list.
        self.result_count = self.full_result_count = len(self.page)
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = bool(self.page)
        self.paginator = None

    @property
    def page_addresses(self) -> dict[str, str]:
        """Of the first page, the one before and the one after, those that there are."""
        marks = {"previous": self.page.previous, "next": self.page.next}
        found = {
            name: self.get_query_string({PAGE_VAR: mark})
            for name, mark in marks.items()
            if mark
        }
        if "previous" in found:
            found["first"] = self.get_query_string()
        return found
