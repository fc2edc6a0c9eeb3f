"""Requests go out as a ledger that comes in again, masked unless it is signed for."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from casework.sheets import csv_lines, xlsx
from disclosure import ledger_out
from disclosure.ledger_out import MASK
from disclosure.models import DisclosureRequest
from disclosure.resources import RequestResource
from tests.factories import CHIEF, CLERK, VIEW, make_agency, make_request, make_user
from tests.ledgers import TODAY, counted, line, replied, take, told

pytestmark = pytest.mark.django_db

IDENTITY = "11010519491231002X"
ROWS = [
    replied(
        number="1", identity_number=IDENTITY, channel="ems", arrived_on="2024-04-18",
        consultations="agency 2024-04-22/2024-04-24/2024-05-08 agrees",
        extension="10", extended_on="2024-04-30",
        remedies="reconsideration 2024-06-03/2024-07-30 upheld; after 2024-08-12",
    ),
    line(number="2", subject="=1+1", applicant="＋王", fees="by_volume 2024-04-18 31"),
    line(number="3", subject="关于" * 150, applicant_kind="business",
         applicant="某公司"),
    replied(number="4", outcome="withdrawn"),
    replied(number="5", served_on=""),
    line(number="6", channel="online", correction_asked_on=""),
]  # fmt: skip


@pytest.fixture
def chief():
    return make_user(*CHIEF, agency=make_agency("宝鸡市人民政府", "BJ"))


def went_out(by, found=None, reason="") -> list[list]:
    """All rows, the names of the columns first."""
    found = DisclosureRequest.objects.visible_to(by) if found is None else found
    chunks = RequestResource(by, TODAY).lines(found, reason)
    return [row for chunk in chunks for row in chunk]


def column(rows, code) -> list:
    place = list(RequestResource.fields).index(code)
    return [row[place] for row in rows[1:]]


def test_each_row_says_what_is_kept_in_the_order_of_registration(chief):
    take(*ROWS, by=chief)
    found = DisclosureRequest.objects.order_by("-subject")

    with override("en"):
        headers, first, *others = went_out(chief, found)

    assert headers[:3] == ["reference number", "agency", "channel"]
    assert len(headers) == len(RequestResource.fields) + 3
    assert first == [
        "1", "宝鸡市人民政府", "express mail (EMS)", "natural person", "王小明", MASK,
        "陈仓区棚户区改造项目的批复文件", "2024-04-16", "2024-04-18", None, None, None,
        None, "agency 2024-04-22/2024-04-24/2024-05-08 agrees", 10, "2024-04-30",
        "2024-05-10", "宝政公开〔2024〕7号", "2024-05-13", "Disclosed", "",
        "reconsideration 2024-06-03/2024-07-30 upheld; after 2024-08-12",
        "2024-04-18", str(DisclosureRequest.objects.get(number="1").due_on), "closed",
    ]  # fmt: skip
    assert [row[0] for row in others] == ["2", "3", "4", "5", "6"]


def test_the_values_are_in_the_language_of_the_reader(chief):
    take(ROWS[0], by=chief)
    with override("zh-hans"):
        _headers, row = went_out(chief)
    assert (row[3], row[-1]) == ("自然人", "已办结")


def test_a_long_subject_goes_out_whole(chief):
    take(*ROWS, by=chief)
    assert column(went_out(chief), "subject")[2] == "关于" * 150


@pytest.mark.parametrize("place", ["own", "above", "elsewhere"])
def test_three_people(chief, place):
    take(*ROWS[:2], by=chief)
    above = make_agency()
    own = chief.workplaces[0]
    own.parent = above
    own.save()
    agency = {"own": own, "above": above, "elsewhere": make_agency()}[place]
    reader = make_user(VIEW, agency=agency)
    expected = [] if place == "elsewhere" else ["1", "2"]
    assert column(went_out(reader), "number") == expected


def test_names_are_masked_for_those_who_may_not_change_a_request(chief):
    take(*ROWS[:3], by=chief)
    own = chief.workplaces[0]
    names = [
        column(went_out(make_user(*permissions, agency=own)), "applicant")
        for permissions in ((VIEW,), CLERK)
    ]
    assert names == [["王*明", "＋*", "某公司"], ["王小明", "＋王", "某公司"]]


def test_an_identity_is_masked_without_a_reason_and_that_is_no_event(chief):
    take(*ROWS[:2], by=chief)
    [case, _other] = DisclosureRequest.objects.order_by("pk")
    before = case.events.count()
    assert column(went_out(chief), "identity_number") == [MASK, ""]
    assert case.events.count() == before


def test_with_a_reason_it_is_told_in_full_and_each_request_keeps_an_event(chief):
    take(*ROWS[:2], by=chief)
    others = make_request()

    rows = went_out(chief, reason="市审计局审计")

    assert column(rows, "identity_number") == [IDENTITY, ""]
    for case in DisclosureRequest.objects.visible_to(chief):
        event = case.events.last()
        assert (event.step, event.note, event.by, event.on) == (
            "reveal", "市审计局审计", chief, TODAY,
        )  # fmt: skip
        assert case.events.filter(step="reveal").count() == 1
    assert others.events.count() == 1


def test_nobody_reads_an_identity_without_the_permission(chief):
    take(ROWS[0], by=chief)
    clerk = make_user(*CLERK, agency=chief.workplaces[0])
    with pytest.raises(PermissionDenied):
        went_out(clerk, reason="审计")
    assert not DisclosureRequest.objects.filter(events__step="reveal").exists()


def as_file(rows, how) -> BytesIO:
    if how == "xlsx":
        file = BytesIO()
        xlsx(rows, file)
        file.seek(0)
        return file
    return BytesIO("".join(csv_lines(rows)).encode(how))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("how", ["utf-8", "gb18030", "xlsx"])
def test_what_went_out_comes_in_without_a_change(chief, how, language):
    take(*ROWS, by=chief)
    for reason in ("", "审计"):
        with override(language):
            rows = went_out(chief, reason=reason)
        taken = take(as_file(rows, how), by=chief)
        assert (told(taken), counted(taken)) == ([], (0, len(ROWS), 0))


def test_what_went_out_in_full_is_the_same_elsewhere(chief):
    take(*ROWS, by=chief)
    rows = went_out(chief, reason="迁移")
    kept = (
        "number", "status", "outcome", "due_on", "identity_hash", "received_on",
        "subject", "description", "closed_on", "signed_on", "extension",
    )  # fmt: skip
    before = list(DisclosureRequest.objects.order_by("pk").values(*kept))
    other = make_agency(code="XT", parent=chief.workplaces[0])
    for row in rows[1:]:
        row[0], row[1] = f"{row[0]}-2", other.code

    taken = take(as_file(rows, "utf-8"), by=chief)

    assert told(taken) == []
    found = DisclosureRequest.objects.filter(agency=other).order_by("pk")
    after = [row | {"number": row["number"][:-2]} for row in found.values(*kept)]
    assert after == before


def test_a_case_of_the_desk_comes_in_again_without_a_change(chief):
    own = chief.workplaces[0]
    day = date(2026, 3, 2)
    for status in ("registered", "correcting", "paying", "review", "signed", "closed"):
        make_request(status, own, day, by=chief, identity=IDENTITY)
    for outcome in ("withdrawn", "other", "state_secret"):
        make_request("closed", own, day, by=chief, outcome=outcome)
    taken = take(as_file(went_out(chief), "utf-8"), by=chief)
    assert (told(taken), counted(taken)) == ([], (0, 9, 0))


def test_each_chunk_asks_the_same_number_of_queries(chief, monkeypatch):
    take(*[line(number=f"{n}") for n in range(30)], by=chief)
    monkeypatch.setattr(ledger_out, "CHUNK", 10)

    def queries(count, reason=""):
        found = DisclosureRequest.objects.filter(
            pk__in=DisclosureRequest.objects.order_by("pk")[:count].values("pk")
        )
        with CaptureQueriesContext(connection) as asked:
            assert len(went_out(chief, found, reason)) == count + 1
        return len(asked)

    for reason in ("", "审计"):
        queries(1, reason)
        one, ten, thirty = (queries(count, reason) for count in (1, 10, 30))
        assert one == ten
        # The related rows of each kind; with a reason the events too.
        assert thirty - one <= 2 * (9 if reason else 3)


def test_nothing_is_asked_before_the_first_row_is_wanted(
    chief, django_assert_num_queries
):
    with django_assert_num_queries(0):
        RequestResource(chief, TODAY).lines(DisclosureRequest.objects.all())


def test_what_was_read_is_recorded_although_the_reading_broke_off(chief, monkeypatch):
    take(*ROWS[:2], by=chief)
    monkeypatch.setattr(ledger_out, "CHUNK", 1)
    lines = RequestResource(chief, TODAY).lines(DisclosureRequest.objects.all(), "审计")
    next(lines)
    [[told_row]] = [next(lines)]
    lines.close()

    assert told_row[0] == "1"
    revealed = DisclosureRequest.objects.filter(events__step="reveal")
    assert [case.number for case in revealed] == ["1"]
