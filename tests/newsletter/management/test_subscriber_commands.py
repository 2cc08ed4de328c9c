"""import_subscribers, export_subscribers and erase_subscriber, as an operator runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from newsletter import subscribing
from newsletter.models import Newsletter, Subscriber, Subscription
from tests.factories import make_newsletter, make_subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


def run(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(newline=""), io.StringIO()
    call_command(*args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refusal(*args: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*args)
    assert caught.value.returncode == 1
    return str(caught.value)


def list_file(folder: Path, text: str) -> str:
    path = folder / "readers.csv"
    path.write_text(text)
    return str(path)


def test_an_import_counts_by_outcome(newsletter: Newsletter, tmp_path: Path) -> None:
    file = list_file(tmp_path, "email,name\na@example.org,Anna\nsecret-nonsense\na@example.org,\n")
    out, err = run("import_subscribers", file, "--json")
    assert json.loads(out.splitlines()[-1]) == {
        "added": 1,
        "already": 0,
        "unsubscribed_before": 0,
        "suppressed": 0,
        "invalid": 1,
        "duplicate": 1,
    }
    assert "Line 3: An email address has an @" in err
    assert "Line 4: The same address as line 2." in err
    assert "secret-nonsense" not in err
    assert "a@example.org" not in err


def test_an_import_says_the_same_to_people(newsletter: Newsletter, tmp_path: Path) -> None:
    out, _ = run("import_subscribers", list_file(tmp_path, "a@example.org\n"))
    assert out.splitlines()[:3] == ["added: 1", "already: 0", "unsubscribed before: 0"]


def test_an_import_keeps_how_they_agreed(newsletter: Newsletter, tmp_path: Path) -> None:
    run("import_subscribers", list_file(tmp_path, "a@example.org\n"), "--consent", "At the fair.")
    run("import_subscribers", list_file(tmp_path, "b@example.org\n"))
    texts = Subscription.objects.order_by("pk").values_list("consent_text", flat=True)
    assert texts[0] == "At the fair."
    assert texts[1].endswith("from readers.csv by the operator.")


def test_a_broken_file_leaves_nothing_behind(newsletter: Newsletter, tmp_path: Path) -> None:
    file = tmp_path / "readers.csv"
    file.write_bytes(b"email\na@example.org\n\xff\xfe\n")
    assert refusal("import_subscribers", str(file)) == (
        "readers.csv: Line 3 is not UTF-8. Save the file as CSV UTF-8. Nobody was taken in."
    )
    assert not Subscriber.objects.exists()


def test_a_file_that_is_not_there_is_named(newsletter: Newsletter, tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refusal("import_subscribers", str(tmp_path / "no"))


def test_a_very_long_list_of_refusals_is_cut(newsletter: Newsletter, tmp_path: Path) -> None:
    _, err = run("import_subscribers", list_file(tmp_path, "email\n" + "nonsense\n" * 150))
    assert len(err.splitlines()) == 101
    assert "and 50 more lines" in err


def test_without_a_newsletter_an_import_says_where_to_make_one(tmp_path: Path) -> None:
    file = list_file(tmp_path, "a@example.org\n")
    assert "Make one at http" in refusal("import_subscribers", file)


def test_of_several_newsletters_one_must_be_named(newsletter: Newsletter, tmp_path: Path) -> None:
    make_newsletter(slug="other")
    file = list_file(tmp_path, "a@example.org\n")
    assert "--newsletter: letters, other" in refusal("import_subscribers", file)
    assert "only: letters, other" in refusal("import_subscribers", file, "--newsletter", "none")
    run("import_subscribers", file, "--newsletter", "other")
    assert Subscription.objects.get().newsletter.slug == "other"


def test_an_export_is_csv_and_then_counts(newsletter: Newsletter) -> None:
    make_subscription(newsletter, "a@example.org")
    make_subscription(newsletter, "b@example.org", state="unsubscribed")
    Subscriber.objects.filter(address="a@example.org").update(name="=cmd|' /C calc'!A0")
    out, _ = run("export_subscribers", "--json")
    table, _, counts = out.strip().rpartition("\n")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [(row["address"], row["state"]) for row in rows] == [
        ("a@example.org", "active"),
        ("b@example.org", "unsubscribed"),
    ]
    assert rows[0]["name"] == "'=cmd|' /C calc'!A0"
    assert json.loads(counts) == {
        "pending": 0,
        "active": 1,
        "unsubscribed": 1,
        "bounced": 0,
        "complained": 0,
    }


def test_an_export_can_be_of_one_newsletter_and_into_a_file(
    newsletter: Newsletter, tmp_path: Path
) -> None:
    make_subscription(newsletter, "a@example.org")
    make_subscription(make_newsletter(slug="other"), "b@example.org")
    file = tmp_path / "out.csv"
    out, _ = run("export_subscribers", "--newsletter", "other", "--output", str(file), "--json")
    assert json.loads(out)["active"] == 1
    assert "b@example.org" in file.read_text()
    assert "a@example.org" not in file.read_text()
    assert "cannot be written" in refusal("export_subscribers", "--output", str(tmp_path))


def test_an_export_works_without_any_newsletter() -> None:
    out, _ = run("export_subscribers", "--json")
    assert out.startswith("address,name,")
    assert set(json.loads(out.splitlines()[-1]).values()) == {0}


def test_an_export_taken_in_again_brings_nobody_back(
    newsletter: Newsletter, tmp_path: Path
) -> None:
    make_subscription(newsletter, "a@example.org")
    make_subscription(newsletter, "b@example.org", state="unsubscribed")
    file = tmp_path / "out.csv"
    run("export_subscribers", "--output", str(file))
    make_newsletter(slug="other")
    out, _ = run("import_subscribers", str(file), "--newsletter", "other", "--json")
    counts = json.loads(out)
    assert (counts["added"], counts["unsubscribed_before"]) == (1, 1)


def test_erasing_says_what_was_cleared(newsletter: Newsletter) -> None:
    make_subscription(newsletter)
    out, _ = run("erase_subscriber", "READER@example.org", "--json")
    assert json.loads(out) == {"erased": 1, "deliveries": 0}
    assert subscribing.suppressed("reader@example.org")
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("address", ["nobody@example.org", "nonsense"])
def test_who_is_not_there_cannot_be_erased(address: str) -> None:
    message = refusal("erase_subscriber", address)
    assert "\n" not in message
    assert address not in message
