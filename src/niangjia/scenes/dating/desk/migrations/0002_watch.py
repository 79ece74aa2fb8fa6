from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    """What matchmakers write about people, and what they are paid. Not what two people answered or told."""

    dependencies = [("dating_desk", "0001_initial"), ("audit", "0004_of_owners")]

    operations = [
        watch("dating_desk_note", subject="record_id", of="dating_desk_record"),
        watch("dating_desk_task", subject="record_id", of="dating_desk_record"),
        watch("dating_desk_reward", subject="beneficiary_id"),
    ]
