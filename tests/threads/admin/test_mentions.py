"""What editors see of the bot, without changing anything."""

from __future__ import annotations

import pytest
from django.test import Client

from threads.models import Mention, OptOut

pytestmark = pytest.mark.django_db


def test_mentions_and_opt_outs_are_records_to_look_at(admin_client: Client) -> None:
    mention = Mention.objects.create(
        platform="mastodon", remote_id="1", asks="unroll", handle="cleo", note="All is well."
    )
    OptOut.objects.create(platform="bluesky", remote_id="did:plc:1", handle="bo.example")
    listed = admin_client.get("/admin/threads/mention/").text
    assert "unroll by cleo" in listed
    assert '<span class="badge ">Waiting</span>' in listed
    one = f"/admin/threads/mention/{mention.pk}/change/"
    assert "All is well." in admin_client.get(one).text
    assert admin_client.post(one, {"note": "Mine."}).status_code == 403
    assert admin_client.get("/admin/threads/mention/add/").status_code == 403
    assert admin_client.get(one.replace("change", "delete")).status_code == 403
    assert "bo.example" in admin_client.get("/admin/threads/optout/").text
