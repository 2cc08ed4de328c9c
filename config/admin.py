"""EditorSite: the admin site that editors work in."""

from django.contrib import admin


class EditorSite(admin.AdminSite):
    site_header = "Unspool"
    site_title = "Unspool"
    index_title = "What to do next"
