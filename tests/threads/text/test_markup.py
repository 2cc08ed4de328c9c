"""HTML from clipboards and servers as Markdown: links and pictures stay, tricks go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.text.markup import to_markdown

LOST = "[lost picture: a cat]"
CODE = "```\nhttps://example.com/a\n```"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("plain", "plain"),
        ("<p>one <b>two</b> <i>three</i> <s>four</s></p>", "one **two** *three* ~~four~~"),
        ("<h2>A <strong>title</strong></h2><p>Text</p>", "## A title\n\nText"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ol start=²><li>a</ol>", "1. a"),
        ("<ul><li><p>a</p><p>b</p></ul>", "- a\n\n  b"),
        ("<ul><li>a<ol><li>b</ol></ul>", "- a\n  1. b"),
        ("<blockquote>a<br><br>b</blockquote>", "> a\n>\n> b"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
        ("<p>Say <code>a_b</code></p>", "Say `a_b`"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb"),
        (
            "<table><tr><th>a<th>b<tr><td>1<br>2<td>3</table>",
            "| a | b |\n| --- | --- |\n| 1 2 | 3 |",
        ),
        (
            "<table><thead><tr><td colspan=²>a</thead><tr><td><p>1</p></table>",
            "| a |\n| --- |\n| 1 |",
        ),
        ("<div><span><div>a</div></span><section>b</section></div>", "a\n\nb"),
        ("<h1>a<br>b<div>c</div></h1>", "# a b c"),
    ],
)
def test_what_markdown_can_say_is_said(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("a<br>b", "a\\\nb"),
        ("<p><br>a<br></p>", "a"),
        ("a<br> <br>b<br><br><br>c", "a\n\nb\n\nc"),
        ("<ul><li>a<br><br>b</ul>", "- a\n\n  b"),
        ("<b>a<br><br>b</b>", "**a**\n\n**b**"),
        ("<span style='white-space: pre-wrap'>a\nb\n\nc</span>", "a\\\nb\n\nc"),
        ("<span style='white-space-collapse:preserve'>a\nb</span>", "a\\\nb"),
        ("<div data-testid=tweetText><span>a\nb</span></div>", "a\\\nb"),
        (
            "<div style='white-space:pre'>a\n<i style='white-space:normal'>b\nc</i></div>",
            "a\\\n*b c*",
        ),
        ("<p>a\n  b</p>", "a b"),
        ("<p>a\n\nb</p>", "a\n\nb"),
    ],
)
def test_lines_are_those_that_a_reader_saw(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<a href='https://example.com/a'>words</a>", "[words](https://example.com/a)"),
        ("<a href='https://example.com/a'>https://example.com/a</a>", "<https://example.com/a>"),
        (
            "<a href='https://example.com/?a=1&amp;b_c=2'>https://example.com/?a=1&amp;b_c=2</a>",
            "<https://example.com/?a=1&b_c=2>",
        ),
        ("<a href='https://example.com/abc'>example.com/a…</a>", "<https://example.com/abc>"),
        ("<a href='https://example.com/abc'>example.com/a...</a>", "<https://example.com/abc>"),
        ("<a href='https://example.com/abc'>More…</a>", "[More…](https://example.com/abc)"),
        ("<a href='https://example.com/abc'>…</a>", "[…](https://example.com/abc)"),
        ("<a class='hashtag' href='https://example.com/t/a'>#<span>a</span></a>", "#a"),
        ("<a class='hashtag' href='https://example.com/t/a'>a</a>", "[a](https://example.com/t/a)"),
        ("<pre><a href='https://example.com/a'>https://example.com/a</a></pre>", CODE),
        ("<a href='https://example.com/a (b)'>c</a>", "[c](https://example.com/a%20%28b%29)"),
        ("<a href='mailto:ada@example.com'>mail</a>", "[mail](mailto:ada@example.com)"),
        ("<a href='https://example.com/'><h3>T</h3><p>d</p></a>", "[T d](https://example.com/)"),
        ("<a href='https://example.com/' style='display:none'>a</a>", "[a](https://example.com/)"),
        ("<a href='https://example.com/'> </a>b", "b"),
        ("<a href='/relative'>a</a>", "a"),
        ("<a href='javascript:alert(1)'>a</a>", "a"),
        ("<a href=' JaVaScRiPt:alert(1)'>a</a>", "a"),
        ("<a href='data:text/html,x'>a</a>", "a"),
        ("<a href='https://example.com/' onclick='x()'>a</a>", "[a](https://example.com/)"),
        (
            "<a href='https://example.com/a/b'><span class=invisible>https://</span>"
            "<span class=ellipsis>example.com/a</span><span class=invisible>/b</span></a>",
            "<https://example.com/a/b>",
        ),
        (
            "<pre><a href='https://example.com/a'><span class=invisible>https://</span></a></pre>",
            "```\nhttps://example.com/a\n```",
        ),
        (
            "<span class=h-card><a href='https://example.com/@ada' class='u-url mention'>@"
            "<span>ada</span></a></span>",
            "[@ada](https://example.com/@ada)",
        ),
    ],
)
def test_links_lead_where_they_led_or_are_none(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<img src=https://example.com/a.png alt='a [b]'>",
            "![a \\[b\\]](https://example.com/a.png)",
        ),
        ("<img src=data:x data-src=https://example.com/a.png>", "![](https://example.com/a.png)"),
        (
            "<a href=https://example.com><img src=https://example.com/a.png></a>",
            "[![](https://example.com/a.png)](https://example.com)",
        ),
        ("<h1><img src=https://example.com/a.png></h1>", "# ![](https://example.com/a.png)"),
        ("<p>a<img src=blob:x alt='a cat'>b</p>", f"a\n\n{LOST}\n\nb"),
        ("<ul><li>a<img src=data:x alt='a cat'></ul>", f"- a\n\n  {LOST}"),
        ("<img src=data:x>", "[lost picture: picture]"),
        ("<h1>a<img src=data:x alt='a cat'></h1>", "# a"),
        ("a<img>b", "ab"),
        ("a<img src=https://example.com/p width=1 height=1>b", "ab"),
        ("a<img src=https://example.com/p style='width:0px'>b", "ab"),
        ("a<img src=https://example.com/p style='display:none'>b", "ab"),
        ("a <img alt=🌱 src=https://example.com/emoji/1.svg> b", "a 🌱 b"),
        ("<img alt=':leaf:' class='emojione custom-emoji' src=https://example.com/1>", ":leaf:"),
        (
            "<video poster=https://example.com/p.jpg><source src=https://example.com/v.mp4></video>",
            "[![Video](https://example.com/p.jpg)](https://example.com/v.mp4)",
        ),
        ("<video src=https://example.com/v.mp4>", "[Video](https://example.com/v.mp4)"),
        ("<video poster=https://example.com/p.jpg>", "![Video](https://example.com/p.jpg)"),
        ("a<video></video>b", "ab"),
        ("<pre>a<img src=https://example.com/a.png></pre>", "```\na\n```"),
        ("<pre>a<video poster=https://example.com/a.png></video></pre>", "```\na\n```"),
    ],
)
def test_pictures_are_kept_and_what_cannot_be_had_is_marked(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<pre>a\n\n  b &lt; *c*</pre>", "```\na\n\n  b < *c*\n```"),
        ("<pre><code class='language-python hl'>a</code></pre>", "```python\na\n```"),
        ("<div class='highlight highlight-source-js'><pre>a</pre></div>", "```js\na\n```"),
        ("<pre><div>a</div><div><br></div><div>b</div></pre>", "```\na\n\nb\n```"),
        ("<pre>\n\n  a\n <br> \n</pre>b", "```\n  a\n```\n\nb"),
        ("<pre>\n </pre>b", "b"),
        ("<pre>a<hr>b<b>c</b></pre>", "```\nabc\n```"),
    ],
)
def test_code_stays_as_it_is(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("a<script>alert(1)</script><style>b{}</style><noscript>c</noscript>", "a"),
        ("a<template>b</template><svg><text>c</text></svg><iframe src=x>d</iframe>", "a"),
        ("a<button>Copy</button><select><option>b</select><textarea>c</textarea>", "a"),
        ("a<span hidden>b</span><span style='display: none'>c</span><!-- d -->", "a"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "\\<script\\>alert(1)\\</script\\>"),
        ("1. a # b * c _ d", "1\\. a \\# b \\* c \\_ d"),
        ("\ue000a\ue001b\ue002", "ab"),
        (
            "<b style='font-weight:normal'><p>a <span style='font-weight:700'>b</span></p></b>",
            "a **b**",
        ),
        ("<span style='font-style:italic;junk'>a</span>", "*a*"),
        ("<b>a <b>b</b></b>", "**a b**"),
        ("<b> </b>a", "a"),
        ("<h1>a<hr>b</h1>", "# ab"),
        ("<![CDATA[a]]>b<?php c ?>", "b"),
    ],
)
def test_tricks_and_chrome_are_left_behind(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    "element", ["div", "blockquote", "b", "i", "span", "ul><li", "section", "font"]
)
def test_html_nested_ten_thousand_deep_gives_its_text(element: str) -> None:
    assert "deep" in to_markdown(f"<{element}>" * 10_000 + "deep")


def test_html_that_no_parser_should_see_gives_its_text() -> None:
    assert to_markdown("<div>" * 30_000 + "deep &amp; *down*") == "deep \\& \\*down\\*"


def test_blocks_too_deep_to_be_written_are_still_apart() -> None:
    lines = to_markdown("<blockquote>" * 60 + "<p>a</p><p>b</p>").split("\n")
    assert [line.replace(">", "").strip() for line in lines] == ["a", "", "b"]


def test_a_long_numbered_list_counts_on() -> None:
    lines = [line for line in to_markdown("<ol>" + "<li>x" * 450 + "</ol>").split("\n") if line]
    assert lines == [f"{number}. x" for number in range(1, 451)]


words = st.text("abc 12.#-*_<>[]()`|~\\\n&", max_size=12)
tags = st.sampled_from(
    [
        *("p", "div", "b", "i", "a href=https://example.com/", "ul", "li", "ol", "blockquote"),
        *("pre", "code", "h2", "table", "tr", "td", "br", "span"),
        *("/p", "/div", "/b", "/a", "/ul", "/table", "/pre"),
    ]
)


@given(
    st.lists(st.one_of(words.map(lambda text: text.replace("<", "&lt;")), tags.map("<{}>".format)))
)
def test_no_letter_is_lost_whatever_the_tags_are(pieces: list[str]) -> None:
    html = "".join(pieces)
    shown = "".join(piece for piece in pieces if not piece.startswith("<")).replace("&lt;", "")
    markdown = to_markdown(html).replace("https://example.com/", "")
    assert [letter for letter in markdown if letter in "abc"] == [
        letter for letter in shown if letter in "abc"
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "<li>x",
        "<p>x",
        "<br>x",
        "<",
        "&",
        "a\n\n",
        "<img src=data:x>",
        "> ",
        " ",
        "- ",
        "<pre> ",
        "<pre>a  ",
    ],
)
def test_much_of_anything_is_turned_in_linear_time(piece: str) -> None:
    to_markdown(piece * (50_000 // len(piece)))


@pytest.mark.parametrize("space", [" ", "\n", "\n "])
def test_much_space_in_code_is_turned_in_linear_time(space: str) -> None:
    assert to_markdown(f"<pre>a{space * 50_000}b</pre>") == f"```\na{space * 50_000}b\n```"
