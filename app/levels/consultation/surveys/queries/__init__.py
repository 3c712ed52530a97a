"""Reads of surveys: the survey itself, what came in, and its texts as the translators see them."""

from app.levels.consultation.surveys.queries.responses import (
    Written,
    by_review,
    contributions,
    figures,
    free_texts,
    participants,
    response_by_receipt,
    response_of,
    responses_in,
    result,
    texts_visible_to,
    written,
)
from app.levels.consultation.surveys.queries.surveys import (
    address_of,
    in_dialogue,
    questions,
    survey,
    survey_in,
    unready,
    visible_to,
)
from app.levels.consultation.surveys.queries.texts import SOURCES, own_row, words_of

__all__ = [
    "SOURCES",
    "Written",
    "address_of",
    "by_review",
    "contributions",
    "figures",
    "free_texts",
    "in_dialogue",
    "own_row",
    "participants",
    "questions",
    "response_by_receipt",
    "response_of",
    "responses_in",
    "result",
    "survey",
    "survey_in",
    "texts_visible_to",
    "unready",
    "visible_to",
    "words_of",
    "written",
]
