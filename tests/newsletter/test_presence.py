"""Who has a post open."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils.timezone import now

from newsletter import presence
from newsletter.models import Presence
from tests.factories import make_post

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_others_are_here_for_half_a_minute() -> None:
    post, other_post = make_post(), make_post()
    ada, bo, cy = (User.objects.create_user(name) for name in ("ada", "bo", "cy"))
    presence.note(post, bo)
    presence.note(post, ada)
    presence.note(other_post, cy)
    assert [one.editor for one in presence.others(post, ada)] == [bo]
    assert [one.editor for one in presence.others(post, cy)] == [ada, bo]
    with time_machine.travel(now() + timedelta(seconds=31)):
        presence.note(post, ada)
        assert [one.editor for one in presence.others(post, cy)] == [ada]
    assert Presence.objects.count() == 3  # one for each, however often they say so
