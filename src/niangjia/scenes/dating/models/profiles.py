"""Who is there: one row for each person, with everything that a search asks for."""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.ids import new_id


class Visibility(models.TextChoices):
    VERIFIED = "verified", _("Every verified single")
    FITTING = "fitting", _("Only those I fit and who fit me")
    PAUSED = "paused", _("Nobody: I take a break")


class Photos(models.TextChoices):
    MUTUAL = "mutual", _("Clear only when we both said yes")
    VERIFIED = "verified", _("Clear to every verified single")


def deal() -> int:
    """A random place within a week. Dealt anew each active week, so that nobody stays on top or below for ever."""
    return secrets.randbits(62)


def _words(length: int = 12) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


_FILTERED = ("district", "education", "marital", "home_town", "birth_date", "height_cm")
_VERIFIED_ONCE = models.Q(verified_until__isnull=False)


class Profile(models.Model):
    """One person in dating. The id is not the person's, so that nobody is recognised elsewhere by it.

    The facts are copied from the core's attestations by `services.standing`; `verified_until` is when the first of the
    three falls, null when one is missing. Codes are those of `taxonomy` and GB/T 2260. Null and [] in wishes: no wish.
    `joined_on` and `active_week` are as fine as we ever know it: no order of signing up, no "last seen".
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField("accounts.Person", on_delete=models.CASCADE, related_name="dating_profile")

    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.DateField(null=True)
    employer = models.ForeignKey("orgs.Employer", null=True, on_delete=models.SET_NULL, related_name="+")
    real_person_since = models.DateTimeField(null=True)
    employer_since = models.DateTimeField(null=True)
    single_since = models.DateTimeField(null=True)
    verified_until = models.DateTimeField(null=True)
    barred_until = models.DateTimeField(null=True)

    nickname = models.CharField(max_length=20)
    about = models.CharField(max_length=600, blank=True)
    wish_text = models.CharField(max_length=400, blank=True)
    trade = models.CharField(max_length=20, blank=True)
    height_cm = models.PositiveSmallIntegerField(null=True)
    education = models.CharField(max_length=12, blank=True)
    home_town = models.CharField(max_length=6, blank=True)
    district = models.CharField(max_length=6, blank=True)
    marital = models.CharField(max_length=12, blank=True)
    children = models.CharField(max_length=12, blank=True)
    smoking = models.CharField(max_length=12, blank=True)
    drinking = models.CharField(max_length=12, blank=True)
    hobbies = _words(20)

    wish_age_from = models.PositiveSmallIntegerField(null=True)
    wish_age_to = models.PositiveSmallIntegerField(null=True)
    wish_height_from = models.PositiveSmallIntegerField(null=True)
    wish_height_to = models.PositiveSmallIntegerField(null=True)
    wish_educations = _words()
    wish_districts = _words(6)
    wish_marital = _words()

    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.VERIFIED)
    see_colleagues = models.BooleanField(default=False)
    photos_to = models.CharField(max_length=10, choices=Photos.choices, default=Photos.MUTUAL)
    joined_on = models.DateField()
    active_week = models.DateField()
    turn = models.BigIntegerField(default=deal)

    class Meta:
        verbose_name = _("dating profile")
        verbose_name_plural = _("dating profiles")
        indexes = [
            # In the order of the two lists, with the filters behind: a page is read off the index until it is full.
            models.Index(
                fields=["sex", "-active_week", "-turn", *_FILTERED], name="dating_by_week", condition=_VERIFIED_ONCE
            ),
            models.Index(
                fields=["sex", "-joined_on", "-turn", *_FILTERED], name="dating_by_newest", condition=_VERIFIED_ONCE
            ),
            models.Index(fields=["sex", "home_town"], name="dating_by_home_town", condition=_VERIFIED_ONCE),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(height_cm__range=(100, 250)), name="dating_height_is_human"),
            models.CheckConstraint(condition=models.Q(sex__in=["", "f", "m"]), name="dating_sex_is_known"),
        ]


class Shelf(models.Model):
    """For each hobby those who share it, in the two orders of the lists: an index, kept by triggers of the database.

    Never written by hand. Holds only profiles whose three facts have once stood.
    """

    pk = models.CompositePrimaryKey("profile_id", "hobby")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+", db_index=False)
    hobby = models.CharField(max_length=20)
    sex = models.CharField(max_length=1)
    district = models.CharField(max_length=6)
    education = models.CharField(max_length=12)
    marital = models.CharField(max_length=12)
    home_town = models.CharField(max_length=6)
    birth_date = models.DateField(null=True)
    height_cm = models.PositiveSmallIntegerField(null=True)
    joined_on = models.DateField()
    active_week = models.DateField()
    turn = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["sex", "hobby", "-active_week", "-turn", *_FILTERED],
                include=["profile_id"],
                name="dating_shelf_by_week",
            ),
            models.Index(
                fields=["sex", "hobby", "-joined_on", "-turn", *_FILTERED],
                include=["profile_id"],
                name="dating_shelf_by_newest",
            ),
            # The same, district by district: who looks in a small one need not read past all the others.
            models.Index(
                fields=["sex", "hobby", "district", "-active_week", "-turn", *_FILTERED[1:]],
                include=["profile_id"],
                name="dating_shelf_local_by_week",
            ),
            models.Index(
                fields=["sex", "hobby", "district", "-joined_on", "-turn", *_FILTERED[1:]],
                include=["profile_id"],
                name="dating_shelf_local_by_newest",
            ),
        ]


class ProfilePhoto(models.Model):
    """A photo on a profile; the picture itself is the core's (`files`).

    While it `waits` only its owner sees it: nobody has looked yet whether there is a code in it, or one was found.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey("files.Photo", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    waits = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "place"], name="dating_one_photo_a_place"),
        ]
