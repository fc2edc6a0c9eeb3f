"""The ledger of items comes in and goes out on the pages of the staff."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Agency
from proposals.models import Proposal
from tests.casework.admin.test_sheets import read_csv
from tests.clients import logged_in
from tests.factories import make_agency, make_calendar
from tests.item_ledgers import CLOSED, line
from tests.items import OFFICE, UNIT, make_session
from tests.ledgers import a_csv, table

pytestmark = pytest.mark.django_db

ITEM = "admin:proposals_proposal"


@pytest.fixture
def city():
    make_calendar(2016)
    city = make_agency("宝鸡市人民政府", "BJ", kind="city_office")
    for code in ("JYJU", "GAJU", "JTJU"):
        make_agency(code=code, parent=city)
    make_session(city)
    return city


@pytest.fixture
def office(city):
    return logged_in(*OFFICE, agency=city)


def import_(client, *rows):
    file = SimpleUploadedFile("ledger.csv", a_csv(table(rows)).getvalue())
    sent = client.post(reverse(f"{ITEM}_import"), {"file": file})
    preview = client.get(sent["Location"])
    return preview, client.post(sent["Location"])


def export(client, query="", **data):
    address = f"{reverse(f'{ITEM}_export')}{query}"
    return client.post(address, {"format": "csv", **data})


ROWS = [
    line(CLOSED, co_handlers="GAJU 2016-04-01"),
    line(CLOSED, official_number="24", category="文化"),
]


def test_a_ledger_is_previewed_imported_and_exported(office):
    preview, done = import_(office, *ROWS)
    assert preview.context["taken"].new == 2
    assert (done.status_code, Proposal.objects.count()) == (302, 2)

    sheet = read_csv(export(office))
    assert [row[1] for row in sheet[1:-1]] == ["23", "24"]
    again, _done = import_(office, *ROWS)
    assert again.context["taken"].same == 2
    assert [row[1] for row in read_csv(export(office, "?category=文化"))[1:-1]] == [
        "24"
    ]


def test_a_bad_row_is_shown_and_nothing_is_written(office):
    preview, done = import_(
        office, ROWS[0], line(CLOSED, official_number="9", lead="?")
    )
    assert [problem.row for problem in preview.context["problems"]] == [3]
    assert (done.status_code, Proposal.objects.count()) == (200, 0)


def test_an_excel_file_has_the_days_as_days(office):
    import_(office, *ROWS)
    answer = export(office, format="xlsx")
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_a_unit_takes_out_what_it_handles_and_brings_nothing_in(office, city):
    import_(office, *ROWS)
    found = {}
    for code in ("JYJU", "GAJU", "JTJU"):
        client = logged_in(*UNIT, agency=Agency.objects.get(code=code))
        found[code] = [row[1] for row in read_csv(export(client))[1:-1]]
        assert client.get(reverse(f"{ITEM}_import")).status_code == 403
    assert found == {"JYJU": ["23", "24"], "GAJU": ["23"], "JTJU": []}


def test_another_government_takes_nothing_out(office):
    import_(office, *ROWS)
    client = logged_in(*OFFICE, agency=make_agency(kind="city_office"))
    assert read_csv(export(client))[1:-1] == []
