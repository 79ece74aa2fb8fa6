"""What links people beyond their profile."""

from django.db import models


class Ties(models.Model):
    """What a member says of the school they went to, and whether they are linked by where they have been.

    The school is stated, never verified, and is shown as such. `school_key` is the same without spaces, to compare by.
    `by_outings`: "we were at the same activity" links only those who both wish it.
    """

    profile = models.OneToOneField("dating.Profile", primary_key=True, on_delete=models.CASCADE, related_name="+")
    school = models.CharField(max_length=40, blank=True)
    school_key = models.CharField(max_length=40, blank=True)
    by_outings = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["school_key"], name="dating_circle_by_school", condition=~models.Q(school_key=""))
        ]
