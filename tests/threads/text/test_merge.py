"""A thread as one text: what an editor would be glad to begin from."""

from __future__ import annotations

import pytest

from threads.text.merge import merge, one_of, whole
from threads.text.spans import Span, SpanKind
from threads.text.trimming import LeftOut, Part, Reason


def text_of(*texts: str, title: str = "", level: int = 2) -> str:
    parts = [Part(str(number), text) for number, text in enumerate(texts)]
    return merge(parts, title=title, level=level).markdown


def test_paragraphs_follow_one_another() -> None:
    assert text_of("One.\n\nTwo.", "Three.") == "One.\n\nTwo.\n\nThree."


def test_numbered_first_lines_become_headings() -> None:
    text = text_of(
        "Three things:", "1. Tea\n\nHot.", "2. Bread\nFresh.", "3. Why C #\n\nNo.", "Bye."
    )
    assert text.split("\n\n") == [
        "Three things:",
        "## 1. Tea",
        "Hot.",
        "## 2. Bread",
        "Fresh.",
        r"## 3. Why C \#",
        "No.",
        "Bye.",
    ]
    assert text_of("1. Tea\nHot", "2. Rum\nOld", "3. Ale\nOk", level=3).startswith(
        "### 1. Tea\n\nHot"
    )


def test_a_picture_is_enough_to_follow_a_heading() -> None:
    parts = [Part(str(n), f"{n}. Tea", after=("![](/media/a.jpg)",)) for n in (1, 2, 3)]
    assert merge(parts).markdown.startswith("## 1. Tea\n\n![](/media/a.jpg)\n\n## 2. Tea")


def test_two_numbered_lines_are_too_few_for_headings() -> None:
    assert text_of("1. Tea\n\nHot.", "2. Rum\n\nOld.", "Bye.").startswith(r"1\. Tea")


def test_whole_sentences_with_numbers_are_a_list() -> None:
    text = text_of("My rules:", "1. Be kind. Always.", "2. Be brief.", "3. Be gone.")
    assert text == "My rules:\n\n1. Be kind. Always.\n2. Be brief.\n3. Be gone."


def test_numbers_that_head_too_much_for_a_heading_stay_as_they_are() -> None:
    text = text_of("Look:", "1. Be kind. Always.\n\nSo.", "2. Be brief.\n\nSo.", "3. Go.\n\nSo.")
    assert text.startswith("Look:\n\n1\\. Be kind. Always.\n\nSo.")


def test_a_first_paragraph_that_is_the_title_is_left_out() -> None:
    merged = merge([Part("7", "Roles merge.\n\nAnd more."), Part("8", "So.")], title="Roles merge")
    assert merged.markdown == "And more.\n\nSo."
    assert merged.left_out == [LeftOut("7", "Roles merge.", Reason.TITLE)]


def test_a_text_that_is_only_the_title_stays() -> None:
    assert text_of("Roles merge.", title="Roles merge") == "Roles merge."
    assert text_of("Roles merge. Yes.", "So.", title="Roles merge") == "Roles merge. Yes.\n\nSo."


def test_an_author_who_answers_themselves_is_not_named() -> None:
    name = Span(0, 4, SpanKind.MENTION, "https://x.com/ada")
    merged = merge(
        [Part("1", "@Ada Hi.", (name,), handle="ada"), Part("2", "@Ada So.", (name,), handle="ada")]
    )
    assert merged.markdown == "[@Ada](https://x.com/ada) Hi.\n\nSo."
    assert merged.left_out == [LeftOut("2", "@Ada", Reason.OWN_NAME)]


def test_others_are_named() -> None:
    name = Span(0, 4, SpanKind.MENTION, "https://x.com/bob")
    parts = [Part("1", "Hi."), Part("2", "@Bob So.", (name,), handle="ada")]
    assert merge(parts).markdown == "Hi.\n\n[@Bob](https://x.com/bob) So."


