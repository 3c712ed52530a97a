"""The questions of a questionnaire in the reader's language, from the catalogues, as the question engine takes them."""

from __future__ import annotations

from collections.abc import Sequence

from app import i18n
from app.dialogues.evaluation.models import Inquiry
from app.dialogues.evaluation.standard import asked
from app.i18n import LazyText
from app.multilingual.queries import EASY, Text
from app.questions.models import Question
from app.questions.words import QUESTION_FIELDS, Words, key_of


def words_of(row: Inquiry, questions: Sequence[Question]) -> Words:
    """Every text of these questions. In easy Swedish they are ordinary Swedish, and say so."""
    texts: dict[tuple[str, str], Text] = {}
    for question, one in zip(questions, asked(row.kind, row.edition), strict=True):
        texts |= {(key_of(question), field): _text("") for field in QUESTION_FIELDS}
        texts[key_of(question), "text"] = _text(one.text)
        for option, label in zip(question.options, one.options.values(), strict=True):
            texts[key_of(option), "text"] = _text(label)
    return Words(texts)


def _text(said: LazyText | str) -> Text:
    language = i18n.current()
    return Text(str(said), None, language.tag, language.dir, is_ordinary=language is EASY and bool(said))
