"""The installation as Django apps: itself, and the admin site that editors work in."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    name = "config"


class EditorAdminConfig(AdminConfig):
    default_site = "config.admin.EditorSite"
