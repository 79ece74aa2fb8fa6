"""The author of a post that was reported reads a receipt of their own. Where nobody reported, it stays the case's."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import niangjia.kernel.ids


def give_each_its_own(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    reviews = apps.get_model("dating_planets", "Review").objects
    for row in reviews.select_related("case").iterator():
        receipt = niangjia.kernel.ids.receipt_number() if row.case.opened_by_id else row.case.receipt
        reviews.filter(pk=row.pk).update(receipt=receipt)


class Migration(migrations.Migration):
    dependencies = [("dating_planets", "0001_start")]

    operations = [
        migrations.AddField("review", "receipt", models.CharField(max_length=16, null=True, editable=False)),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField(
            "review",
            "receipt",
            models.CharField(
                max_length=16, unique=True, default=niangjia.kernel.ids.receipt_number, editable=False
            ),
        ),
    ]
