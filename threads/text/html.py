"""Markdown to safe HTML: the only importer of the Markdown parser and of the sanitisers.

Raw HTML in the Markdown is shown as it was written, never passed on. What the parser
makes then goes through bleach, which is the policy, and nh3, the outer guard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import nh3
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from threads.text.conventions import CALL, LINK_CARD, PULL_QUOTE, mark_conventions
from threads.text.links import WEB_ADDRESS
from threads.text.paragraphs import KINDS, Paragraph

_INSIDE = r"\s*+((?:[^\[\]\s]|\s++(?!\])|\[[^\[\]]*\])*+)\s*+\]"  # tries nothing twice
BLANK = re.compile(rf"(?<!\\)\[blank:{_INSIDE}")
LOST_PICTURE = re.compile(rf"\[lost picture:{_INSIDE}")
VIDEO = re.compile(r"/media/[^?#\s]+\.(?:mp4|m4v|webm|mov)", re.IGNORECASE)
OWN_ADDRESS = re.compile(r"mailto:[^\s]|/(?![/\\])|#", re.IGNORECASE)
CUT_LINK = re.compile(r"(?<![\w-])(?:https?://)?(?:[\w-]+\.){1,9}[a-z]{2,}/[^\s…]*…", re.IGNORECASE)
# Names of other scripts are shown whole: a sanitiser may know better, and take the link away.
_BEGINNING = re.compile(
    r"^https?://(?:www\.)?(?=[a-z0-9.-]+(?::\d{1,4})?(?:[/?#]|$))(?!xn--|[^/]*\.xn--)",
    re.IGNORECASE,
)
LONGEST_ADDRESS = 48
CUT_OFF = ("…", "%E2%80%A6")

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "video": {"src", "poster", "controls", "preload", "aria-label"},
    **{heading: {"id"} for heading in HEADINGS},
}
CLASSES: dict[str, set[str]] = {
    "p": {"blank", "lost-picture", CALL, LINK_CARD},
    "blockquote": {PULL_QUOTE},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
    "sup": {"footnote-ref"},
    "section": {"footnotes"},
    "hr": {"footnotes-sep"},
    "ol": {"footnotes-list"},
    "li": {"footnote-item"},
    "a": {"footnote-backref"},
}
TAGS = (
    set(ATTRIBUTES)
    | set(CLASSES)
    | {"br", "code", "em", "figcaption", "figure", "pre", "s", "strong"}
    | {"table", "tbody", "thead", "tr", "ul"}
)
SCHEMES = {"http", "https", "mailto"}
LINK_REL = "noopener noreferrer"


def to_html(markdown: str, *, preview: bool = False) -> str:
    """Safe HTML. Blanks and lost pictures are for editors: only a preview shows them."""
    return rendered(parsed(markdown), preview=preview)


def parsed(markdown: str) -> list[Token]:
    """For those who ask more than one question of a text; see `threads.text.document`."""
    return _PARSER.parse(markdown)


def rendered(tokens: Sequence[Token], *, preview: bool = False) -> str:
    shown = tokens if preview else list(_without_notes(tokens))
    return sanitise(_PARSER.renderer.render(shown, _PARSER.options, {}))


def sanitise(html: str) -> str:
    return _GUARD.clean(_POLICY.clean(html))


def blanks(markdown: str) -> list[str]:
    """The questions that an editor must answer before the text can be published."""
    return [question for text in _texts(markdown) for question in BLANK.findall(text)]


def lost_pictures(markdown: str) -> list[str]:
    """What is said of the pictures that could not be had."""
    found = (LOST_PICTURE.fullmatch(text) for text in _texts(markdown))
    return [match[1] for match in found if match]


def cut_links(markdown: str) -> list[str]:
    """Addresses that were cut off at their source; what stands in a link is not looked at."""
    return cut_links_in(parsed(markdown))


def cut_links_in(tokens: Sequence[Token]) -> list[str]:
    plain = "".join(
        child.content or " "
        for token in tokens
        for child in [token, *_outside_links(token.children or [])]
        if child.type not in ("inline", "code_inline")
    )
    return CUT_LINK.findall(plain)


def paragraphs(markdown: str) -> list[Paragraph]:
    """The top-level blocks in their order; see `threads.text.paragraphs` for what counts."""
    lines = markdown.split("\n")
    tokens = _BLOCKS.parse(markdown)
    found = []
    for index, token in enumerate(tokens):
        if token.level or token.type not in KINDS or token.map is None:
            continue
        if token.type == "paragraph_open" and _is_note(tokens[index + 1].content):
            continue
        first, end = token.map
        while end > first + 1 and not lines[end - 1].strip():
            end -= 1
        whole = "\n".join(lines[first:end])
        found.append(Paragraph(KINDS[token.type], whole, first + 1, end))
    return found


def _is_note(words: str) -> bool:
    return bool(BLANK.fullmatch(words) or LOST_PICTURE.fullmatch(words))


def _outside_links(children: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        if not depth:
            yield child


def _texts(markdown: str) -> list[str]:
    return [token.content for token in parsed(markdown) if token.type == "inline"]


# --- safety -----------------------------------------------------------------------------------


def _allowed(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute as it may stay, or None where it must go."""
    if name == "class":
        return value if set(value.split()) <= CLASSES.get(tag, set()) else None
    if (tag, name) == ("a", "rel"):
        return LINK_REL
    if name not in ATTRIBUTES.get(tag, set()):
        return None
    if name == "href":
        return value if WEB_ADDRESS.match(value) or OWN_ADDRESS.match(value) else None
    if name in ("src", "poster"):
        return value if WEB_ADDRESS.match(value) or value.startswith("/media/") else None
    return value


