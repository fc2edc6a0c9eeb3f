"""A row of a ledger is what the desk would have made of it, or is refused as there."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from casework.sheets.entries import Entry
from casework.workflow import Deed
from disclosure.ledger import deeds, in_order, told
from disclosure.models import DisclosureRequest
from disclosure.outcomes import REPLIES
from disclosure.resources import RequestResource
from disclosure.workflow import workflow
from tests.factories import CHIEF, make_agency, make_calendar, make_user
from tests.ledgers import TODAY, counted, line, replied, take
from tests.ledgers import told as refusals
from tests.refusals import codes_of

pytestmark = pytest.mark.django_db

ASKED = {"correction_asked_on": "2024-04-19", "correction_until": "2024-05-06"}
EXTENDED = {"extension": "20", "extended_on": "2024-05-09"}
LETTER = {"channel": "ordinary_letter", "arrived_on": "2024-04-18"}
OF_2016 = {
    "submitted_on": "2016-04-18",
    "signed_on": "2016-05-03",
    "served_on": "2016-05-04",
}
STORIES = {
    "registered": line(),
    "not yet confirmed": line(channel="online"),
    "confirmed": line(channel="online", confirmed_on="2024-04-17"),
    "by letter": line(**LETTER, confirmed_on="2024-04-19"),
    "by post": line(channel="ems", arrived_on="2024-04-18"),
    **{str(outcome): replied(outcome=outcome) for outcome in REPLIES},
    "signed": replied(served_on=""),
    "on the spot": line(outcome="disclosed", served_on="2024-04-16"),
    "corrected, on the spot": line(
        **ASKED, corrected_on="2024-04-24", outcome="disclosed", served_on="2024-04-24"
    ),
    "asked for correction": line(**ASKED),
    "corrected": replied(**ASKED, corrected_on="2024-04-24"),
    "asked too late": line(**ASKED | {"correction_asked_on": "2024-04-28"}),
    "lapsed": line(**ASKED, outcome="not_corrected", served_on="2024-05-07"),
    "withdrawn": line(outcome="withdrawn", served_on="2024-04-20"),
    "withdrawn late": line(outcome="withdrawn", served_on="2024-08-20"),
    "withdrawn before correction": line(
        **ASKED, outcome="withdrawn", served_on="2024-04-20"
    ),
    "withdrawn after signing": replied(outcome="withdrawn"),
    "closed otherwise": line(outcome="other", served_on="2024-04-20"),
    "extended": replied(**EXTENDED, served_on="2024-06-03"),
    "two consulted": line(
        consultations="third_party 2024-04-22/2024-05-14; agency 2024-04-18/2024-05-08"
    ),
    "delivered": replied(
        consultations="third_party 2024-04-22/2024-04-24/2024-05-09 objects"
    ),
    "no answer yet": line(consultations="agency 2024-04-18; third_party 2024-04-18"),
    "answered on the day of signing": replied(
        consultations="agency 2024-05-10/2024-05-10"
    ),
    "charged": line(fees="by_volume 2024-04-25 150"),
    "paid": replied(fees="by_piece 2024-04-17/2024-04-19 12 8", served_on="2024-05-11"),
    "not paid": line(
        fees="by_volume 2024-04-18 31", outcome="fee_unpaid", served_on="2024-06-03"
    ),
    "costs of 2016": replied(**OF_2016, fees="cost 2016-05-04 12 30.50"),
    "consulted in 2016": line(
        submitted_on="2016-04-18", consultations="third_party 2016-04-20"
    ),
    "extended in 2016": replied(**OF_2016, extension="15", extended_on="2016-04-29"),
    "gone to court": replied(
        remedies="reconsideration 2024-06-03/2024-07-30 upheld; after 2024-08-12"
    ),
    "all at once": replied(
        **LETTER | ASKED | EXTENDED,
        confirmed_on="2024-04-18",
        corrected_on="2024-04-29",
        consultations="agency 2024-04-30/2024-05-08; third_party 2024-05-06/2024-05-09",
        remedies="direct 2024-06-03/2024-07-30 corrected",
    ),
}
ELSEWHERE = {
    "consult": {"party": "某公司"},
    "ask_correction": {"correction_points": "请写明文件的名称。"},
    "serve": {"service": "posted"},
    "record_opinion": {"opinion": "agrees"},
    "submit_draft": {"draft_outcome": "disclosed"},
    "file_remedy": {"body": "宝鸡市人民政府"},
}
"""What the desk asks and a ledger may be silent about."""
UNTOLD = {name for facts in ELSEWHERE.values() for name in facts} - {"opinion"}
APART = {"id", "case_id", "at", "identity_sealed"}


@pytest.fixture
def chief():
    make_calendar(2016, 2024)
    return make_user(*CHIEF, agency=make_agency(code="BJ"))


def facts_of(row, by) -> dict:
    """What the cells of the row say."""
    resource = RequestResource(by, TODAY)
    resource.prepare([row])
    return resource._facts(row)


def at_the_desk(facts, by, note) -> DisclosureRequest:
    """The same case, opened and led through its steps one by one."""
    names = ("agency", "channel", "applicant_kind", "applicant", "subject",
             "submitted_on", "arrived_on")  # fmt: skip
    case = DisclosureRequest(
        description=facts["subject"], **{name: facts[name] for name in names}
    )
    first = facts["arrived_on"] or facts["submitted_on"]
    case = workflow.open(case, by=by, on=first, note=note)
    repeats = make_earlier(case, by) if facts["outcome"] == "repeated" else None
    for deed in deeds(facts):
        step = workflow.steps[deed.step]
        rows = case.rows(step.mends) if step.mends else ()
        row = rows[deed.row] if rows else None
        told = {
            name: value
            for name, value in ELSEWHERE.get(step.name, {}).items()
            if name not in deed.facts
        }
        if repeats and step.name == "submit_draft":
            DisclosureRequest.objects.filter(pk=case.pk).update(repeats=repeats)
        case = workflow.take(
            step.name, case, by=by, on=deed.on, note=note, row=row, **deed.facts, **told
        )
    return DisclosureRequest.objects.get(pk=case.pk)


def make_earlier(case, by):
    earlier = DisclosureRequest.objects.get(pk=case.pk)
    earlier.pk, earlier._state.adding = None, True
    return workflow.open(earlier, by=by, on=earlier.submitted_on)


def kept(case, without=frozenset()) -> dict:
    """Everything that is stored of a case, without what a ledger does not know."""

    def values(found):
        return [
            {name: told for name, told in row.items() if name not in APART | without}
            for row in found.values()
        ]

    events = values(case.events)
    for event in events:
        event["changes"] = {
            name: told
            for name, told in event["changes"].items()
            if name.rpartition(".")[2] not in without
        }
    return {
        "case": values(DisclosureRequest.objects.filter(pk=case.pk)),
        "events": events,
        **{kind: values(getattr(case, kind).order_by("pk")) for kind in workflow.rows},
    }


def numbered(rows, **cells) -> list[dict]:
    """The rows of a file, each of a number of its own."""
    return [row | {"number": f"台账-{n}"} | cells for n, row in enumerate(rows, 2)]


def silent(row) -> set[str]:
    """What this row leaves unsaid, and the desk does not."""
    unsaid = UNTOLD | {"note", "number", "folded", "agency_id"}
    if row.get("outcome") != "withdrawn":
        unsaid -= {"draft_outcome"}
    if row.get("outcome") == "repeated":
        unsaid |= {"repeats_id"}
    if " objects" not in row.get("consultations", ""):
        unsaid |= {"opinion"}
    return unsaid


def test_a_row_is_what_its_deeds_at_the_desk_would_have_made(chief):
    desk = {
        name: kept(at_the_desk(facts_of(row, chief), chief, "台账"), silent(row))
        for name, row in STORIES.items()
    }
    make_agency(code="FF", parent=chief.workplaces[0])

    taken = take(*numbered(STORIES.values(), agency="FF"), by=chief)

    assert (refusals(taken), taken.new) == ([], len(STORIES))
    found = DisclosureRequest.objects.filter(agency__code="FF").order_by("pk")
    for case, (name, row) in zip(found, STORIES.items(), strict=True):
        assert (name, kept(case, silent(row))) == (name, desk[name])


def test_what_is_kept_of_a_row_tells_the_same_again(chief):
    rows = numbered(STORIES.values())
    take(*rows, by=chief)
    resource = RequestResource(chief, TODAY)
    resource.prepare(rows)
    kept = DisclosureRequest.objects.order_by("pk")
    told_anew = [
        [
            code
            for code, old in told(case).items()
            if resource.differs(code, new[code], old)
        ]
        for case, new in zip(kept, map(resource._facts, rows), strict=True)
    ]

    assert told_anew == [[]] * len(rows)
    assert counted(take(*rows, by=chief)) == (0, len(rows), 0)


IMPOSSIBLE = [
        ({"corrected_on": "2024-04-24"}, "corrected_on", "step_not_open"),
        (
            ASKED | {"corrected_on": "2024-04-18"},
            "corrected_on",
            "step_not_open",
        ),
        (
            ASKED | {"correction_until": "2024-04-18"},
            "correction_asked_on",
            "period_past",
        ),
        (
            ASKED | {"outcome": "not_corrected", "served_on": "2024-05-06"},
            "served_on",
            "period_running",
        ),
        ({"outcome": "not_corrected", "served_on": "2024-05-06"}, "served_on",
         "step_not_open"),
        ({"outcome": "disclosed", "served_on": "2024-04-17", "signed_on": ""},
         "served_on", "not_on_the_spot"),
        (EXTENDED | {"extension": "21"}, "extended_on", "extension_cap"),
        (EXTENDED | {"extension": "0"}, "extension", "required"),
        (EXTENDED | {"extended_on": "2024-05-16"}, "extended_on", "limit_over"),
        (EXTENDED | {"extended_on": "2024-04-15"}, "extended_on", "before_the_case"),
        ({"confirmed_on": "2024-04-17"}, "confirmed_on", "step_not_open"),
        ({"channel": "online", "outcome": "disclosed", "served_on": "2024-04-16"},
         "served_on", "step_not_open"),
        ({"consultations": "third_party 2024-04-01"}, "consultations",
         "before_the_case"),
        ({"fees": "by_piece 2024-04-18"}, "fees", "required"),
        ({"fees": "cost 2024-04-18 5 12.00"}, "fees", "no_cost_fee"),
        (
            {"submitted_on": "2016-04-18", "fees": "by_piece 2016-04-20 12"},
            "fees",
            "no_tariff",
        ),
        (
            {"fees": "by_volume 2024-04-18/2024-04-19 31; by_volume 2024-04-22 31"},
            "fees",
            "charged_before",
        ),
        (
            {"fees": "by_volume 2024-04-18 31", "outcome": "fee_unpaid",
             "served_on": "2024-05-01"},
            "served_on",
            "period_running",
        ),
        ({"remedies": "direct 2024-06-03/2024-07-30"}, "remedies", "required"),
]  # fmt: skip
"""Cells, the column that is named, and why: the same as at the desk."""


def test_an_impossible_row_is_refused_where_it_says_so(chief):
    rows = numbered(line(**cells) for cells, _column, _code in IMPOSSIBLE)
    expected = [(n, *rest) for n, (_cells, *rest) in enumerate(IMPOSSIBLE, 2)]

    assert refusals(take(*rows, by=chief)) == expected
    assert not DisclosureRequest.objects.exists()


@pytest.mark.parametrize(("cells", "column", "code"), IMPOSSIBLE)
def test_the_desk_refuses_the_same_in_the_same_way(chief, cells, column, code):
    with pytest.raises(ValidationError) as refused:
        at_the_desk(facts_of(line(**cells), chief), chief, "台账")
    assert codes_of(refused.value) == [code]


INCOMPLETE = [
        ({"correction_asked_on": "2024-04-19"}, "correction_until", "required"),
        ({"correction_until": "2024-05-06"}, "correction_asked_on", "required"),
        ({"extension": "20"}, "extended_on", "required"),
        ({"extended_on": "2024-05-09"}, "extension", "required"),
        ({"outcome": "disclosed"}, "served_on", "required"),
        ({"served_on": "2024-05-09"}, "outcome", "required"),
        ({"document_number": "12号"}, "signed_on", "required"),
        (
            {"signed_on": "2024-05-10", "outcome": "disclosed"},
            "document_number",
            "required",
        ),
        ({"fees": "by_piece 2024-04-18 x"}, "fees", "not_whole"),
        ({"fees": "by_piece 2024-04-18 12 -1"}, "fees", "not_whole"),
    ({"consultations": "agency 2024-04-18 agrees"}, "consultations", "no_day"),
    ({"remedies": "direct 2024-06-03 upheld"}, "remedies", "no_day"),
        ({"consultations": "agency 2024-05-08/2024-04-18"}, "consultations",
         "days_order"),
        ({"fees": "by_volume 2024-04-19/2024-04-18 31"}, "fees", "days_order"),
        ({"remedies": "direct 2024-07-30/2024-06-03 upheld"}, "remedies", "days_order"),
]  # fmt: skip


def test_what_a_row_says_must_be_whole(chief):
    rows = numbered(line(**cells) for cells, _column, _code in INCOMPLETE)
    expected = [(n, *rest) for n, (_cells, *rest) in enumerate(INCOMPLETE, 2)]

    assert refusals(take(*rows, by=chief)) == expected
    assert not DisclosureRequest.objects.exists()


def test_deeds_stand_in_the_order_in_which_they_were_done(chief):
    facts = facts_of(STORIES["all at once"], chief)
    assert [
        (deed.step, deed.on.isoformat()[5:], deed.row) for deed in deeds(facts)
    ] == [
        ("confirm", "04-18", 0),
        ("ask_correction", "04-19", 0),
        ("correct", "04-29", 0),
        ("consult", "04-30", 0),
        ("consult", "05-06", 0),
        ("record_opinion", "05-08", 0),
        ("record_opinion", "05-09", 1),
        ("extend", "05-09", 0),
        ("submit_draft", "05-10", 0),
        ("sign", "05-10", 0),
        ("serve", "05-13", 0),
        ("file_remedy", "06-03", 0),
        ("decide_remedy", "07-30", 0),
    ]


def test_a_deed_says_in_which_column_it_stands(chief):
    signed = date(2024, 5, 10)
    assert deeds(facts_of(replied(), chief)) == [
        Deed("submit_draft", signed, {"draft_outcome": "disclosed"}, "outcome"),
        Deed(
            "sign", signed, {"document_number": "宝政公开〔2024〕7号"}, "signed_on",
            ("document_number",),
        ),
        Deed("serve", date(2024, 5, 13), {}, "served_on"),
    ]  # fmt: skip


def test_entries_are_told_in_the_order_of_their_days():
    late, early = (Entry("agency", (date(2024, 5, n),)) for n in (6, 2))
    same = Entry("third_party", (date(2024, 5, 2),))
    assert in_order([late, same, early]) == [early, same, late]
