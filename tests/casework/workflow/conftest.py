"""The chief who may do everything."""

import pytest

from tests.factories import CHIEF, make_agency, make_user


@pytest.fixture
def chief():
    return make_user(*CHIEF, agency=make_agency())
