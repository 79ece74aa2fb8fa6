"""People, their sessions, and the codes they sign in with."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class Person(AbstractBaseUser):
    """A worker or a cadre; the same row whatever they do here. No password, no last sign-in.

    `phone_index` and `id_index` are keyed blind indexes: by them a person is found, from them nothing is read.
    `birth_date`, `sex`, `legal_name` and `id_number` are filled by a real-person attestation only.
    Raising `session_epoch` ends every session of this person at its next request.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone = EncryptedText()
    phone_index = models.BinaryField(unique=True, null=True)
    legal_name = EncryptedText()
    id_number = EncryptedText()
    id_index = models.BinaryField(unique=True, null=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True, choices=[("f", _("Woman")), ("m", _("Man"))])
    language = models.CharField(max_length=10, default="zh-hans")
    large_type = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    password = None  # type: ignore[assignment]  # nobody has one: a code by phone, and a second factor for staff
    last_login = None  # no "last seen", not even for us

    objects: ClassVar[BaseUserManager["Person"]] = BaseUserManager()  # type: ignore[assignment]
    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.closed_at is None

    def get_session_auth_hash(self) -> str:
        """Sessions carry this; when it changes they are dead (check A4)."""
        return f"{self.id}:{self.session_epoch}"

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used; policies decide."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Session(AbstractBaseSession):
    """A signed-in browser. `seen_at` is kept for back-office sessions only, which end when idle."""

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sessions")
    created_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    second_factor_at = models.DateTimeField(null=True)

    objects: ClassVar[BaseSessionManager["Session"]] = BaseSessionManager()  # type: ignore[assignment]


class SignInCode(models.Model):
    """A six-digit code sent to a phone. Its primary key is the challenge that must come back with it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone_index = models.BinaryField(db_index=True)
    mac = models.BinaryField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Bucket(models.Model):
    """How often something was tried in one window of time: rate limits that every process shares."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)


class OutsideAccount(models.Model):
    """An Alipay or WeChat account that signs a person in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="outside_accounts")
    provider = models.CharField(max_length=20)
    open_index = models.BinaryField()
    open_id = EncryptedText()
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "open_index"], name="outside_account_once")]


class Ticket(models.Model):
    """A one-time secret with a short life: binds an outside account, hands over a session, sets up a factor.

    Only a hash of the secret is kept. `open_id` is set on tickets that bind an outside account.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=20)
    secret_hash = models.BinaryField(unique=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE)
    provider = models.CharField(max_length=20, blank=True)
    open_id = EncryptedText()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)


class SecondFactor(models.Model):
    """The authenticator of a staff member (TOTP, RFC 6238). `last_step` refuses a code that was used before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="second_factor")
    secret = EncryptedText()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
