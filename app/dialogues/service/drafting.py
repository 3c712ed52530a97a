"""Putting a dialogue up, answering the criteria, and writing what the body is to decide about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app import clock, db, ladder
from app.dialogues import bodies, criteria, plan, queries
from app.dialogues.events import DialogueAssessed, DialogueEdited, DialogueExtended, DialogueProposed
from app.dialogues.models import Assessment, CriterionAnswer, Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.rules import Do
from app.dialogues.service import moves
from app.dialogues.stages import Kind, Stage
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Action, Actor, require


def propose(actor: Actor, title: str, question: str) -> Dialogue:
    """Put up a citizens' dialogue for consideration; nothing is public yet. (The other kinds cannot be made now.)"""
    require(actor, Do.PROPOSE)
    dialogue = Dialogue(
        kind=Kind.CITIZEN_DIALOGUE,
        stage=Stage.IDEA,
        title=title,
        question=question,
        created_by=actor.person_id,
        created_at=clock.now(),
    )
    db.session().add(dialogue)
    db.session().flush()
    emit(DialogueProposed(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, title=title))
    return dialogue


def assess(actor: Actor, dialogue: Dialogue, answers: Mapping[str, tuple[str, str]]) -> Assessment:
    """Keep an assessment: criterion key → (answer, reason). The first one makes the idea assessed.

    A new one is a new row; the earlier ones stay. Raises NotAccepted for the first criterion without answer or reason.
    """
    moves.lock(dialogue)
    require(actor, Do.ASSESS, dialogue)
    for key in criteria.KEYS:
        answer, reason = answers.get(key, ("", ""))
        if answer not in set(criteria.Answer):
            raise NotAccepted(key, _l("Choose an answer."))
        if not reason.strip():
            raise NotAccepted(f"{key}_reason", _l("Say why."))
    made = Assessment(dialogue_id=dialogue.id, made_by=actor.person_id, made_at=clock.now())
    db.session().add(made)
    db.session().flush()
    for key in criteria.KEYS:
        answer, reason = answers[key]
        db.session().add(CriterionAnswer(assessment_id=made.id, criterion=key, answer=answer, reason=reason))
    db.session().flush()
    said = {key: str(answers[key][0]) for key in criteria.KEYS}
    emit(DialogueAssessed(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, answers=said))
    if dialogue.stage == Stage.IDEA:
        moves.move(actor, dialogue, Stage.ASSESSED)
    return made


def hold(actor: Actor, do: Action, dialogue: Dialogue, version: int | None) -> None:
    """Lock the dialogue for an edit that began at `version` (None: a change that overwrites nobody's text).

    Raises Overtaken where somebody else has saved it since.
    """
    moves.lock(dialogue)
    require(actor, do, dialogue)
    if version is not None and dialogue.version != version:
        raise Overtaken(dialogue.id)


def _edit(actor: Actor, do: Action, dialogue: Dialogue, version: int, part: str, **values: Any) -> None:
    """Save fields of the dialogue, where something has changed."""
    hold(actor, do, dialogue, version)
    changed = {name: value for name, value in values.items() if getattr(dialogue, name) != value}
    for name, value in changed.items():
        setattr(dialogue, name, value)
    if changed:
        db.session().flush()
        emit(DialogueEdited(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, part=part))


def ask(actor: Actor, dialogue: Dialogue, version: int, *, title: str, question: str) -> None:
    """Write the question, and the short title that lists and addresses use."""
    _edit(actor, Do.DRAFT, dialogue, version, "question", title=title, question=question)


def describe(actor: Actor, dialogue: Dialogue, version: int, **values: str) -> None:
    """Write the summary and whom to ask: summary, contact_name, contact_email, contact_phone."""
    if not values["contact_email"] and not values["contact_phone"]:
        require(actor, Do.DESCRIBE, dialogue)
        raise NotAccepted("contact_email", _l("Give an e-mail address or a phone number."))
    _edit(actor, Do.DESCRIBE, dialogue, version, "description", **values)


