from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0002_steps_only_grow'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='used_at',
            field=models.DateTimeField(null=True),
        ),
    ]
