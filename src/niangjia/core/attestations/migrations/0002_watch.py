from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("attestations", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        watch("attestations_attestation", subject="person_id", ignore=("reminded_at",)),
        watch("attestations_request", subject="person_id"),
    ]
