"""Who gets a page of the desk at all; what stands on it starts from `visible_to`."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required, permission_required


def for_those_with(*permissions: str) -> Callable[[Callable], Callable]:
    """Only for who is logged in and has all of these permissions: others log in first,
    or are refused (403)."""

    def decorate(view: Callable) -> Callable:
        return login_required(
            permission_required(permissions, raise_exception=True)(view)
        )

    return decorate
