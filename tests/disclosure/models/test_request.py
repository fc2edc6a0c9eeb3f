"""What can never be false of a request, and what is kept of the applicant."""

from datetime import date

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from casework.workdays import LAST
from disclosure.deadlines import FIRST_DAY, Consulted, Facts
from disclosure.models import DisclosureRequest
from disclosure.workflow import workflow
from tests.factories import CHIEF, RECEIVED, make_request, make_user

pytestmark = pytest.mark.django_db

EARLIER, LATER = date(2026, 2, 27), date(2026, 3, 9)
IDENTITY = "11010519491231002X"

BROKEN = [
    ("handling", {"closed_on": LATER}, "closed_means_decided"),
    ("handling", {"outcome": "disclosed"}, "closed_means_decided"),
    ("handling", {"status": "closed"}, "closed_means_decided"),
    ("closed", {"closed_on": None}, "closed_means_decided"),
    ("closed", {"outcome": ""}, "closed_means_decided"),
    ("closed", {"status": "signed"}, "closed_means_decided"),
    ("registered", {"received_on": RECEIVED}, "received_means_running"),
    ("registered", {"status": "handling"}, "received_means_running"),
    ("handling", {"received_on": None}, "received_means_running"),
    ("handling", {"status": "registered"}, "received_means_running"),
    ("handling", {"extension": 21, "extended_on": LATER}, "extension_cap"),
    ("handling", {"extension": 5}, "extension_cap"),
    ("handling", {"extended_on": LATER}, "extension_cap"),
    ("registered", {"extension": 5, "extended_on": LATER}, "extension_cap"),
    ("handling", {"arrived_on": EARLIER}, "arrived_on_before_submitted_on"),
    ("handling", {"confirmed_on": EARLIER}, "confirmed_on_before_submitted_on"),
    (
        "handling",
        {"arrived_on": LATER, "confirmed_on": RECEIVED},
        "confirmed_on_before_arrived_on",
    ),
    (
        "handling",
        {"correction_asked_on": EARLIER},
        "correction_asked_on_before_received_on",
    ),
    (
        "correcting",
        {"corrected_on": EARLIER},
        "corrected_on_before_correction_asked_on",
    ),
    ("review", {"signed_on": EARLIER}, "signed_on_before_drafted_on"),
    (
        "closed",
        {"signed_on": LATER, "closed_on": RECEIVED},
        "closed_on_before_signed_on",
    ),
    (
        "closed",
        {"drafted_on": None, "signed_on": None, "closed_on": EARLIER},
        "closed_on_before_received_on",
    ),
]


def codes(refused):
    return [error.code for error in refused.value.error_dict[NON_FIELD_ERRORS]]


def assert_refused(case, changes, code):
    """By the form that says why, and by the database that has the last word."""
    for name, value in changes.items():
        setattr(case, name, value)
    with pytest.raises(ValidationError) as refused:
        case.full_clean()
    assert codes(refused) == [code]
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureRequest.objects.filter(pk=case.pk).update(**changes)


@pytest.mark.parametrize(("status", "changes", "code"), BROKEN)
def test_what_is_never_true_of_a_request(status, changes, code):
    assert_refused(make_request(status), changes, code)


@pytest.mark.parametrize(
    ("received", "longest"),
    [(FIRST_DAY, 15), (date(2019, 5, 14), 15), (date(2019, 5, 15), 20)],
)
def test_an_extension_is_as_long_as_the_version_of_its_day_allows(received, longest):
    case = make_request(received=received)
    for extension in (1, longest):
        case.extension, case.extended_on = extension, received
        case.save()
    changes = {"extension": longest + 1, "extended_on": received}
    assert_refused(case, changes, "extension_cap")


def test_a_number_is_given_once():
    first, second = make_request(), make_request()
    second.number = first.number
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert [error.code for error in refused.value.error_dict["number"]] == ["unique"]
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureRequest.objects.filter(pk=second.pk).update(number=first.number)


@pytest.mark.parametrize("name", ["submitted_on", "arrived_on", "confirmed_on"])
@pytest.mark.parametrize(
    "day", [date(2008, 4, 30), date(2101, 1, 1), date.min, date.max]
)
def test_a_day_outside_the_time_of_the_regulation_is_refused(name, day):
    case = make_request("registered")
    setattr(case, name, day)
    for deed in (case.clean, case.save):
        with pytest.raises(ValidationError) as refused:
            deed()
        assert [error.code for error in refused.value.error_dict[name]] == [
            "out_of_range"
        ]


