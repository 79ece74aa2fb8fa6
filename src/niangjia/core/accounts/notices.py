"""What people are told about their account."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit.words import declare
from niangjia.core.messages.types import Template, register

PROVIDERS: Final[Mapping[str, object]] = {"alipay": _("Alipay"), "wechat": _("WeChat")}

declare(
    signed_in=_("Signed in"),
    outside_account_linked=_("Linked another way to sign in"),
    phone_changed=_("Changed your phone number"),
    second_factor_set=_("Set up a second factor"),
    new_device=_("Signed in on a device we had not seen"),
    erased=_("Deleted everything"),
)

register(
    Template("sign_in_code", _("Your code"), _("Your code is {code}. Tell it to nobody."), sms="sign_in_code"),
    Template(
        "outside_account_linked",
        _("A new way to sign in"),
        _("You can now sign in with {provider}. If this was not you, tell your union at once."),
        route="/me",
        words=PROVIDERS,
    ),
    Template(
        "new_device",
        _("A new device"),
        _("You signed in on a device we had not seen before. If this was not you, tell your union at once."),
        route="/me",
    ),
    Template(
        "phone_changed",
        _("Your phone number has changed"),
        _("You now sign in with another phone number. If this was not you, tell your union at once."),
        route="/me",
        sms="phone_changed",
    ),
    Template(
        "second_factor_set",
        _("Your second factor is set up"),
        _(
            "An authenticator app now guards your access to the back office. If this was not you, tell your union at once."
        ),
        route="/me",
    ),
)
