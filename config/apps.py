"""The app `config`, and the admin site that is used in place of the stock one."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class GongkaiAdmin(AdminConfig):
    default_site = "config.admin.Site"


class Config(AppConfig):
    name = "config"
