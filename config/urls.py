"""The map: admin, desk, public pages."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from config import views
from reports import public

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("", include("disclosure.urls")),
    path("", include("proposals.urls")),
    path("calendar/", public.calendar, name="calendar"),
    path("calendar/<int:year>/", public.calendar, name="calendar"),
    path("calculator/", public.calculator, name="calculator"),
    path("desk/", include("reports.urls")),
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set_language"),
    path("text-size/", views.text_size, name="text_size"),
]
handler400 = "config.errors.bad_request"
