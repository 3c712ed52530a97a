"""The four criteria that a question must meet before residents are asked (reference: the municipality's guideline)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    DOUBTFUL = "doubtful"


ANSWER_NAMES: Mapping[Answer, LazyText] = {
    Answer.YES: lazy_p("criterion", "Yes"),
    Answer.NO: lazy_p("criterion", "No"),
    Answer.DOUBTFUL: lazy_p("criterion", "Doubtful"),
}


@dataclass(frozen=True)
class Criterion:
    """One question of the gate. `instead` is what one does where the answer is not yes."""

    key: str
    question: LazyText
    hint: LazyText
    instead: LazyText


CRITERIA = (
    Criterion(
        "influenceable",
        _l("Can the question still be influenced?"),
        _l("Say what is not decided yet, and what residents could change."),
        _l("Tell residents what has been decided and why. Ask nothing that their answer cannot change."),
    ),
    Criterion(
        "open_minded",
        _l("Are those who decide prepared to be influenced?"),
        _l("Say how you know that the body has not made up its mind."),
        _l("Wait until the body is prepared to listen, or tell residents what it has decided."),
    ),
    Criterion(
        "knowledge_needed",
        _l("Does the body need to know more about what residents value, put first and think, to decide well?"),
        _l("Say what the body does not know today."),
        _l("Use what is already known. Another survey would only cost people's time."),
    ),
    Criterion(
        "understanding_gained",
        _l("Can a dialogue help residents see what the municipality is responsible for and has to choose between?"),
        _l("Say what residents would learn by taking part."),
        _l("Explain the question first, as information. A dialogue may follow when it can be understood."),
    ),
)
KEYS = tuple(one.key for one in CRITERIA)


def passes(answers: Mapping[str, str]) -> bool:
    """Whether the gate opens (criterion key → answer): every one of the four is yes; doubtful blocks as no does."""
    return all(answers.get(key) == Answer.YES for key in KEYS)
