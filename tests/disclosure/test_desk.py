"""What the desk's list tells of a request."""

import pytest
from django.urls import reverse

from tests.clients import logged_in
from tests.factories import VIEW, make_agency, make_request

pytestmark = pytest.mark.django_db


def test_the_list_tells_of_each_request_and_leads_to_it():
    bureau = make_agency("宝鸡市教育局", "JY")
    case = make_request("handling", bureau, subject="学区划分的文件")
    client = logged_in(VIEW, agency=bureau)

    [(shown, address, _lamp, cells)] = client.get(
        reverse("disclosure:requests")
    ).context["rows"]

    assert shown == case
    assert client.get(address).status_code == 200
    assert [str(cell) for _label, cell, _wide in cells] == [
        "学区划分的文件",
        "宝鸡市教育局",
        str(case.get_status_display()),
    ]
