"""What is told apart among the requests that could not be taken."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import RequestFactory

from config.errors import bad_request


@pytest.mark.parametrize(
    ("fault", "status"),
    [(RequestDataTooBig(), 413), (SuspiciousOperation(), 400)],
)
def test_too_much_is_not_called_a_misunderstanding(fault, status):
    assert bad_request(RequestFactory().post("/"), fault).status_code == status
