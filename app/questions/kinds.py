"""The kinds of questions. A new kind is a class and its line in KINDS.

A kind says how its question is asked, judged, kept, said back, counted and exported. Between those stands a *value*
that JSON can hold (drafts keep it): a text; a number as typed; an option's id or a step; a list of ids; None when
nothing was answered.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from app import forms, i18n
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Text
from app.questions import fields
from app.questions.core.numbers import LARGEST, NotANumber, TooFine, read_number, tidy
from app.questions.models import Question
from app.questions.words import Words

Value = str | int | list[int] | None
Values = Mapping[int, Value]  # question id → value
Cell = Mapping[str, Any]  # text, number or option_id of one row of answers
LONGEST_LINE, LONGEST_ANSWER = 200, 4000  # characters, where the question says nothing else
LOWEST_STEP, HIGHEST_STEP = 1, 5
MOST_STEPS = 11
FILL_IN = _l("Answer the question: it is needed.")
CHOOSE = _l("Choose an answer: it is needed.")
NOT_OFFERED = _l("Choose from the answers that are offered.")


class Stored(Protocol):
    """A stored answer: a row of Answer, or its columns as an export reads them."""

    @property
    def option_id(self) -> int | None: ...
    @property
    def number(self) -> Decimal | None: ...
    @property
    def text(self) -> str | None: ...


@dataclass(frozen=True)
class Limits:
    """What an official may limit, in words; None where the kind has no such limit."""

    least: LazyText | None = None
    most: LazyText | None = None


class Kind(ABC):
    """One kind of question. Objects have no state."""

    key: ClassVar[str]
    name: ClassVar[LazyText]
    limits: ClassVar[Limits] = Limits()
    chooses: ClassVar[bool] = False  # among options
    is_reviewed: ClassVar[bool] = False  # free text: a moderator looks at it before it is public
    tally: ClassVar[str]  # how it is counted: a name in app.questions.tallies
    missing: ClassVar[LazyText] = FILL_IN

    field: ClassVar[Any]  # what asks it

    def control(self, question: Question, words: Words, judged: fields.Judged) -> Any:
        """The unbound field: the question as its label, the hint, the judge."""
        hint = words.of(question, "hint")
        asked = {"label": words.of(question), "description": hint if hint.text else "", "validators": [judged]}
        return self.field(**asked, **self.extras(question, words))

    def extras(self, question: Question, words: Words) -> Mapping[str, Any]:
        """What the control needs besides."""
        return {}

    def read(self, data: Any) -> Value:
        """What a field holds, as a value. Never raises."""
        value: Value = data or None
        return value

    def check(self, question: Question, value: Value, *, required: bool) -> LazyText | None:
        """What is wrong with the value, in a sentence; None when nothing is."""
        if value is None:
            return self.missing if required else None
        return self.wrong(question, value)

    @abstractmethod
    def wrong(self, question: Question, value: Any) -> LazyText | None:
        """As check(), for a value that is there."""

    @abstractmethod
    def said(self, question: Question, words: Words, value: Any) -> Sequence[Text | str]:
        """The answer in words, a line each."""

    @abstractmethod
    def cells(self, value: Any) -> list[Cell]:
        """The rows of answers that a right value becomes."""

    def headers(self, question: Question) -> list[str]:
        """The columns it takes in an export, in Swedish."""
        return [question.text]

    def exported(self, question: Question, answers: Sequence[Stored]) -> list[Any]:
        """One cell for each header. No answers: empty cells."""
        return [self.plain(question, answers[0])] if answers else [None]

    @abstractmethod
    def plain(self, question: Question, answer: Stored) -> Any:
        """What one stored row says, in Swedish or as a number."""


class _Written(Kind):
    """Text in the person's own words. `most` is the number of characters."""

    limits = Limits(most=_l("Most characters"))
    is_reviewed = True
    tally = "texts"
    longest: ClassVar[int]

    def most(self, question: Question) -> int:
        return min(question.most or self.longest, self.longest)

    def extras(self, question: Question, words: Words) -> Mapping[str, Any]:
        return {"longest": self.most(question)}

    def wrong(self, question: Question, value: Any) -> LazyText | None:
        if not isinstance(value, str):
            return self.missing
        if len(value) <= self.most(question):
            return None
        return _l(
            "Use at most %(most)s characters. You have written %(length)s.",
            most=self.most(question),
            length=len(value),
        )

    def said(self, question: Question, words: Words, value: Any) -> Sequence[Text | str]:
        return str(value).splitlines() or [""]

    def cells(self, value: Any) -> list[Cell]:
        return [{"text": value}]

    def plain(self, question: Question, answer: Stored) -> Any:
        return answer.text


class Line(_Written):
    key = "line"
    name = lazy_p("question", "Short text")
    longest = LONGEST_LINE
    field = forms.LineField


class LongText(_Written):
    key = "text"
    name = lazy_p("question", "Long text")
    longest = LONGEST_ANSWER
    field = forms.TextField


class Number(Kind):
    """A number between `least` and `most`, with up to four decimals. The value is as typed."""

    key = "number"
    name = lazy_p("question", "Number")
    limits = Limits(_l("Smallest number"), _l("Largest number"))
    tally = "numbers"
    field = fields.NumberField

    def extras(self, question: Question, words: Words) -> Mapping[str, Any]:
        return fields.TYPED

    def wrong(self, question: Question, value: Any) -> LazyText | None:
        try:
            number = read_number(str(value))
        except TooFine:
            return _l("Write at most four decimals.")
        except NotANumber:
            return _l("Write a number with digits, for example 12 or 3,5.")
        lowest = -LARGEST if question.least is None else question.least
        highest = LARGEST if question.most is None else question.most
        if number < lowest:
            return _l("The smallest number you can answer is %(least)s.", least=lowest)
        if number > highest:
            return _l("The largest number you can answer is %(most)s.", most=highest)
        return None

    def said(self, question: Question, words: Words, value: Any) -> Sequence[Text | str]:
        return [i18n.number(tidy(read_number(str(value))))]  # type: ignore[arg-type]  # a Decimal is said as it is

    def cells(self, value: Any) -> list[Cell]:
        return [{"number": read_number(str(value))}]

    def plain(self, question: Question, answer: Stored) -> Any:
        return tidy(answer.number or Decimal(0))


