"""A session, authors, contacts and units are told in one cell each."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from casework.resources import AgencyWidget
from proposals.cells import Authors, Contacts, Part, SessionWidget, Signatory, Units
from tests.factories import make_agency
from tests.items import make_session
from tests.refusals import codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_agency("宝鸡市人民政府", "BJ", kind="city_office")


@pytest.mark.parametrize(
    "said",
    [
        "BJ-R14-6", "bj-r14-6", "congress 14-6", "Congress 14－6", "人大 14-6",
        "市十四届人大六次会议", "市第十四届人民代表大会第六次会议",
        "市14届人大6次会议", "第14届人民代表大会第6次会议", "市十四屆人大六次會議",
        "session 6 of People's Congress 14",
    ],
)  # fmt: skip
def test_a_session_has_a_code_and_names(city, said):
    session = make_session(city)
    make_session(city, body="cppcc", term=11, number=5)
    widget = SessionWidget()
    widget.learn([session])
    assert widget.clean(said) == session
    assert widget.render(session) == "BJ-R14-6"


@pytest.mark.parametrize("said", ["政协十一届五次会议", "cppcc 11-5", "市政協11届5次"])
def test_a_session_of_the_committee_is_another(city, said):
    session = make_session(city, body="cppcc", term=11, number=5)
    widget = SessionWidget()
    widget.learn([session, make_session(city, term=11, number=5)])
    assert widget.clean(said) == session


@pytest.mark.parametrize("said", ["人大", "14-6", "congress 14-7", "ZZ-R14-6", "?"])
def test_what_names_no_session_is_refused(city, said):
    widget = SessionWidget()
    widget.learn([make_session(city)])
    with pytest.raises(ValidationError) as refused:
        widget.clean(said)
    assert codes(refused) == ["no_such_session"]


def test_a_name_that_two_governments_use_wants_the_code(city):
    county = make_agency(code="WB", kind="county", parent=city)
    widget = SessionWidget()
    widget.learn([make_session(city), theirs := make_session(county)])
    with pytest.raises(ValidationError) as refused:
        widget.clean("十四届人大六次会议")
    assert codes(refused) == ["several_sessions"]
    assert widget.clean("WB-R14-6") == theirs


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("示例一，渭滨代表团", [("示例一", "渭滨代表团", "")]),
        ("示例一,渭滨;示例二", [("示例一", "渭滨", ""), ("示例二", "", "")]),
        ("民革市委，，party", [("民革市委", "", "party")]),
        ("", []),
    ],
)
def test_authors_stand_in_their_order(said, authors):
    found = Authors().clean(said)
    assert found == tuple(Signatory(*author) for author in authors)
    assert Authors().clean(Authors().render(found)) == found


@pytest.mark.parametrize(
    ("said", "code"),
    [("，渭滨代表团", "author"), ("甲，乙，deputy，丁", "author"),
     ("甲，乙，丙", "no_such_choice")],
)  # fmt: skip
def test_what_is_no_author_is_refused(said, code):
    with pytest.raises(ValidationError) as refused:
        Authors().clean(said)
    assert codes(refused) == [code]


def test_an_author_of_the_usual_kind_needs_none():
    assert Signatory("甲").of("congress").kind == "deputy"
    assert Signatory("甲").of("cppcc").kind == "member"
    assert Signatory("甲", "", "party").short("cppcc").kind == "party"
    assert Signatory("甲", "", "member").short("cppcc").kind == ""


def test_contacts_are_told_in_the_words_of_the_office():
    first, second = Contacts().clean("面商 2016-04-05 王局长 听取意见；电话 2016.4.8")
    assert (first.kind, first.days, first.more) == (
        "face_to_face", (date(2016, 4, 5),), ("王局长", "听取意见"),
    )  # fmt: skip
    assert (second.kind, second.days) == ("telephone", (date(2016, 4, 8),))


@pytest.fixture
def units(city):
    agency = AgencyWidget()
    agency.learn(
        [
            city,
            make_agency("教育局", "JYJU"),
            make_agency("County Three Office", "CTHR"),
        ]
    )
    return Units(agency, 2)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("教育局", [("JYJU",)]),
        ("教育局、JYJU2", None),
        ("教育局；CTHR", [("JYJU",), ("CTHR",)]),
        ("County Three Office 2016-04-01", [("CTHR", ["2016-04-01"])]),
        (
            "教育局 2016-05-03/2016-05-05 宝教函〔2016〕1号 A",
            [("JYJU", ["2016-05-03", "2016-05-05"], "宝教函〔2016〕1号", "A")],
        ),
        ("教育局 2016-05-03 文 1号", [("JYJU", ["2016-05-03"], "文", "1号")]),
    ],
)
def test_units_stand_with_what_is_known_of_them(units, said, parts):
    if parts is None:
        with pytest.raises(ValidationError):
            units.clean(said)
        return
    found = units.clean(said)
    assert [
        (part.agency.code, [str(day) for day in part.days], *part[2:]) for part in found
    ] == [(*part, *([], "", "")[len(part) - 1 :]) for part in parts]
    assert units.clean(units.render(found)) == found


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("教育局；教育局", "once_a_unit"),
        ("教育局 2016-05-03/2016-05-05/2016-05-06", "days"),
        ("财政局", "no_such_agency"),
    ],
)
def test_what_is_no_unit_is_refused(units, said, code):
    with pytest.raises(ValidationError) as refused:
        units.clean(said)
    assert codes(refused) == [code]


def test_what_is_left_unsaid_of_a_unit_is_no_difference(city):
    day, later = date(2016, 5, 3), date(2016, 5, 5)
    kept = Part(city, (day, later), "文1", "A")
    assert Part(city).same(kept)
    assert Part(city, (day,)).same(kept)
    assert not Part(city, (later,)).same(kept)
    assert not Part(city, (day, later), "文2").same(kept)
    assert not Part(city, (day,)).same(Part(city))
