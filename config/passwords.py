"""That everyone has a password of the own, and not for too long."""

from collections.abc import Callable

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

STAFF = ("/admin/", "/desk/")
"""Where the pages are for which one logs in."""
OPEN = ("admin:password_change", "admin:login", "admin:logout", "admin:jsi18n")
"""What is open among these to whom has to change the password first."""


class AnotherPassword:
    """A validator: the new password is not the one that it takes the place of."""

    def validate(self, password: str, user=None) -> None:
        if user and user.pk and user.check_password(password):
            raise ValidationError(self.get_help_text(), "same_password")

    def get_help_text(self) -> str:
        return _("Your new password can’t be the one that you have now.")


class OwnPassword:
    """Whoever has an initial password, or an old one, changes it before anything else.

    What is being sent while a password grows old is still taken: nothing is lost.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view, args, kwargs
    ) -> HttpResponse | None:
        if not request.path.startswith(STAFF):
            return None
        if request.resolver_match.view_name in OPEN or request.user.is_anonymous:
            return None
        user, reading = request.user, request.method in ("GET", "HEAD")
        if user.password_is_initial or (reading and user.password_is_to_be_changed):
            return redirect(reverse("admin:password_change"))
        return None


class LogInForm(AdminAuthenticationForm):
    """The right password is refused where it has waited too long to be changed."""

    def confirm_login_allowed(self, user) -> None:
        super().confirm_login_allowed(user)
        if user.password_is_void:
            message = _(
                "This initial password has waited too long and is void. Ask whoever "
                "keeps the accounts for another one."
            )
            raise ValidationError(message, "void_password")
