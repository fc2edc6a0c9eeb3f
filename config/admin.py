"""The admin site: the stock one, with today's work in front, less what leaks."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import CalendarDay
from reports.desk import piles


class Site(admin.AdminSite):
    site_header = site_title = _("Gongkai: case tracking for government openness")
    index_title = _("Registers")
    site_url = "/"
    # The width goes to the lists; the first page is the menu.
    enable_nav_sidebar = False

    def get_urls(self):
        """Without /r/…/…/, which leads to any object of any model, seen or not."""
        return [
            url
            for url in super().get_urls()
            if getattr(url, "name", "") != "view_on_site"
        ]

    def index(self, request, extra_context=None):
        context, today = extra_context or {}, timezone.localdate()
        if request.user.has_perm("disclosure.view_disclosurerequest"):
            context |= {
                "piles": piles(request.user, today),
                "awaited": CalendarDay.objects.as_calendar().awaited(today),
            }
        return super().index(request, context)
