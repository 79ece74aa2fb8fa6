from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    """The school somebody said they went to."""

    dependencies = [("dating_circle", "0001_start"), ("audit", "0004_of_owners")]

    operations = [
        watch("dating_circle_ties", subject="profile_id", of="dating_profile"),
    ]
