"""The pages of a list, there and back, whatever becomes of the row they follow."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from casework.pages import SIZE, Mark, Order, Page
from disclosure.models import DisclosureRequest
from tests.factories import make_many, make_request

DAYS = [date(2026, 3, day) for day in (2, 3, 4)]
ORDERS = [
    Order(field, descending)
    for field in ("received_on", "due_on")
    for descending in (False, True)
]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("2026-03-02.12", Mark(date(2026, 3, 2), 12)),
        ("-2026-03-02.12", Mark(date(2026, 3, 2), 12, back=True)),
        ("9999-12-31.1", Mark(date.max, 1)),
    ],
)
def test_a_mark_is_read_as_it_is_written(text, mark):
    assert (Mark.read(text), str(mark)) == (mark, text)


@pytest.mark.parametrize(
    "text",
    [
        "", "2", "last", "2026-03-02", "2026-03-02.", ".12", "2026-02-30.12",
        "0000-01-01.1", "2026-03-02.1.1", "--2026-03-02.1", "2026-03-02.1\n",
        "２０２６-03-02.1", "2026-03-02.9999999999999999999", "2026-03-02.1\0",
    ],
)  # fmt: skip
def test_what_is_no_mark_is_none(text):
    assert Mark.read(text) is None


@pytest.fixture
def cases(db):
    """Some pages full, many of a day, many without one."""
    make_many(
        make_request(),
        3 * SIZE + 7,
        received_on=[*DAYS, None],
        status=[*["handling"] * 3, "registered"],
        due_on=[*DAYS, None, None],
    )
    return DisclosureRequest.objects.all()


def sorted_by(order, cases):
    """As a person would sort them: what has no day yet comes after the last day."""

    def key(case):
        return getattr(case, order.field) or date.max, case.pk

    return sorted(cases, key=key, reverse=order.descending)


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_the_pages_are_the_list_there_and_back(cases, order):
    pages = [Page(cases, order)]
    while pages[-1].next:
        pages.append(Page(cases, order, pages[-1].next))
    back = [pages[-1]]
    while back[-1].previous:
        back.append(Page(cases, order, back[-1].previous))

    assert [case for page in pages for case in page] == sorted_by(order, cases)
    assert [list(page) for page in reversed(back)][1:] == [
        list(page) for page in pages
    ][1:]
    assert back[-1].rows == pages[0].rows
    assert [len(page) for page in pages] == [SIZE, SIZE, SIZE, 8]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_a_mark_is_a_place_whether_or_not_its_row_is_there(cases, order):
    whole = sorted_by(order, cases)

    @given(
        st.sampled_from([*DAYS, date.max]), st.integers(0, 10**18 - 1), st.booleans()
    )
    def check(day, pk, back):
        def beyond(case):
            place = getattr(case, order.field) or date.max, case.pk
            return place < (day, pk) if order.descending != back else place > (day, pk)

        rest = list(filter(beyond, whole)) or whole
        page = Page(cases, order, str(Mark(day, pk, back)))
        back = back and rest is not whole
        assert page.rows == (rest[-SIZE:] if back else rest[:SIZE])

    check()


def test_a_list_of_one_page_is_whole(db):
    case = make_request()
    assert Page(DisclosureRequest.objects.all(), ORDERS[0]).whole
    make_many(case, SIZE - 1)
    assert Page(DisclosureRequest.objects.all(), ORDERS[0]).whole
    make_many(case, 1)
    assert not Page(DisclosureRequest.objects.all(), ORDERS[0]).whole


def test_what_narrows_a_page_begins_at_its_mark(cases):
    order, asked = ORDERS[0], []

    def narrow(rows):
        asked.append(rows.first())
        return rows

    first = Page(cases, order, narrow=narrow)
    second = Page(cases, order, first.next, narrow)
    assert asked == [first.rows[0], second.rows[0]]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_a_year_is_a_part_of_the_list(cases, order):
    dated = cases.exclude(**{order.field: None})
    day = date(2025, 12, 31)
    make_many(cases[0], 1, received_on=[day], due_on=[day], status=["handling"])

    assert set(order.in_year(cases, 2025)) == set(cases.filter(received_on=day))
    assert set(order.in_year(cases, 2026)) == set(dated.exclude(received_on=day))
    assert not order.in_year(cases, 2024).exists()


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_an_index_keeps_each_order(cases, order):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    for mark in (None, Mark(DAYS[1], 5)):
        plan = order.of(cases, mark)[:SIZE].explain().lower()
        assert "disclosure_list" in plan
        assert "sort" not in plan
        assert "temp b-tree" not in plan
