"""The desk's pages of the year: today, reminders, registers, totals, annual reports."""

from django.urls import path

from reports import plan, supervision, today, views
from reports.annual import pages
from reports.returns import views as returns

app_name = "reports"
of_report = "reports/<int:year>/<str:code>/"
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
    path("returns/", returns.returns, name="returns"),
    path("returns/<int:year>/<str:code>/", returns.one, name="return"),
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/<slug:code>.svg", views.chart, name="chart"),
    path("statistics/<slug:code>.csv", views.series, name="series"),
    path("reports/", pages.reports, name="annuals"),
    path(of_report, pages.report, name="annual"),
    path(f"{of_report}draft.docx", pages.document, name="annual_document"),
    path(f"{of_report}texts/", pages.write, name="annual_texts"),
    path(f"{of_report}reasons/", pages.reasons, name="annual_reasons"),
    path(f"{of_report}publish/", pages.publication, name="annual_publish"),
    path(f"{of_report}revise/", pages.revise, name="annual_revise"),
    path(f"{of_report}discard/", pages.discard, name="annual_discard"),
]
