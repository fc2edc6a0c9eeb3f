"""What holds for each page for which one logs in: a log-in ends, nothing is lost that
is sent after it, everyone has a password of the own and not for too long.
"""

import json
from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from casework.seals import InvalidToken, seal, unseal

STAFF = ("/admin/", "/desk/")
"""Where the pages are for which one logs in."""
OPEN = ("admin:password_change", "admin:login", "admin:logout", "admin:jsi18n")
"""What is open among these to whom has to log in, or to change the password first."""
BEGAN, SEEN = "began", "seen"
"""When a log-in began, and about when its last page was asked for, in seconds."""
MINUTE = 60

Pairs = list[tuple[str, str]]


class StaffPages:
    """The middleware; the public pages never ask who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view, args, kwargs
    ) -> HttpResponse | None:
        if not request.path.startswith(STAFF):
            return None
        if request.user.is_authenticated:
            _end(request)
        if request.resolver_match.view_name in OPEN:
            return None
        if request.user.is_anonymous:
            return _too_late(request)
        return _own_password_first(request)


# How long a log-in lasts


def begin(request: HttpRequest, **_of_the_signal) -> None:
    """At every log-in."""
    request.session[BEGAN] = request.session[SEEN] = time()


def _end(request: HttpRequest) -> None:
    """The log-in ends IDLE_MINUTES after its last page (0: it does not), and always
    SESSION_COOKIE_AGE after it began."""
    now, session, idle = time(), request.session, settings.IDLE_MINUTES * MINUTE
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    if now > began + settings.SESSION_COOKIE_AGE or (idle and now > seen + idle):
        logout(request)
    elif now > seen + MINUTE:  # not for each page: it is a row written
        session[SEEN] = now


# What is sent after it has ended


def _too_late(request: HttpRequest) -> HttpResponse | None:
    """The log-in page, which keeps what was sent: whoever logs in again sends it by one
    more click."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return admin.site.log_in_again(request, keep(typed)) if typed else None


def keep(typed: Pairs) -> str:
    """Sealed, since it stands in a page that the next person at the machine may see."""
    return seal(json.dumps(typed))


def kept(sealed: str) -> Pairs:
    """The same again; nothing of what is not ours."""
    try:
        return json.loads(unseal(sealed) or "[]")
    except InvalidToken:
        return []


# Passwords


def _own_password_first(request: HttpRequest) -> HttpResponse | None:
    """Whoever has an initial password, or an old one, changes it before anything else.

    What is being sent while a password grows old is still taken.
    """
    user, reading = request.user, request.method in ("GET", "HEAD")
    if user.password_is_initial or (reading and user.password_is_to_be_changed):
        return redirect("admin:password_change")
    return None


class AnotherPassword:
    """A validator: the new password is not the one that it takes the place of."""

    def validate(self, password: str, user=None) -> None:
        if user and user.pk and user.check_password(password):
            raise ValidationError(self.get_help_text(), "same_password")

    def get_help_text(self) -> str:
        return _("Your new password can’t be the one that you have now.")
