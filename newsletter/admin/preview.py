"""A post as readers will see it: on the web, in the mail, in a mail without pictures.

The pages stand in a frame without scripts. They have a policy of their own, since mails
carry their styles in the text, and the site's policy forbids that everywhere else.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from newsletter import rendering
from newsletter.admin import desk
from newsletter.admin.checks import Checks
from newsletter.admin.post_form import PostForm
from newsletter.drafting import KEPT
from newsletter.models import Newsletter, Post, Revision

FACES = ("web", "mail", "text")
FRAME_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}


@require_safe
@desk.may_write
@csp_override(FRAME_POLICY)
def saved(request: HttpRequest, pk: int, face: str) -> HttpResponse:
    """The face of the latest revision."""
    post = desk.find(pk)
    return HttpResponse(render(request, post, desk.latest_of(post), face))


@require_POST
@desk.may_write
def unsaved(request: HttpRequest, pk: int, face: str) -> JsonResponse:
    """The same of what stands in the editor's form, and what there is to know of it."""
    post = desk.find(pk)
    form = PostForm(post, request.POST)
    form.full_clean()
    revision = Revision(
        post=post, number=0, **{name: form.cleaned_data.get(name, "") for name in KEPT}
    )
    checks = {"checks": Checks.of(revision.body), "post": post}
    return JsonResponse(
        {
            "face": render(request, post, revision, face),
            "checks": render_to_string("admin/newsletter/post/checks.html", checks, request),
        }
    )


def render(request: HttpRequest, post: Post, revision: Revision, face: str) -> str:
    newsletter = desk.newsletter_of(post) or Newsletter(name="Your newsletter", slug="preview")
    revision.post = post
    post.newsletter = newsletter  # never saved: a mail's links name where it would be
    context: dict[str, Any] = {"post": post, "revision": revision, "newsletter": newsletter}
    if face == "mail":
        html = without_markers(rendering.mail(revision, newsletter).html, "#")
        return html.replace("<head>", '<head><base target="_blank">', 1)
    if face == "text":
        text = rendering.mail(revision, newsletter).text
        context["text"] = without_markers(text, "(each reader’s own link)")
        return render_to_string("admin/newsletter/post/preview_text.html", context, request)
    context["body"] = rendering.preview_html(revision.body)
    context["minutes"] = rendering.minutes(revision.body)
    context["media"] = settings.MEDIA_URL
    return render_to_string("admin/newsletter/post/preview_web.html", context, request)


def without_markers(mail: str, instead: str) -> str:
    """What differs for each reader is not there in a preview."""
    for marker in (rendering.UNSUBSCRIBE_URL, rendering.PREFERENCES_URL):
        mail = mail.replace(marker, instead)
    return mail
