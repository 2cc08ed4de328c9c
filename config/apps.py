"""The installation as Django apps: itself, and the admin site that editors work in."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        import_module("config.editors")  # registers the accounts; not before all models are there


class EditorAdminConfig(AdminConfig):
    default_site = "config.admin.EditorSite"
