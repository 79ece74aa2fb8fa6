"""Forms that an organiser declares: what is asked, of which kind, and only when another answer makes it meaningful.

The same declaration draws the form on the phone, checks what comes back, and titles the answers for staff. It serves
registration and the survey afterwards.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from niangjia.kernel.china import parse_phone
from niangjia.kernel.errors import Invalid

Kind = Literal["text", "long", "number", "choice", "choices", "yes_no", "satisfaction", "date", "phone"]
KINDS: Final[Mapping[str, object]] = {
    "text": _("a line"),
    "long": _("some lines"),
    "number": _("a number"),
    "choice": _("one of a list"),
    "choices": _("several of a list"),
    "yes_no": _("yes or no"),
    "satisfaction": _("how satisfied, in five steps"),
    "date": _("a day"),
    "phone": _("a phone number"),
}
MOST_QUESTIONS: Final = 30
_LONGEST: Final = {"text": 100, "long": 1000}
_YES_NO: Final = ("yes", "no")
SATISFACTION: Final[Mapping[str, object]] = {  # the same words everywhere, so that figures can be added up
    "5": _("Very satisfied"),
    "4": _("Satisfied"),
    "3": _("So-so"),
    "2": _("Not quite satisfied"),
    "1": _("Not satisfied"),
}
SATISFIED: Final = ("5", "4")
Answer = str | int | list[str]


class Option(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: str = Field(pattern=r"^[a-z0-9_]{1,20}$")
    title: str = Field(min_length=1, max_length=60)


class When(BaseModel):
    """Asked only when an earlier question was answered with one of these."""

    model_config = ConfigDict(extra="forbid")
    question: str
    answers: list[str] = Field(min_length=1, max_length=20)


class Question(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")
    title: str = Field(min_length=1, max_length=80)
    kind: Kind = "text"
    required: bool = False
    help: str = Field("", max_length=200)
    options: list[Option] = Field(default_factory=list, max_length=40)
    least: int | None = None
    most: int | None = None
    when: When | None = None


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")
    questions: list[Question] = Field(default_factory=list, max_length=MOST_QUESTIONS)


def declared(raw: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Form:
    """A declaration that makes sense; raises Invalid naming the question that does not."""
    try:
        form = Form.model_validate(raw if isinstance(raw, Mapping) else {"questions": list(raw)})
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise _wrong(place, _("This question is not complete.")) from error
    before: dict[str, Question] = {}
    for question in form.questions:
        _makes_sense(question, before)
        before[question.code] = question
    return form


def _makes_sense(question: Question, before: Mapping[str, Question]) -> None:
    codes = [option.code for option in question.options]
    if question.code in before or len(codes) != len(set(codes)):
        raise _wrong(question.code, _("This name stands there twice."))
    if (question.kind in ("choice", "choices")) != bool(codes):
        raise _wrong(question.code, _("A list to choose from needs its lines, and only a list has them."))
    if question.when is None:
        return
    asked = before.get(question.when.question)
    if asked is None or not set(question.when.answers) <= set(_possible(asked)):
        raise _wrong(question.code, _("It can only depend on an earlier question, and on an answer that one has."))


def _possible(question: Question) -> Sequence[str]:
    if question.kind == "satisfaction":
        return tuple(SATISFACTION)
    return _YES_NO if question.kind == "yes_no" else [option.code for option in question.options]


def _wrong(place: str, hint: object) -> Invalid:
    return Invalid(_("The form has a mistake."), next_step=hint, fields={place: hint})


def answered(form: Form, given: Mapping[str, Any]) -> dict[str, Answer]:
    """What may be kept of the answers; raises Invalid with every question that must change.

    A question that is not asked, because of another answer, keeps nothing: a hidden field must not carry anything.
    """
    kept: dict[str, Answer] = {}
    faults: dict[str, object] = {}
    for question in form.questions:
        if not _is_asked(question, kept):
            continue
        try:
            value = _read(question, given.get(question.code))
        except ValueError:
            faults[question.code] = _HINTS[question.kind]
            continue
        if value is not None:
            kept[question.code] = value
        elif question.required:
            faults[question.code] = _("Please fill this in.")
    if faults:
        raise Invalid(
            _("The form is not complete yet."),
            code="form_incomplete",
            next_step=_("Please look at the marked places; the rest is kept."),
            fields=faults,
        )
    return kept


def _is_asked(question: Question, kept: Mapping[str, Answer]) -> bool:
    if question.when is None:
        return True
    said = kept.get(question.when.question)
    return bool(set(said if isinstance(said, list) else [said]) & set(question.when.answers))


def _read(question: Question, value: Any) -> Answer | None:
    """The answer in its own kind, None when there is none; ValueError when it is another kind."""
    if value is None or value in ("", []):
        return None
    if question.kind == "choices":
        return _chosen(question, value)
    if question.kind == "number":
        return _number(question, value)
    if isinstance(value, bool) and question.kind == "yes_no":
        return "yes" if value else "no"
    if not isinstance(value, str):
        raise ValueError(value)
    return _text(question, value.replace("\x00", "").strip()) or None


def _chosen(question: Question, value: Any) -> list[str]:
    wanted = [str(code) for code in value] if isinstance(value, list) else [str(value)]
    if not set(wanted) <= set(_possible(question)):
        raise ValueError(value)
    return [code for code in _possible(question) if code in wanted]


def _number(question: Question, value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,9}", str(value).strip()):
        raise ValueError(value)
    number = int(value)
    too_small = question.least is not None and number < question.least
    if too_small or (question.most is not None and number > question.most):
        raise ValueError(value)
    return number


def _text(question: Question, text: str) -> str:
    if question.kind in ("choice", "yes_no", "satisfaction") and text and text not in _possible(question):
        raise ValueError(text)
    if question.kind == "date" and text:
        return date.fromisoformat(text).isoformat()
    if question.kind == "phone" and text:
        return parse_phone(text)
    if len(text) > _LONGEST.get(question.kind, 100):
        raise ValueError(text)
    return text


_HINTS: Final[Mapping[str, object]] = {
    "text": _("At most 100 characters."),
    "long": _("At most 1,000 characters."),
    "number": _("Please write a number that fits."),
    "choice": _("Please choose from the list."),
    "choices": _("Please choose from the list."),
    "yes_no": _("Please choose yes or no."),
    "satisfaction": _("Please choose from the list."),
    "date": _("Please write a day."),
    "phone": _("Please check this phone number."),
}


def told(form: Form, answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Questions and answers as people read them, in the order of the form."""
    return [
        (question.title, shown_answer(question, answers[question.code]))
        for question in form.questions
        if question.code in answers
    ]


def shown_answer(question: Question, value: Answer) -> str:
    if question.kind == "yes_no":
        return str(_("Yes") if value == "yes" else _("No"))
    if question.kind == "satisfaction":
        return str(SATISFACTION.get(str(value), value))
    titles = {option.code: option.title for option in question.options}
    return "、".join(titles.get(str(part), str(part)) for part in (value if isinstance(value, list) else [value]))