def set_purpose(actor: Actor, dialogue: Dialogue, version: int, *, purpose: str) -> None:
    """Write what the body wants to know, and for what: before the level, which follows from it."""
    _edit(actor, Do.DRAFT, dialogue, version, "purpose", purpose=purpose)


def choose_level(actor: Actor, dialogue: Dialogue, version: int, *, level: str) -> None:
    """Choose the step of the ladder.

    Raises NotAccepted without a purpose, for information alone, and where a method that is already in the dialogue
    is not offered at the new level.
    """
    require(actor, Do.DRAFT, dialogue)
    if not dialogue.purpose.strip():
        raise NotAccepted("level", _l("Write the purpose first: the level follows from it."))
    if dialogue.kind == Kind.CITIZEN_DIALOGUE and level == ladder.INFORMATION.key:
        raise NotAccepted("level", _l("To inform only is not to hold a dialogue. Choose another level."))
    if level not in {one.key for one in ladder.LEVELS}:
        raise NotAccepted("level", _l("Choose a level."))
    offered = {method.key for method in ladder.methods_at(level)}
    for card in queries.cards_of(dialogue.id):
        if card.method not in offered:
            sentence = _l("“%(title)s” is not offered at this level. Take it away first.", title=card.title)
            raise NotAccepted("level", sentence)
    _edit(actor, Do.DRAFT, dialogue, version, "level", level=level)


def give_promise(actor: Actor, dialogue: Dialogue, version: int, *, body_key: str, promise: str, affected: str) -> None:
    """Write which body decides, what it promises to do with the result, and whom the question concerns."""
    if bodies.find(body_key) is None:
        require(actor, Do.DRAFT, dialogue)
        raise NotAccepted("body_key", _l("Choose an elected body from the list."))
    _edit(actor, Do.DRAFT, dialogue, version, "promise", body_key=body_key, promise=promise, affected=affected)


def schedule(
    actor: Actor,
    dialogue: Dialogue,
    version: int,
    *,
    opens_at: datetime,
    closes_at: datetime,
    decision_on: date,
    feedback_by: date,
) -> None:
    """Set the time plan. Raises NotAccepted for the first date out of order."""
    require(actor, Do.SCHEDULE, dialogue)
    for problem in plan.problems(plan.Plan(opens_at, closes_at, decision_on, feedback_by)):
        raise NotAccepted(problem.field, problem.sentence)
    dates = {"opens_at": opens_at, "closes_at": closes_at, "decision_on": decision_on, "feedback_by": feedback_by}
    _edit(actor, Do.SCHEDULE, dialogue, version, "time plan", **dates)


def extend(actor: Actor, dialogue: Dialogue, closes_at: datetime) -> None:
    """Let an open or paused dialogue close later. Raises NotAccepted for an earlier time, or one after the decision."""
    hold(actor, Do.EXTEND, dialogue, None)
    if dialogue.closes_at is not None and closes_at < dialogue.closes_at:
        raise NotAccepted("closes_at", _l("A dialogue is never closed earlier than was announced."))
    if closes_at == dialogue.closes_at:
        return
    for problem in plan.problems(plan.Plan(dialogue.opens_at, closes_at, dialogue.decision_on, dialogue.feedback_by)):
        raise NotAccepted("closes_at", problem.sentence)
    dialogue.closes_at = closes_at
    db.session().flush()
    key = moves.key_of(dialogue)
    emit(DialogueExtended(subject=key, actor=actor, dialogue_id=dialogue.id, closes_at=closes_at))


def resume(actor: Actor, dialogue: Dialogue, closes_at: datetime | None) -> None:
    """Open a paused dialogue again, and let it stay open longer where a later closing time is given."""
    if closes_at is not None and closes_at != dialogue.closes_at:
        extend(actor, dialogue, closes_at)
    moves.move(actor, dialogue, Stage.OPEN)
