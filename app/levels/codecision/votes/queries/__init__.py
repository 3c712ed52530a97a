"""Reads of votes: the vote itself, what it lacks, and its texts as the translators see them."""

from app.levels.codecision.votes.queries.texts import SOURCES, words_of
from app.levels.codecision.votes.queries.votes import (
    address_of,
    electorate,
    eligible_rows,
    in_dialogue,
    open_for_others,
    outcome,
    participants,
    personal_data,
    unready,
    unsettled,
    visible_to,
    vote,
    vote_in,
)

__all__ = [
    "SOURCES",
    "address_of",
    "electorate",
    "eligible_rows",
    "in_dialogue",
    "open_for_others",
    "outcome",
    "participants",
    "personal_data",
    "unready",
    "unsettled",
    "visible_to",
    "vote",
    "vote_in",
    "words_of",
]
