"""The whole story once, on the archive of an invented author that ships with Unspool.

Every step looks first whether it was done before, so a second run adds nothing and a
run that was cut short is finished by the next.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.timezone import now

from config.queue import wake
from newsletter import drafting, publishing
from newsletter.addresses import normalise
from newsletter.jobs import send_block
from newsletter.links import absolute, post_url, thread_url
from newsletter.models import Newsletter, Post, Subscriber, Subscription
from newsletter.sending.freeze import freeze
from threads import importing
from threads.models import Attachment, Thread
from threads.sources.catalog import open_source

ARCHIVE = Path(__file__).resolve().parents[2] / "demo" / "archive"
LOGBOOKS, QUIET_HOURS = "2032013747286966272", "2034539997557686272"  # first statuses
ALT_TEXTS = {
    "HDa7rTbXsAA4kQe": "A sea chart around Tern Rock; below it the light’s rhythm, three flashes.",
    "HDa8mNcWgAMp2Lz": "A page of the log with three ruled columns: seen, done, told.",
    "HDy2bLensAAc7Tq": "A Fresnel lens, its rings of prisms bending the light into one beam.",
    "Kq3vT9lampTurnA1": "The lamp of Tern Rock turning at night, its two beams sweeping the sky.",
}
EDITS = {  # what an editor would change in the draft
    "## Most nights, nothing happened.\n\n": "## The quiet hours\n\nAll this is about the bad"
    " nights. I went back to the reading room for the others.\n\nMost nights, nothing happened. ",
    "A thread about the quiet hours, and why they are part of the system": "So this is about the"
    " quiet hours, and why they are part of the system.",
}
READERS = {
    "ada@example.org": "Ada Lindqvist",
    "bo@example.org": "Bo Achterberg",
    "chidi@example.net": "Chidi Okafor",
    "dora@example.net": "Dóra Szabó",
    "emi@example.com": "林 えみ",
}


class Command(BaseCommand):
    help = "Runs the whole story once on a shipped sample: import, draft, publish, mail."

    def handle(self, *args: object, **options: object) -> None:
        bring_in()
        newsletter = found()
        enrol(newsletter)
        post = write(newsletter)
        self.stdout.write(f"The newsletter:   {absolute('/')}")
        self.stdout.write(f"The post:         {post_url(post)}")
        self.stdout.write(
            f"One thread of it: {thread_url(post.threads.order_by('uses__position')[0])}"
        )
        if settings.MAIL_IS_LOCAL:
            mail(post)
            self.stdout.write(f"The mails:        {absolute(reverse('admin:mailbox'))}")
        else:
            self.stdout.write("MAIL_URL is set, so the invented readers are sent nothing.")


def bring_in() -> None:
    if not Thread.objects.visible().filter(remote_id__in=[LOGBOOKS, QUIET_HOURS]).exists():
        importing.run(importing.begin("the sample archive"), open_source(ARCHIVE))
    for name, alt in ALT_TEXTS.items():
        # An X archive carries no alt texts: this is what an editor would add.
        Attachment.objects.filter(source_url__contains=name, alt="").update(alt=alt)


def found() -> Newsletter:
    newsletter, _ = Newsletter.objects.get_or_create(
        slug="slow-signals",
        defaults={
            "name": "Slow Signals",
            "description": "What patient people knew about keeping things running.",
            "sender_name": "Mira Osei",
            "sender_email": "mira@slow-signals.example",
            "reply_to": "mira@slow-signals.example",
            "postal_address": "Slow Signals, 3 Lamp Street, Tern Harbour",
        },
    )
    return newsletter


def enrol(newsletter: Newsletter) -> None:
    for written, name in READERS.items():
        address, key = normalise(written)
        subscriber, _ = Subscriber.objects.get_or_create(
            address_key=key, defaults={"address": address, "name": name}
        )
        Subscription.objects.get_or_create(
            subscriber=subscriber,
            newsletter=newsletter,
            defaults={
                "state": Subscription.State.ACTIVE,
                "source": "demo",
                "consent_text": "Invented for the demo.",
                "confirmed_at": now(),
            },
        )


def write(newsletter: Newsletter) -> Post:
    post = Post.objects.filter(threads__remote_id=LOGBOOKS).first()
    if post is None:
        logbooks, quiet_hours = (
            Thread.objects.get(remote_id=remote_id) for remote_id in (LOGBOOKS, QUIET_HOURS)
        )
        post = drafting.compose(
            [logbooks, quiet_hours], title="What lighthouse keepers knew about alerting"
        )
        draft = post.revisions.get()
        body = draft.body
        for before, after in EDITS.items():
            body = body.replace(before, after)
        drafting.save_revision(
            post,
            base=draft.number,
            body=body,
            subtitle="Forty logbooks, three columns, and a rhythm nobody could mistake",
            preheader="Say the same thing, every night, in a way nobody can mistake.",
        )
        post.tags = ["alerting", "lighthouses"]
        post.save(update_fields=["tags"])
    if post.state != Post.State.PUBLISHED:
        post = publishing.publish(post, newsletter=newsletter)
    return post


def mail(post: Post) -> None:
    if not hasattr(post, "issue"):
        wake(send_block, freeze(post).pk)
