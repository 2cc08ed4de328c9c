"""The message as it is received: parsed back, it says what we meant and nothing else."""

from __future__ import annotations

import email.policy
import re
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from newsletter import links
from newsletter.models import Newsletter, Subscription
from newsletter.rendering import PREFERENCES_URL, UNSUBSCRIBE_URL
from newsletter.sending import message
from newsletter.sending.message import BadHeader, Letter, Links
from tests.factories import make_issue, make_newsletter, make_post

pytestmark = pytest.mark.django_db

NASTY = [
    "Plain words",
    "Ünïcödé, “quotes” and a comma",
    "灯台守の日誌" * 12,
    "👩‍👩‍👧 family, " * 12 + "end",
    "=?utf-8?q?not_an_encoded_word?=",
    'Ada "the Countess" Lovelace <x@y.example>, (a comment); and more',
    "a" * 250,
    "word " * 40 + "end",
    "backslash \\ and $dollar & <b>ampersand</b>",
    "ends with ünïcode and a very long tail of plain words that has to be folded somewhere ß",
]
# Whatever an editor can type on one line, without what no field of a form lets through.
LINES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"]), min_size=1, max_size=99
).map(lambda text: " ".join(text.split()))


def parse(raw: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def make_letter(**fields: str) -> Letter:
    whole = {"name": "Letters", "sender_name": "Ada", "sender_email": "ada@letters.example"}
    newsletter = Newsletter(
        slug="letters",
        reply_to="reply@letters.example",
        **whole | {name: fields.pop(name) for name in whole if name in fields},
    )
    texts = {"subject": "Hello", "html": "<p>Hello</p>", "text": "Hello\n"} | fields
    return Letter(newsletter, "letters.abc.letters.example", "7", **texts)


def check_lines(raw: bytes) -> None:
    lines = raw.split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line for line in lines)
    assert max(map(len, lines)) <= 998
    header, _, body = raw.partition(b"\r\n\r\n")
    words = re.findall(rb"=\?utf-8\?[bq]\?[^?]*\?=", header)
    assert all(len(word) <= 75 for word in words)
    assert max(map(len, body.split(b"\r\n"))) <= 78
    assert raw.isascii()


def name_in(raw: bytes) -> str:
    """The sender's name. Decoded by the older of the package's two parsers: the newer one puts
    spaces between the encoded words of a name, against RFC 2047, section 6.2."""
    value = email.message_from_bytes(raw)["From"]
    phrase, _, _ = value.rpartition("<")
    decoded = str(make_header(decode_header(phrase.strip())))
    return parseaddr(value)[0] if phrase.startswith('"') else decoded.strip()


def content(part: Message) -> str:
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_headers_are_those_of_a_bulk_sender(letters: Newsletter) -> None:
    issue = make_issue(letters, "Reader@Bücher.example", subject="Grüße")
    delivery = issue.deliveries.get()
    subscription = Subscription.objects.get()
    raw = message.for_delivery(message.letter(issue), delivery, subscription)
    mail = parse(raw)
    unsubscribe = links.unsubscribe_url(subscription)
    assert {name: str(value) for name, value in mail.items() if name != "Date"} == {
        "From": "Ada Example <ada@letters.example>",
        "Reply-To": "reply@letters.example",
        "To": "Reader@xn--bcher-kva.example",
        "Subject": "Grüße",
        "Message-ID": delivery.message_id,
        "List-Id": f"Letters <{issue.newsletter.list_id}>",
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": f"<{links.newsletter_url(letters)}>",
        "Precedence": "bulk",
        "Feedback-ID": mail["Feedback-ID"],
        "Content-Type": mail["Content-Type"],
        "MIME-Version": "1.0",
    }
    assert len(mail.keys()) == len(set(mail.keys()))
    assert mail["Feedback-ID"].startswith(f"{issue.pk}:letters:issue:")
    assert len(mail["Feedback-ID"].split(":")) == 4
    assert abs(parsedate_to_datetime(mail["Date"]) - now()) < timedelta(minutes=1)
    # On one line and not encoded: this is what mail programs look for.
    assert f"\r\nList-Unsubscribe: <{unsubscribe}>\r\n".encode() in raw
    check_lines(raw)


