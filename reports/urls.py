"""The desk's first page, reminders to print, and the yearly totals."""

from django.urls import path

from reports import today, views
from reports.returns import views as returns

app_name = "reports"
urlpatterns = [
    path("", today.today, name="today"),
    path("today/<slug:heap>/", today.pile, name="pile"),
    path("reminders/", today.reminder_sheets, name="reminder_sheets"),
    path("reminders/<str:code>/", today.reminder_sheet, name="reminder_sheet"),
    path("totals/", views.totals, name="totals"),
    path("totals/cases/", views.behind, name="behind"),
    path("totals/download/", views.download, name="download"),
    path("returns/", returns.returns, name="returns"),
    path("returns/<int:year>/<str:code>/", returns.one, name="return"),
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/<slug:code>.svg", views.chart, name="chart"),
    path("statistics/<slug:code>.csv", views.series, name="series"),
]
