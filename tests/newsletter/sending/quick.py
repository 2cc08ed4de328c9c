"""The settings of workers that are killed: small windows and short leases, so that a test
sees many of both."""

from config.settings import *  # noqa: F403 - all but these two

HAND_OVER_WINDOW = 5
DELIVERY_LEASE_SECONDS = 1