def test_a_limit_that_leaves_the_calendar_is_refused():
    case = make_request()
    case.submitted_on = LAST
    with pytest.raises(ValidationError) as refused:
        case.save()
    assert [error.code for error in refused.value.error_list] == ["out_of_range"]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"submitted_on": None}, "submitted_on"),
    ],
)
def test_a_case_without_a_sound_receipt_is_not_reckoned_but_refused(changes, name):
    case = make_request()
    for changed, value in changes.items():
        setattr(case, changed, value)
    with pytest.raises(ValidationError) as refused:
        case.save()
    assert set(refused.value.error_dict) == {name}


# The facts that the clock is told


def test_the_facts_of_a_request_and_of_its_rows():
    case = make_request("paying", channel="ems", arrived_on=RECEIVED)
    case.consultations.create(kind="agency", party="市档案局", sent_on=LATER)
    assert case.facts == Facts(
        channel="ems",
        submitted_on=RECEIVED,
        arrived_on=RECEIVED,
        fee_notified_on=RECEIVED,
        consultations=(Consulted("agency", LATER),),
    )


def test_the_facts_of_many_requests_take_few_queries(django_assert_num_queries):
    chief = make_user(*CHIEF, is_superuser=True)
    for count in (1, 30):
        while DisclosureRequest.objects.count() < count:
            case = make_request("paying", by=chief)
            case.consultations.create(kind="agency", party="市档案局", sent_on=LATER)
        with django_assert_num_queries(3):
            found = [case.facts for case in DisclosureRequest.objects.reckonable()]
        assert len(found) == count


def test_nothing_was_done_before_receipt_nor_before_submission():
    waiting = make_request("registered", submitted_on=EARLIER)
    assert waiting.first_day == EARLIER
    chief = make_user(*CHIEF, agency=waiting.agency)
    confirmed = workflow.take("confirm", waiting, by=chief, on=RECEIVED)
    assert confirmed.first_day == RECEIVED


# The applicant


@pytest.mark.parametrize(
    "number",
    [
        IDENTITY,
        "11010519491231002x",
        "１１０１０５ 19491231 002Ｘ",
        "110105-19491231-002X",
    ],
)
def test_a_request_is_found_by_the_identity_number_however_it_is_written(number):
    case = make_request(identity=number)
    make_request(identity="000000199003077718")
    make_request()
    assert list(DisclosureRequest.objects.same_identity(IDENTITY)) == [case]
    assert list(DisclosureRequest.objects.same_identity(number)) == [case]


def test_requests_without_an_identity_number_are_not_of_one_person():
    make_request()
    assert list(DisclosureRequest.objects.same_identity("")) == []


def test_an_identity_number_is_nowhere_in_the_clear():
    case = make_request(identity=IDENTITY)
    row = DisclosureRequest.objects.filter(pk=case.pk).values().get()
    events = list(case.events.values())
    assert IDENTITY not in repr(row)
    assert IDENTITY not in repr(events)
    assert case.identity_masked == "11*************02X"


@pytest.mark.parametrize(
    "number",
    [
        IDENTITY,
        "000000199003077718",
        "000000900307771",  # of 15 digits, as they were until 1999
        "E12345678",
        "H1234567800",
        "91610300MA6X000000",  # 18 characters, but of an organisation
    ],
)
def test_identity_documents_of_all_kinds_are_kept(number):
    case = DisclosureRequest()
    case.identify(number)
    assert case.identity_sealed != ""
    assert len(case.identity_hash) == 64


@pytest.mark.parametrize(
    "number", ["110105194912310021", "000000199003077717", "00000019900307771X"]
)
def test_a_wrong_last_character_is_noticed(number):
    case = DisclosureRequest()
    with pytest.raises(ValidationError) as refused:
        case.identify(number)
    errors = refused.value.error_dict["identity_number"]
    assert [error.code for error in errors] == ["identity"]
    assert (case.identity_sealed, case.identity_hash) == ("", "")


def test_an_identity_number_can_be_taken_away():
    case = make_request(identity=IDENTITY)
    case.identify("")
    assert (case.identity_sealed, case.identity_hash) == ("", "")


@pytest.mark.parametrize(
    ("closed", "late"),
    [(date(2026, 3, 30), False), (date(2026, 3, 31), True)],
)
def test_a_reply_after_the_last_day_is_overdue(closed, late):
    assert make_request("closed", closed=closed).closed_late is late


def test_an_open_request_is_no_closed_late():
    assert make_request(received=date(2024, 1, 2)).closed_late is False
