"""The site's map. These addresses stand in mails for years, so none may change."""

from django.contrib import admin
from django.urls import include, path

from config import media

urlpatterns = [
    path("admin/", include("config.passwords")),
    path("admin/", admin.site.urls),
    path("media/<path:path>", media.serve),
    path("", include("newsletter.subscriptions.urls")),
    path("", include("newsletter.site.urls")),
]
