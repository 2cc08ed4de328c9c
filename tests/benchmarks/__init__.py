"""Measurements, run by hand: `uv run python -m tests.benchmarks.NAME`."""

import os

import django

# A measurement starts processes of its own with the installation's settings.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