def test_text_comes_first_and_both_parts_have_the_readers_own_links(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org", body="Ein Weg: schön & lang. " * 40)
    subscription = Subscription.objects.get()
    raw = message.for_delivery(message.letter(issue), issue.deliveries.get(), subscription)
    mail = parse(raw)
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert [part.get_content_type() for part in (text, html)] == ["text/plain", "text/html"]
    for part in (text, html):
        assert part.get_content_charset() == "utf-8"
        assert part["Content-Transfer-Encoding"] == "quoted-printable"
        assert links.unsubscribe_url(subscription) in content(part)
        assert links.preferences_url(subscription) in content(part)
        assert "schön" in content(part)
        assert not re.search("[\ue000-\uf8ff]", content(part))


def test_links_are_escaped_in_html_and_plain_in_text() -> None:
    body = f"{UNSUBSCRIBE_URL} {PREFERENCES_URL}"
    letter = make_letter(html=body, text=body)
    raw = letter.to("a@example.org", "<1@x.example>", Links("https://x/?a=1&b=2", "https://x/p"))
    text, html = parse(raw).iter_parts()
    assert content(text) == "https://x/?a=1&b=2 https://x/p\n"
    assert content(html) == "https://x/?a=1&amp;b=2 https://x/p\n"


@pytest.mark.parametrize("words", NASTY)
def test_nasty_subjects_and_names_arrive_as_they_were(words: str) -> None:
    check_words(words)


@given(LINES.filter(bool))
def test_any_line_arrives_as_it_was(words: str) -> None:
    check_words(words)


def check_words(words: str) -> None:
    letter = make_letter(subject=words, name=words, sender_name=words)
    raw = message.example(letter)
    mail = parse(raw)
    check_lines(raw)
    assert str(mail["Subject"]) == words
    assert mail["From"].addresses[0].addr_spec == "ada@letters.example"
    assert name_in(raw) == words
    assert str(mail["List-Id"]).endswith("<letters.abc.letters.example>")


@pytest.mark.parametrize("breaker", ["\r\nBcc: x@y.example", "\n x", "\r", "\0", "\x85", "\u2028"])
@pytest.mark.parametrize("field", ["subject", "name", "sender_name"])
def test_a_line_break_in_a_header_is_refused(field: str, breaker: str) -> None:
    with pytest.raises(BadHeader, match="line break or a control character"):
        message.example(make_letter(**{field: f"Hello{breaker}there"}))


def test_a_line_break_in_the_address_of_a_reader_is_refused() -> None:
    with pytest.raises(BadHeader):
        make_letter().to("a@b.example\r\nBcc: c@d.example", "<1@x.example>", Links("", ""))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_body_arrives_as_it_was(body: str) -> None:
    raw = message.example(make_letter(text=body, html=body))
    check_lines(raw)
    text, html = parse(raw).iter_parts()
    assert content(text) == content(html) == f"{body}\n"


def test_an_address_outside_ascii_stands_in_the_message_as_it_is() -> None:
    raw = make_letter().to("jürgen@example.org", "<1@x.example>", Links("", ""))
    assert "\r\nTo: jürgen@example.org\r\n".encode() in raw


def test_a_post_without_a_newsletter_has_an_example_message_too() -> None:
    post = make_post("The body.", title="The title")
    mail = parse(message.example_message(post))
    assert mail["To"] == "reader@example.com"
    assert mail["Subject"] == "The title"
    assert mail["From"] == "Example letters <letters@example.org>"
    assert "The body." in next(iter(mail.iter_parts())).get_content()


def test_the_example_message_comes_from_the_newsletter_of_the_post() -> None:
    post = make_post(newsletter=make_newsletter(), subject="Own subject")
    mail = parse(message.example_message(post))
    assert mail["From"] == "Ada Example <ada@letters.example>"
    assert mail["Subject"] == "Own subject"


def test_a_newsletter_that_is_not_complete_yet_has_an_invented_sender() -> None:
    post = make_post(newsletter=make_newsletter(sender_email=""))
    assert parse(message.example_message(post))["From"] == "Example letters <letters@example.org>"


def test_there_is_no_message_of_a_post_without_text() -> None:
    post = make_post()
    post.latest = None
    with pytest.raises(ValueError, match="no text yet"):
        message.example_message(post)
