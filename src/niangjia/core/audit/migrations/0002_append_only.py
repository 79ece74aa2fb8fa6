from django.db import migrations

from niangjia.core.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(triggers.APPEND_ONLY, "DROP FUNCTION audit_append_only CASCADE"),
        migrations.RunSQL(triggers.CHANGES, "DROP FUNCTION audit_changes CASCADE"),
    ]
