"""A page of questions as a form, made from what is stored: one field for each question, named q and its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from app.forms import BaseForm
from app.i18n import LazyText
from app.questions.fields import Judged
from app.questions.kinds import Value, Values, kind_of
from app.questions.models import Question
from app.questions.words import Words


class PageForm(BaseForm):
    """A page. Whatever else is posted is passed over."""

    questions: Sequence[Question] = ()

    def values(self) -> dict[int, Value]:
        """What the fields hold, right or wrong."""
        return {question.id: kind_of(question).read(self[name_of(question)].data) for question in self.questions}


def name_of(question: Question) -> str:
    return f"q{question.id}"


F = TypeVar("F", bound=PageForm)


def page_form(questions: Sequence[Question], words: Words, values: Values, *, complete: bool = True) -> PageForm:
    """The form of one page with earlier values filled in.

    `complete` false: what is required may still be missing (saved, to be continued later).
    """
    return form_of(PageForm, questions, words, {name_of(q): values.get(q.id) for q in questions}, complete=complete)


def form_of(
    kind: type[F], questions: Sequence[Question], words: Words, data: Mapping[str, Any], *, complete: bool = True
) -> F:
    """A form of this kind with a field for each question after its own. `data`: what the fields begin with."""
    members: dict[str, Any] = {name_of(q): _control(q, words, complete=complete) for q in questions}
    members["questions"] = tuple(questions)
    form = type("QuestionPage", (kind,), members)
    made: F = form(data=data)
    return made


def _control(question: Question, words: Words, *, complete: bool) -> Any:
    judge = partial(_wrong, question, question.required and complete)
    return kind_of(question).control(question, words, Judged(judge, required=question.required))


def _wrong(question: Question, required: bool, data: Any) -> LazyText | None:
    kind = kind_of(question)
    return kind.check(question, kind.read(data), required=required)
