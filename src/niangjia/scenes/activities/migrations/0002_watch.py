from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        watch("activities_answers", subject="person_id"),
        watch("activities_certificate", subject="person_id"),
    ]
