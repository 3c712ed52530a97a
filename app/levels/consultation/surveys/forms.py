"""The shape of what officials write about a survey, and which limits each kind of question can have."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from app import clock, forms, i18n, richtext
from app.dialogues.forms import DateField, EditForm
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.levels.consultation.surveys.queries.surveys import FEWEST_OPTIONS
from app.levels.consultation.surveys.service import CameIn
from app.questions.forms import PageForm
from app.questions.kinds import (
    HIGHEST_STEP,
    KINDS,
    LONGEST_ANSWER,
    LONGEST_LINE,
    LOWEST_STEP,
    Kind,
    LongText,
    Multiple,
    Number,
    Scale,
)
from app.questions.models import Question

LONGEST_OPTION = 200
MOST_OPTIONS = 30
MOST_MINUTES = 120
LARGEST_LIMIT = 1_000_000_000  # of a number, in either direction
CHANNELS: dict[str, LazyText] = {
    "web": lazy_p("channel", "On the web"),
    "paper": lazy_p("channel", "On paper"),
    "phone": lazy_p("channel", "By phone"),
    "meeting": lazy_p("channel", "At a meeting"),
}
STEPS = (0, 10)  # the lowest and the highest that a scale can have
LONGEST_INTRO = 2000


def _between(lowest: int, highest: int) -> LazyText:
    return _l("Write a whole number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)


class WholeField(IntegerField):
    """A whole number, or None where nothing was written."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = richtext.one_line(valuelist[0] if valuelist else "").replace("−", "-").replace(" ", "")
        self.data = None
        if not typed:
            return
        try:
            self.data = int(typed)
        except ValueError as problem:
            raise ValueError(str(_l("Write a whole number, for example 5."))) from problem


class Offered:
    """One of the choices of the field."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it so

    def __init__(self, sentence: LazyText) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data not in dict(field.choices):
            raise ValidationError(str(self.sentence))


class Given:
    """A number must be given; one that could not be read has its own sentence already."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it so

    def __init__(self, sentence: LazyText) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError(str(self.sentence))


class SurveyForm(EditForm):
    """A survey without its questions."""

    title = forms.LineField(_l("Title"), [forms.required(_l("Give the survey a title."))], longest=160)
    intro = forms.TextField(
        _l("Introduction"),
        longest=LONGEST_INTRO,
        description=_l("What the survey is about and what the answers are used for, in a few sentences."),
    )
    audience = RadioField(
        _l("Who can answer?"),
        [Offered(_l("Choose who can answer."))],
        choices=lambda: [
            ("account", str(_l("With an account: each person signs in and can answer once."))),
            ("anyone", str(_l("Without an account: easier to take part, but a person can answer more than once."))),
        ],
        validate_choice=False,
        description=_l("With an account the municipality can see which account gave which answer."),
    )
    minutes = WholeField(
        _l("How many minutes does it take?"),
        [Given(_l("Say about how many minutes it takes to answer."))],
        description=_l("About. Try it yourself: residents see this before they begin."),
    )

    def validate_minutes(self, field: Field) -> None:
        if field.data is not None and not 1 <= field.data <= MOST_MINUTES:
            raise ValidationError(str(_between(1, MOST_MINUTES)))

    def facts(self) -> dict[str, Any]:
        """Columns of a survey."""
        return {name: self[name].data for name in ("title", "intro", "audience", "minutes")}


class QuestionForm(EditForm):
    """A question that is there. What its kind has no use for is left out of the facts."""

    kind = RadioField(
        _l("What kind of answer?"),
        [Offered(_l("Choose what kind of answer it is."))],
        choices=lambda: [(key, str(kind.name)) for key, kind in KINDS.items()],
        validate_choice=False,
    )
    text = forms.LineField(
        _l("Question"),
        [forms.required(_l("Write the question."))],
        longest=300,
        description=_l("One thing at a time, in neutral and plain words."),
    )
    hint = forms.TextField(
        _l("Help text"), longest=500, description=_l("Stands under the question, for those who need more to answer.")
    )
    required = BooleanField(_l("The question must be answered"))
    new_page = BooleanField(
        _l("Begin a new page with this question"),
        description=_l("Otherwise it stands on the same page as the question before it."),
    )
    least = WholeField(
        _l("At least"),
        description=_l(
            "Number: the smallest number. Scale: the lowest step, 1 if you write nothing. "
            "Several choices: the fewest to choose. Not for other kinds."
        ),
    )
    most = WholeField(
        _l("At most"),
        description=_l(
            "Number: the largest number. Scale: the highest step, 5 if you write nothing. "
            "Several choices: the most to choose. Texts: the most characters. Not for one choice."
        ),
    )
    low_label = forms.LineField(
        _l("What the lowest step means"), longest=80, description=_l("Only for a scale. For example: Very unsafe.")
    )
    high_label = forms.LineField(
        _l("What the highest step means"), longest=80, description=_l("Only for a scale. For example: Very safe.")
    )
    held = 0  # how many options the question has

    def of(self, question: Question) -> QuestionForm:
        """The form for this question. It cannot be changed from choices to something else: that would lose them."""
        chooses = KINDS[question.kind].chooses
        self.kind.choices = [(key, str(kind.name)) for key, kind in KINDS.items() if kind.chooses == chooses]
        self.held = len(question.options)
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        right = bool(super().validate(extra_validators))
        kind = KINDS.get(self.kind.data or "")
        return right and kind is not None and self._limits_are_right(kind)

    def _limits_are_right(self, kind: Kind) -> bool:
        lowest, highest = _bounds(kind, self.held)
        for field, limit in ((self.least, kind.limits.least), (self.most, kind.limits.most)):
            if limit is not None and field.data is not None and not lowest <= field.data <= highest:
                self.refuse(field, _between(lowest, highest))
                return False
        least, most = _filled(kind, self.least.data), _filled(kind, self.most.data, high=True)
        if kind.limits.least is None or least is None or most is None or least < most:
            return True
        if least == most and kind.key != Scale.key:
            return True
        same = _l("A scale needs at least two steps: the highest must be more than the lowest.")
        self.refuse(self.most, same if kind.key == Scale.key else _l("This must not be less than the number above."))
        return False

    def facts(self) -> dict[str, Any]:
        """Columns of a question."""
        kind = KINDS[self.kind.data]
        is_scale = kind.key == Scale.key
        return {
            **{name: self[name].data for name in ("kind", "text", "hint", "required", "new_page")},
            "least": self.least.data if kind.limits.least else None,
            "most": self.most.data if kind.limits.most else None,
            "low_label": self.low_label.data if is_scale else "",
            "high_label": self.high_label.data if is_scale else "",
        }


