from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("audit", "0002_append_only")]

    operations = [watch("files_photo", subject="owner_id", ignore=("delete_at",))]
