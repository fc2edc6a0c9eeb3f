"""The desk's first page, reminders, the plan, supervision, and the yearly totals."""

from django.urls import path

from reports import plan, supervision, today, views

app_name = "reports"
urlpatterns = [
    path("", today.today, name="today"),
    path("today/<slug:heap>/", today.pile, name="pile"),
    path("reminders/", today.reminder_sheets, name="reminder_sheets"),
    path("reminders/<str:code>/", today.reminder_sheet, name="reminder_sheet"),
    path("totals/", views.totals, name="totals"),
    path("totals/cases/", views.behind, name="behind"),
    path("totals/download/", views.download, name="download"),
    path("plan/", plan.plan, name="plan"),
    path("plan/<int:pk>/", plan.progress, name="progress"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/<slug:code>.svg", views.chart, name="chart"),
    path("statistics/<slug:code>.csv", views.series, name="series"),
]
