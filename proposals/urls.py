"""The public pages of suggestions and proposals."""

from django.urls import path

from proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.reply_list, name="replies"),
    path("<str:number>/", views.reply, name="reply"),
]
