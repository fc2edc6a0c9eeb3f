"""The desk's pages of the yearly totals."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("totals/", views.totals, name="totals"),
    path("totals/cases/", views.behind, name="behind"),
    path("totals/download/", views.download, name="download"),
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/<slug:code>.svg", views.chart, name="chart"),
    path("statistics/<slug:code>.csv", views.series, name="series"),
]
