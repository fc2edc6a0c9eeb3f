"""The public pages of suggestions and proposals."""

from django.urls import path

from proposals import views

app_name = "proposals"
urlpatterns = [
    path("replies/", views.reply_list, name="replies"),
    path("replies/<str:number>/", views.reply, name="reply"),
]
