"""The public pages of requests, and the letters of the desk."""

from django.urls import path

from disclosure import views
from disclosure.letters.views import letter

app_name = "disclosure"
letters = "desk/requests/<slug:number>/letters/<slug:kind>"
urlpatterns = [
    path("status/", views.status, name="status"),
    path(f"{letters}.docx", letter, name="letter"),
    path(f"{letters}/<int:row>.docx", letter, name="letter"),
]
