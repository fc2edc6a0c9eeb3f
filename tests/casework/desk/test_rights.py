"""Who gets a page of the desk, who logs in first, who is refused."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from casework.desk.rights import for_those_with
from tests.factories import HANDLE, VIEW, make_user


@for_those_with(VIEW, HANDLE)
def page(request):
    """A page."""
    return HttpResponse("page")


@pytest.fixture
def get(rf):
    def get(user):
        request = rf.get("/desk/page/")
        request.user = user
        return page(request)

    return get


def test_a_stranger_logs_in_first(get):
    assert get(AnonymousUser()).url.endswith("?next=/desk/page/")


@pytest.mark.parametrize("permissions", [(), (VIEW,), (HANDLE,)])
def test_one_permission_of_two_is_not_enough(get, permissions, db):
    with pytest.raises(PermissionDenied):
        get(make_user(*permissions))


def test_who_has_all_of_them_gets_the_page(get, db):
    assert get(make_user(VIEW, HANDLE)).content == b"page"
    assert (page.__name__, page.__doc__) == ("page", "A page.")
