"""A session, who assigns its items, and units that handle them."""

import pytest

from tests.factories import make_agency
from tests.items import make_office, make_session


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def office(session):
    return make_office(session)


@pytest.fixture
def units(session):
    return [make_agency(parent=session.agency) for _unit in range(3)]
