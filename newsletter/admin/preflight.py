"""Pre-flight: one page of facts about a post before it goes out.

The page is there at once. What takes its time, linked pages and SpamAssassin, comes after.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from config.queue import wake
from newsletter import preflight
from newsletter.admin import desk
from newsletter.jobs import check_links
from newsletter.models import Post
from newsletter.preflight import pages, spamassassin
from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact, Level
from newsletter.sending import message


@require_safe
@desk.may_write
def page(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    candidate = Candidate(post, desk.latest_of(post))
    return desk.show(
        request,
        "preflight",
        "Pre-flight",
        post,
        newsletter=candidate.newsletter,
        has_spamassassin=spamassassin.is_installed(),
        ask_links=bool(pages.addresses(candidate.document)),
        **sorted_by_level(preflight.facts(candidate)),
        **links_of(candidate),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk.may_write
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """POST has the pages asked that are due; GET tells how far that is."""
    post = desk.find(pk)
    candidate = Candidate(post, desk.latest_of(post))
    if request.method == "POST":
        far = ask(candidate)
        if not request.headers.get("HX-Request"):
            return redirect("admin:newsletter_post_preflight", post.pk)
        return tell(request, post, far)
    far = links_of(candidate)
    if not far["waiting"]:
        far |= {"news": True, **sorted_by_level(preflight.facts(candidate))}
    return tell(request, post, far)


def ask(candidate: Candidate) -> dict[str, Any]:
    """How far it is before a worker is woken, who may be quicker than the answer."""
    pages.asked(candidate.document)
    far = links_of(candidate)
    if pages.known(candidate.document).due().exists():
        wake(check_links, candidate.post.pk)
    return far


def tell(request: HttpRequest, post: Post, far: dict[str, Any]) -> HttpResponse:
    context = {"post": post, "follow": True, **far}
    return TemplateResponse(request, "admin/newsletter/post/preflight/links.html", context)


@require_safe
@desk.may_write
def spam(request: HttpRequest, pk: int) -> HttpResponse:
    """SpamAssassin's opinion, which the page asks for once it is shown."""
    post = desk.find(pk)
    candidate = Candidate(post, desk.latest_of(post))
    score = spamassassin.score(message.example(candidate.letter)) if candidate.headers else None
    context = {"score": score, "post": post}
    return TemplateResponse(request, "admin/newsletter/post/preflight/spam.html", context)


def sorted_by_level(facts: list[Fact]) -> dict[str, Any]:
    by_level = {level: [fact for fact in facts if fact.level == level] for level in Level}
    return {
        "faults": by_level[Level.FAULT],
        "warnings": by_level[Level.WARN],
        "good": by_level[Level.GOOD],
    }


def links_of(candidate: Candidate) -> dict[str, Any]:
    """How many pages there are, and how many of them are to be asked."""
    wanted = pages.addresses(candidate.document)
    return {"wanted": len(wanted), "waiting": pages.known(candidate.document).awaited().count()}
