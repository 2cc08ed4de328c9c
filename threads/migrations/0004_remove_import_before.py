"""What an import changed is kept in steps now, so its own column goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("threads", "0003_as_it_was")]
    operations = [migrations.RemoveField("import", "before")]
