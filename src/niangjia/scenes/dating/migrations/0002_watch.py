from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("dating", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        watch(
            "dating_profile",
            subject="person_id",
            ignore=("active_week", "turn", "verified_until", "real_person_since", "employer_since", "single_since"),
        ),
        watch("dating_restriction", subject="person_id"),
    ]
