"""What is found is what is written, whichever way the search takes."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from casework.folding import fold
from casework.search import COMMON, LONGEST, NEAR, found, searchable
from disclosure.models import DisclosureRequest, Status
from tests.factories import make_many, make_request, make_user

IN_ORDER, BY_INDEX = NEAR, 0
"""How far to look ahead, so that a small list takes one way or the other."""
SUBJECTS = (
    "规划公告",
    "规划和公告",
    "公告规划，公告",
    "拆迁",
    "拆",
    "𠮷野家𠮷",
    "Ⅻ号 ａＢ１２",
    "ab12",
    "b1-2ab",
    "100%_规",
    "é\u0301ß",
    "٣①",
)
BITS = sorted({bit for text in SUBJECTS for bit in (*text, text[:2], text[1:4])})
TEXTS = st.lists(
    st.lists(st.sampled_from([*BITS, "規", "拆遷", "Ａ", "无", '"', "*"]), max_size=3)
    .map("".join),
    max_size=3,
).map(" ".join)  # fmt: skip


@pytest.fixture
def cases(db):
    """Two cases of each subject, in two places."""
    first, second = make_request(), make_request("closed")
    for case in (first, second):
        make_many(case, len(SUBJECTS), subject=SUBJECTS)
    return DisclosureRequest.objects.order_by("subject", "-pk")


@pytest.mark.parametrize("ahead", [IN_ORDER, BY_INDEX, 5])
def test_every_word_is_found_where_it_is_written(cases, ahead):
    everything = list(cases)

    @given(TEXTS)
    def check(text):
        words = [fold(word) for word in text.split()]
        written = [
            case for case in everything if all(word in case.folded for word in words)
        ]
        assert list(found(cases, text, ahead)) == written

    check()


@pytest.mark.parametrize("ahead", [IN_ORDER, BY_INDEX])
def test_the_words_narrow_what_else_narrows_the_list(cases, ahead):
    [*open_] = cases.exclude(status=Status.CLOSED).filter(subject="拆迁")
    clerk = make_user(agency=open_[0].agency)
    seen = cases.visible_to(clerk)

    assert list(found(seen, "拆迁", ahead)) == open_
    assert list(found(seen, "拆迁", ahead).filter(pk=open_[0].pk)) == open_
    assert list(found(seen.filter(status=Status.CLOSED), "拆迁", ahead)) == []
    assert list(found(cases.visible_to(make_user()), "拆迁", ahead)) == []


def test_a_word_that_is_common_ahead_needs_no_index(db):
    case = make_request(subject="规划")
    make_many(case, 3 * COMMON, subject=["规划", "公告"])
    newest = DisclosureRequest.objects.order_by("-pk")

    def asks_the_index(text, ahead):
        return "_pieces" in str(found(newest, text, ahead).query)

    assert not asks_the_index("规划", 2 * COMMON)
    assert asks_the_index("规划", 2 * COMMON - 2)
    assert asks_the_index("拆迁", 2 * COMMON)
    assert not asks_the_index("拆迁", 4 * COMMON)


@pytest.mark.parametrize("text", ["", " ", "，。", "\0", '" * %'])
def test_a_text_without_words_finds_everything(cases, text):
    assert list(found(cases, text, BY_INDEX)) == list(cases)


@pytest.mark.parametrize("ahead", [IN_ORDER, BY_INDEX])
def test_as_much_as_may_be_asked_for_can_be_found(db, ahead):
    every = DisclosureRequest.objects.all()
    subject = "".join(map(chr, range(0x4E00, 0x4E00 + LONGEST)))
    make_request(subject=fold(subject)[:LONGEST])

    assert found(every, subject, ahead).exists()
    assert found(every, " ".join(subject[: LONGEST // 2]), ahead).exists()


def test_the_index_follows_what_is_written(db):
    case = make_request(subject="学区方案")
    every = DisclosureRequest.objects.all()

    def finding(*words):
        return [found(every, word, BY_INDEX).exists() for word in words]

    assert finding("学区", "拆迁") == [True, False]
    case.subject = "拆迁公告"
    case.save()
    assert finding("学区", "拆迁") == [False, True]
    every.filter(pk=case.pk).update(folded=fold("学区"))
    assert finding("学区", "拆迁") == [True, False]


@pytest.mark.parametrize("ahead", [IN_ORDER, 1])
def test_a_longer_list_takes_no_more_queries(db, ahead, django_assert_num_queries):
    case = make_request(subject="规划")
    every = DisclosureRequest.objects.order_by("-pk")
    for more in (0, 29):
        make_many(case, more)
        with django_assert_num_queries(2):
            assert len(found(every, "规划 规", ahead)) == 1 + more


@pytest.mark.django_db(transaction=True)
def test_a_table_can_be_made_searchable_and_let_go_again():
    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None

    def holding(piece):
        if connection.vendor == "postgresql":
            ids = f"SELECT id FROM shelf WHERE shelf_pieces(folded) @> '{{{piece}}}'"
        else:
            ids = f"SELECT rowid FROM shelf_pieces WHERE shelf_pieces MATCH '{piece}'"
        return [key for (key,) in run(f"{ids} ORDER BY 1")]

    operation = searchable("shelf")
    run("CREATE TABLE shelf (id integer PRIMARY KEY, folded text NOT NULL)")
    run("INSERT INTO shelf VALUES (1, '规划公告')")
    for _time in range(2):
        with connection.schema_editor() as editor:
            operation.code(None, editor)
        assert holding("规划公") == [1]
    run("INSERT INTO shelf VALUES (2, '公')")
    run("UPDATE shelf SET id = 3 WHERE id = 1")
    assert (holding("公"), holding("划公告")) == ([2, 3], [3])
    run("DELETE FROM shelf WHERE id = 3")
    assert (holding("公"), holding("划公告")) == ([2], [])
    with connection.schema_editor() as editor:
        operation.reverse_code(None, editor)
    run("INSERT INTO shelf VALUES (4, '公')")
    run("DROP TABLE shelf")
