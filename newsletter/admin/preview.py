"""A post before it goes out, as one reader will get it: beside the text at the desk, and on a
page of its own."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from newsletter import preflight
from newsletter.admin import desk
from newsletter.admin.checks import Checks
from newsletter.admin.faces import FACES, FRAME_POLICY, LOOKS, Shown
from newsletter.admin.post_form import PostForm
from newsletter.drafting import KEPT
from newsletter.models import Newsletter, Revision, Subscription
from newsletter.preflight.candidate import Candidate
from threads.admin.sent import number
from threads.text.names import shown_name

WIDTHS = {"desktop": "Desktop", "phone": "Phone"}
MOST_FOUND = 10


@require_safe
@desk.may_write
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that can be chosen is in the address, so that a look can be handed on."""
    post = desk.find(pk)
    candidate = Candidate(post, desk.latest_of(post))
    asked = shown_name(request.GET.get("q", ""))
    return desk.show(
        request,
        "preview",
        "Preview",
        post,
        newsletter=candidate.newsletter,
        letter=candidate.letter,
        faces=FACES,
        looks=LOOKS,
        widths=WIDTHS,
        face=chosen(request, "face", FACES, "mail"),
        look=chosen(request, "look", LOOKS, "light"),
        width=chosen(request, "width", WIDTHS, "desktop"),
        reader=reader_of(request, candidate.newsletter),
        may_search=request.user.has_perm("newsletter.view_subscription"),
        asked=asked,
        found=found(request, candidate.newsletter, asked),
    )


@require_safe
@desk.may_write
@csp_override(FRAME_POLICY)
def saved(request: HttpRequest, pk: int, face: str) -> HttpResponse:
    """The face of the latest revision."""
    post = desk.find(pk)
    candidate = Candidate(post, desk.latest_of(post))
    return HttpResponse(shown(request, candidate).face(request, face))


@require_POST
@desk.may_write
def unsaved(request: HttpRequest, pk: int, face: str) -> JsonResponse:
    """The same of what stands in the editor's form, and what there is to know of it."""
    post = desk.find(pk)
    form = PostForm(post, request.POST)
    form.full_clean()
    for name in ("show_sources", "link_paragraphs"):
        setattr(post, name, form.cleaned_data.get(name, False))
    words = {name: form.cleaned_data.get(name, "") for name in KEPT}
    candidate = Candidate(post, Revision(post=post, number=0, **words))
    checks = {"checks": Checks.on(candidate.document), "post": post}
    return JsonResponse(
        {
            "face": shown(request, candidate).face(request, face),
            "checks": render_to_string("admin/newsletter/post/checks.html", checks, request),
            "open": preflight.open_points(preflight.facts(candidate)),
        }
    )


def shown(request: HttpRequest, candidate: Candidate) -> Shown:
    look, reader = chosen(request, "look", LOOKS, ""), reader_of(request, candidate.newsletter)
    return Shown(candidate, look, reader)


def chosen(request: HttpRequest, name: str, choices: dict[str, str], default: str) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in choices else default


def reader_of(request: HttpRequest, newsletter: Newsletter | None) -> Subscription | None:
    asked = number(request.GET.get("reader", ""))
    return readers(request, newsletter).filter(pk=asked).first() if asked else None


def readers(request: HttpRequest, newsletter: Newsletter | None) -> QuerySet[Subscription]:
    """Those whom this editor may know of."""
    if not newsletter or not request.user.has_perm("newsletter.view_subscription"):
        return Subscription.objects.none()
    active = Subscription.objects.active().filter(newsletter=newsletter)
    return active.select_related("subscriber").order_by("subscriber__address")


def found(
    request: HttpRequest, newsletter: Newsletter | None, words: str
) -> QuerySet[Subscription]:
    named = Q(subscriber__address__icontains=words) | Q(subscriber__name__icontains=words)
    first = readers(request, newsletter).filter(named)[:MOST_FOUND]
    return first if words else Subscription.objects.none()
