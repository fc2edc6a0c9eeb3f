"""The admin's list of requests, as a person sees it: pages, filters, searches."""

from collections.abc import Callable
from functools import partial

from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from benchmarks import words
from benchmarks.office import Office
from benchmarks.operations import Call, Operation, query
from casework.folding import fold
from casework.models import Agency
from casework.pages import SIZE, Order
from disclosure.models import DisclosureRequest

ORDER = Order("received_on", descending=True)


def page(
    office: Office,
    narrowed: Callable[[Office, QuerySet], QuerySet],
    person: str = "superuser",
    **asked: str,
) -> tuple[Call, Call]:
    """The page that was asked for, and the rows that stand on it."""
    user = office.person(person)
    client = Client()
    client.force_login(user)
    address = reverse("admin:disclosure_disclosurerequest_changelist")
    told = {name: value.format(office=office) for name, value in asked.items()}

    def program():
        response = client.get(address, told)
        assert response.status_code == 200, response.status_code

    cases = ORDER.of(DisclosureRequest.objects.visible_to(user))
    return program, query(narrowed(office, cases)[:SIZE])


def far_page(office: Office) -> tuple[Call, Call]:
    """The page in the middle of the list."""
    cases = DisclosureRequest.objects.order_by("pk")
    mark = ORDER.mark(cases[cases.count() // 2])
    program, _bare = page(office, everything, p=str(mark))
    return program, query(ORDER.of(cases, mark)[:SIZE])


def everything(office: Office, cases: QuerySet) -> QuerySet:
    return cases


def by_status(office: Office, cases: QuerySet) -> QuerySet:
    return cases.filter(status="handling")


def beneath(office: Office, cases: QuerySet) -> QuerySet:
    return cases.filter(agency__in=Agency.objects.beneath(office.branch))


def with_words(text: str) -> Callable[[Office, QuerySet], QuerySet]:
    return lambda office, cases: cases.filter(folded__contains=fold(text))


def listed(name: str, narrowed, most: float = 50, **asked: str) -> Operation:
    return Operation(f"list: {name}", partial(page, narrowed=narrowed, **asked), most)


def searched(name: str, text: str) -> Operation:
    return Operation(
        f"search: {name}", partial(page, narrowed=with_words(text), q=text), 60
    )


OPERATIONS = (
    listed("first page", everything),
    listed("first page, a branch's person", everything, person="branch"),
    listed("first page, a small department's", everything, person="small"),
    listed("by status", by_status, status__exact="handling"),
    listed("agency and beneath", beneath, beneath="{office.branch.code}"),
    Operation("list: far page", far_page, 50),
    searched("three characters, rare", words.RARE),
    searched("four characters, common", words.COMMON),
    searched("three characters, absent", words.ABSENT),
    searched("two characters, rare", words.RARE_PAIR),
    searched("two characters, common", words.COMMON_PAIR),
    searched("two characters, absent", words.ABSENT_PAIR),
)
