"""The texts of what was considered, in the reader's language, and those that can be translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app import subjects
from app.dialogues import texts as dialogues
from app.dialogues.intake import queries
from app.dialogues.intake.models import ChangeConsideration, LargerChange, TopicAnswer
from app.dialogues.intake.queries import Answered, ChangeNotHeld, NotHeld
from app.dialogues.models import Move
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source, labels

REASON: Mapping[str, tuple[LazyText, int]] = {"reason": (_l("Why it was not held"), 2000)}
TITLE: Mapping[str, tuple[LazyText, int]] = {"title": (_l("What the case is about"), 160)}
ANSWERED: Mapping[str, tuple[LazyText, int]] = {"reason": (_l("Answer"), 5000)}
CHANGE, CONSIDERED, ANSWER = "larger_change", "change_consideration", "topic_answer"
NOT_HELD = "not_held"  # the step that ended a dialogue, by its id


def row_of_move(move: Move) -> Row:
    return subjects.key(NOT_HELD, move.id), {"reason": (move.note, None)}


def row_of_change(change: LargerChange) -> Row:
    return subjects.key(CHANGE, change.id), {"title": (change.title, None)}


def row_of_consideration(consideration: ChangeConsideration) -> Row:
    return subjects.key(CONSIDERED, consideration.id), {"reason": (consideration.reason, None)}


def rows_of(entries: Sequence[NotHeld | ChangeNotHeld]) -> list[Row]:
    """The texts of what stands in the register."""
    found: list[Row] = []
    for one in entries:
        if isinstance(one, NotHeld):
            found += [dialogues.row_of(one.dialogue), row_of_move(one.move)]
        else:
            found += [row_of_change(one.change), row_of_consideration(one.consideration)]
    return found


def row_of_answer(answer: TopicAnswer) -> Row:
    return subjects.key(ANSWER, answer.id), {"reason": (answer.reason, None)}


def rows_of_topic(one: Answered) -> list[Row]:
    """The answer of a topic, and the title of the dialogue that it became. Its own words are its author's."""
    found = [row_of_answer(one.answer)] if one.answer is not None else []
    return [*found, *([dialogues.row_of(one.dialogue)] if one.dialogue is not None else [])]


def _of_answers(dialogue_id: int | None) -> list[Item]:
    label, longest = ANSWERED["reason"]
    return [
        Item(subjects.key(ANSWER, answer.id), title, "reason", label, answer.reason, longest=longest)
        for title, answer in (queries.public_answers() if dialogue_id is None else [])
    ]


def _of_changes(dialogue_id: int | None) -> list[Item]:
    """The titles of the changes that stand in the register; they belong to the site."""
    label, longest = TITLE["title"]
    return [
        Item(subjects.key(CHANGE, one.change.id), one.change.title, "title", label, one.change.title, longest=longest)
        for one in (queries.not_held_for() if dialogue_id is None else [])
    ]


def _of_considerations(dialogue_id: int | None) -> list[Item]:
    label, longest = REASON["reason"]
    return [
        Item(subjects.key(CONSIDERED, one.consideration.id), one.change.title, "reason", label,
             one.consideration.reason, longest=longest)
        for one in (queries.not_held_for() if dialogue_id is None else [])
    ]  # fmt: skip


def _of_dialogue(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key(NOT_HELD, move.id), str(REASON["reason"][0]), field, label, move.note, longest=longest)
        for move in (queries.ended(dialogue_id) if dialogue_id is not None else [])
        for field, (label, longest) in REASON.items()
    ]


SOURCES = (
    Source(NOT_HELD, lazy_p("subject", "Why it was not held"), labels(REASON), _of_dialogue),
    Source(CHANGE, lazy_p("subject", "Larger change"), labels(TITLE), _of_changes),
    Source(CONSIDERED, lazy_p("subject", "Why no dialogue is held"), labels(REASON), _of_considerations),
    Source(ANSWER, lazy_p("subject", "Answer to a proposed topic"), labels(ANSWERED), _of_answers),
)
