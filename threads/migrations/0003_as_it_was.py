"""What the first version kept goes on to mean the same: proofs, gaps, and ways back."""

from typing import Any

from django.db import migrations


def claim_by_archive(apps: Any, schema_editor: Any) -> None:
    """Importing an account's own archive proves that it is the creator's."""
    Import = apps.get_model("threads", "Import")
    archives = Import.objects.filter(kind="x_archive", state="done").exclude(account=None)
    for archive in archives.select_related("account").order_by("pk"):
        account = archive.account
        if not account.claim:
            account.claim, account.claimed_at = "archive", archive.finished_at
            account.save(update_fields=["claim", "claimed_at"])


def say_what_helps(apps: Any, schema_editor: Any) -> None:
    """What is missing was a plain text; now it comes with what would complete it."""
    Thread = apps.get_model("threads", "Thread")
    for thread in Thread.objects.exclude(missing=[]).iterator():
        thread.missing = [{"why": f"{why[:1].upper()}{why[1:]}.", "remedy": ""} for why in thread.missing]
        thread.save(update_fields=["missing"])


def keep_ways_back(apps: Any, schema_editor: Any) -> None:
    """What an import had changed stood in one piece on its row."""
    Import, UndoStep = apps.get_model("threads", "Import"), apps.get_model("threads", "UndoStep")
    for import_ in Import.objects.filter(state="done").iterator():
        if any(import_.before.get("changed", {}).values()) or import_.before.get("added"):
            UndoStep.objects.create(imported_by=import_, before=import_.before)
        elif any(import_.before.get("deleted", {}).values()):
            UndoStep.objects.create(imported_by=import_, before=import_.before)


class Migration(migrations.Migration):
    dependencies = [("threads", "0002_sources_kept_current")]
    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (claim_by_archive, say_what_helps, keep_ways_back)
    ]
