from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dating", "0007_events")]

    operations = [
        migrations.AddField(
            model_name="seenofday",
            name="counted",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="PoolOfDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("people", models.PositiveIntegerField()),
            ],
        ),
    ]
