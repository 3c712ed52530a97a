"""The texts of a vote that can be had in other languages: all of them, or the ballot is in Swedish."""

from __future__ import annotations

from app import db, i18n, subjects
from app.dialogues.models import Dialogue
from app.dialogues.stages import DRAFT_STAGES, Stage
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.codecision.votes.models import Vote, VoteOption
from app.levels.codecision.votes.queries.votes import in_dialogue
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source
from app.permissions import Reason
from app.questions import words

VOTE_FIELDS = {
    "title": (_l("Title"), 160),
    "question": (_l("Question on the ballot paper"), 300),
    "background": (_l("Background"), 5000),
    "eligible": (_l("Who can vote"), 300),
    "area": (_l("Which area it concerns"), 300),
    "budget": (_l("Money and other limits"), 300),
}
OPTION_FIELDS = {"text": (_l("Option to vote for"), 200)}
LOCKED = _l("The vote is open or has been, so its texts can no longer be changed in any language.")


def words_of(row: Vote, language: i18n.Language | None = None) -> words.Words:
    """Every text of a vote in the reader's language where all are reviewed, else in Swedish. One statement."""
    own: Row = (subjects.key("vote", row.id), {field: (getattr(row, field), None) for field in VOTE_FIELDS})
    options: list[Row] = [
        (subjects.key("vote_option", one.id), {field: (getattr(one, field), None) for field in OPTION_FIELDS})
        for one in row.options
    ]
    return words.spoken([own, *options], language)


def _of_votes(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key("vote", row.id), row.title, field, label, getattr(row, field), longest=longest)
        for row in _votes(dialogue_id)
        for field, (label, longest) in VOTE_FIELDS.items()
    ]


def _of_options(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key("vote_option", one.id), row.title, field, label, getattr(one, field), longest=longest)
        for row in _votes(dialogue_id)
        for one in row.options
        for field, (label, longest) in OPTION_FIELDS.items()
    ]


def _votes(dialogue_id: int | None) -> list[Vote]:
    return [] if dialogue_id is None else in_dialogue(dialogue_id)


def _locked(key: str) -> Reason | None:
    """Texts stay as they are from the opening on: everyone votes on the same paper."""
    kind, _, number = key.partition(":")
    session = db.session()
    option = session.get(VoteOption, int(number)) if kind == "vote_option" else None
    row = session.get(Vote, option.vote_id if option else int(number))
    dialogue = None if row is None else session.get(Dialogue, row.dialogue_id)
    if dialogue is None or dialogue.stage in DRAFT_STAGES | {Stage.DECIDED, Stage.ANNOUNCED}:
        return None
    return Reason("open", LOCKED)


SOURCES = (
    Source(
        "vote",
        lazy_p("subject", "Vote"),
        {field: label for field, (label, _) in VOTE_FIELDS.items()},
        _of_votes,
        _locked,
    ),
    Source(
        "vote_option",
        lazy_p("subject", "Option to vote for"),
        {field: label for field, (label, _) in OPTION_FIELDS.items()},
        _of_options,
        _locked,
    ),
)
