"""Blocks that are nothing but a way of writing plain Markdown, and read well anywhere:

    > **A sentence to remember.**                     a pull quote

    **[Read the book](https://example.org/book)**     a call to action

    [Its title](https://example.org/)                 a link card: two spaces or a backslash
    What the page says of itself.                     at the end of its first line

Each becomes a class of its block, for the style sheets. What the parser made is only looked
at here: parsing is `threads.text.html`'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

PULL_QUOTE = "pull-quote"
CALL = "call"
LINK_CARD = "link-card"


def mark_conventions(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.level:
            continue
        if token.type == "blockquote_open" and _is_pull_quote(state.tokens[index:]):
            token.attrSet("class", PULL_QUOTE)
        elif token.type == "paragraph_open":
            inside = _children(state.tokens[index + 1])
            if _is_call(inside):
                token.attrSet("class", CALL)
            elif _is_link_card(inside):
                token.attrSet("class", LINK_CARD)


def _children(content: Token) -> list[Token]:
    """Without the empty texts that the parser leaves around emphasis."""
    return [child for child in content.children or [] if child.type != "text" or child.content]


def _is_pull_quote(tokens: Sequence[Token]) -> bool:
    kinds = [token.type for token in tokens[1:5]]
    whole = ["paragraph_open", "inline", "paragraph_close", "blockquote_close"]
    return kinds == whole and _spans(_children(tokens[2]), "strong")


def _is_call(inside: Sequence[Token]) -> bool:
    return _spans(inside, "strong") and _is_link(inside[1:-1])


def _is_link_card(inside: Sequence[Token]) -> bool:
    kinds = [token.type for token in inside]
    if kinds.count("hardbreak") != 1:
        return False
    at = kinds.index("hardbreak")
    return _is_link(inside[:at]) and bool(inside[at + 1 :]) and "link_open" not in kinds[at:]


def _is_link(inside: Sequence[Token]) -> bool:
    """One link and nothing beside it, which has words of its own."""
    return (
        _spans(inside, "link")
        and inside[0].info != "auto"
        and all(token.type != "image" for token in inside)
    )


def _spans(inside: Sequence[Token], kind: str) -> bool:
    """Whether one element of this kind begins with the first token and ends with the last."""
    kinds = [token.type for token in inside]
    return (
        len(kinds) > 2
        and kinds[0] == f"{kind}_open"
        and kinds.index(f"{kind}_close") == len(kinds) - 1
    )
