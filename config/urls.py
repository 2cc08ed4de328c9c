"""The site's map. These addresses stand in mails for years, so none may change."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("newsletter.subscriptions.urls")),
    path("", include("newsletter.site.urls")),
]
