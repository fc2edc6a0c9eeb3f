"""The pages of requests: of the public, and at the desk."""

from django.urls import path

from disclosure import desk, views
from disclosure.letters.views import letter

app_name = "disclosure"
letters = "desk/requests/<slug:number>/letters/<slug:kind>"
urlpatterns = [
    path("status/", views.status, name="status"),
    path("desk/requests/", desk.RequestList.as_view(), name="requests"),
    *desk.request_desk.patterns("desk/requests/"),
    path(f"{letters}.docx", letter, name="letter"),
    path(f"{letters}/<int:row>.docx", letter, name="letter"),
]
