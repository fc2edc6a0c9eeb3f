"""What the Regulation asks of a step, by the code of each refusal."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from disclosure.workflow import workflow
from tests.factories import (
    CHIEF,
    RECEIVED,
    make_agency,
    make_calendar,
    make_request,
    make_user,
)
from tests.refusals import codes, stored

pytestmark = pytest.mark.django_db

DUE = date(2026, 3, 30)
LATER = date(2026, 3, 31)
SEVENTH, EIGHTH = date(2026, 3, 11), date(2026, 3, 12)
"""The 7th working day after receipt, and the day after it."""
IN_2007 = date(2016, 11, 1)

ASKED = {"correction_until": date(2026, 4, 1), "correction_points": "请写明名称。"}
BY_VOLUME = {"kind": "by_volume", "quantity": 31}


@pytest.fixture(autouse=True)
def calendar():
    return make_calendar(2015, 2016, 2017, 2020, 2021, 2025, 2026)


@pytest.fixture
def chief():
    return make_user(*CHIEF, agency=make_agency())


@pytest.fixture
def make(chief):
    return partial(make_request, agency=chief.workplaces[0], by=chief)


@pytest.fixture
def take(chief):
    return partial(workflow.take, by=chief)


@pytest.fixture
def assert_refused(take):
    def assert_refused(name, case, on, expected, **facts):
        before = stored(case)
        with pytest.raises(ValidationError) as refused:
            take(name, case, on=on, **facts)
        assert codes(refused) == expected
        assert stored(case) == before

    return assert_refused


# Asking for a correction (art. 30)


def test_a_correction_is_asked_for_within_seven_working_days(
    make, take, assert_refused
):
    assert_refused("ask_correction", make(), EIGHTH, ["asked_late"], **ASKED)
    asked = take("ask_correction", make(), on=SEVENTH, **ASKED)
    assert (asked.due_on, asked.due_why["waiting"]) == (None, "correction")


def test_a_later_notice_needs_a_reason_is_flagged_and_restarts_nothing(make, take):
    case = take("ask_correction", make(), on=EIGHTH, note="材料遗失", **ASKED)
    assert (case.status, case.due_on) == ("correcting", DUE)
    assert case.due_why["late_correction_notice"] is True
    corrected = take("correct", case, on=date(2026, 3, 16))
    assert (corrected.status, corrected.due_on) == ("handling", DUE)


def test_in_2007_a_correction_is_asked_for_while_the_limit_runs(
    make, take, assert_refused
):
    last, over = date(2016, 11, 22), date(2016, 11, 23)
    asked = ASKED | {"correction_until": date(2016, 12, 20)}
    case = make(received=IN_2007)
    assert_refused("ask_correction", case, over, ["asked_late"], **asked)
    late = take("ask_correction", case, on=over, note="补正", **asked)
    assert late.due_on == last
    case = take("ask_correction", make(received=IN_2007), on=last, **asked)
    assert case.due_on is None


def test_a_correction_is_asked_for_only_once(make, take, assert_refused):
    case = take("correct", make("correcting"), on=date(2026, 3, 4))
    assert_refused("ask_correction", case, date(2026, 3, 5), ["asked_before"], **ASKED)


@pytest.mark.parametrize("until", [SEVENTH, RECEIVED])
def test_the_period_for_correcting_lies_ahead(make, assert_refused, until):
    asked = ASKED | {"correction_until": until}
    assert_refused("ask_correction", make(), SEVENTH, ["period_past"], **asked)


def test_a_request_may_be_corrected_on_the_last_day_and_later_for_good_reason(
    make, take
):
    for on in (date(2026, 3, 22), date(2026, 3, 25)):
        assert take("correct", make("correcting"), on=on).corrected_on == on


def test_example_13_lapses_the_day_after_the_period(make, take, assert_refused):
    make_calendar(2022)
    case = make(received=date(2022, 8, 15), channel="registered_post")
    last, asked = date(2022, 9, 13), date(2022, 8, 22)
    points = ASKED | {"correction_until": last}
    case = take("ask_correction", case, on=asked, **points)
    assert_refused("lapse", case, last, ["period_running"])
    closed = take("lapse", case, on=date(2022, 9, 14))
    assert (closed.status, closed.outcome) == ("closed", "not_corrected")


# The extension (arts. 24, 33)


@pytest.mark.parametrize(
    ("received", "extension", "refused"),
    [
        (RECEIVED, 1, []),
        (RECEIVED, 20, []),
        (RECEIVED, 21, ["extension_cap"]),
        (RECEIVED, 1000, ["extension_cap"]),
        (RECEIVED, -1, ["extension_cap"]),
        (RECEIVED, 0, ["required"]),
        (RECEIVED, None, ["required"]),
        (IN_2007, 15, []),
        (IN_2007, 16, ["extension_cap"]),
    ],
)
def test_how_long_an_extension_may_be(
    make, take, assert_refused, received, extension, refused
):
    case, facts = make(received=received), {"extension": extension, "note": "复杂"}
    if refused:
        assert_refused("extend", case, received, refused, **facts)
    else:
        assert take("extend", case, on=received, **facts).extension == extension


def test_an_extension_says_why(make, assert_refused):
    assert_refused("extend", make(), RECEIVED, ["reason"], note=" ", extension=10)


def test_a_limit_is_extended_once_and_while_it_runs(make, take, assert_refused):
    facts = {"extension": 10, "note": "案情复杂"}
    assert_refused("extend", make(), LATER, ["limit_over"], **facts)
    case = take("extend", make(), on=DUE, **facts)
    assert (case.due_on, case.extended_on) == (date(2026, 4, 14), DUE)
    assert_refused("extend", case, DUE, ["extended_before"], **facts)


def test_the_last_day_to_extend_is_that_of_the_limit_as_it_is(make, take):
    asked = {"kind": "third_party", "party": "某公司"}
    case = take("consult", make(), on=date(2026, 3, 9), **asked)
    row = case.consultations.get()
    case = take("record_opinion", case, on=date(2026, 3, 11), row=row, opinion="agrees")
    last = date(2026, 4, 1)
    assert case.due_on == last
    assert take("extend", case, on=last, note="复杂", extension=1).due_on == date(
        2026, 4, 2
    )


def test_an_extension_that_is_taken_back_can_make_a_reply_late(make, take, chief):
    case = take("extend", make(), on=DUE, note="案情复杂", extension=10)
    case = take("submit_draft", case, on=LATER, draft_outcome="disclosed")
    case = take("sign", case, on=LATER, document_number="宝政公开〔2026〕12号")
    case = take("serve", case, on=LATER, service="posted")
    assert case.closed_late is False
    mended = workflow.correct(
        case, by=chief, on=LATER, note="并未延期", extension=0, extended_on=None
    )
    assert (mended.due_on, mended.closed_late) == (DUE, True)
    assert mended.events.last().changes == {
        "due_on": ["2026-04-14", "2026-03-30"],
        "extension": [10, 0],
        "extended_on": ["2026-03-30", None],
    }
    with pytest.raises(ValidationError) as refused:
        workflow.correct(
            mended, by=chief, on=LATER, note="录错", extension=21, extended_on=DUE
        )
    assert codes(refused) == ["extension_cap"]


# Fees


def test_the_processing_fee_is_charged_from_2021(make, take, assert_refused):
    before, first = date(2020, 12, 31), date(2021, 1, 1)
    case = make(received=before)
    assert_refused("notify_fee", case, before, ["no_tariff"], **BY_VOLUME)
    charged = take("notify_fee", make(received=first), on=first, **BY_VOLUME)
    assert (charged.status, charged.fees.get().amount) == ("paying", 10)


def test_the_fee_is_by_piece_or_by_volume(make, assert_refused):
    facts = {"kind": "cost", "quantity": 31}
    assert_refused("notify_fee", make(), RECEIVED, ["choice"], **facts)
    free = {"kind": "by_volume", "quantity": 30}
    assert_refused("notify_fee", make(), RECEIVED, ["min_value"], **free)


def test_earlier_pieces_of_the_month_count(make, take):
    facts = {"kind": "by_piece", "quantity": 2, "earlier": 10}
    case = take("notify_fee", make(), on=RECEIVED, **facts)
    assert case.fees.get().amount == 200


def test_the_form_offers_the_earlier_pieces_of_the_applicant_in_the_month():
    number, agency = "000000199001010018", make_agency()
    for received, place in (
        (date(2026, 2, 27), agency),
        (date(2026, 3, 2), agency),
        (date(2026, 3, 4), agency),
        (date(2026, 3, 5), make_agency()),
    ):
        make_request(agency=place, received=received, identity=number)
    make_request(agency=agency, received=date(2026, 3, 6))
    case = make_request(agency=agency, received=date(2026, 3, 9), identity=number)
    assert workflow.steps["notify_fee"].suggests(case) == {"earlier": 2}


def test_a_request_is_charged_for_once(make, take, assert_refused):
    case = make("paying")
    case = take("pay", case, on=date(2026, 3, 4), row=case.fees.get())
    assert_refused(
        "notify_fee", case, date(2026, 3, 5), ["charged_before"], **BY_VOLUME
    )


def test_a_fee_notice_after_the_limit_needs_a_reason_and_restarts_nothing(
    make, take, assert_refused
):
    assert take("notify_fee", make(), on=DUE, **BY_VOLUME).due_on is None
    case = make()
    assert_refused("notify_fee", case, LATER, ["notified_late"], **BY_VOLUME)
    case = take("notify_fee", case, on=LATER, note="补发", **BY_VOLUME)
    assert (case.status, case.due_on) == ("paying", DUE)
    assert case.due_why["late_fee_notice"] is True
    paid = take("pay", case, on=LATER, row=case.fees.get())
    assert (paid.status, paid.due_on) == ("handling", DUE)


def test_example_20_lapses_the_day_after_the_last_day_to_pay(
    make, take, assert_refused
):
    case = make(received=date(2025, 3, 3), channel="online")
    case = take("notify_fee", case, on=date(2025, 3, 14), **BY_VOLUME)
    assert_refused("lapse_unpaid", case, date(2025, 4, 14), ["period_running"])
    closed = take("lapse_unpaid", case, on=date(2025, 4, 15))
    assert (closed.status, closed.outcome) == ("closed", "fee_unpaid")


def test_costs_are_collected_under_the_version_of_2007_only(make, take, assert_refused):
    cost = {"quantity": 7, "amount": "3.50"}
    assert_refused("charge_costs", make(), RECEIVED, ["no_cost_fee"], **cost)
    case = take("charge_costs", make(received=IN_2007), on=IN_2007, **cost)
    charged = case.fees.get()
    assert (charged.kind, charged.paid_on) == ("cost", IN_2007)
    assert case.due_on == date(2016, 11, 22)
    assert_refused("charge_costs", case, IN_2007, ["charged_before"], **cost)


# The reply


def test_a_reply_on_the_spot_is_given_on_the_day_of_receipt(make, take, assert_refused):
    said, name = {"draft_outcome": "already_public"}, "reply_on_the_spot"
    assert_refused(name, make(), date(2026, 3, 3), ["not_on_the_spot"], **said)
    assert take(name, make(), on=RECEIVED, **said).outcome == "already_public"
    corrected = take("correct", make("correcting"), on=date(2026, 3, 6))
    assert take(name, corrected, on=date(2026, 3, 6), **said).status == "closed"


@pytest.mark.parametrize("name", ["submit_draft", "reply_on_the_spot"])
def test_a_repeated_request_is_linked_to_the_earlier_one(
    make, take, assert_refused, name
):
    case, said = make(), {"draft_outcome": "repeated"}
    assert_refused(name, case, RECEIVED, ["not_linked"], **said)
    linked = take("link", case, on=RECEIVED, repeats=make())
    assert take(name, linked, on=RECEIVED, **said).draft_outcome == "repeated"


def test_a_request_does_not_repeat_itself(make, assert_refused):
    case = make()
    assert_refused("link", case, RECEIVED, ["itself"], repeats=case)


@pytest.mark.parametrize(
    "outcome", ["withdrawn", "not_corrected", "fee_unpaid", "other", "maybe"]
)
def test_a_reply_cannot_say_what_is_only_an_ending(make, assert_refused, outcome):
    facts = {"draft_outcome": outcome}
    assert_refused("submit_draft", make(), RECEIVED, ["invalid_choice"], **facts)


def test_a_reply_is_signed_when_the_opinions_are_in_or_their_time_is_over(
    make, take, assert_refused
):
    number = {"document_number": "宝政公开〔2026〕12号"}

    def consulted():
        asked = {"kind": "third_party", "party": "某公司"}
        return take("consult", make("review"), on=RECEIVED, **asked)

    last = date(2026, 3, 23)  # the 15th working day after the letter
    case = consulted()
    assert_refused("sign", case, last, ["opinion_open"], note="急", **number)
    assert take("sign", case, on=date(2026, 3, 24), **number).status == "signed"
    case = consulted()
    row = case.consultations.get()
    case = take("record_opinion", case, on=date(2026, 3, 9), row=row, opinion="objects")
    assert take("sign", case, on=date(2026, 3, 9), **number).status == "signed"


def test_in_2007_no_time_is_set_so_deciding_without_the_opinion_needs_a_reason(
    make, take, assert_refused
):
    asked = {"kind": "third_party", "party": "某公司"}
    number = {"document_number": "宝政公开〔2016〕12号"}
    case = take("consult", make("review", received=IN_2007), on=IN_2007, **asked)
    assert case.due_on is None
    on = date(2017, 3, 1)
    assert_refused("sign", case, on, ["opinion_open"], **number)
    assert take("sign", case, on=on, note="多次催告", **number).status == "signed"


@pytest.mark.parametrize(
    ("name", "status"),
    [("return_draft", "review"), ("close", "handling"), ("reveal", "closed")],
)
def test_what_is_not_done_without_saying_why(make, assert_refused, name, status):
    assert_refused(name, make(status), RECEIVED, ["reason"], note=" ")


def test_a_consultation_is_not_answered_before_it_was_asked(make, take, assert_refused):
    asked = {"kind": "third_party", "party": "某公司"}
    case = take("consult", make(), on=SEVENTH, **asked)
    row, before = case.consultations.get(), ["before_the_letter"]
    for name, said in (
        ("letter_delivered", {}),
        ("record_opinion", {"opinion": "agrees"}),
    ):
        assert_refused(name, case, RECEIVED, before, row=row, **said)
