from django.db import migrations, models


class Migration(migrations.Migration):
    """Photos that are there were looked at; with a default of the database no row is written."""

    dependencies = [("dating", "0008_thirty_days")]

    operations = [
        migrations.AddField(
            model_name="profilephoto",
            name="waits",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
