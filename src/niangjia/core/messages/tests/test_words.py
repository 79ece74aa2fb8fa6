"""Parameters of a note are put into its reader's language when it is shown, not when it is sent."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from niangjia.core.messages.types import Template

NOTE = Template("a", "a", "{until} {provider}", words={"alipay": _("Sign in")}, dates=("until",))


def test_codes_and_days_are_shown_in_the_reader_s_language() -> None:
    with translation.override("en"):
        assert NOTE.render({"until": "2027-11-22", "provider": "alipay"})[1] == "Nov. 22, 2027 Sign in"
    with translation.override("zh-hans"):
        assert NOTE.render({"until": "2027-11-22", "provider": "other"})[1] == "2027年11月22日 other"


def test_a_day_that_is_not_there_stays_empty() -> None:
    assert NOTE.render({"until": "", "provider": ""})[1] == " "
