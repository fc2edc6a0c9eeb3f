"""A city office, a county beneath it, and a school beneath that."""

import pytest

from tests.factories import make_agency


@pytest.fixture
def office(db):
    return make_agency("宝鸡市人民政府办公室", "BJ", "city_office")


@pytest.fixture
def county(office):
    return make_agency("渭滨区人民政府", "WBQ", "county", office)


@pytest.fixture
def school(county):
    return make_agency("渭滨区教育体育局", "WBJY", parent=county)