class NewQuestionForm(QuestionForm):
    """A new question, with what one chooses among."""

    options = forms.TextField(
        _l("Answers to choose among"),
        description=_l("One on each line, at least two. Only for one choice and several choices."),
    )

    def typed(self) -> list[str]:
        """The options as they were typed, empty lines left out."""
        lines = [richtext.one_line(line) for line in (self.options.data or "").splitlines()]
        return [line for line in lines if line]

    def validate(self, extra_validators: Any = None) -> bool:
        self.held = len(self.typed())
        right = super().validate(extra_validators)
        kind = KINDS.get(self.kind.data or "")
        wrong = _wrong_options(self.typed()) if kind is not None and kind.chooses else None
        if wrong is not None:
            self.refuse(self.options, wrong)
        return right and wrong is None


class OptionForm(EditForm):
    """One answer to choose; `others` are those that stand beside it."""

    text = forms.LineField(
        _l("Answer to choose"), [forms.required(_l("Write the answer."))], longest=LONGEST_OPTION
    )  # fmt: skip
    others: frozenset[str] = frozenset()

    def validate_text(self, field: Field) -> None:
        if field.data in self.others:
            raise ValidationError(str(_l("This answer is there already: %(text)s", text=field.data)))
        if len(self.others) >= MOST_OPTIONS:
            raise ValidationError(str(_l("A question can have at most %(most)s answers.", most=MOST_OPTIONS)))


class RegisterForm(PageForm):
    """How somebody's answers came in, before the questions themselves."""

    channel = RadioField(
        _l("How did the answers come in?"),
        choices=[SelectChoice(key, CHANNELS[key]) for key in ("paper", "phone")],
        validators=[forms.one_of(_l("Choose how the answers came in."))],
    )
    language = SelectField(
        _l("Language of the answers"), validators=[forms.one_of(_l("Choose a language."))]
    )  # fmt: skip
    received_on = DateField(
        _l("The paper came in on"),
        [forms.required(_l("Say on which day the paper came in."))],
        description=_l("A call counts for the day it is registered."),
    )
    form_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(one.code, one.endonym) for one in i18n.shipped()]

    def came(self) -> CameIn:
        """What was said of how it came."""
        return CameIn(self.channel.data or "", self.language.data or "", self.received_on.data or clock.today())


def _bounds(kind: Kind, held: int) -> tuple[int, int]:
    """What the limits of a kind can lie between. `held`: how many options there are to choose among."""
    if kind.key == Number.key:
        return -LARGEST_LIMIT, LARGEST_LIMIT
    if kind.key == Scale.key:
        return STEPS
    if kind.key == Multiple.key:
        return 1, max(held, FEWEST_OPTIONS)
    return 1, LONGEST_ANSWER if kind.key == LongText.key else LONGEST_LINE


def _filled(kind: Kind, limit: int | None, *, high: bool = False) -> int | None:
    if limit is not None or kind.key != Scale.key:
        return limit
    return HIGHEST_STEP if high else LOWEST_STEP


def _wrong_options(texts: list[str]) -> LazyText | None:
    if len(texts) < FEWEST_OPTIONS:
        return _l("Write at least two answers to choose among, one on each line.")
    if len(texts) > MOST_OPTIONS:
        return _l("A question can have at most %(most)s answers.", most=MOST_OPTIONS)
    for place, text in enumerate(texts):
        if len(text) > LONGEST_OPTION:
            return _l("Each answer can have at most %(most)s characters.", most=LONGEST_OPTION)
        if text in texts[:place]:
            return _l("This answer is there already: %(text)s", text=text)
    return None
