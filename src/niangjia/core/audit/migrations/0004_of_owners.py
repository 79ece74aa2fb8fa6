from django.db import migrations

from niangjia.core.audit import triggers


class Migration(migrations.Migration):
    """Tables that hold something of a member's, not the member, tell the log whose it is."""

    dependencies = [("audit", "0003_sealing_anew")]

    operations = [migrations.RunSQL(triggers.CHANGES_OF_OWNERS, triggers.CHANGES_BUT_KEYS)]
