"""Where the pages about one post hang, all below its number."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from newsletter.admin import (
    board,
    cards,
    editor,
    expanding,
    faces,
    living,
    origins,
    pictures,
    preflight,
    presence,
    preview,
    publication,
    quoting,
    rehearsal,
    revisions,
)


class Face(StringConverter):
    regex = "|".join(faces.FACES)


register_converter(Face, "face")

PAGES: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("change/", editor.edit, "change"),
    ("origins/", origins.unsaved, "origins"),
    ("presence/", presence.beat, "presence"),
    ("pictures/", pictures.add, "pictures"),
    ("card/", cards.make, "card"),
    ("parts/", quoting.parts, "parts"),
    ("parts/<int:part>/", quoting.quote, "part"),
    ("board/", board.board, "board"),
    ("board/act/", board.act, "act"),
    ("expand/", expanding.expand, "expand"),
    ("source/", living.changes, "source"),
    ("source/<int:change>/", living.settle, "settle"),
    ("source/<int:change>/both/", living.both, "both"),
    ("revisions/", revisions.history, "revisions"),
    ("revisions/compare/", revisions.comparison, "comparison"),
    ("revisions/<int:number>/", revisions.revision, "revision"),
    ("revisions/<int:number>/restore/", revisions.restore, "restore"),
    ("preview/", preview.page, "preview_page"),
    ("preview/<face:face>/", preview.saved, "preview"),
    ("preview/<face:face>/unsaved/", preview.unsaved, "unsaved"),
    ("test/", rehearsal.send, "test"),
    ("preflight/", preflight.page, "preflight"),
    ("preflight/links/", preflight.links, "links"),
    ("preflight/spam/", preflight.spam, "spam"),
    ("publish/", publication.publish, "publish"),
    ("release/", publication.release, "release"),
    ("withdraw/", publication.withdraw, "withdraw"),
]


def of(site: AdminSite) -> list[URLPattern]:
    return [
        path(f"<int:pk>/{route}", site.admin_view(view), name=f"newsletter_post_{name}")
        for route, view, name in PAGES
    ]
