"""The gate of the four criteria: what one may answer, and which answers let a dialogue through.

What the criteria say stands in the guideline (app.policy).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.i18n import LazyText, lazy_p
from app.policy.criteria import CRITERIA, KEYS, Criterion

__all__ = ["ANSWER_NAMES", "CRITERIA", "KEYS", "Answer", "Criterion", "passes"]


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    DOUBTFUL = "doubtful"


ANSWER_NAMES: Mapping[Answer, LazyText] = {
    Answer.YES: lazy_p("criterion", "Yes"),
    Answer.NO: lazy_p("criterion", "No"),
    Answer.DOUBTFUL: lazy_p("criterion", "Doubtful"),
}


def passes(answers: Mapping[str, str]) -> bool:
    """Whether the gate opens (criterion key → answer): every one of the four is yes; doubtful blocks as no does."""
    return all(answers.get(key) == Answer.YES for key in KEYS)
