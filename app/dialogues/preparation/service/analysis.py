"""Why this level, the seven grounds of discrimination, and what became of what was done for priority groups."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import delete, select

from app import db
from app.dialogues import service
from app.dialogues.models import Dialogue
from app.dialogues.preparation import goals as council
from app.dialogues.preparation.models import ChosenGoal, GroundAnswer, LevelChoice, Stakeholder
from app.dialogues.preparation.rules import Do
from app.dialogues.preparation.words import FINDINGS, GROUNDS, Finding
from app.dialogues.problems import NotAccepted
from app.dialogues.rules import Do as Dialogues
from app.i18n import lazy as _l
from app.permissions import Actor


def choose(
    actor: Actor, dialogue: Dialogue, version: int, *, level: str, goals: Collection[str], **reasons: str
) -> None:
    """Choose the level, with what leads to it: goals, and `reasons` named target_groups, resources and level_reason.

    Raises NotAccepted without a purpose, for the first reason that is missing, and for a level that is none.
    """
    service.hold(actor, Dialogues.DRAFT, dialogue, version)
    chosen = [goal for goal in council.goals() if goal.key in goals]
    if not chosen:
        raise NotAccepted("goals", _l("Choose at least one of the council's goals."))
    for name, sentence in (
        ("target_groups", _l("Say whom the dialogue is for: its target groups.")),
        ("resources", _l("Say what there is to hold it with: people, time and money.")),
        ("level_reason", _l("Say why purpose, goals, target groups and resources lead to this level.")),
    ):
        if not reasons[name].strip():
            raise NotAccepted(name, sentence)
    service.choose_level(actor, dialogue, version, level=level)
    row = db.session().get(LevelChoice, dialogue.id) or LevelChoice(dialogue_id=dialogue.id)
    row.target_groups, row.resources, row.reason = (
        reasons["target_groups"], reasons["resources"], reasons["level_reason"]
    )  # fmt: skip
    db.session().add(row)
    db.session().execute(delete(ChosenGoal).filter_by(dialogue_id=dialogue.id))
    db.session().add_all(ChosenGoal(dialogue_id=dialogue.id, goal_key=one.key, name=one.name) for one in chosen)
    service.changed(actor, dialogue, "reasons")


class Answer(NamedTuple):
    """What was found for one ground: `words` says what is in the way and `action` what is done, or why nothing is."""

    finding: str
    words: str
    action: str


def answer_grounds(actor: Actor, dialogue: Dialogue, version: int, answers: Mapping[str, Answer]) -> None:
    """Write what was found for each ground (by its key); those that are left out stay unanswered.

    Raises NotAccepted for the first one that is not whole, with the field of the form: the ground, or `…_words`,
    `…_action`.
    """
    service.hold(actor, Do.ANALYSE, dialogue, version)
    for key, answer in answers.items():
        _check(key, answer)
    session = db.session()
    session.execute(delete(GroundAnswer).filter_by(dialogue_id=dialogue.id))
    session.add_all(
        GroundAnswer(
            dialogue_id=dialogue.id,
            ground=key,
            finding=answer.finding,
            words=answer.words,
            action=answer.action if answer.finding == Finding.BARRIER else "",
        )
        for key, answer in answers.items()
    )
    service.changed(actor, dialogue, "grounds")


def _check(key: str, answer: Answer) -> None:
    if key not in GROUNDS or answer.finding not in set(FINDINGS):
        raise NotAccepted(key, _l("Say whether something is in the way."))
    if not answer.words.strip():
        is_barrier = answer.finding == Finding.BARRIER
        raise NotAccepted(f"{key}_words", _l("Say what is in the way.") if is_barrier else _l("Say why nothing is."))
    if answer.finding == Finding.BARRIER and not answer.action.strip():
        raise NotAccepted(f"{key}_action", _l("Say what you do about it."))


class Turnout(NamedTuple):
    """How many took part in what was done for a group, and what they said."""

    turnout: int | None
    follow_up: str


def note_turnout(actor: Actor, dialogue: Dialogue, version: int, told: Mapping[int, Turnout]) -> None:
    """Note how many came to what was done for each priority group (by its id), and what was learnt.

    Raises NotAccepted for a number without words or words without a number; both may still be missing.
    """
    service.hold(actor, Do.FOLLOW_UP, dialogue, version)
    wanted = select(Stakeholder).filter_by(dialogue_id=dialogue.id, is_priority=True)
    for row in db.session().scalars(wanted.order_by(Stakeholder.id)):
        turnout, follow_up = told.get(row.id, Turnout(row.turnout, row.follow_up))
        if turnout is not None and not follow_up.strip():
            raise NotAccepted(f"words_{row.id}", _l("Say what they said, or why nobody came."))
        if turnout is None and follow_up.strip():
            raise NotAccepted(f"turnout_{row.id}", _l("Say how many took part: 0 where nobody did."))
        row.turnout, row.follow_up = turnout, follow_up
    service.changed(actor, dialogue, "turnout")
