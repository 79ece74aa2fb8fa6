"""What the core asks for. Scenes register their own."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from niangjia.core.consent.types import Purpose, register

FACE: Final = "real_person_face"
DOCUMENT: Final = "id_document"
AT_DESK: Final = "id_document_in_person"
EMPLOYER: Final = "employer_check"
MARITAL: Final = "marital"
PROFILE: Final = "profile_public_to_verified"
PERSONAL_ORDER: Final = "personalised_order"
SMS: Final = "sms_notices"

register(
    Purpose(
        FACE,
        "2026-11",
        _("Face check with your ID number"),
        _(
            "Your name and ID number go to Alipay, which does the face check and compares your face once. "
            "We keep that it is you, your name and your ID number, encrypted. We never receive or keep your face. "
            "You can have a desk check your ID document instead; it counts the same."
        ),
        sensitive=True,
    ),
    Purpose(
        DOCUMENT,
        "2026-11",
        _("Photos of your ID document"),
        _(
            "A union desk looks at the photos of your ID document and compares them with what you wrote. "
            "The photos are kept encrypted and deleted three days after the decision."
        ),
        sensitive=True,
    ),
    Purpose(
        AT_DESK,
        "2026-11",
        _("Showing my ID document at a desk"),
        _(
            "At a union desk an officer looks at your ID document and writes down your name and ID number, which we "
            "keep encrypted. Nothing is photographed or copied. You agree by telling the officer the code that comes "
            "to your phone."
        ),
        sensitive=True,
    ),
    Purpose(
        EMPLOYER,
        "2026-11",
        _("Compare my employer"),
        _(
            "We look for you on the member roll of your union, and if you are not on it, ask your enterprise or your "
            "union whether you work there. Nobody there is told what you use this app for."
        ),
    ),
    Purpose(
        MARITAL,
        "2026-11",
        _("My pledge of being single"),
        _(
            "You pledge that you are single; we keep the pledge and its date, and show other verified singles that it "
            "was made. It is asked again every year."
        ),
        sensitive=True,
    ),
    Purpose(
        PROFILE,
        "2026-11",
        _("Show my profile to verified singles"),
        _("Verified singles may see your profile, in the way you choose. Without this nobody sees it."),
        sensitive=True,
    ),
    Purpose(
        PERSONAL_ORDER,
        "2026-11",
        _("Order people by what may fit me"),
        _(
            "We order the people you see by your hobbies and wishes and by what you said yes and no to. "
            "Without this you see the newest first."
        ),
    ),
    Purpose(
        SMS,
        "2026-11",
        _("Tell me important news by text message"),
        _("When something important waits for you we send a short text message. It names nobody."),
    ),
)
