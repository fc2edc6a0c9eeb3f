"""The map: admin, desk, public pages."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("", include("disclosure.urls")),
    path("", include("proposals.urls")),
    path("desk/", include("reports.urls")),
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set_language"),
]
