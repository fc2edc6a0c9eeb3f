"""Ledgers of requests come in as offices write them: all of a file, or nothing."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Counter
from casework.references import reference
from casework.sheets import Unreadable
from disclosure.models import Consultation, DisclosureRequest, RequestEvent
from disclosure.resources import RequestResource, shortened
from disclosure.workflow import HANDLE, workflow
from tests.casework.sheets.files import a_book, saved
from tests.factories import (
    ADD,
    CHIEF,
    VIEW,
    make_agency,
    make_request,
    make_user,
)
from tests.ledgers import (
    LINE,
    REPLIED,
    TODAY,
    a_csv,
    a_workbook,
    counted,
    line,
    lines,
    replied,
    take,
    told,
)

pytestmark = pytest.mark.django_db

IDENTITY = "11010519491231002X"
DAY = date(2024, 4, 16)
CHINESE = [
    ["宝鸡市2024年依申请公开台账"],
    [],
    ["序号", "登记编号", "受理单位", "申请方式", "申请人类型", "申请人", "申请内容",
     "申请日期", "签发时间", "文号", "答复日期", "答复结果", "征求意见", "备注"],
    [1, "宝公开001", "宝鸡市人民政府", "当面", "公民", "王小明", "批复文件",
     "2024年4月16日", "2024/5/10", "宝政〔2024〕7号", "2024.5.13", "予以公开",
     "第三方 2024-04-22/2024-05-09; agency 2024-04-18", "加急"],
    [2, "宝公开002", "BJ", "EMS", "企业", "某公司", "批复文件", "2024-04-16"],
    ["合计", 2],
    ["填表人：李四"],
]  # fmt: skip


@pytest.fixture
def chief():
    agency = make_agency("宝鸡市人民政府", "BJ", kind="city_office", aliases="市政府")
    return make_user(*CHIEF, agency=agency)


def stored() -> dict[str, DisclosureRequest]:
    return {case.number: case for case in DisclosureRequest.objects.order_by("pk")}


def everything():
    """All that an import can write."""
    models = (DisclosureRequest, Consultation, RequestEvent, Counter)
    return [list(model.objects.order_by("pk").values()) for model in models]


# How it is written


def chinese_file(how):
    if how == "xlsx":
        return saved(a_book(CHINESE, "A1:N1"))
    return a_csv(CHINESE, how)


@pytest.mark.parametrize("how", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "xlsx"])
def test_a_ledger_is_read_as_excel_saves_it(chief, how):
    taken = take(chinese_file(how), by=chief)

    assert (told(taken), counted(taken)) == ([], (2, 0, 0))
    one, two = stored().values()
    assert (one.number, one.agency.code, one.channel) == (
        "宝公开001",
        "BJ",
        "in_person",
    )
    assert (one.applicant_kind, one.applicant) == ("natural_person", "王小明")
    assert (one.status, one.outcome, one.document_number) == (
        "closed", "disclosed", "宝政〔2024〕7号",
    )  # fmt: skip
    assert [one.submitted_on, one.signed_on, one.closed_on] == [
        DAY, date(2024, 5, 10), date(2024, 5, 13),
    ]  # fmt: skip
    assert list(one.consultations.values_list("kind", "sent_on", "answered_on")) == [
        ("agency", date(2024, 4, 18), None),
        ("third_party", date(2024, 4, 22), date(2024, 5, 9)),
    ]
    assert (two.channel, two.applicant_kind, two.status) == (
        "ems",
        "business",
        "handling",
    )
    assert taken.ledger.title == ["宝鸡市2024年依申请公开台账"]
    assert taken.ledger.unknown == [("N", "备注")]
    assert [(n, why) for n, why, _text in taken.ledger.skipped] == [
        (6, "total"), (7, "signature"),
    ]  # fmt: skip


def test_a_day_is_written_in_many_ways(chief):
    ways = [
        "2024-04-16", "2024/4/16", "2024.4.16", "2024年4月16日", "2024-04-16 09:30",
        "２０２４－０４－１６", DAY, datetime.combine(DAY, time(9, 30)), 45398, "45398",
    ]  # fmt: skip
    rows = [line(number=f"{n}", submitted_on=way) for n, way in enumerate(ways)]

    taken = take(a_workbook(*rows), by=chief)

    assert told(taken) == []
    days = [case.submitted_on for case in stored().values()]
    assert days == [DAY] * len(ways)


@pytest.mark.parametrize(
    ("column", "words", "code"),
    [
        ("channel", ["online", "ONLINE", "online form", "网上", "互联网"], "online"),
        ("channel", ["email", "e-mail", "邮箱", "电子邮件"], "email"),
        (
            "applicant_kind",
            ["natural_person", "自然人", "公民", "個人"],
            "natural_person",
        ),
        ("applicant_kind", ["legal_service", "法律服务机构"], "legal_service"),
    ],
)
def test_a_choice_is_told_by_its_code_its_label_or_another_word(
    chief, column, words, code
):
    rows = [line(number=f"{n}", **{column: word}) for n, word in enumerate(words)]
    assert told(take(*rows, by=chief)) == []
    assert {getattr(case, column) for case in stored().values()} == {code}


def test_an_outcome_is_told_in_the_words_of_the_form(chief):
    words = {
        "予以公开": "disclosed", "部分公开": "partly_disclosed",
        "国家秘密": "state_secret", "信息不存在": "nonexistent",
        "信访": "petition_or_complaint", "重复申请": "repeated",
    }  # fmt: skip
    taken = take(*[replied(number=word, outcome=word) for word in words], by=chief)
    assert told(taken) == []
    assert {number: case.outcome for number, case in stored().items()} == words


def test_a_value_that_is_none_of_the_allowed_is_refused(chief):
    row = replied(channel="飞鸽", applicant_kind="人", outcome="公开了")
    assert told(take(row, by=chief)) == [
        (2, "channel", "no_such_choice"),
        (2, "applicant_kind", "no_such_choice"),
        (2, "outcome", "no_such_choice"),
    ]


# All or nothing


def test_with_one_bad_row_nothing_is_written_and_every_reason_is_told(chief):
    before = everything()
    rows = [
        line(number="1"),
        line(number="2", channel="飞鸽", submitted_on="2024-02-30"),
        line(number="3", applicant=""),
        line(number="4", arrived_on="2024-04-15"),
        replied(number="5"),
    ]

    taken = take(*rows, by=chief)

    assert told(taken) == [
        (3, "channel", "no_such_choice"),
        (3, "submitted_on", "no_such_day"),
        (4, "applicant", "required"),
        (5, "arrived_on", "arrived_on_before_submitted_on"),
    ]
    assert [problem.letter for problem in taken.problems] == ["C", "G", "E", "H"]
    assert [problem.shown for problem in taken.problems] == [
        "飞鸽", "2024-02-30", "", "2024-04-15",
    ]  # fmt: skip
    assert (counted(taken), taken.good) == ((2, 0, 3), False)
    assert everything() == before


def test_the_marked_file_is_the_file_and_two_columns_more(chief):
    rows = [["台账"], list(LINE), *([*line(number=n).values()] for n in "12")]
    rows[3][2], rows[3][5] = "飞鸽", ""
    rows.append(["合计", "2"])

    taken = take(a_csv(rows), by=chief)
    title, headers, good, bad, total = taken.marked()

    wide = len(LINE)
    assert [row[:wide] for row in (headers, good)] == rows[1:3]
    assert title[: wide + 2] == ["台账", *[None] * (wide - 1), "", ""]
    assert total == ["合计", "2", *[None] * (wide - 2), "", ""]
    assert [cell or "" for cell in bad[:wide]] == rows[3]
    assert (len(headers), headers[wide:] == ["", ""]) == (wide + 2, False)
    assert good[wide:] == ["", ""]
    labels = [problem.header for problem in taken.problems]
    assert bad[wide] == "、".join(labels)
    assert all(problem.message in bad[wide + 1] for problem in taken.problems)


def test_a_repaired_marked_file_is_imported(chief):
    taken = take(line(channel="飞鸽"), by=chief)
    headers, bad = taken.marked()
    bad[2] = "当面"

    repaired = take(a_csv([headers, bad]), by=chief)

    assert (told(repaired), counted(repaired)) == ([], (1, 0, 0))
    assert len(repaired.ledger.unknown) == 2


def test_a_trial_writes_nothing(chief):
    before = everything()
    number = reference("BJ", 2024, 12)
    taken = take(replied(number=number), by=chief, dry_run=True)
    assert (taken.good, counted(taken)) == (True, (1, 0, 0))
    assert everything() == before


def test_what_the_database_refuses_is_named_by_its_row(chief):
    rows = lines(30)
    rows[7] |= {"arrived_on": "2024-04-15"}
    rows[21] |= {"channel": "online", "confirmed_on": "2024-04-17",
                 "arrived_on": "2024-04-18"}  # fmt: skip

    taken = take(*rows, by=chief)

    assert told(taken) == [
        (9, "arrived_on", "arrived_on_before_submitted_on"),
        (23, "confirmed_on", "confirmed_on_before_arrived_on"),
    ]
    assert stored() == {}


# Again


def test_repeating_an_import_changes_nothing(chief):
    rows = [
        replied(number=reference("BJ", 2024, 7), identity_number=IDENTITY,
                remedies="direct 2024-06-03/2024-07-30 corrected"),
        line(number="2", consultations="third_party 2024-04-22/2024-05-14"),
        line(number="3", fees="by_volume 2024-04-18/2024-04-22 31"),
    ]  # fmt: skip
    first = take(*rows, by=chief)
    before = everything()

    again = take(*rows, by=chief)

    assert (counted(first), counted(again)) == ((3, 0, 0), (0, 3, 0))
    assert (told(again), everything()) == ([], before)


def test_what_is_here_already_and_what_is_not_come_in_together(chief):
    take(*lines(2), by=chief)
    assert counted(take(*lines(5), by=chief)) == (3, 2, 0)
    assert len(stored()) == 5


OTHER = {
    "applicant": ("王小明", "李小红"),
    "submitted_on": ("2024-04-16", "2024-04-17"),
    "subject": ("陈仓区棚户区改造项目的批复文件", "别的文件"),
    "served_on": ("2024-05-13", "2024-05-14"),
    "document_number": ("宝政公开〔2024〕7号", "宝政公开〔2024〕8号"),
    "remedies": ("—", "direct 2024-06-03"),
    "arrived_on": ("—", "2024-04-17"),
}
"""What is kept and what the sheet says instead, by column."""


def test_the_same_number_with_other_content_is_refused_and_both_are_shown(chief):
    take(*[replied(number=column) for column in OTHER], by=chief)
    before = everything()
    rows = [
        replied(number=column, **{column: new}) for column, (_old, new) in OTHER.items()
    ]

    taken = take(*rows, by=chief)

    assert told(taken) == [(n, c, "other_content") for n, c in enumerate(OTHER, 2)]
    for problem, values in zip(taken.problems, OTHER.values(), strict=True):
        assert all(value in problem.message for value in values), problem
    assert everything() == before


def test_an_identity_number_is_never_shown_but_compared(chief):
    take(line(identity_number=IDENTITY), by=chief)

    taken = take(line(identity_number="CANARY123"), by=chief)

    assert told(taken) == [(2, "identity_number", "other_content")]
    assert IDENTITY not in taken.problems[0].message
    assert "CANARY123" not in taken.problems[0].message
    assert counted(take(line(identity_number=f" {IDENTITY} "), by=chief)) == (0, 1, 0)


def test_a_column_that_the_sheet_lacks_is_not_compared(chief):
    take(replied(identity_number=IDENTITY), by=chief)
    assert counted(take(line(), by=chief)) == (0, 1, 0)


def test_a_cell_that_was_emptied_is_another_content(chief):
    take(replied(), by=chief)
    row = replied(document_number="")
    assert told(take(row, by=chief)) == [(2, "document_number", "other_content")]


def test_a_case_that_went_on_at_the_desk_is_not_what_the_ledger_says(chief):
    row = line(served_on="", outcome="")
    take(row, by=chief)
    [case] = stored().values()
    workflow.take("withdraw", case, by=chief, on=TODAY)
    assert told(take(row, by=chief)) == [
        (2, "served_on", "other_content"),
        (2, "outcome", "other_content"),
    ]


# Numbers


def test_a_number_that_stands_twice_is_refused_the_second_time(chief):
    taken = take(line(), line(number="2"), line(), by=chief)
    assert told(taken) == [(4, "number", "twice")]


def test_a_number_of_another_agency_is_taken_and_nothing_more_is_said(chief):
    theirs = make_request(subject="金丝雀的批复", applicant="金丝雀")
    row = line(number=theirs.number)

    taken = take(row, by=chief)

    assert told(taken) == [(2, "number", "number_taken")]
    assert "金丝雀" not in taken.problems[0].message
    assert theirs.agency.name not in taken.problems[0].message


def test_a_number_of_ours_has_the_right_check_digits(chief):
    right = reference("BJ", 2024, 12)
    wrong = f"{right[:-2]}{(int(right[-2:]) + 1) % 100:02d}"
    taken = take(line(number=right), line(number=wrong), by=chief)
    assert told(taken) == [(3, "number", "check_digits")]


def test_after_numbers_of_ours_the_counter_goes_on(chief):
    rows = [line(number=reference("BJ", 2024, n)) for n in (7, 12, 9)]
    rows += [line(number=reference("BJ", 2016, 3)), line(number="BJ-2024-13")]
    assert told(take(*rows, by=chief)) == []

    case = make_request(agency=chief.workplaces[0], by=chief, received=DAY)

    assert case.number == reference("BJ", 2024, 13)


def test_a_counter_that_is_further_stays(chief):
    for _n in range(3):
        make_request(agency=chief.workplaces[0], by=chief, received=DAY)
    take(line(number=reference("BJ", 2024, 1001)), by=chief)
    take(line(number=reference("BJ", 2024, 900)), by=chief)
    case = make_request(agency=chief.workplaces[0], by=chief, received=DAY)
    assert case.number == reference("BJ", 2024, 1002)


# Cells


def test_a_masked_identity_is_not_a_number(chief):
    assert told(take(line(identity_number="******"), by=chief)) == [
        (2, "identity_number", "masked")
    ]
    take(line(identity_number=IDENTITY), by=chief)
    assert counted(take(line(identity_number="******"), by=chief)) == (0, 1, 0)


def test_a_long_number_that_was_typed_as_one_is_refused(chief):
    rows = [
        line(number="1", identity_number=610302199001011234),
        line(number="2", identity_number="6.10302E+17"),
        line(number=1234567890123456, identity_number="CANARY1"),
    ]
    assert told(take(a_workbook(*rows), by=chief)) == [
        (2, "identity_number", "digits_lost"),
        (3, "identity_number", "digits_lost"),
        (4, "number", "digits_lost"),
    ]


def test_a_short_number_that_was_typed_as_one_is_a_text(chief):
    for _time in range(2):
        taken = take(a_workbook(line(number=12), line(number=13.0)), by=chief)
        assert told(taken) == []
    assert sorted(stored()) == ["12", "13"]
    assert counted(taken) == (0, 2, 0)


def test_no_day_lies_in_the_future_but_the_end_of_a_period(chief):
    tomorrow, yesterday = (f"{TODAY + timedelta(days=n)}" for n in (1, -1))
    row = line(submitted_on=yesterday, correction_asked_on=f"{TODAY}")
    assert told(take(row | {"correction_until": tomorrow}, by=chief)) == []

    rows = [
        line(number="2", submitted_on=tomorrow),
        replied(number="3", served_on=tomorrow),
        line(number="4", consultations=f"agency 2024-04-18/{tomorrow}"),
        line(number="5", fees=f"by_volume {tomorrow} 31"),
        replied(number="6", remedies=f"direct {tomorrow}"),
    ]
    assert told(take(*rows, by=chief)) == [
        (2, "submitted_on", "future"),
        (3, "served_on", "future"),
        (4, "consultations", "future"),
        (5, "fees", "future"),
        (6, "remedies", "future"),
    ]


def test_a_long_subject_is_shortened_in_the_list_and_kept_whole(chief):
    long = "关于" * 150
    row = line(subject=long)
    take(row, by=chief)
    [case] = stored().values()

    assert (case.subject, case.description) == (shortened(long), long)
    assert len(case.subject) == 200
    assert counted(take(row, by=chief)) == (0, 1, 0)
    assert shortened("短") == "短"


def test_what_looks_like_a_formula_is_taken_as_it_was_written(chief):
    row = line(subject="'=1+1", applicant="'-王")
    take(row, by=chief)
    [case] = stored().values()
    assert (case.subject, case.applicant) == ("=1+1", "-王")
    assert counted(take(row, by=chief)) == (0, 1, 0)


def test_an_error_of_the_spreadsheet_is_no_value(chief):
    row = line(served_on="=1/0")
    assert told(take(a_workbook(row), by=chief)) == [(2, "served_on", "cell_error")]


def test_columns_that_must_be_there_are_missed(chief):
    row = {name: LINE[name] for name in ("number", "agency", "channel", "subject")}
    with pytest.raises(Unreadable) as refused:
        take(row, by=chief)
    assert refused.value.code == "columns_missing"


# Agencies


def test_an_agency_is_named_by_code_name_or_alias(chief):
    names = ["BJ", "bj", "宝鸡市人民政府", "寶雞市人民政府", " 市政府 "]
    rows = [line(number=f"{n}", agency=name) for n, name in enumerate(names)]
    assert told(take(*rows, by=chief)) == []
    assert {case.agency.code for case in stored().values()} == {"BJ"}


def test_an_alias_of_several_names_none_of_them(chief):
    for place in ("陈仓区", "渭滨区"):
        make_agency(
            f"{place}教育局", parent=chief.workplaces[0], aliases="教育局、区教"
        )
    taken = take(line(agency="教育局"), by=chief)
    assert told(taken) == [(2, "agency", "several_agencies")]
    assert "陈仓区教育局、渭滨区教育局" in taken.problems[0].message


def test_an_unknown_agency_is_answered_by_the_nearest_that_the_person_sees(chief):
    make_agency("宝鸡市教育局", parent=chief.workplaces[0])
    make_agency("宝鸡市教育厅")
    before = everything()

    taken = take(line(agency="宝鸡市教育所"), by=chief)

    assert told(taken) == [(2, "agency", "no_such_agency")]
    assert "宝鸡市教育局" in taken.problems[0].message
    assert "宝鸡市教育厅" not in taken.problems[0].message
    assert everything() == before


def test_another_agency_is_as_one_that_is_not_there(chief):
    make_agency("咸阳市水利局", "XY", aliases="咸水")
    said = [
        take(line(agency=name), by=chief).problems[0]
        for name in ("咸阳市水利局", "西安市水利局")
    ]
    assert [problem.code for problem in said] == ["no_such_agency"] * 2
    one, two = (problem.message.replace(problem.value, "") for problem in said)
    assert one == two
    rows = [line(number=name, agency=name) for name in ("XY", "咸水")]
    assert {code for *_place, code in told(take(*rows, by=chief))} == {"no_such_agency"}


def test_what_one_import_learns_is_unknown_to_the_next(chief):
    take(line(), by=chief)
    stranger = make_user(*CHIEF, agency=make_agency("外单位", "WD"))
    taken = take(line(number="2"), by=stranger)
    assert told(taken) == [(2, "agency", "no_such_agency")]
    assert "宝鸡" not in taken.problems[0].message


@pytest.mark.parametrize(
    ("closed_on", "codes"),
    [
        (date(2024, 4, 16), [(2, "agency", "closed_agency")]),
        (date(2024, 4, 17), []),
    ],
)
def test_a_closed_agency_has_only_what_came_before(chief, closed_on, codes):
    make_agency(code="LD", parent=chief.workplaces[0], closed_on=closed_on)
    assert told(take(line(agency="LD"), by=chief)) == codes


@pytest.mark.parametrize(("place", "allowed"), [("above", True), ("beside", False)])
def test_three_people(chief, place, allowed):
    own = chief.workplaces[0]
    child = make_agency(code="CC", parent=own)
    agency = {"above": own, "beside": make_agency(parent=own)}[place]
    person = make_user(*CHIEF, agency=agency)
    taken = take(line(agency="CC"), by=person)
    assert told(taken) == ([] if allowed else [(2, "agency", "no_such_agency")])
    assert child.pk in {case.agency_id for case in stored().values()} or not allowed


# Who, and how much it costs


def test_whoever_may_not_add_imports_nothing(chief):
    person = make_user(VIEW, HANDLE, agency=chief.workplaces[0])
    with pytest.raises(PermissionDenied):
        take(line(), by=person)


def test_a_row_tells_only_of_what_the_person_may_do(chief):
    person = make_user(ADD, HANDLE, agency=chief.workplaces[0])
    taken = take(line(number="1"), replied(number="2"), by=person)
    assert told(taken) == [(3, "signed_on", "not_permitted")]
    assert counted(take(line(number="1"), by=person)) == (1, 0, 0)


def test_each_event_says_from_which_row_of_which_file_it_came(chief):
    take(line(number="1"), replied(number="2"), by=chief)
    notes = set(RequestEvent.objects.filter(case__number="2").values_list("note"))
    [(note,)] = notes
    assert ("ledger.csv" in note, "3" in note) == (True, True)
    assert set(RequestEvent.objects.values_list("by", "by_name")) == {
        (chief.pk, str(chief))
    }


@pytest.mark.parametrize("known", [False, True])
def test_many_rows_ask_no_more_than_one(chief, known):
    numbers = iter(range(100))

    def queries(count):
        cells = {"consultations": "agency 2024-04-18/2024-05-08"}
        rows = [replied(number=f"{next(numbers)}", **cells) for _n in range(count)]
        if known:
            take(*rows, by=chief)
        with CaptureQueriesContext(connection) as asked:
            taken = take(*rows, by=chief)
        assert counted(taken) == ((0, count, 0) if known else (count, 0, 0))
        return len(asked)

    queries(1)  # what is asked once for all
    assert queries(1) == queries(30)


def test_why_the_database_refuses_a_batch_is_asked_once_of_each_row(chief):
    def queries(count):
        rows = lines(count, arrived_on="2024-04-20")
        rows[0] |= {"arrived_on": "2024-04-10"}
        with CaptureQueriesContext(connection) as asked:
            assert told(take(*rows, by=chief)) == [
                (2, "arrived_on", "arrived_on_before_submitted_on")
            ]
        return len(asked)

    queries(1)
    assert (queries(31) - queries(1)) / 30 <= 3  # one within a savepoint


def test_the_columns_are_those_that_the_template_has():
    codes = [column.code for column in RequestResource.columns()]
    assert codes == [
        "number", "agency", "channel", "applicant_kind", "applicant", "identity_number",
        "subject", "submitted_on", "arrived_on", "confirmed_on", "correction_asked_on",
        "correction_until", "corrected_on", "consultations", "extension", "extended_on",
        "signed_on", "document_number", "served_on", "outcome", "fees", "remedies",
    ]  # fmt: skip
    required = {column.code for column in RequestResource.columns() if column.required}
    assert required == set(LINE)
    assert set(REPLIED) < set(codes)


def without(row, *codes):
    return {code: value for code, value in row.items() if code not in codes}


def test_a_ledger_that_knows_one_day_of_a_reply_takes_it_for_both(chief):
    row = without(replied(), "signed_on", "document_number")

    assert counted(take(row, by=chief)) == (1, 0, 0)
    assert counted(take(row, by=chief)) == (0, 1, 0)

    case = DisclosureRequest.objects.get()
    assert (case.signed_on, case.closed_on) == (date(2024, 5, 13), date(2024, 5, 13))
    assert (case.document_number, case.status) == ("", "closed")


def test_without_a_signature_a_reply_of_the_day_of_receipt_was_on_the_spot(chief):
    row = without(replied(served_on=DAY.isoformat()), "signed_on", "document_number")
    take(row, by=chief)
    case = DisclosureRequest.objects.get()
    assert (case.signed_on, case.closed_on) == (None, DAY)


def test_what_the_ledger_has_a_column_for_may_not_be_left_out(chief):
    rows = replied(number="1"), replied(number="2", document_number="")
    assert told(take(*rows, by=chief)) == [(3, "document_number", "required")]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("fees", "by_volume 2024-04-18/2024-04-22 31 0 9", "words"),
        ("remedies", "direct 2024-06-03/2024-07-30 赢了", "no_such_choice"),
        ("consultations", "agency 2024-04-18/2024-05-08 好", "no_such_choice"),
    ],
)
def test_no_word_of_an_entry_is_passed_over(chief, column, cell, code):
    refused = take(replied(**{column: cell}), by=chief)
    assert told(refused) == [(2, column, code)]


def test_the_words_of_an_entry_may_be_chinese(chief):
    take(replied(remedies="direct 2024-06-03/2024-07-30 结果维持"), by=chief)
    (remedy,) = DisclosureRequest.objects.get().remedies.all()
    assert remedy.result == "upheld"
