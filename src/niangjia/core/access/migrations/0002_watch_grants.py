from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("accounts", "0002_watch_people")]

    operations = [watch("access_rolegrant", subject="person_id")]
