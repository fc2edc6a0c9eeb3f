"""Suggestions and proposals: their lists, and their totals of a year."""

from functools import partial

from django.db.models import Count
from django.test import Client
from django.urls import reverse

from benchmarks import words
from benchmarks.fill_items import fill_items
from benchmarks.office import Office
from benchmarks.operations import Call, Operation, query
from benchmarks.stories import LAST
from casework.folding import fold
from casework.models import Agency
from casework.pages import SIZE, Order
from disclosure.models import DisclosureRequest
from proposals.figures import ITEMS
from proposals.models import Assignment, Proposal
from reports.yearly import Yearly

ORDER = Order("received_on", descending=True)


def filled(office: Office):
    """As many items as there are requests, when the first of these is measured."""
    fill_items(office, DisclosureRequest.objects.count())


def page(office: Office, model, person="superuser", **asked: str) -> tuple[Call, Call]:
    """A page of the admin's list, and the rows that stand on it."""
    filled(office)
    user, client = office.person(person), Client()
    client.force_login(user)
    address = reverse(f"admin:proposals_{model._meta.model_name}_changelist")

    def program():
        response = client.get(address, asked)
        assert response.status_code == 200, response.status_code

    rows = ORDER.of(model.objects.visible_to(user))
    if "q" in asked:
        rows = rows.filter(folded__contains=fold(asked["q"]))
    return program, query(rows[:SIZE])


def totals(office: Office, place: str, **asked) -> tuple[Call, Call]:
    """Every figure of a year, with those of requests; and the year's items by outcome
    alone."""
    filled(office)
    agency = getattr(office, place)

    def program():
        return Yearly(LAST.year, agency, **asked).figures

    beneath = Agency.objects.beneath(agency).values_list("pk", flat=True)
    items = Proposal.objects.filter(ITEMS.of(beneath)).order_by()
    groups = ITEMS.in_year(items, LAST.year).values("outcome")
    return program, query(groups.annotate(Count("pk")))


def behind(office: Office) -> tuple[Call, Call]:
    """The page of the items that a figure counts; and they alone."""
    filled(office)
    client = Client()
    client.force_login(office.person("superuser"))
    asked = {"year": LAST.year, "agency": office.city.code}
    asked |= {"row": "J2.replied", "column": "department"}

    def program():
        response = client.get(reverse("reports:behind"), asked)
        assert response.status_code == 200, response.status_code

    found = Yearly(LAST.year, office.city).behind(asked["row"], asked["column"])
    return program, query(found.order_by("pk")[:SIZE])


OPERATIONS = (
    Operation("items: first page", partial(page, model=Proposal), 50),
    Operation(
        "items: first page, a small department's",
        partial(page, model=Proposal, person="small"),
        50,
    ),
    Operation("items: tasks, first page", partial(page, model=Assignment), 50),
    Operation(
        "items: tasks, a branch's person",
        partial(page, model=Assignment, person="branch"),
        50,
    ),
    Operation("items: search, rare", partial(page, model=Proposal, q=words.RARE), 60),
    Operation(
        "items: search, common", partial(page, model=Proposal, q=words.COMMON), 60
    ),
    Operation("items: totals, the city", partial(totals, place="city")),
    Operation("items: totals, a branch", partial(totals, place="branch")),
    Operation("items: totals, a department", partial(totals, place="small")),
    Operation(
        "items: totals, by category", partial(totals, place="city", by="category")
    ),
    Operation("items: totals, by group", partial(totals, place="city", by="group")),
    Operation("items: behind a figure", behind),
)
