"""The admin site: the stock one, less what leaks; a log-in leads to the desk."""

from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.logins import kept


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


class Site(admin.AdminSite):
    site_header = site_title = _("Gongkai: case tracking for government openness")
    index_title = _("Registers")
    site_url = "/"
    # The width goes to the lists; the first page is the menu.
    enable_nav_sidebar = False
    login_form = LogInForm

    def get_urls(self):
        """Without /r/…/…/, which leads to any object of any model, seen or not."""
        return [
            url
            for url in super().get_urls()
            if getattr(url, "name", "") != "view_on_site"
        ]

    def login(self, request, extra_context=None):
        """To where the person wanted to go, else to the desk."""
        sealed = request.POST.get("kept", "")
        context = {"kept": sealed} | (extra_context or {})
        if REDIRECT_FIELD_NAME not in request.GET | request.POST:
            context |= {REDIRECT_FIELD_NAME: reverse("reports:today")}
        answer = super().login(request, context)
        if isinstance(answer, HttpResponseRedirect) and (typed := kept(sealed)):
            return self._to_be_sent(request, typed, answer.url)
        return answer

    def log_in_again(self, request: HttpRequest, sealed: str) -> HttpResponse:
        """In answer to what was sent after the log-in had run out."""
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "form": self.login_form(request),
            "app_path": reverse("admin:login"),
            REDIRECT_FIELD_NAME: request.get_full_path(),
            "kept": sealed,
        }
        return TemplateResponse(request, "admin/login.html", context, status=401)

    def _to_be_sent(self, request, typed, address) -> HttpResponse:
        """A page that sends it as it was typed, once the person says so."""
        context = {
            **self.each_context(request),
            "title": _("Nothing is lost"),
            "typed": typed,
            "address": address,
        }
        return TemplateResponse(request, "admin/kept.html", context)

    def password_change_done(self, request, extra_context=None):
        """Back to work: most have come here on the way to something."""
        messages.success(request, _("Your password was changed."))
        return redirect("reports:today")