def test_marks_that_a_border_no_longer_needs_are_listed_with_their_own_status() -> None:
    merged = merge([Part("1", "It was as we…"), Part("2", "…feared.")])
    assert merged.markdown == "It was as we feared."
    assert merged.left_out == [
        LeftOut("1", "…", Reason.CONTINUATION),
        LeftOut("2", "…", Reason.CONTINUATION),
    ]


def test_an_author_of_small_letters_keeps_every_sentence_apart() -> None:
    assert text_of("i like it", "so do you", "and they") == "i like it\n\nso do you\n\nand they"


def test_two_numbered_lists_in_a_row_do_not_become_one() -> None:
    assert text_of("1. a\n2. b", "1. c\n2. d") == "1. a\n2. b\n\n1) c\n2) d"


def test_media_and_quotes_follow_the_words_and_a_quote_ends_a_sentence() -> None:
    quote = "> Old words."
    parts = [Part("1", "As I said", after=("![](/media/a.jpg)", quote)), Part("2", "long ago.")]
    assert merge(parts).markdown == f"As I said\n\n![](/media/a.jpg)\n\n{quote}\n\nlong ago."


def test_what_was_cut_out_leaves_no_double_space_and_joins_no_words() -> None:
    link = Span(9, 23, SpanKind.LINK, "https://e.org/")
    parts = [Part("1", "Ah. 1/2  https://t.co/x", (link,)), Part("2", "Be (2/2)"), Part("3", "")]
    assert merge(parts).markdown == "Ah. <https://e.org/>\n\nBe"
    assert text_of("🧵Roles") == "Roles"


def test_markdown_is_taken_as_it_is_but_for_counters() -> None:
    parts = [
        Part("1", "1/2 **Ah.**\r\n\r\n- a\r\n- b", is_markdown=True),
        Part("2", "2/2 _Be._", is_markdown=True),
    ]
    assert merge(parts).markdown == "**Ah.**\n\n- a\n- b\n\n_Be._"


def test_numbered_sections_written_in_markdown_become_headings() -> None:
    texts = ["1. Tea\n\nHot.", r"2\. *Rum*" + "\n\nOld.", "3. Ale\n\nOk."]
    parts = [Part(str(n), text, is_markdown=True) for n, text in enumerate(texts)]
    assert merge(parts).markdown.startswith("## 1. Tea\n\nHot.\n\n## 2. *Rum*\n\nOld.")


def test_numbered_lines_written_in_markdown_stay_a_list() -> None:
    parts = [Part(str(n), f"{n}. Tea.", is_markdown=True) for n in (1, 2, 3)]
    assert merge(parts).markdown == "1. Tea.\n\n2. Tea.\n\n3. Tea."


def test_a_single_status_loses_nothing() -> None:
    part = Part("1", "1/ Tea 🧵", after=("![](/media/a.jpg)",))
    assert whole(part) == "1/ Tea 🧵\n\n![](/media/a.jpg)"


def test_nothing_makes_nothing() -> None:
    assert merge([]).markdown == ""


@pytest.mark.parametrize(
    ("opening", "body", "left_out"),
    [
        ("Roles merge. Yes.", "Yes.\n\nSo.", ["Roles merge."]),
        ("Roles merge. - 1", "Roles merge. - 1\n\nSo.", []),
        ("Roles merge.", "So.", ["Roles merge."]),
        ("Others merge. Yes.", "Others merge. Yes.\n\nSo.", []),
    ],
)
def test_a_heading_is_not_said_again_right_below_it(
    opening: str, body: str, left_out: list[str]
) -> None:
    merged = merge([Part("1", opening), Part("2", "So.")], title="Roles merge.", level=3)
    assert merged.markdown == body
    assert [entry.text for entry in merged.left_out] == left_out


def test_one_status_of_a_thread_loses_its_counter() -> None:
    assert one_of([Part("1", "First. 1/2"), Part("2", "Second. 2/2")], 1) == "Second."
