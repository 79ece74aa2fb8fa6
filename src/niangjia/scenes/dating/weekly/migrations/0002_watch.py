from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    """What was said for the list, who took a line out, who invited whom. Not who asked for whom, nor any answer."""

    dependencies = [("dating_weekly", "0001_initial"), ("audit", "0004_of_owners")]

    operations = [
        watch("dating_weekly_entry", subject="profile_id", of="dating_profile"),
        watch("dating_weekly_line", subject="profile_id", of="dating_profile", ignore=("number",)),
        watch(
            "dating_weekly_guest",
            subject="profile_id",
            of="dating_profile",
            ignore=("says", "seen", "after", "busy_on"),
        ),
    ]
