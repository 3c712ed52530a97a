"""What is known of a preparation. What belongs to one dialogue comes with its dossier, in one statement."""

from __future__ import annotations

from sqlalchemy import exists, select

from app import db
from app.accounts import queries as accounts
from app.accounts.models import Person
from app.dialogues.models import Dialogue
from app.dialogues.preparation.models import (
    ChosenGoal,
    CostItem,
    GroundAnswer,
    LevelChoice,
    PurposeReading,
    PurposeRequest,
    Stakeholder,
)
from app.dialogues.preparation.words import GROUNDS, Cost, Ground
from app.dialogues.queries import Dossier, belongs
from app.dialogues.stages import DRAFT_STAGES
from app.permissions import Actor, Role

READERS = (Role.OFFICIAL, Role.COMMUNICATIONS)  # who may read a purpose that somebody else wrote

belongs(LevelChoice, order=("dialogue_id",))
belongs(ChosenGoal, order=("goal_key",))
belongs(Stakeholder)
belongs(GroundAnswer, order=("ground",))
belongs(CostItem)
belongs(PurposeRequest)
belongs(PurposeReading)


def level_choice(dossier: Dossier) -> LevelChoice | None:
    """Why its level was chosen; None before that."""
    return next(iter(dossier.rows(LevelChoice)), None)


def affected(dossier: Dossier) -> list[Stakeholder]:
    """The groups that the question concerns and that are invited."""
    return [row for row in dossier.rows(Stakeholder) if row.is_affected]


def priority(dossier: Dossier) -> list[Stakeholder]:
    """The groups whose view should be heard in particular."""
    return [row for row in dossier.rows(Stakeholder) if row.is_priority]


def grounds_left(dossier: Dossier) -> list[Ground]:
    """The grounds of discrimination that are not answered yet, in their order."""
    answered = {row.ground for row in dossier.rows(GroundAnswer)}
    return [ground for key, ground in GROUNDS.items() if key not in answered]


def costs(dossier: Dossier, kind: Cost) -> list[CostItem]:
    return [row for row in dossier.rows(CostItem) if row.kind == kind]


def reading(dossier: Dossier) -> PurposeReading | None:
    """What the second reader said of the purpose as it stands; None while nobody has read it."""
    edition = dossier.dialogue.purpose_edition
    return next((row for row in dossier.rows(PurposeReading) if row.edition == edition), None)


def asked(dossier: Dossier) -> list[PurposeRequest]:
    """Who was asked to read the purpose as it stands."""
    return [row for row in dossier.rows(PurposeRequest) if row.edition == dossier.dialogue.purpose_edition]


def is_read(dialogue: Dialogue) -> bool:
    """Whether somebody has read the purpose as it stands."""
    same = (PurposeReading.dialogue_id == dialogue.id, PurposeReading.edition == dialogue.purpose_edition)
    return bool(db.session().scalar(select(exists().where(*same))))


def author_of(dialogue: Dialogue) -> int | None:
    """Who wrote the purpose as it stands: whoever changed it last."""
    return dialogue.purpose_by if dialogue.purpose_by is not None else dialogue.created_by


def readers_for(dialogue: Dialogue) -> list[Person]:
    """Who may be asked to read its purpose: officials who work with it and did not write it."""
    people = {one.id: one for role in READERS for one in accounts.holders(role, dialogue.id)}
    return sorted((one for one in people.values() if one.id != author_of(dialogue)), key=lambda one: one.name)


def to_read(actor: Actor) -> list[Dialogue]:
    """The dialogues whose purpose the actor was asked to read and nobody has read yet, the longest waiting first."""
    edition = Dialogue.purpose_edition
    read = exists().where(PurposeReading.dialogue_id == Dialogue.id, PurposeReading.edition == edition)
    wanted = select(Dialogue).join(
        PurposeRequest, (PurposeRequest.dialogue_id == Dialogue.id) & (PurposeRequest.edition == edition)
    )
    wanted = wanted.where(PurposeRequest.reader_id == actor.person_id, Dialogue.stage.in_(sorted(DRAFT_STAGES)), ~read)
    return list(db.session().scalars(wanted.order_by(PurposeRequest.id)))


def invited_to(dialogue_id: int) -> list[Stakeholder]:
    """As affected(), for whoever has no dossier at hand."""
    rows = select(Stakeholder).filter_by(dialogue_id=dialogue_id, is_affected=True)
    return list(db.session().scalars(rows.order_by(Stakeholder.id)))


def costs_of(dialogue_id: int) -> list[CostItem]:
    return list(db.session().scalars(select(CostItem).filter_by(dialogue_id=dialogue_id).order_by(CostItem.id)))
