"""Taking threads in: an uploaded file, and pasted text with its cuts."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.queue import run_jobs
from threads.models import Import, Status, Thread

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/threads/import/add/"
TWEETS = b"""window.YTD.tweets.part0 = [
 {"tweet": {"id_str": "11", "full_text": "A lamp, one.", "created_at":
  "Sun Mar 01 09:00:00 +0000 2026"}},
 {"tweet": {"id_str": "12", "full_text": "A lamp, two.", "created_at":
  "Sun Mar 01 09:01:00 +0000 2026", "in_reply_to_status_id_str": "11",
  "in_reply_to_user_id_str": "7", "in_reply_to_screen_name": "keeper"}}
]"""


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> Path:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


def upload(client: Client, content: bytes, name: str = "tweets.js") -> str:
    file = SimpleUploadedFile(name, content)
    return client.post(f"{ADD}upload/", {"archive": file}, follow=True).text


def pasted(**fields: object) -> dict[str, object]:
    return {"author": "", "url": "", "how": "auto"} | fields


def test_an_upload_is_read_by_a_worker_and_its_file_goes(
    admin_client: Client, admin_user: User, queue: None, uploads: Path
) -> None:
    page = upload(admin_client, TWEETS)
    assert "Waiting for its turn" in page
    run_jobs()
    import_ = Import.objects.get()
    assert (import_.state, import_.source, import_.by) == ("done", "tweets.js", admin_user)
    assert Thread.objects.visible().get().length == 2
    assert list(uploads.iterdir()) == []


def test_a_bad_upload_says_why_and_leaves_nothing(
    admin_client: Client, queue: None, uploads: Path
) -> None:
    upload(admin_client, b"not a zip at all", "archive.zip")
    run_jobs()
    import_ = Import.objects.get()
    page = admin_client.get(f"/admin/threads/import/{import_.pk}/change/").text
    assert "Nothing was imported." in page
    assert import_.error in page
    assert not Status.objects.exists()
    assert list(uploads.iterdir()) == []


def test_an_upload_beyond_the_limit_is_told_of_the_command_line(
    admin_client: Client, settings: Settings, uploads: Path
) -> None:
    settings.UPLOAD_LIMIT = 100_000
    page = upload(admin_client, b"x" * 300_000)
    assert "larger than 97.7" in page
    assert "manage.py import_threads" in page
    assert not Import.objects.exists()
    assert list(uploads.iterdir()) == []


def test_an_empty_upload_is_refused(admin_client: Client, uploads: Path) -> None:
    assert "tweets.js is empty." in upload(admin_client, b"")
    assert "Choose a file first." in admin_client.post(f"{ADD}upload/").text
    assert not Import.objects.exists()


def test_an_upload_needs_the_token_and_the_right(admin_user: User, client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin_user)
    file = SimpleUploadedFile("tweets.js", TWEETS)
    assert strict.post(f"{ADD}upload/", {"archive": file}).status_code == 403
    client.force_login(User.objects.create_user("reader", is_staff=True))
    for page in ("", "upload/", "paste/", "markdown/"):
        answer = client.get(ADD) if not page else client.post(f"{ADD}{page}")
        assert answer.status_code == 403


def test_pasted_text_is_cut_for_the_editor_to_see(admin_client: Client) -> None:
    page = admin_client.post(f"{ADD}paste/", pasted(text="One lamp.\r\n\r\nTwo lamps.")).text
    assert "2 parts" in page
    assert ">One lamp.</textarea>" in page
    assert not Import.objects.exists()


def test_what_stands_above_a_text_fills_the_fields(admin_client: Client) -> None:
    text = "---\r\ntitle: Lamps\r\nauthor: Bo Lind\r\ndate: 2026-03-01\r\n---\r\nOne.\r\n\r\nTwo."
    answer = admin_client.post(f"{ADD}paste/", pasted(text=text, author="Mira Osei"))
    cuts = answer.context["cuts"]
    assert cuts.parts == ["# Lamps\n\nOne.", "Two."]
    assert (cuts["author"].value(), cuts["markdown"].value()) == ("Mira Osei", True)
    form = pasted(part=cuts.parts, date=cuts["date"].value(), markdown="on", save="1")
    admin_client.post(f"{ADD}paste/", form)
    thread = Thread.objects.visible().get()
    assert (thread.title, f"{thread.started_at:%Y-%m-%d}") == ("Lamps", "2026-03-01")


def test_nothing_pasted_is_refused(admin_client: Client) -> None:
    for text in ("", " \r\n\r\n "):
        answer = admin_client.post(f"{ADD}paste/", pasted(text=text))
        assert (answer.status_code, "There is no text yet" in answer.text) == (400, True)


def test_more_parts_than_anybody_goes_through_are_not_shown(admin_client: Client) -> None:
    text = "\n\n".join(f"Part {number}." for number in range(301))
    answer = admin_client.post(f"{ADD}paste/", pasted(text=text))
    assert answer.status_code == 400
    assert "301 parts" in answer.text
    assert "Part 300." in answer.text


def test_the_editor_corrects_the_cuts(admin_client: Client) -> None:
    def press(**button: str) -> list[str]:
        answer = admin_client.post(f"{ADD}paste/", pasted(part=parts, **button))
        return list(answer.context["cuts"].parts)

    parts = ["One.", "Two.\r\n\r\nThree.", "Four five."]
    assert press(join="2") == ["One.\n\nTwo.\n\nThree.", "Four five."]
    assert press(split="2") == ["One.", "Two.", "Three.", "Four five."]
    assert press(split="3", caret="4") == ["One.", "Two.\n\nThree.", "Four", "five."]
    assert press(again="1", how="blank_lines") == ["One.", "Two.", "Three.", "Four five."]
    assert len(press(again="1", how="one_piece")) == 1


def test_a_part_that_cannot_be_split_says_how(admin_client: Client) -> None:
    answer = admin_client.post(f"{ADD}paste/", pasted(part=["One."], split="1"))
    assert "Put an empty line where part 1 should be split" in answer.text


def test_the_parts_become_a_thread(admin_client: Client) -> None:
    form = pasted(part=["One lamp.", " ", "Two lamps."], author="Mira Osei", save="1")
    page = admin_client.post(f"{ADD}paste/", form, follow=True).text
    thread = Thread.objects.visible().get()
    assert [status.text for status in thread.main_line()] == ["One lamp.", "Two lamps."]
    assert thread.account.name == "Mira Osei"
    assert "Pasted: One lamp." in page


def test_a_wrong_address_is_told_and_nothing_is_lost(admin_client: Client) -> None:
    form = pasted(part=["One.", "Two."], url="javascript:alert(1)", save="1")
    answer = admin_client.post(f"{ADD}paste/", form)
    assert answer.status_code == 400
    assert ">Two.</textarea>" in answer.text
    assert not Import.objects.exists()


def test_parts_without_words_cannot_be_saved(admin_client: Client) -> None:
    answer = admin_client.post(f"{ADD}paste/", pasted(part=[" ", ""], save="1"))
    assert answer.status_code == 400
    assert not Thread.objects.exists()


def test_what_a_browser_copied_becomes_markdown(admin_client: Client) -> None:
    html = '<p>See <a href="https://example.org/">the log</a>.<script>alert(1)</script></p>'
    answer = admin_client.post(f"{ADD}markdown/", {"html": html})
    assert answer.json()["markdown"].strip() == "See [the log](https://example.org/)."
