"""What holds for every request: number, address, language, policy and privacy."""

from collections.abc import Callable
from ipaddress import ip_address

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from psycopg.errors import LockNotAvailable

from config import numbers

GetResponse = Callable[[HttpRequest], HttpResponse]


def address_of(request: HttpRequest) -> str | None:
    """The address as ClientAddress left it: what the lock on log-ins counts.

    None for a request that came through no middleware, as a log-in from a program.
    """
    return request.META.get("REMOTE_ADDR")


class RequestNumber:
    """Each request has a number: in its answer, on an error page, and in the log."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = numbers.give()
        response = self.get_response(request)
        response.headers[numbers.HEADER] = number
        return response


class ClientAddress:
    """REMOTE_ADDR becomes the client's address as our outermost proxy saw it.

    Each proxy adds the address that it saw to the right of X-Forwarded-For. So with n
    proxies of our own only the last n are true, and the client is the n-th from the
    right: what a client writes into the header itself stands further left.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A Unix socket has no address, and what speaks through it is this machine;
        # without one the lock on log-ins would count nobody.
        seen = request.META.get("REMOTE_ADDR") or "127.0.0.1"
        request.META["REMOTE_ADDR"] = self.forwarded(request) or seen
        return self.get_response(request)

    @staticmethod
    def forwarded(request: HttpRequest) -> str | None:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if not 0 < settings.TRUSTED_PROXIES <= len(hops):
            return None
        try:
            return str(ip_address(hops[-settings.TRUSTED_PROXIES].strip()))
        except ValueError:
            return None


class ChosenLanguage:
    """Chinese, unless the reader chose English.

    The browser's own preference is not asked: it is often English on a new machine, and
    the statutory words are the Chinese ones.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = dict(settings.LANGUAGES)
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class ContentSecurityPolicy:
    """The policy of the settings for every page, and none that a page weakens.

    It is put together once: the stock middleware does it anew for each answer, for
    pages that change it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response, self.policy = get_response, build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # The pages on which Django shows a developer an error bring their own styles.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers.setdefault(HEADER, self.policy)
        return response


class PrivatePages:
    """No page is kept by a browser or a proxy, unless it says that it may be.

    Office machines are shared, and the Back button must not show a case after log-out.
    Nor does a page ask for what it never needs of a machine.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response


class Conflicts:
    """Whoever waits in vain for what another is changing is told so.

    A form that has become stale is answered where it is shown, with what was typed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        waited = isinstance(exception, OperationalError) and isinstance(
            exception.__cause__, LockNotAvailable
        )
        return render(request, "409.html", status=409) if waited else None
