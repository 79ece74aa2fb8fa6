from django.db import migrations, models

_FILTERED = ["education", "marital", "home_town", "birth_date", "height_cm"]


class Migration(migrations.Migration):
    dependencies = [("dating", "0005_shut_out")]

    operations = [
        migrations.AddIndex(
            model_name="shelf",
            index=models.Index(
                fields=["sex", "hobby", "district", day, "-turn", *_FILTERED], include=("profile_id",), name=name
            ),
        )
        for day, name in (
            ("-active_week", "dating_shelf_local_by_week"),
            ("-joined_on", "dating_shelf_local_by_newest"),
        )
    ]
