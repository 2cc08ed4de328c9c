"""Long posts find their tweets."""

from __future__ import annotations

from tests.threads.archives import Archive
from threads.sources.base import SourceStatus
from threads.sources.x_notes import Notes
from threads.sources.x_shapes import converted
from threads.sources.x_tweets import parse_tweet

ONE_SECOND = 1000 << 22


def joined(archive: Archive) -> dict[str, SourceStatus]:
    notes = Notes(archive.notes)
    found = {}
    for tweet in archive.tweets:
        status = parse_tweet(converted(tweet), "", lambda id_, names: "")
        if not notes.may_belong_to(status):
            found[status.id] = status
    return found | {status.id: status for status in notes.joined()}


def test_a_note_belongs_to_the_next_tweet() -> None:
    archive = Archive()
    first = archive.tweet("The beginning of…")
    second = archive.tweet("Posted at once.", id=str(int(first) + (300 << 22)))
    archive.note("The beginning of a long story.", for_tweet=first)
    found = joined(archive)
    assert found[first].text == "The beginning of a long story."
    assert found[second].text == "Posted at once."


def test_each_part_of_a_thread_posted_at_once_gets_its_own_note() -> None:
    archive = Archive()
    first = archive.tweet("One…")
    second = archive.tweet("Two…", id=str(int(first) + (50 << 22)))
    archive.note("One and more.", for_tweet=first, earlier=12)
    archive.note("Two and more.", for_tweet=second, earlier=40)
    found = joined(archive)
    assert (found[first].text, found[second].text) == ("One and more.", "Two and more.")


def test_a_note_whose_tweet_is_gone_belongs_to_nobody() -> None:
    archive = Archive()
    later = archive.tweet("Later.")
    archive.note("Whose?", for_tweet=str(int(later) - ONE_SECOND))
    assert joined(archive)[later].text == "Later."


def test_styles_links_and_mentions_of_a_note_are_marked() -> None:
    archive = Archive()
    id_ = archive.tweet("Read <this> https://t.co/a…")
    archive.note(
        "Read <this> https://t.co/a by @ada #now",
        for_tweet=id_,
        urls=[
            {
                "fromIndex": "12",
                "toIndex": "26",
                "shortUrl": "https://t.co/a",
                "expandedUrl": "https://x.com/ada/status/9",
            }
        ],
        mentions=[{"fromIndex": "30", "toIndex": "34", "screenName": "ada"}],
        hashtags=[{"fromIndex": "35", "toIndex": "39", "text": "now"}],
        styletags=[
            {
                "fromIndex": "5",
                "toIndex": "26",
                "styleTypes": [{"name": "Bold"}, {"name": "Italic"}, {"name": "Blink"}],
            }
        ],
    )
    status = joined(archive)[id_]
    assert status.text == "Read <this> https://x.com/ada/status/9 by @ada #now"
    assert [(status.text[s.start : s.end], s.kind.value) for s in status.spans] == [
        ("<this> https://x.com/ada/status/9", "bold"),
        ("<this> https://x.com/ada/status/9", "italic"),
        ("https://x.com/ada/status/9", "quote"),
        ("@ada", "mention"),
        ("#now", "hashtag"),
    ]
    assert status.quote_of == "9"


def test_a_note_that_cannot_be_read_leaves_the_tweet_its_beginning() -> None:
    archive = Archive()
    id_ = archive.tweet("The beginning of…")
    archive.notes = [{"noteTweet": {"noteTweetId": str(int(id_) - (9 << 22))}}, None]  # type: ignore[list-item]
    assert joined(archive)[id_].text == "The beginning of…"
