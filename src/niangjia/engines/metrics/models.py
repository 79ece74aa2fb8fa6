"""One table of figures: a metric, an organisation, a week."""

from django.db import models

from niangjia.kernel.ids import new_id


class Observation(models.Model):
    """`count` is of the whole subtree in the week that begins on Monday `week`.

    `is_own` marks what an organisation with others below it counts itself. Rows that are not `shown` leave the database
    for nobody; they are kept so that a later change of the tree can be told from a mistake.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    metric = models.CharField(max_length=40)
    week = models.DateField()
    org = models.ForeignKey("orgs.Org", on_delete=models.CASCADE, related_name="+")
    is_own = models.BooleanField(default=False)
    count = models.PositiveIntegerField()
    shown = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["metric", "week", "org", "is_own"], name="one_figure"),
            models.CheckConstraint(
                condition=models.Q(shown=False) | models.Q(count__gte=10), name="no_small_cell_shown"
            ),
        ]
        indexes = [models.Index(fields=["org", "metric", "week"], name="figures_of", condition=models.Q(shown=True))]
