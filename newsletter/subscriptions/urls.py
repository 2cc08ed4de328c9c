"""Addresses of the readers' own pages. They stand in mails for years."""

from __future__ import annotations

from django.urls import path

from newsletter.subscriptions import views

urlpatterns = [
    path("subscribe/", views.subscribe, name="subscribe"),
    path("c/<str:token>/", views.confirm, name="confirm"),
    path("u/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("s/<str:token>/", views.preferences, name="preferences"),
]
