"""How large the reader wants the text: kept in a cookie, as the language is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

SIZES = ("small", "standard", "large")
COOKIE = "text_size"


@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Keep the size, and go back to the page on which it was chosen."""
    here = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        here, request.get_host(), require_https=request.is_secure()
    )
    answer = redirect(here if own else "/")
    size = request.POST.get("size")
    if size in SIZES:
        answer.set_cookie(
            COOKIE,
            size,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer
