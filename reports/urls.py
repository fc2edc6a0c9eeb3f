"""The desk's pages of the yearly totals."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.totals, name="totals"),
    path("cases/", views.behind, name="behind"),
    path("download/", views.download, name="download"),
]
