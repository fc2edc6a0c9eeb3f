"""The admin site: the stock one, less what leaks."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Site(admin.AdminSite):
    site_header = site_title = _("Gongkai: case tracking for government openness")
    index_title = _("Work")
    site_url = "/"

    def get_urls(self):
        """Without /r/…/…/, which leads to any object of any model, seen or not."""
        return [
            url
            for url in super().get_urls()
            if getattr(url, "name", "") != "view_on_site"
        ]
