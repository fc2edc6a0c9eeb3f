"""What each letter says of a request that has its facts, and what one waits for."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from disclosure.letters.kinds import KINDS, letters
from disclosure.letters.texts import TEMPLATES
from disclosure.letters.wording import BLANK, DECISIONS
from disclosure.models import Outcome
from disclosure.outcomes import CLOSINGS, REPLIES
from disclosure.workflow import workflow
from tests.factories import CHIEF, make_agency, make_calendar, make_request, make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
SIMPLE = [outcome for outcome in REPLIES if outcome != Outcome.REPEATED]
PHONE, GROUNDS = "0917-0000001", "经书面征求意见，第三方不同意公开。\n附件二不予公开。"


@pytest.fixture
def agency():
    make_calendar(2026)
    return make_agency(
        "宝鸡市自然资源局",
        phone=PHONE,
        reconsideration_organ="宝鸡市人民政府",
        court="宝鸡市金台区人民法院",
    )


@pytest.fixture
def chief(agency):
    return make_user(*CHIEF, agency=agency)


@pytest.fixture
def made(agency, chief):
    """A request of the agency in a status."""

    def make(status="handling", **fields):
        return make_request(status, agency, TODAY, by=chief, **fields)

    return make


def find(case, kind):
    return [letter for letter in letters(case, TODAY) if letter.kind == kind]


def drawn(case, kind):
    (letter,) = find(case, kind)
    return Document(BytesIO(letter.file()))


def text(document):
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def missing(case, kind):
    """The facts that the letter names as missing."""
    (letter,) = find(case, kind)
    return [fact.name for fact in letter.missing]


def extended(case, chief, note="需要逐件审查"):
    return workflow.take("extend", case, by=chief, on=TODAY, note=note, extension=20)


def consulted(case, chief, party="某建设公司", kind="third_party"):
    return workflow.take("consult", case, by=chief, on=TODAY, kind=kind, party=party)


def ready_for(kind, made, chief):
    if kind == "extension":
        return extended(made(), chief)
    if kind == "consultation":
        return consulted(made(), chief)
    status = {"correction": "correcting", "fee": "paying", "reply": "closed"}
    return made(status.get(kind, "handling"), grounds=GROUNDS)


SAID = {
    "receipt": [
        "收到申请之日：2026年11月24日",
        "提交方式：当面提交",
        "自收到申请之日起20个工作日内予以答复，答复期限至2026年12月22日；",
    ],
    "correction": ["请写明文件的名称。", "请于2026年12月14日前（含当日）", "第三十条"],
    "extension": [
        "延长答复期限20个工作日，答复期限延长至2027年1月",
        "需要逐件审查",
        "第三十三条",
    ],
    "consultation": [
        "某建设公司：",
        "自收到本征求意见书之日起15个工作日内",
        "第三十二条",
    ],
    "fee": [
        "本次申请提供的信息共31页，应缴纳信息处理费10.00元。",
        "自收到本通知次日起20个工作日内缴纳",
        "（国办函〔2020〕109号）第五条",
    ],
    "reply": [
        "宝政公开〔2026〕12号",
        "第三十六条第（二）项",
        "附件二不予公开。",
        "向宝鸡市人民政府申请行政复议",
        "向宝鸡市金台区人民法院提起行政诉讼",
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_says_what_the_law_asks(kind, made, chief):
    case = ready_for(kind, made, chief)
    said = text(drawn(case, kind))

    common = [
        f"宝鸡市自然资源局\n{TEMPLATES[kind].title}\n",
        case.number,
        case.subject,
        case.description,
        f"联系电话：{PHONE}",
        "宝鸡市自然资源局\n2026年11月24日",
    ]
    assert [part for part in [*common, *SAID[kind]] if part not in said] == []
    assert ("王小明：" in said) is (kind != "consultation")


@pytest.mark.parametrize("kind", KINDS)
def test_every_run_of_a_letter_names_its_font(kind, made, chief):
    body = drawn(ready_for(kind, made, chief), kind).element.body

    fonts = [run.find(qn("w:rPr")).find(qn("w:rFonts")) for run in body.iter(qn("w:r"))]
    assert len(fonts) > 10
    assert {font.get(qn("w:eastAsia")) for font in fonts} <= {
        "方正小标宋简体",
        "仿宋_GB2312",
        "黑体",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_tells_an_identity_number_and_the_third_party_no_name(
    kind, made, chief
):
    case = ready_for(kind, made, chief)
    case.identify("P1234567")
    case.save()
    document = drawn(case, kind)
    properties = document.core_properties

    assert "P1234567" not in text(document)
    told = f"{properties.title}{properties.subject}{properties.author}"
    assert case.applicant not in told
    assert (case.applicant in text(document)) is (kind != "consultation")


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_applicant_typed_is_told_and_never_done(kind, made, chief):
    case = ready_for(kind, made, chief)
    case.subject = "<b>&amp;{{ case.__class__ }}{% raw %}"
    case.description = "{{ 1/0 }}\n</w:t>{_{ x }_}\n  \n__class__ & <"
    case.applicant = "王{{ x }}<明>"
    case.save()

    said = text(drawn(case, kind)).splitlines()
    asked = said.index(f"申请事项：{case.subject}")
    assert said[asked + 1 : asked + 4] == [
        "{{ 1/0 }}",
        "</w:t>{_{ x }_}",
        "__class__ & <",
    ]
    assert (f"{case.applicant}：" in said) is (kind != "consultation")


def test_an_organisation_is_addressed_as_one(made):
    case = made(applicant_kind="business", applicant="宝鸡某公司")
    said = text(drawn(case, "receipt"))

    assert "贵单位提出的政府信息公开申请已登记" in said
    assert "您" not in said


def test_a_letter_is_in_chinese_whoever_draws_it_up(made):
    with translation.override("en"):
        said = text(drawn(made(), "receipt"))

    assert "提交方式：当面提交" in said


def test_a_reply_after_a_correction_says_when_that_came(made, chief):
    case = made("correcting", grounds=GROUNDS)
    for name, facts in (
        ("correct", {}),
        ("submit_draft", {"draft_outcome": "nonexistent"}),
        ("sign", {"document_number": "宝政公开〔2026〕13号"}),
    ):
        case = workflow.take(name, case, by=chief, on=TODAY, **facts)

    said = text(drawn(case, "reply"))
    assert "于2026年11月24日收到补正后的申请：" in said


def test_a_day_in_a_year_without_calendar_is_said_to_move(made, chief):
    said = text(drawn(extended(made(), chief), "extension"))

    assert "（该年度节假日安排公布后有变动的，以变动后的日期为准）" in said
    assert "变动" not in text(drawn(made(), "receipt"))


@pytest.mark.parametrize("outcome", SIMPLE)
def test_each_outcome_has_a_reply_of_its_own(outcome, made):
    case = made("closed", outcome=outcome, grounds=GROUNDS)
    said = text(drawn(case, "reply"))

    assert DECISIONS[outcome].text.format(you="您", earlier="") in said
    assert DECISIONS[outcome].articles in said


def test_a_repeated_request_names_the_one_before(made):
    earlier = made("closed", grounds=GROUNDS)
    case = made("closed", outcome=Outcome.REPEATED, repeats=earlier)

    said = text(drawn(case, "reply"))
    assert f"（登记编号：{earlier.number}，2026年11月24日办结）" in said


def test_a_repeated_request_waits_until_the_one_before_is_answered(made):
    case = made("closed", outcome=Outcome.REPEATED, repeats=made())

    assert missing(case, "reply") == ["earlier"]


@pytest.mark.parametrize("closed", [date(2023, 12, 29), date(2024, 1, 2)])
def test_the_remedies_are_those_of_the_day_of_the_letter(closed, agency, chief):
    case = make_request(
        "closed", agency, closed, by=chief, outcome="trade_secret", grounds=GROUNDS
    )

    said = text(drawn(case, "reply"))
    assert ("先向宝鸡市人民政府申请行政复议" in said) is (closed.year == 2024)


def test_where_to_turn_is_a_blank_that_the_page_speaks_of(made, agency):
    agency.reconsideration_organ = agency.court = ""
    agency.save()
    case = made("closed", grounds=GROUNDS)
    (reply,) = find(case, "reply")
    (receipt,) = find(case, "receipt")

    assert text(drawn(case, "reply")).count(BLANK) == 2
    assert (len(reply.blanks), len(receipt.blanks)) == (2, 0)


# What is missing


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("receipt", []),
        ("correction", ["date", "correction_until", "correction_points"]),
        ("extension", ["date", "extension", "reason"]),
        ("consultation", ["party", "date"]),
        ("fee", ["date", "tariff", "quantity", "amount"]),
        ("reply", ["date", "document_number", "decision"]),
    ],
)
def test_a_letter_without_its_facts_is_refused_and_names_them(kind, expected, made):
    case = made()
    (letter,) = find(case, kind)

    assert missing(case, kind) == expected
    assert bool(letter.refusal) is bool(expected)
    if expected:
        assert refused(letter.file) == ["missing"]


def test_before_receipt_there_is_no_receipt(made):
    assert missing(made("registered"), "receipt") == ["received_on", "promised"]


@pytest.mark.parametrize("outcome", SIMPLE)
def test_a_reply_that_must_say_more_waits_for_it(outcome, made):
    case = made("closed", outcome=outcome)
    needed = DECISIONS[outcome].needs_grounds

    assert missing(case, "reply") == (["grounds"] if needed else [])


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_goes_out_without_a_telephone(kind, made, chief, agency, settings):
    agency.phone = ""
    agency.save()
    case = ready_for(kind, made, chief)

    assert missing(case, kind) == ["phone"]
    settings.OFFICE_PHONE = "0917-0000000"
    assert "联系电话：0917-0000000" in text(drawn(case, kind))


@pytest.mark.parametrize("outcome", sorted(CLOSINGS))
def test_an_ending_that_is_only_recorded_has_no_reply(outcome, made):
    (letter,) = find(made("closed", outcome=outcome), "reply")

    assert refused(letter.file) == ["not_replied"]


def test_a_request_of_the_version_of_2007_has_no_letter(agency, chief):
    case = make_request(agency=agency, by=chief, received=date(2019, 5, 14))

    found = [refused(letter.file) for letter in letters(case, TODAY)]
    assert found == [["old_version"]] * len(KINDS)


def test_each_third_party_has_a_letter_and_another_organ_none(made, chief):
    case = made()
    for party, kind in (
        ("甲公司", "third_party"),
        ("乙局", "agency"),
        ("丙", "third_party"),
    ):
        case = consulted(case, chief, party, kind)

    found = find(case, "consultation")
    assert [letter.row.party for letter in found] == ["甲公司", "丙"]
    assert [str(letter.row.pk) in letter.address for letter in found] == [True, True]
