from django.db import migrations

from niangjia.core.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            triggers.CHANGES_BUT_KEYS, triggers.CHANGES.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        )
    ]
