"""One table of figures: a metric, an organisation, a week."""

from django.db import models

from niangjia.kernel.ids import new_id


class Observation(models.Model):
    """`count` is of the whole subtree in the week that begins on Monday `week`.

    `is_own` marks what an organisation with others below it counts itself. Rows that are not `shown` leave the database
    for nobody; they are kept so that a later change of the tree can be told from a mistake. `people`: see `Metric`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    metric = models.CharField(max_length=40)
    week = models.DateField()
    # Organisations end and are not deleted: no index for a cascade, half a million rows a year are written without it.
    org = models.ForeignKey("orgs.Org", on_delete=models.CASCADE, related_name="+", db_index=False)
    is_own = models.BooleanField(default=False)
    count = models.PositiveIntegerField()
    shown = models.BooleanField()
    people = models.BooleanField(default=True, db_default=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["metric", "week", "org", "is_own"], name="one_figure"),
            models.CheckConstraint(
                condition=models.Q(shown=False) | models.Q(count__gte=10) | models.Q(people=False),
                name="no_small_cell_shown",
            ),
        ]
        indexes = [models.Index(fields=["org", "metric", "week"], name="figures_of", condition=models.Q(shown=True))]


class Counted(models.Model):
    """That a metric was counted for a week, also when there was nothing to count."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    metric = models.CharField(max_length=40)
    week = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "metric"], name="counted_once")]
