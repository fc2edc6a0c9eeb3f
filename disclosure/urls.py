"""The pages of requests: of the public, and at the desk."""

from django.urls import path

from disclosure import desk, views

app_name = "disclosure"
urlpatterns = [
    path("status/", views.status, name="status"),
    path("desk/requests/", desk.RequestList.as_view(), name="requests"),
]