class Scale(Kind):
    """A step between `least` and `most`, whose ends have labels."""

    key = "scale"
    name = lazy_p("question", "Scale")
    limits = Limits(_l("Lowest step"), _l("Highest step"))
    tally = "steps"
    field = fields.ScaleField
    missing = CHOOSE

    def steps(self, question: Question) -> range:
        lowest = LOWEST_STEP if question.least is None else question.least
        highest = HIGHEST_STEP if question.most is None else question.most
        return range(lowest, min(highest, lowest + MOST_STEPS - 1) + 1)

    def label(self, question: Question, words: Words, step: int) -> Text | str:
        """The step, and at the ends what it means."""
        steps = self.steps(question)
        ends = {steps[0]: "low_label", steps[-1]: "high_label"}
        meaning = words.of(question, ends[step]) if step in ends else None
        return replace(meaning, text=f"{step} – {meaning.text}") if meaning and meaning.text else str(step)

    def extras(self, question: Question, words: Words) -> Mapping[str, Any]:
        return {
            **fields.CHOSEN,
            "choices": lambda: [(step, self.label(question, words, step)) for step in self.steps(question)],
        }

    def read(self, data: Any) -> Value:
        return data if isinstance(data, int) else None

    def wrong(self, question: Question, value: Any) -> LazyText | None:
        return None if value in self.steps(question) else NOT_OFFERED

    def said(self, question: Question, words: Words, value: Any) -> Sequence[Text | str]:
        return [self.label(question, words, value)]

    def cells(self, value: Any) -> list[Cell]:
        return [{"number": Decimal(value)}]

    def plain(self, question: Question, answer: Stored) -> Any:
        return tidy(answer.number or Decimal(0))


class Single(Kind):
    key = "single"
    name = lazy_p("question", "One choice")
    chooses = True
    tally = "choices"
    field = fields.OneField
    missing = CHOOSE

    def extras(self, question: Question, words: Words) -> Mapping[str, Any]:
        return {**fields.CHOSEN, "choices": lambda: [(option.id, words.of(option)) for option in question.options]}

    def wrong(self, question: Question, value: Any) -> LazyText | None:
        return None if value in {option.id for option in question.options} else NOT_OFFERED

    def said(self, question: Question, words: Words, value: Any) -> Sequence[Text | str]:
        return [words.of(option) for option in question.options if option.id == value]

    def cells(self, value: Any) -> list[Cell]:
        return [{"option_id": value}]

    def plain(self, question: Question, answer: Stored) -> Any:
        return next((option.text for option in question.options if option.id == answer.option_id), None)


class Multiple(Kind):
    """Between `least` and `most` choices, where anything is chosen."""

    key = "multiple"
    name = lazy_p("question", "Several choices")
    limits = Limits(_l("Fewest choices"), _l("Most choices"))
    chooses = True
    tally = "choices"
    field = fields.ManyField
    missing = CHOOSE

    def extras(self, question: Question, words: Words) -> Mapping[str, Any]:
        return {**fields.CHOSEN, "choices": lambda: [(option.id, words.of(option)) for option in question.options]}

    def read(self, data: Any) -> Value:
        chosen = [one for one in data or [] if one is not None]
        return list(dict.fromkeys(chosen)) or None

    def wrong(self, question: Question, value: Any) -> LazyText | None:
        if not isinstance(value, list) or not set(value) <= {option.id for option in question.options}:
            return NOT_OFFERED
        if question.most is not None and len(value) > question.most:
            return _l("Choose at most %(most)s. You have chosen %(count)s.", most=question.most, count=len(value))
        if question.least is not None and len(value) < question.least:
            return _l("Choose at least %(least)s. You have chosen %(count)s.", least=question.least, count=len(value))
        return None

    def said(self, question: Question, words: Words, value: Any) -> Sequence[Text | str]:
        return [words.of(option) for option in question.options if option.id in value]

    def cells(self, value: Any) -> list[Cell]:
        return [{"option_id": one} for one in value]

    def headers(self, question: Question) -> list[str]:
        return [f"{question.text}: {option.text}" for option in question.options]

    def exported(self, question: Question, answers: Sequence[Stored]) -> list[Any]:
        chosen = {answer.option_id for answer in answers}
        return [(1 if option.id in chosen else 0) if answers else None for option in question.options]

    def plain(self, question: Question, answer: Stored) -> Any:
        return next((option.text for option in question.options if option.id == answer.option_id), None)


KINDS: Mapping[str, Kind] = {kind.key: kind for kind in (Single(), Multiple(), Scale(), Number(), Line(), LongText())}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def values_of(question: Question, answers: Sequence[Stored]) -> Value:
    """The value that stored rows came from."""
    if not answers:
        return None
    first = answers[0]
    if first.text is not None:
        return first.text
    if first.number is not None:
        plain = tidy(first.number)
        return int(plain) if question.kind == Scale.key else str(plain)
    chosen = [answer.option_id for answer in answers if answer.option_id is not None]
    return chosen if question.kind == Multiple.key else chosen[0]
