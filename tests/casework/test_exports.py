"""How a list goes out as a file."""

from io import BytesIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import RequestFactory

from casework import exports
from casework.exports import Export, log, workbook
from disclosure.models import DisclosureRequest
from disclosure.resources import RequestResource
from disclosure.workflow import REVEAL
from tests.factories import CHIEF, VIEW, make_agency, make_request, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    agency = make_agency()
    chief = make_user(*CHIEF, agency=agency)
    for _number in range(2):
        make_request("handling", agency, by=chief)
    return chief


def asked(by, **data):
    request = RequestFactory().post("/list/?light=open", data)
    request.user = by
    found = DisclosureRequest.objects.visible_to(by)
    return Export(request, RequestResource, found, REVEAL)


def test_until_a_format_is_named_nothing_goes_out(chief):
    export = asked(chief)
    assert (export.file(), export.shown()["count"]) == (None, 2)
    assert LogEntry.objects.count() == 0


def test_who_took_what_out_is_kept(chief):
    assert asked(chief, format="csv").file().streaming
    assert LogEntry.objects.get().object_repr.partition(" ")[2] == "light=open"


def test_of_too_many_rows_no_workbook_is_made(chief, monkeypatch):
    monkeypatch.setattr(exports, "XLSX_ROWS", 1)
    export = asked(chief, format="xlsx")
    assert export.file() is None
    errors = export.form.errors.as_data()
    assert [error.code for error in errors["format"]] == ["too_many"]
    assert asked(chief, format="csv").file()


def test_only_who_may_reveal_is_asked_whether_to(chief):
    clerk = make_user(VIEW)
    fields = [list(asked(user).form.fields) for user in (chief, clerk)]
    assert fields == [["format", "full", "reason"], ["format"]]


def test_what_is_logged_is_as_long_as_the_log_takes(chief):
    log(chief, DisclosureRequest, "长" * 300, CHANGE)
    assert LogEntry.objects.get().object_repr == "长" * 200


def test_a_workbook_is_a_download():
    answer = workbook(BytesIO(b"PK"), "a.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="a.xlsx"'
    assert b"".join(answer) == b"PK"
