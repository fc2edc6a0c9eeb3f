"""The admin site: the stock one, less what leaks; a log-in leads to the desk."""

from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.passwords import LogInForm


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
        context = extra_context or {}
        if REDIRECT_FIELD_NAME not in request.GET | request.POST:
            context |= {REDIRECT_FIELD_NAME: reverse("reports:today")}
        return super().login(request, context)

    def password_change_done(self, request, extra_context=None):
        """Back to work: most have come here on the way to something."""
        messages.success(request, _("Your password was changed."))
        return redirect("reports:today")
