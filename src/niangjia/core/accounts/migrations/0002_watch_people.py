from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        watch("accounts_person", subject="id", ignore=("session_epoch", "large_type", "language")),
        watch("accounts_outsideaccount", subject="person_id"),
        watch("accounts_secondfactor", subject="person_id", ignore=("last_step",)),
    ]
