"""The public pages of requests."""

from django.urls import path

from disclosure import views

app_name = "disclosure"
urlpatterns = [path("status/", views.status, name="status")]
