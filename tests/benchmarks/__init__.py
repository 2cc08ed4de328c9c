"""Measurements, run by hand: `uv run python -m tests.benchmarks.NAME`."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
