"""Two whom a matchmaker introduces, how they meet, and how they are."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.desk.models.house import MeetingRoom, Station
from niangjia.scenes.dating.desk.models.records import Record
from niangjia.scenes.dating.desk.types import PLACES, STEP_WORDS, STORIES


class Introduction(models.Model):
    """Each of the two is asked alone. A no and a silence look the same: both end as "not this time", at `until`.

    What they said is sealed, and destroyed when it is over. `story` is how the two are, once they found each other.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="introductions")
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    one = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    words = EncryptedText()
    one_says = EncryptedText()
    other_says = EncryptedText()
    state = models.CharField(
        max_length=10,
        choices=[("asked", _("asked")), ("both_yes", _("both said yes")), ("not_now", _("not this time"))],
        default="asked",
    )
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    story = models.CharField(max_length=10, blank=True, choices=list(STORIES.items()))
    story_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="desk_introduced_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="desk_introduction_is_ordered"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(one_says=b"", other_says=b""), name="desk_answers_are_destroyed"
            ),
            models.CheckConstraint(condition=Q(story="") | Q(state="both_yes"), name="desk_a_story_of_two"),
        ]
        indexes = [
            models.Index(fields=["until"], name="desk_to_settle", condition=Q(state="asked")),
            models.Index(fields=["station", "-made_at"], name="desk_introductions"),
        ]


class _Span(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Meeting(models.Model):
    """A time and a place, which both accept. One room is given to one couple at a time, also while they think."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="meetings")
    proposed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=8, choices=list(PLACES.items()))
    place = models.CharField(max_length=120, blank=True)
    room = models.ForeignKey(MeetingRoom, null=True, on_delete=models.SET_NULL, related_name="+")
    taken = models.UUIDField(null=True, unique=True)  # the party of two whose places it holds at a bookable place
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    one_fits = models.BooleanField(null=True)
    other_fits = models.BooleanField(null=True)
    state = models.CharField(
        max_length=9,
        choices=[
            ("proposed", _("proposed")),
            ("agreed", _("agreed")),
            ("another", _("another time, please")),
            ("cancelled", _("called off")),
        ],
        default="proposed",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="desk_meeting_ends_later"),
            ExclusionConstraint(
                name="desk_one_couple_a_room",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=("proposed", "agreed"), room__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["introduction"], condition=Q(state="proposed"), name="desk_one_proposal_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(one_fits=True, other_fits=True), name="desk_both_agreed"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="desk_meetings_by_time")]


class MeetingSignal(models.Model):
    """How two browsers find each other for a meeting online; gone after some minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="signals", db_index=False)
    sender = models.CharField(max_length=5)
    body = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["meeting", "at"], name="desk_signals_of_a_meeting")]


class Follow(models.Model):
    """How are you two? Asked of each after three days, three weeks and three months, answered with one tap."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="follows", db_index=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=2, choices=list(STEP_WORDS.items()))
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True)
    says = models.CharField(max_length=10, blank=True, choices=list(STORIES.items()))
    why_ended = models.CharField(max_length=10, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["introduction", "record", "step"], name="desk_asked_once_a_step"),
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__range=(1, 5)), name="desk_stars"),
        ]
        indexes = [models.Index(fields=["due_on"], name="desk_follows_due", condition=Q(answered_at=None))]


class Counsel(models.Model):
    """The couple was offered a counsellor, and took it or not. What is said there is kept nowhere in this house.

    `who` is the counsellor and how to reach them: both read it once both wish it, and from there it is theirs.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="counsel")
    who = models.CharField(max_length=120, blank=True)
    offered_at = models.DateTimeField()
    one_wants = models.BooleanField(null=True)
    other_wants = models.BooleanField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(one_wants=True, other_wants=True), name="desk_counsel_of_both"
            )
        ]


class Suggestion(models.Model):
    """Two whom the matching engine would introduce, made anew every night for each station."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="suggestions")
    one = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()
    match = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=30), default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="desk_suggested_once")]
