"""The pages of suggestions and proposals: of the public, and at the desk."""

from django.urls import path

from proposals import desk, views

app_name = "proposals"
urlpatterns = [
    path("replies/", views.reply_list, name="replies"),
    path("replies/<str:number>/", views.reply, name="reply"),
    path("desk/items/", desk.ItemList.as_view(), name="items"),
    *desk.item_desk.patterns("desk/items/"),
    path("desk/tasks/", desk.TaskList.as_view(), name="tasks"),
    *desk.task_desk.patterns("desk/tasks/"),
]
