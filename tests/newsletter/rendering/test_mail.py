"""The mail of a post: what stands in it, and that mail programs can show it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from newsletter.models import Newsletter, Post, Revision
from newsletter.rendering import PREFERENCES_URL, UNSUBSCRIBE_URL, MailFaces, mail
from newsletter.rendering.letter import COLUMN
from newsletter.rendering.mail import LARGEST
from tests.factories import make_newsletter, make_post, make_thread
from threads.media import bring_home
from threads.models import Attachment, Platform

pytestmark = pytest.mark.django_db

HERE = "http://127.0.0.1:8000"
VIEW = f"{HERE}/letters/post-1/"
# https://www.caniemail.com: what Outlook's Word engine or Gmail drop or take the block for.
UNKNOWN_TO_MAIL = [
    *["flex", "grid", "position", "background-image", "rgba(", "hsl(", "var(", "calc(", "clamp("],
    *["light-dark(", "rem;", "float", "@import", "@font-face", "object-fit", "border-spacing"],
]


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter(accent="#3a59a8")


def faces(newsletter: Newsletter, body: str = "Tea.", **fields: Any) -> MailFaces:
    post = make_post(body, **fields)
    assert post.latest
    return mail(post.latest, newsletter)


def keep_picture(name: str, size: tuple[int, int] = (1200, 600)) -> None:
    content = io.BytesIO()
    Image.new("RGB", size, "red").save(content, "JPEG")
    default_storage.save(name, content)


def body_of(html: str) -> str:
    cell = LexborHTMLParser(html).css_first("td.thread")
    assert cell
    return re.sub(r' style="[^"]*"', "", cell.inner_html or "").strip()


def test_both_faces_say_the_same(newsletter: Newsletter) -> None:
    html, text = faces(newsletter, "Tea *is* hot.", title="Tea", subtitle="Or rum", byline="Ada")
    page = " ".join((LexborHTMLParser(html).body.text() or "").split())  # type: ignore[union-attr]
    for words in ("Tea", "Or rum", "Ada", "Tea is hot.", "Letters", "1 Example Street, Exampleton"):
        assert words in page
        assert words in text
    assert "1 min read" in page


def test_each_reader_has_links_of_their_own(newsletter: Newsletter) -> None:
    html, text = faces(newsletter)
    links = {a.attributes["href"] for a in LexborHTMLParser(html).css("a")}
    assert {UNSUBSCRIBE_URL, PREFERENCES_URL, VIEW, f"{HERE}/letters/"} <= links
    for needed in (UNSUBSCRIBE_URL, PREFERENCES_URL, VIEW):
        assert needed in text


def test_nobody_can_write_a_reader_s_link_into_the_text(newsletter: Newsletter) -> None:
    html, text = faces(newsletter, f"See {UNSUBSCRIBE_URL} [x](https://e.org/{PREFERENCES_URL})")
    assert html.count(UNSUBSCRIBE_URL) == text.count(UNSUBSCRIBE_URL) == 1
    assert html.count(PREFERENCES_URL) == text.count(PREFERENCES_URL) == 1


def test_nor_into_what_stands_around_it(newsletter: Newsletter) -> None:
    newsletter.name = f"Letters {UNSUBSCRIBE_URL}"
    html, text = faces(newsletter, title=f"Tea {UNSUBSCRIBE_URL}", byline=PREFERENCES_URL)
    assert html.count(UNSUBSCRIBE_URL) == text.count(UNSUBSCRIBE_URL) == 1
    assert html.count(PREFERENCES_URL) == text.count(PREFERENCES_URL) == 1


def test_what_authors_write_is_never_html(newsletter: Newsletter) -> None:
    newsletter.name = "<script>alert(1)</script>"
    newsletter.postal_address = "<img src=x onerror=alert(1)>\n{{ revision.title }}"
    html, text = faces(
        newsletter, "<script>alert(1)</script>", title="<b>Tea</b>", preheader="{% now 'Y' %}<i>"
    )
    tree = LexborHTMLParser(html)
    assert tree.css("script, img, b, i") == []
    assert "{{ revision.title }}" in html
    assert "{% now" in html
    assert "<b>Tea</b>" in text


def test_a_preheader_is_there_for_the_inbox_only(newsletter: Newsletter) -> None:
    html, _ = faces(newsletter, preheader="Hot or cold")
    preheader = LexborHTMLParser(html).css_first(".preheader")
    assert preheader
    assert preheader.text() == "Hot or cold"
    assert "display: none" in (preheader.attributes["style"] or "")
    assert LexborHTMLParser(faces(newsletter, slug="b").html).css_first(".preheader") is None


def test_where_it_was_first_published(newsletter: Newsletter) -> None:
    post = make_post()
    for number, platform in enumerate((Platform.X, Platform.MASTODON, Platform.NONE), 1):
        thread = make_thread(["Tea."], url=f"https://e.org/{number}" if number < 3 else "")
        thread.account.platform = platform
        post.sources.create(thread=thread, position=number)
    assert post.latest
    html, text = mail(post.latest, newsletter)
    assert "First published as threads on" in html
    assert '<a href="https://e.org/1"' in html
    assert "X, 1 March 2026</a> and <a" in html
    assert "https://e.org/1\nhttps://e.org/2\n" in text
    post.show_origin = False
    html, text = mail(post.latest, newsletter)
    assert "First published" not in html + text


def test_a_post_that_is_not_saved_yet_has_no_origin(newsletter: Newsletter) -> None:
    revision = Revision(post=Post(slug="tea"), title="Tea", body="Hot.")
    html, _ = mail(revision, newsletter)
    assert f"{HERE}/letters/tea/" in html
    assert body_of(html) == "<p>Hot.</p>"


def test_pictures_have_whole_addresses_and_sizes(newsletter: Newsletter) -> None:
    keep_picture("ab/a.jpg")
    keep_picture("ab/b.jpg", (200, 100))
    html, _ = faces(
        newsletter,
        '![a cat](/media/ab/a.jpg "Tom")\n\nsmall ![](/media/ab/b.jpg) gone ![](/media/ab/c.jpg) '
        "far ![](https://e.org/d.jpg)",
        cover="/media/ab/a.jpg",
        cover_alt="a cover",
    )
    assert body_of(html) == (
        f'<div class="figure"><img src="{HERE}/media/ab/a.jpg" alt="a cat" width="{COLUMN}" '
        f'height="{COLUMN // 2}"><p class="figcaption">Tom</p>\n</div>\n'
        f'<p>small <img src="{HERE}/media/ab/b.jpg" alt="" width="200" height="100"> '
        f'gone <img src="{HERE}/media/ab/c.jpg" alt=""> '
        'far <img src="https://e.org/d.jpg" alt=""></p>'
    )
    cover = LexborHTMLParser(html).css_first("td.cover img")
    assert cover
    assert cover.attributes["alt"] == "a cover"
    assert cover.attributes["width"] == "600"
    assert cover.attributes["height"] == "300"


def test_a_wide_picture_is_mailed_in_a_smaller_size(newsletter: Newsletter) -> None:
    content = io.BytesIO()
    Image.new("RGB", (1700, 850)).save(content, "JPEG")
    content.seek(0)
    name = bring_home(content, "wide.jpg").file
    smaller = f"{HERE}/media/{name.removesuffix('.jpg')}-1280.jpg"
    address = f"/media/{name}"
    html, _ = faces(newsletter, f"![]({address}) ![](/media/../a.jpg)", cover=address)
    assert html.count(f'src="{smaller}"') == 2
    assert f'width="{COLUMN}" height="{COLUMN // 2}"' in html


def test_a_moving_picture_is_its_still_and_leads_to_the_page(newsletter: Newsletter) -> None:
    keep_picture("ab/still.jpg", (400, 300))
    status = make_thread(["Tea."]).main_line().get()
    Attachment.objects.create(
        status=status,
        position=1,
        kind="gif",
        state="present",
        file="ab/a.gif",
        poster="ab/still.jpg",
    )
    picture = f'<img src="{HERE}/media/ab/still.jpg" alt="it runs" width="400" height="300">'
    play = f'<a href="{VIEW}">{picture}</a><p class="play"><a href="{VIEW}">%s on the web</a></p>'
    html, _ = faces(newsletter, "![it runs](/media/ab/a.gif)")
    assert body_of(html) == f'<div class="figure">{play % "See it move"}</div>'
    post = make_post("[![it runs](/media/ab/still.jpg)](/media/ab/a.mp4)", slug="post-1b")
    assert post.latest
    post.slug = "post-1"
    html, _ = mail(post.latest, newsletter)
    assert body_of(html).replace("\n", "") == (
        f'<div class="figure">{play % "Watch the video"}</div>'
    )


def test_a_moving_picture_that_an_editor_uploaded_is_its_still_too(newsletter: Newsletter) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    moving = io.BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    moving.seek(0)
    stored = bring_home(moving, "lamp.gif")
    html, _ = faces(newsletter, f"![it runs](/media/{stored.file})")
    assert stored.file not in html
    assert f"/media/{stored.poster}" in html


def test_a_moving_picture_in_a_link_keeps_one_link(newsletter: Newsletter) -> None:
    status = make_thread(["Tea."]).main_line().get()
    Attachment.objects.create(
        status=status, position=1, kind="gif", state="present", file="ab/a.gif", poster="ab/s.jpg"
    )
    html, _ = faces(newsletter, "[![it runs](/media/ab/a.gif)](https://e.org)")
    assert "https://e.org" not in html
    assert body_of(html).count("<a ") == 2


def test_links_lead_to_whole_addresses(newsletter: Newsletter) -> None:
    html, _ = faces(
        newsletter, "[a](/media/a.pdf) [b](#s-tea) [c](https://e.org/?a=1&b=2)[^1]\n\n[^1]: d"
    )
    links = re.findall(r'href="([^"]*)"', body_of(html))
    assert links == [
        f"{HERE}/media/a.pdf",
        f"{VIEW}#s-tea",
        "https://e.org/?a=1&amp;b=2",
        f"{VIEW}#fn1",
        f"{VIEW}#fnref1",
    ]


def test_what_has_an_edge_is_a_table_for_outlook(newsletter: Newsletter) -> None:
    html = faces(
        newsletter,
        "**[Subscribe](/subscribe/)**\n\n[The log](https://e.org/)  \nIts *nights*.",
    ).html
    assert body_of(html) == (
        '<table class="call" role="presentation"><tbody><tr><td><strong>'
        f'<a href="{HERE}/subscribe/">Subscribe</a></strong></td></tr></tbody></table>\n'
        '<table class="link-card" role="presentation"><tbody><tr><td>'
        '<a href="https://e.org/">The log</a><br>\nIts <em>nights</em>.</td></tr></tbody></table>'
    )
    page = LexborHTMLParser(html)
    cell, button = page.css_first(".call td"), page.css_first(".call a")
    assert cell
    assert button
    # Outlook gives a cell the space that it takes from a link.
    assert "mso-padding-alt: 13px 24px" in (cell.attributes["style"] or "")
    assert "padding: 13px 24px" in (button.attributes["style"] or "")
    assert "border: 0" in (cell.attributes["style"] or "")


def test_blanks_and_lost_pictures_are_never_mailed(newsletter: Newsletter) -> None:
    html, text = faces(newsletter, "Tea.\n\n[lost picture: a cat]\n\n[blank: When?]")
    assert "a cat" not in html + text
    assert "When?" not in html + text


def everything() -> str:
    return (
        "# One\n\n## Two\n\n### Three\n\nTea *a* **b** ~~c~~ `d` <https://e.org>\n\n"
        "- a\n- b\n\n1. c\n\n> d\n\n```\ne\n```\n\n---\n\n|a|b|\n|-|-:|\n|c|d|\n\n"
        "> **e**\n\n[f](https://e.org)  \ng\n\n![a](/media/a.jpg)\n\nx[^1]\n\n[^1]: y"
    )


def test_mail_programs_can_show_it(newsletter: Newsletter) -> None:
    html, _ = faces(newsletter, everything(), preheader="x", subtitle="y")
    for unknown in UNKNOWN_TO_MAIL:
        assert unknown not in html, unknown
    tree = LexborHTMLParser(html)
    assert {table.attributes.get("role") for table in tree.css("table:not(td.thread table)")} == {
        "presentation"
    }
    assert len(tree.css("style")) == 1
    style = tree.css_first("style")
    assert style
    assert len(style.html or "") < 8192
    for node in tree.css("body p, body a, body h1, body li, body td.thread, body img"):
        assert node.attributes.get("style"), node.html
    assert tree.css("figure, section, video") == []


def test_what_is_read_aloud_is_in_order(newsletter: Newsletter) -> None:
    newsletter.language = "ar"
    html, _ = faces(newsletter, everything(), title="Tea")
    tree = LexborHTMLParser(html)
    root, wrapper = tree.root, tree.css_first("body > div")
    assert root
    assert wrapper
    for node in (root, wrapper):
        assert node.attributes["lang"] == "ar"
        assert node.attributes["dir"] == "rtl"
    title = tree.css_first("title")
    assert title
    assert title.text() == "Tea"
    assert all("alt" in image.attributes for image in tree.css("img"))
    newsletter.language = "tlh"
    assert 'lang="tlh" dir="ltr"' in faces(newsletter, slug="b").html


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_is_large_and_dark_enough(newsletter: Newsletter) -> None:
    html, _ = faces(newsletter, everything())
    paper = luminance("#fdfcf9")
    body = html.partition("<body")[2]
    shown = re.sub(r'<div class="preheader".*?</div>', "", body)
    for size in re.findall(r"font-size: (\d+)px", shown):
        assert int(size) >= 14
    colours = set(re.findall(r"(?<!-)color: (#[0-9a-f]{6})", shown))
    assert colours
    for colour in colours:
        assert (paper + 0.05) / (luminance(colour) + 0.05) >= 4.5


def test_the_newsletter_s_colour_is_the_thread(newsletter: Newsletter) -> None:
    html, _ = faces(newsletter)
    cell = LexborHTMLParser(html).css_first("td.thread")
    assert cell
    assert "border-left: 3px solid #3a59a8" in (cell.attributes["style"] or "")


def test_a_long_post_ends_with_a_link_to_the_rest(newsletter: Newsletter) -> None:
    paragraphs = [f"Paragraph {number} of tea. {'Hot. ' * 60}" for number in range(400)]
    html, text = faces(newsletter, "\n\n".join(paragraphs))
    assert LARGEST - 2_000 < len(html.encode()) <= LARGEST
    assert "Continue reading on the web</a>" in html
    assert "Paragraph 0 of" in html
    assert "Paragraph 399 of" not in html
    assert "Paragraph 399 of" in text
    assert "Unsubscribe" in html


def test_a_block_too_long_for_any_mail_leaves_only_the_link(newsletter: Newsletter) -> None:
    html, _ = faces(newsletter, "日本語" * 20_000)
    assert len(html.encode()) <= LARGEST
    assert body_of(html).startswith('<p class="button"')


def test_a_short_post_is_whole(newsletter: Newsletter) -> None:
    assert "Continue reading" not in faces(newsletter).html
