"""A sheet that was sent in: whose it is, for how long, and that it is sealed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from casework.models import Upload
from casework.seals import InvalidToken
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
MOMENT = timedelta(seconds=1)
CONTENT = "编号,申请人\n1,金丝雀\n".encode()


@pytest.fixture
def clerk():
    return make_user(agency=make_agency())


def send_in(by, at=NOON, name="ledger.csv"):
    return Upload.objects.send_in(
        CONTENT, by=by, kind="disclosure.disclosurerequest", name=name, encoding="",
        now=at,
    )  # fmt: skip


def column(upload) -> bytes:
    """What stands in the database itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM casework_upload WHERE id = %s", [upload.pk])
        return bytes(cursor.fetchone()[0])


def test_the_content_is_sealed_where_it_is_kept(clerk):
    upload = send_in(clerk)
    kept = column(upload)

    assert CONTENT not in kept
    assert "金丝雀".encode() not in kept
    assert Upload.objects.get().content == CONTENT


def test_another_key_does_not_open_it(clerk, settings):
    send_in(clerk)
    settings.SEALING_KEYS = ["YW5vdGhlci1zZWFsaW5nLWtleS1vZi10aGUtdGVzdHM="]
    with pytest.raises(InvalidToken):
        _content = Upload.objects.get().content


def test_nobody_sees_what_another_has_sent_in(clerk):
    upload = send_in(clerk)
    colleague = make_user(agency=clerk.workplaces[0])
    superuser = make_user(is_superuser=True)

    assert list(Upload.objects.visible_to(clerk)) == [upload]
    assert not Upload.objects.visible_to(colleague).exists()
    assert not Upload.objects.visible_to(superuser).exists()


@pytest.mark.parametrize(
    ("after", "valid"),
    [(timedelta(), True), (HALF_AN_HOUR, True), (HALF_AN_HOUR + MOMENT, False)],
)
def test_it_can_be_imported_for_half_an_hour(clerk, after, valid):
    assert send_in(clerk).waiting(NOON + after) is valid


def test_the_next_upload_erases_those_whose_time_is_over(clerk):
    old = send_in(clerk)
    young = send_in(clerk, NOON + MOMENT)
    send_in(make_user(), NOON + MOMENT + HALF_AN_HOUR)

    assert (column(old), bool(column(young))) == (b"", True)
    assert not Upload.objects.get(pk=old.pk).waiting(NOON)
    assert Upload.objects.count() == 3


def test_what_was_imported_is_forgotten_but_for_its_name(clerk):
    upload = send_in(clerk)
    upload.imported(3, 1, NOON + MOMENT)

    kept = Upload.objects.get()
    assert column(upload) == b""
    assert not kept.waiting(NOON + MOMENT)
    assert (kept.new, kept.same, kept.imported_at) == (3, 1, NOON + MOMENT)
    assert (str(kept), len(kept.digest)) == ("ledger.csv", 64)


def test_each_has_a_token_that_nobody_guesses(clerk):
    tokens = {send_in(clerk).token for _n in range(3)}
    assert len(tokens) == 3
    assert {token.version for token in tokens} == {4}


def test_a_long_name_is_cut(clerk):
    assert len(send_in(clerk, name="账" * 300).name) == 200
