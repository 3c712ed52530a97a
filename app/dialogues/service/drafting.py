"""Putting a dialogue up, answering the criteria, and writing what the body is to decide about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app import clock, db, ladder
from app.dialogues import bodies, criteria, names, plan, queries
from app.dialogues.changes.models import Part
from app.dialogues.changes.service import Change, note
from app.dialogues.events import DialogueAssessed, DialogueEdited, DialogueProposed
from app.dialogues.intake import areas, gate
from app.dialogues.intake.gate import Rest
from app.dialogues.models import AssessedUnder, Assessment, CriterionAnswer, Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.rules import Do
from app.dialogues.service import moves
from app.dialogues.stages import Kind, Stage
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Action, Actor, require

# The level of the kinds that have no ladder to choose from: what they may use follows from it.
LEVELS = {Kind.USER_DIALOGUE: ladder.CONSULTATION.key, Kind.INFORMATION: ladder.INFORMATION.key}


def propose(actor: Actor, title: str, question: str, kind: Kind = Kind.CITIZEN_DIALOGUE) -> Dialogue:
    """Put something up for consideration; nothing is public yet. Which kind it is says `kinds.service.begin`.

    Raises NotAccepted for what is named after a person.
    """
    require(actor, Do.PROPOSE)
    names.no_person({"title": title, "question": question})
    dialogue = Dialogue(
        kind=kind,
        stage=Stage.IDEA,
        level=LEVELS.get(kind),
        title=title,
        question=question,
        created_by=actor.person_id,
        created_at=clock.now(),
    )
    db.session().add(dialogue)
    db.session().flush()
    emit(DialogueProposed(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, title=title))
    return dialogue


def assess(actor: Actor, dialogue: Dialogue, answers: Mapping[str, tuple[str, str]], rest: Rest) -> Assessment:
    """Keep an assessment: criterion key → (answer, reason), and the rest. The first one makes the idea assessed.

    A new one is a new row; the earlier ones stay. A dialogue without a body gets that of its area, to be changed with
    the promise. Raises NotAccepted for the first question without answer or reason.
    """
    moves.lock(dialogue)
    require(actor, Do.ASSESS, dialogue)
    for key in criteria.KEYS:
        answer, reason = answers.get(key, ("", ""))
        if answer not in set(criteria.Answer):
            raise NotAccepted(key, _l("Choose an answer."))
        if not reason.strip():
            raise NotAccepted(f"{key}_reason", _l("Say why."))
    guideline = queries.guideline_of(dialogue.id)
    db.insert_new(AssessedUnder, dialogue_id=dialogue.id, guideline_id=guideline.id if guideline else None)
    made = Assessment(dialogue_id=dialogue.id, made_by=actor.person_id, made_at=clock.now())
    db.session().add(made)
    db.session().flush()
    for key in criteria.KEYS:
        answer, reason = answers[key]
        db.session().add(CriterionAnswer(assessment_id=made.id, criterion=key, answer=answer, reason=reason))
    basis = gate.row(made.id, rest)
    db.session().add(basis)
    area = areas.find(rest.area)
    dialogue.body_key = dialogue.body_key or (area.body_key if area else "") or None
    db.session().flush()
    said = {key: str(answers[key][0]) for key in criteria.KEYS}
    said |= {"position": basis.position, "prior": basis.prior, "competence": basis.competence}
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
    names.no_person({"title": title, "question": question})
    _edit(actor, Do.DRAFT, dialogue, version, "question", title=title, question=question)


def describe(actor: Actor, dialogue: Dialogue, version: int, why: str = "", **values: str) -> None:
    """Write the summary and whom to ask: summary, contact_name, contact_email, contact_phone.

    Raises NotAccepted for the first thing that is missing; once the dialogue has opened, `why` is among them.
    """
    if not values["contact_email"] and not values["contact_phone"]:
        require(actor, Do.DESCRIBE, dialogue)
        raise NotAccepted("contact_email", _l("Give an e-mail address or a phone number."))
    hold(actor, Do.DESCRIBE, dialogue, version)
    if any(getattr(dialogue, name) != value for name, value in values.items()):
        before, after = dialogue.summary, values["summary"]
        change = Change(part=Part.DESCRIPTION, before=before, after=after) if before != after else None
        note(actor, dialogue, change or Change(part=Part.DESCRIPTION), why)
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
