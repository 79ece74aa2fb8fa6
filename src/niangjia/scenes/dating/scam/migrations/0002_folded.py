from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dating_scam', '0001_start'),
    ]

    operations = [
        migrations.AddField(
            model_name='alarm',
            name='opened_at',
            field=models.DateTimeField(null=True),
        ),
        # What was read before there was anything to open stays open.
        migrations.RunSQL('UPDATE dating_scam_alarm SET opened_at = at', migrations.RunSQL.noop),
    ]