_POLICY = Cleaner(
    tags=TAGS,
    attributes=lambda tag, name, value: _allowed(tag, name, value) is not None,
    protocols=SCHEMES,
    strip=True,
)
_GUARD = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style"},
    attributes={tag: ATTRIBUTES.get(tag, set()) | {"class"} for tag in TAGS},
    attribute_filter=_allowed,
    url_schemes=SCHEMES,
    link_rel=LINK_REL,
)


# --- the parser -------------------------------------------------------------------------------


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser calls it by this name
        """Whether an address may become a link; otherwise its Markdown is shown as written."""
        leads = WEB_ADDRESS.match(url) or OWN_ADDRESS.match(url)
        return bool(leads) and not url.endswith(CUT_OFF)


def _make_parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "linkify": True})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.use(footnote_plugin)
    # Without "https:" only a guess could tell what is a link: "node.js" is none.
    assert parser.linkify is not None  # noqa: S101 - the option above makes it
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for rule in (
        _mark_notes,
        mark_conventions,
        _name_headings,
        _frame_pictures,
        _align_cells,
        _shorten_addresses,
    ):
        parser.core.ruler.push(rule.__name__, rule)
    return parser


def _paragraphs(tokens: Sequence[Token]) -> list[tuple[int, Token]]:
    """Where each paragraph opens, and what is in it."""
    return [
        (index, tokens[index + 1])
        for index, token in enumerate(tokens)
        if token.type == "paragraph_open"
    ]


def _mark_notes(state: StateCore) -> None:
    for index, content in _paragraphs(state.tokens):
        for form, name in ((BLANK, "blank"), (LOST_PICTURE, "lost-picture")):
            if match := form.fullmatch(content.content):
                state.tokens[index].attrSet("class", name)
                content.children = [_text(match[1])]


def _without_notes(tokens: Sequence[Token]) -> Iterator[Token]:
    notes = {index for index, content in _paragraphs(tokens) if _is_note(content.content)}
    for index, token in enumerate(tokens):
        if notes.isdisjoint((index, index - 1, index - 2)):
            yield token


def _name_headings(state: StateCore) -> None:
    taken: set[str] = set()
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            words = "".join(
                child.content for child in state.tokens[index + 1].children or [] if child.content
            )
            name = _slug(words)
            while name in taken:
                name += "-2"
            taken.add(name)
            token.attrSet("id", name)


def _slug(words: str) -> str:
    """A name for a heading. Its prefix keeps it from shadowing anything of the page."""
    plain = unicodedata.normalize("NFKC", words).lower()
    return "s-" + "-".join(re.findall(r"\w+", plain))[:60]


def _frame_pictures(state: StateCore) -> None:
    """A paragraph that is only a picture is a figure, its title the caption."""
    for index, content in reversed(_paragraphs(state.tokens)):
        inside = [child for child in content.children or [] if child.type != "softbreak"]
        picture = _only_picture(inside)
        if picture and not state.tokens[index].hidden:
            state.tokens[index : index + 3] = _figure(inside, picture, content)


def _only_picture(inside: Sequence[Token]) -> Token | None:
    match [token.type for token in inside]:
        case ["image"]:
            return inside[0]
        case ["link_open", "image", "link_close"]:
            return inside[1]
    return None


def _figure(inside: list[Token], picture: Token, content: Token) -> list[Token]:
    caption = str(picture.attrs.pop("title", ""))
    video = str(inside[0].attrGet("href") or "")
    if VIDEO.fullmatch(video):
        content = _raw(_video(video, str(picture.attrGet("src")), picture.content))
    figure = [_block("figure", 1), content]
    if caption:
        inline = Token("inline", "", 0, content=caption, children=[_text(caption)])
        figure += [_block("figcaption", 1), inline, _block("figcaption", -1)]
    return [*figure, _block("figure", -1)]


def _video(address: str, poster: str, label: str) -> str:
    attributes = {"src": address, "poster": poster, "aria-label": label}
    written = " ".join(f'{name}="{escapeHtml(value)}"' for name, value in attributes.items())
    return f'<video {written} controls preload="none"></video>'


def _align_cells(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", "")):
            token.attrSet("class", str(style).replace("text-align:", "align-"))


def _shorten_addresses(state: StateCore) -> None:
    """A bare address reads as "example.org/a/page"; the whole of it is in the link."""
    for block in state.tokens:
        for link, shown in pairwise(block.children or []):
            if link.type == "link_open" and link.info == "auto":
                shown.content = _shortened(shown.content)


def _shortened(address: str) -> str:
    beginning = _BEGINNING.match(address)
    if not beginning:
        return address
    words = address[beginning.end() :].removesuffix("/")
    if len(words) <= LONGEST_ADDRESS:
        return words
    return f"{words[: LONGEST_ADDRESS - 1]}…"


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _raw(html: str) -> Token:
    return Token("html_block", "", 0, content=html)


def _block(tag: str, nesting: int) -> Token:
    kind = f"{tag}_{'open' if nesting == 1 else 'close'}"
    return Token(kind, tag, 1 if nesting == 1 else -1, block=True)


def _make_block_parser() -> MarkdownIt:
    """Only where blocks begin and end, which is all there is to know of some questions."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


_BLOCKS = _make_block_parser()
_PARSER = _make_parser()
