from django.db import migrations

from niangjia.core.audit.triggers import watch


class Migration(migrations.Migration):
    """A couple is two people: the other one's trace is theirs too."""

    dependencies = [("dating_weddings", "0001_initial"), ("audit", "0004_of_owners")]

    operations = [
        watch("dating_weddings_couple", subject="other_id", name="audit_changes_of_other"),
    ]
