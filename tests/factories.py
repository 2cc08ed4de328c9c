"""Rows for tests: plain functions, each with what a row needs to be whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from newsletter.addresses import normalise
from newsletter.drafting import KEPT, save_revision
from newsletter.models import Issue, Newsletter, Post, Subscriber, Subscription
from newsletter.publishing import publish
from threads.models import Account, Attachment, Claim, Import, Platform, Status, Thread


def make_newsletter(**fields: Any) -> Newsletter:
    """Complete, so that it may send."""
    slug = fields.get("slug", "letters")
    whole = {
        "name": slug.title(),
        "slug": slug,
        "sender_name": "Ada Example",
        "sender_email": "ada@letters.example",
        "reply_to": "reply@letters.example",
        "postal_address": "1 Example Street, Exampleton",
    }
    return Newsletter.objects.create(**whole | fields)


def make_subscription(
    newsletter: Newsletter, address: str = "reader@example.org", **fields: Any
) -> Subscription:
    """An active one, unless said otherwise."""
    written, key = normalise(address)
    subscriber, _ = Subscriber.objects.get_or_create(address_key=key, defaults={"address": written})
    whole = {"state": Subscription.State.ACTIVE}
    return Subscription.objects.create(
        subscriber=subscriber, newsletter=newsletter, **whole | fields
    )


def make_account(**fields: Any) -> Account:
    """Mira Osei (@miraosei) on X, the same one each time, and claimed."""
    whole: dict[str, Any] = {
        "platform": Platform.X,
        "remote_id": "1498765432",
        "handle": "miraosei",
    }
    whole |= {"name": "Mira Osei", "url": "https://x.com/miraosei"}
    whole |= {"claim": Claim.ARCHIVE, "claimed_at": datetime(2026, 1, 1, tzinfo=UTC)} | fields
    key = {name: whole.pop(name) for name in ("platform", "remote_id")}
    return Account.objects.get_or_create(**key, defaults=whole)[0]


def make_import(**fields: Any) -> Import:
    """One that is done, so that what it brought is visible."""
    whole = {"state": Import.State.DONE, "kind": "x_archive", "source": "archive.zip"}
    return Import.objects.create(**whole | fields)


def make_thread(texts: Sequence[str] = ("One.", "Two.", "Three."), **fields: Any) -> Thread:
    """A thread of X, a minute between its statuses; its `remote_id` counts on from the last."""
    account = fields.pop("account", None) or make_account()
    import_ = fields.pop("imported_by", None) or make_import(account=account)
    first = fields.pop("first_id", 1000 * (Thread.objects.count() + 1))
    began = fields.pop("started_at", datetime(2026, 3, 1, 9, tzinfo=UTC))
    times = [began + timedelta(minutes=number) for number in range(len(texts))]
    whole = {
        "remote_id": str(first),
        "title": texts[0][:120],
        "length": len(texts),
        "url": f"https://x.com/{account.handle}/status/{first}",
        "started_at": times[0],
        "ended_at": times[-1],
    }
    thread = Thread.objects.create(account=account, imported_by=import_, **whole | fields)
    Status.objects.bulk_create(
        Status(
            account=account,
            imported_by=import_,
            platform=account.platform,
            remote_id=str(first + number),
            thread=thread,
            position=number + 1,
            sort_key=str(first + number).zfill(20),
            text=text,
            posted_at=times[number],
            url=f"https://x.com/{account.handle}/status/{first + number}",
            reply_to=str(first + number - 1) if number else "",
            reply_to_account=account.remote_id if number else "",
        )
        for number, text in enumerate(texts)
    )
    return thread


def make_post(body: str = "A paragraph.", **fields: Any) -> Post:
    """A draft with one revision; `title` and what else a revision holds go there."""
    words = {name: fields.pop(name) for name in KEPT if name in fields}
    number = Post.objects.count() + 1
    post = Post.objects.create(**{"slug": f"post-{number}"} | fields)
    save_revision(post, base=None, **{"title": f"Post {number}", "body": body} | words)
    return post


def make_issue(newsletter: Newsletter, *addresses: str, **fields: Any) -> Issue:
    """A post of the newsletter, published and frozen for these readers."""
    for address in addresses:
        make_subscription(newsletter, address)
    post = publish(make_post(**fields), newsletter=newsletter, email=True)
    return Issue.objects.select_related("newsletter").get(post=post)


def make_attachment(thread: Thread, url: str = "", **fields: Any) -> Attachment:
    """A picture of the thread's first part that is yet to be fetched, unless said otherwise."""
    status = thread.statuses.order_by("position")[0]
    whole = {"kind": Attachment.Kind.IMAGE, "state": Attachment.State.WAITING}
    position = status.attachments.count() + 1
    return status.attachments.create(source_url=url, position=position, **whole | fields)
