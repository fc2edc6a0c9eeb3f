"""The map: admin, desk, public pages."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from config import views
from reports import public, published

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("", include("disclosure.urls")),
    path("", include("proposals.urls")),
    path("calendar/", public.calendar, name="calendar"),
    path("calendar/<int:year>/", public.calendar, name="calendar"),
    path("calculator/", public.calculator, name="calculator"),
    path("reports/", published.years, name="reports"),
    path("reports/<int:year>/", published.of_year, name="reports_of_year"),
    path("reports/<int:year>.<slug:kind>", published.all_of_year, name="report_data"),
    path("reports/<int:year>/<slug:code>/", published.report, name="report"),
    path(
        "reports/<int:year>/<slug:code>.<slug:kind>",
        published.file,
        name="report_file",
    ),
    path("desk/", include("reports.urls")),
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set_language"),
    path("text-size/", views.text_size, name="text_size"),
]
handler400 = "config.errors.bad_request"
