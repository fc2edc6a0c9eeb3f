"""A list of cases at the desk: narrowed, sorted, paged, printed and exported."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.db.models import QuerySet, prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import View

from casework.exports import Export
from casework.filters import ListFilter
from casework.lamps import lamp
from casework.models import CalendarDay, Case
from casework.pages import SIZE, Order, Page
from casework.resources import SheetResource
from casework.workflow import Workflow

COUNTED = 1000
"""Up to how many a list says how many there are."""
PRINTED = 1000
"""How many rows are shown at once for printing."""
ORDERS = {
    f"{sign}{name}": Order(field, descending=bool(sign))
    for name, field in (("received", "received_on"), ("due", "due_on"))
    for sign in ("-", "")
}
"""By `order` of the address; the first, latest received, if it names none of them."""
FIRST_SHOWN = ("text", "light", "status", "beneath")
"""The conditions that are asked for most; the others are folded away."""


class Column(NamedTuple):
    """What a list says of each case, besides its number, light and days."""

    label: str | Promise
    shown: Callable[[Case], str]
    wide: bool = False


class ListPage(LoginRequiredMixin, PermissionRequiredMixin, View):
    """The list of one kind of case; subclasses say of which, and what is told of each.

    All stands in the address: the conditions, `order`, the mark of the `page`, and
    `print` for many rows at once. By post, the list as narrowed goes out as a file.
    """

    workflow: Workflow
    desk_name: str
    """The name of the address of a case at the desk."""
    filters: type[ListFilter]
    resource: type[SheetResource]
    may_reveal = ""
    """The permission to export what is masked otherwise."""
    title: str | Promise
    received_label = pgettext_lazy("legal date", "received on")
    columns: tuple[Column, ...]
    related: tuple = ()
    """What the columns ask for of each case, fetched for the page at once."""
    template_name = "desk/list.html"

    def get_permission_required(self):
        return (self.workflow.permission("view"),)

    # What is found

    @cached_property
    def filter(self) -> ListFilter:
        return self.filters(self.request.GET, self.visible, request=self.request)

    @cached_property
    def visible(self) -> QuerySet:
        return self.workflow.model.objects.visible_to(self.request.user)

    @cached_property
    def ordered_by(self) -> str:
        asked = self.request.GET.get("order", "")
        return asked if asked in ORDERS else next(iter(ORDERS))

    def narrow(self, cases: QuerySet) -> QuerySet:
        """The cases that meet every condition; none, if one is not understood."""
        return self.filter.narrow(cases) if self.filter.is_valid() else cases.none()

    @cached_property
    def found(self) -> QuerySet:
        """All that is found, in its order."""
        return self.narrow(ORDERS[self.ordered_by].of(self.visible))

    @cached_property
    def page(self) -> Page:
        printing = "print" in self.request.GET
        page = Page(
            self.visible,
            ORDERS[self.ordered_by],
            self.request.GET.get("page", ""),
            self.narrow,
            PRINTED if printing else SIZE,
        )
        # Not joined: the planner would begin with what is joined and sort all it has.
        prefetch_related_objects(page.rows, *self.related)
        return page

    def count(self) -> int:
        """How many are found, up to one more than are counted."""
        if self.page.whole:
            return len(self.page)
        return self.found.order_by()[: COUNTED + 1].count()

    # What is shown

    def get(self, request):
        kept = {name: value for name, value in request.GET.items() if value}
        if len(kept) < len(request.GET):
            # What was left open in the form does not stand in the address.
            return redirect(f"{request.path}?{urlencode(kept)}")
        return self.shown(Export(request, self.resource, self.found, self.may_reveal))

    def post(self, request):
        """The list as it is narrowed, as a file."""
        export = Export(request, self.resource, self.found, self.may_reveal)
        file = export.file() if self.filter.is_valid() else None
        return file or self.shown(export)

    def shown(self, export: Export):
        count, form = self.count(), self.filter.form
        conditions = [
            (condition, self.query(**{condition.name: None}))
            for condition in self.filter.conditions()
        ]
        first = [form[name] for name in FIRST_SHOWN if name in form.fields]
        more = [field for field in form if field.name not in FIRST_SHOWN]
        told = {
            "title": self.title,
            "headings": [column.label for column in self.columns],
            "days": list(self.days()),
            "rows": list(self.rows()),
            "page": self.page,
            "pages": self.pages(),
            "count": min(count, COUNTED),
            "uncounted": count > COUNTED,
            "conditions": conditions,
            "errors": form.errors,
            "cleared": self.query(**dict.fromkeys(form.fields)),
            "printing": "print" in self.request.GET,
            "to_print": self.query(print=1),
            "to_pages": self.query(print=None),
            "printed": PRINTED,
            "first_fields": first,
            "more_fields": more,
            "more_open": any(
                condition.name not in FIRST_SHOWN for condition, _without in conditions
            ),
            "order": self.request.GET.get("order", ""),
            "export": export.form,
            "asked": self.query(page=self.request.GET.get("page")),
            "next_deed": self.next_deed(),
            "now": timezone.localtime(),
        }
        return render(self.request, self.template_name, told)

    def rows(self):
        """Each case of the page: its address, its light, and what the columns say."""
        today, calendar = timezone.localdate(), CalendarDay.objects.as_calendar()
        for case in self.page:
            cells = [(c.label, c.shown(case), c.wide) for c in self.columns]
            yield case, self.address(case), lamp(case, today, calendar), cells

    def days(self):
        """The two columns of days: the label, the address that sorts by it, and how the
        list is sorted by it now."""
        labels = {"received": self.received_label, "due": _("due on")}
        ways = {"": "ascending", "-": "descending"}
        for name, label in labels.items():
            sorted_now = {f"{sign}{name}": way for sign, way in ways.items()}
            now = sorted_now.get(self.ordered_by, "")
            other = f"-{name}" if now == "ascending" else name
            yield label, self.query(order=other), now

    def pages(self) -> dict[str, str]:
        """The addresses of the first page, the one before and the one after."""
        marks = {"previous": self.page.previous, "next": self.page.next}
        found = {name: self.query(page=mark) for name, mark in marks.items() if mark}
        return found | ({"first": self.query()} if "previous" in found else {})

    def query(self, **changes) -> str:
        """The address of this list after these changes, from its first page on."""
        asked = self.request.GET.copy()
        for name, value in ({"page": None} | changes).items():
            asked.pop(name, None)
            if value is not None:
                asked[name] = value
        return f"?{asked.urlencode()}"

    def address(self, case: Case) -> str:
        """The page of a case."""
        return reverse(self.desk_name, args=[case.number])

    def admin(self, page: str, *args) -> str:
        meta = self.workflow.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)

    def next_deed(self) -> tuple | None:
        """How another case comes into the list: what that is called, and where."""
        if not self.request.user.has_perm(self.workflow.permission("add")):
            return None
        return _("Register a case"), self.admin("add")
