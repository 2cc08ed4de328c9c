"""Markdown becomes HTML that is safe whatever the Markdown says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from threads.text.html import blanks, cut_links, lost_pictures, sanitise, to_html

REL = ' rel="noopener noreferrer"'

# The families of attacks, a line each.
FILE = Path(__file__).with_name("attacks.txt")
ATTACKS = [line for line in FILE.read_text().splitlines() if not line.startswith("# ")]
ATTACKS += ["\x00<img src=x onerror=alert(1)>", "<img \x0bsrc=x \x0conerror=alert(1)>"]
BAD_ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript:123",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "data:image/png;base64,iVBORw0KGgo=",
    "file:///etc/passwd",
    "blob:https://e.org/1",
    "about:blank",
    "//evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "ftp://e.org/x",
    "view-source:https://e.org",
    "x",
    "https:evil.example",
    "https://%00",
    "https://e.org/cut-off…",
    "https://e.org/cut-off%E2%80%A6",
]
ALLOWED = {
    *["a", "blockquote", "br", "code", "em", "figcaption", "figure", "h1", "h2", "h3", "hr"],
    *["img", "li", "ol", "p", "pre", "s", "section", "strong", "sup", "table", "tbody"],
    *["td", "th", "thead", "tr", "ul", "video"],
}
FINE_ADDRESS = re.compile(r"https?://[^/]|mailto:|/[^/\\]|/$|#")


def assert_harmless(html: str) -> None:
    tree = LexborHTMLParser(f"<body>{html}")
    assert tree.body
    assert tree.head is None or not list(tree.head.iter())
    for node in tree.css("body *"):
        assert node.tag in ALLOWED, html
        for name, value in node.attributes.items():
            assert not name.startswith("on"), html
            assert name not in ("style", "srcset", "ping", "target", "formaction", "name"), html
            if name in ("href", "src", "poster"):
                assert FINE_ADDRESS.match(value or ""), html


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_in_markdown_is_shown_as_it_was_written(attack: str) -> None:
    assert_harmless(to_html(attack))
    assert_harmless(to_html(f"word {attack} word\n\n- {attack}\n\n> {attack}", preview=True))
    assert LexborHTMLParser(to_html(attack)).css("img, video, script, svg, a") == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_sanitisers_need_no_help_of_the_parser(attack: str) -> None:
    assert_harmless(sanitise(attack))
    assert_harmless(sanitise(f"<p>{attack}</p><ul><li>{attack}"))
    assert sanitise(sanitise(attack)) == sanitise(attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_in_labels_titles_and_addresses_stay_there(attack: str) -> None:
    one_line = attack.replace("\n", " ")
    for markdown in (
        f"[{one_line}](/x)",
        f"![{one_line}](/media/x.jpg)",
        f'![x](/media/x.jpg "{one_line}")',
        f"[x](</{one_line}>)",
        f"[![{one_line}](/media/x.jpg)](/media/x.mp4)",
        f"# {one_line}",
        f"[blank: {one_line}]",
        f"[lost picture: {one_line}]",
        f"```{one_line}\n{one_line}\n```",
    ):
        assert_harmless(to_html(markdown, preview=True))


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_bad_addresses_lead_nowhere(address: str) -> None:
    for markdown in (
        f"[x]({address})",
        f"[x](<{address}>)",
        f"![x](<{address}>)",
        f"<{address}>",
        f"[x]\n\n[x]: {address}",
        f"[![x](/media/x.jpg)](<{address}>)",
        f"[![x]({address})](/media/x.mp4)",
        address,
    ):
        html = to_html(markdown)
        assert_harmless(html)
        assert "evil.example/x" not in re.findall(r'(?:href|src|poster)="([^"]*)"', html)


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_the_sanitisers_refuse_bad_addresses_by_themselves(address: str) -> None:
    for html in (
        f'<a href="{address}">x</a>',
        f'<img src="{address}">',
        f'<video poster="{address}">',
    ):
        clean = sanitise(html)
        assert_harmless(clean)
        assert "script" not in clean.lower()


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n"),
        ("[a](https://e.org/)", f'<p><a href="https://e.org/"{REL}>a</a></p>\n'),
        ("[a](/media/a.pdf)", f'<p><a href="/media/a.pdf"{REL}>a</a></p>\n'),
        ("<https://www.e.org/a/>", f'<p><a href="https://www.e.org/a/"{REL}>e.org/a</a></p>\n'),
        ("https://e.org.", f'<p><a href="https://e.org"{REL}>e.org</a>.</p>\n'),
        ("<me@e.org>", f'<p><a href="mailto:me@e.org"{REL}>me@e.org</a></p>\n'),
        ("node.js e.org me@e.org", "<p>node.js e.org me@e.org</p>\n"),
        ("https://cut.org/how-…", "<p>https://cut.org/how-…</p>\n"),
        (
            "<http://bücher.example/>",
            f'<p><a href="http://xn--bcher-kva.example/"{REL}>http://bücher.example/</a></p>\n',
        ),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("a\\\nb", "<p>a<br>\nb</p>\n"),
        (
            '![a cat](/media/a.jpg "Tom")',
            '<figure><img src="/media/a.jpg" alt="a cat"><figcaption>Tom</figcaption>\n</figure>\n',
        ),
        ("![a](/media/a.jpg)", '<figure><img src="/media/a.jpg" alt="a"></figure>\n'),
        ("see ![a](/media/a.jpg)", '<p>see <img src="/media/a.jpg" alt="a"></p>\n'),
        ("- ![a](/media/a.jpg)", '<ul>\n<li><img src="/media/a.jpg" alt="a"></li>\n</ul>\n'),
        (
            "[![a](/media/a.jpg)](https://e.org)",
            f'<figure><a href="https://e.org"{REL}><img src="/media/a.jpg" alt="a"></a></figure>\n',
        ),
        (
            "|a|b|\n|:-|-:|\n|c|d|",
            '<table>\n<thead>\n<tr>\n<th class="align-left">a</th>\n'
            '<th class="align-right">b</th>\n</tr>\n</thead>\n'
            '<tbody>\n<tr>\n<td class="align-left">c</td>\n'
            '<td class="align-right">d</td>\n</tr>\n</tbody>\n</table>\n',
        ),
    ],
)
def test_what_markdown_makes(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


def test_a_picture_that_leads_to_a_video_of_ours_is_that_video() -> None:
    assert to_html('[![a "b"](/media/a.jpg)](/media/a.mp4)') == (
        '<figure>\n<video src="/media/a.mp4" poster="/media/a.jpg" aria-label="a &quot;b&quot;" '
        'controls="" preload="none"></video></figure>\n'
    )


def test_long_addresses_are_shortened_for_the_eye_only() -> None:
    address = "https://example.org/" + "deep/" * 20
    html = to_html(f"<{address}> and [{address}]({address})")
    assert f'<a href="{address}"{REL}>example.org/{"deep/" * 7}…</a>' in html
    assert f">{address}</a>" in html


def test_headings_have_names_of_their_own() -> None:
    html = to_html("# Über *uns*\n\n## Über uns\n\n## 1. Tea\n\n## !")
    names = re.findall(r'id="([^"]*)"', html)
    assert names == ["s-über-uns", "s-über-uns-2", "s-1-tea", "s-"]


def test_footnotes_lead_there_and_back() -> None:
    html = to_html("Yes[^1] and[^1].\n\n[^1]: Indeed.")
    addresses = re.findall(r'href="#([^"]*)"', html)
    assert set(addresses) == set(re.findall(r'id="([^"]*)"', html))
    assert 'class="footnotes"' in html


def test_blanks_and_lost_pictures_are_for_editors() -> None:
    body = "One.\n\n[blank: When *was* it?]\n\n[lost picture: a cat]\n\n- [lost picture: x]\n\nTwo."
    assert to_html(body) == "<p>One.</p>\n<ul>\n<li></li>\n</ul>\n<p>Two.</p>\n"
    preview = to_html(body, preview=True)
    assert '<p class="blank">When *was* it?</p>' in preview
    assert '<p class="lost-picture">a cat</p>' in preview


@pytest.mark.parametrize(
    ("body", "questions"),
    [
        ("[blank: When?]\n\n[blank:Who\nwas it?]", ["When?", "Who\nwas it?"]),
        ("It was in [blank: which year?], so.", ["which year?"]),
        ("[blank: is [this] right?]", ["is [this] right?"]),
        ("- [blank: in a list]", ["in a list"]),
        ("[blank: ]", [""]),
        (r"\[blank: written by the author]", []),
        ("```\n[blank: code]\n```", []),
        ("[a blank: none]", []),
    ],
)
def test_blanks_are_found(body: str, questions: list[str]) -> None:
    assert blanks(body) == questions


def test_lost_pictures_are_paragraphs() -> None:
    body = "[lost picture: a cat]\n\nsee [lost picture: none]\n\n[lost picture: x](/y)"
    assert lost_pictures(f"{body}\n\n> [lost picture: b]") == ["a cat", "b"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("🔗 news.e.org/p/how-to-…", ["news.e.org/p/how-to-…"]),
        (r"https:\//cut.org/ab… and e.org/c…", ["https://cut.org/ab…", "e.org/c…"]),
        ("[e.org/c…](https://e.org/cde) `e.org/c…`", []),
        ("And so… e.org… I/O…", []),
    ],
)
def test_addresses_that_were_cut_off_are_found(body: str, found: list[str]) -> None:
    assert cut_links(body) == found


def test_what_an_editor_must_look_at_is_found_in_the_text() -> None:
    body = "See e.org/a-…\n\n[blank: When?]\n\n[lost picture: a cat]"
    assert blanks(body) == ["When?"]
    assert lost_pictures(body) == ["a cat"]
    assert cut_links(body) == ["e.org/a-…"]
