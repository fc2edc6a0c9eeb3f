"""The app `config`, and the admin site that is used in place of the stock one."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate

from config.logins import begin
from config.roles import make_roles


class GongkaiAdmin(AdminConfig):
    default_site = "config.admin.Site"


class Config(AppConfig):
    name = "config"

    def ready(self):
        # The last app with tables: by then every permission has been made.
        last = apps.get_app_config("reports")
        post_migrate.connect(make_roles, sender=last)
        user_logged_in.connect(begin)
