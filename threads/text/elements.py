"""What an element of foreign HTML means: by its name, class, style and addresses."""

from __future__ import annotations

import re
from urllib.parse import quote

from selectolax.lexbor import LexborNode

INLINE = frozenset({"a", "code", "del", "em", "strong"})
FLAT = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})  # without lines or blocks
_SILENT = frozenset(
    {"button", "head", "iframe", "noscript", "object", "script", "select", "style", "svg"}
    | {"template", "textarea", "title", "-comment", "!doctype"}
)
_MEANT = {
    **{name: name for name in ("blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul")},
    **{name: name for name in ("p", "pre", "table", "td", "th", "tr")},
    **dict.fromkeys(("article", "aside", "div", "figure", "footer", "header", "main"), "div"),
    **dict.fromkeys(("details", "form", "nav", "section"), "div"),
    **dict.fromkeys(("address", "caption", "dd", "dt", "figcaption", "summary"), "p"),
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("em", "i"), "em"),
    **dict.fromkeys(("del", "s", "strike"), "del"),
    **dict.fromkeys(("code", "kbd", "samp"), "code"),
}
_LINK = re.compile(r"(?:https?://|mailto:)[^\s/]", re.IGNORECASE)
_PICTURE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_ENDS_TOO_EARLY = re.compile(r"[\s()<>\\\x00-\x1f\x7f]")
_SCHEME = re.compile(r"^https?://(?:www\.)?")
_CUT_OFF = re.compile(r"(?:…|\.\.\.)$")
_LANGUAGE = re.compile(r"\b(?:language|lang|highlight-source)-([\w+#.-]{1,30})")
_KEEPS_LINES = ("pre", "preserve", "break-spaces")


def meaning(node: LexborNode) -> str:
    """The element to write for it; none where it only wraps."""
    style = _style(node)
    weight = style.get("font-weight", "")
    if node.tag == "b" and weight in {"normal", "400"}:  # Google Docs wraps everything in one
        return ""
    if node.tag == "span" and weight in {"bold", "600", "700", "800"}:
        return "strong"
    if node.tag == "span" and style.get("font-style") == "italic":
        return "em"
    if node.tag == "a":
        return "a" if link_target(node) and not _is_hashtag(node) else ""
    if node.tag == "td" and any(up and up.tag == "thead" for up in _above(node)):
        return "th"
    return _MEANT.get(node.tag or "", "")


def is_silent(node: LexborNode) -> bool:
    """Never seen by a reader. A link may be hidden by a preview of what it leads to."""
    if node.tag in _SILENT or "hidden" in node.attributes:
        return True
    return node.tag != "a" and _style(node).get("display") == "none"


def keeps_lines(node: LexborNode) -> bool | None:
    """Whether line breaks in its text are shown; None where it does not say."""
    if node.attributes.get("data-testid") == "tweetText":
        return True
    style = _style(node)
    value = style.get("white-space-collapse") or style.get("white-space")
    return value.startswith(_KEEPS_LINES) if value else None


def link_target(node: LexborNode) -> str:
    return _address(node.attributes.get("href"), _LINK)


def whole(node: LexborNode) -> str:
    """What is written without looking at what is in it: a name for it, or none."""
    if node.tag == "a" and link_target(node):  # Mastodon hides parts of an address by its styles
        hidden = node.css_first(".invisible, .ellipsis") is not None
        return "address" if hidden or _is_cut(node) else ""
    return node.tag or ""


def _is_cut(link: LexborNode) -> bool:
    """Whether it shows only the beginning of its address."""
    shown = _SCHEME.sub("", link.text().strip())
    begins = _CUT_OFF.sub("", shown)
    return begins not in {"", shown} and _SCHEME.sub("", link_target(link)).startswith(begins)


def _is_hashtag(link: LexborNode) -> bool:
    """It leads to what one server knows of it, and says as much without."""
    names = (link.attributes.get("class") or "").split()
    return "hashtag" in names and link.text().strip().startswith("#")


def has_content(node: LexborNode) -> bool:
    return bool(node.text().strip()) or node.css_first("img") is not None


def kept(node: LexborNode, name: str) -> list[tuple[str, str]]:
    """The attributes that Markdown has a use for."""
    if name == "a":
        return [("href", link_target(node))]
    if name == "pre":
        return [("class", language(node))]
    if name == "ol":
        return [("start", str(number(node, "start", 999_999)))]
    if name in {"td", "th"}:
        return [("colspan", str(number(node, "colspan", 20)))]
    return []


def picture(node: LexborNode) -> str:
    """Its address, also where it is loaded late and a placeholder stands in its own place."""
    names = ("src", "data-src")
    found = (_address(node.attributes.get(name), _PICTURE) for name in names)
    return next(filter(None, found), "")


def video(node: LexborNode) -> str:
    addresses = (_address(n.attributes.get("src"), _PICTURE) for n in (node, *node.css("source")))
    return next(filter(None, addresses), "")


def still(node: LexborNode) -> str:
    return _address(node.attributes.get("poster"), _PICTURE)


def description(node: LexborNode) -> str:
    return " ".join((node.attributes.get("alt") or "").split())


def is_pixel(node: LexborNode) -> bool:
    """A picture that only counts who looks."""
    style = _style(node)
    sizes = (node.attributes.get(side) or style.get(side) or "" for side in ("width", "height"))
    return any(size.strip().removesuffix("px") in {"0", "1"} for size in sizes)


def is_emoji(node: LexborNode) -> bool:
    """A picture in the place of a character, which its description is."""
    alt = description(node)
    named = any(name.startswith("emoji") for name in (node.attributes.get("class") or "").split())
    from_set = "/emoji/" in (node.attributes.get("src") or "")
    return bool(alt) and (named or from_set or not any(letter.isalpha() for letter in alt))


def language(pre: LexborNode) -> str:
    """Of a piece of code, from the class of it, of what is in it or of what is around it."""
    for node in (pre, pre.css_first("code"), pre.parent):
        found = _LANGUAGE.search(node.attributes.get("class") or "") if node else None
        if found:
            return found[1]
    return ""


def number(node: LexborNode, attribute: str, most: int) -> int:
    """A number from 1, which is what it is without a sensible one."""
    value = node.attributes.get(attribute) or ""
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) and 1 <= int(value) <= most else 1


def _address(value: str | None, safe: re.Pattern[str]) -> str:
    value = (value or "").strip()
    if not safe.match(value):
        return ""
    return _ENDS_TOO_EARLY.sub(lambda match: quote(match[0], safe=""), value)


def _style(node: LexborNode) -> dict[str, str]:
    pairs = (pair.split(":", 1) for pair in (node.attributes.get("style") or "").split(";"))
    return {pair[0].strip().lower(): pair[1].strip().lower() for pair in pairs if len(pair) == 2}


def _above(node: LexborNode) -> tuple[LexborNode | None, LexborNode | None]:
    return node.parent, node.parent.parent if node.parent else None
