"""Who has an interest in the question, and how they are reached."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, select

from app import db
from app.dialogues import service
from app.dialogues.models import Dialogue
from app.dialogues.preparation.models import Stakeholder
from app.dialogues.preparation.rules import Do
from app.dialogues.preparation.words import CHANNELS, INFLUENCES
from app.dialogues.problems import NotAccepted, Overtaken
from app.i18n import lazy as _l
from app.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group as it is written down. A priority group is affected, and something is done for it (`activity`)."""

    who: str
    interest: str
    influence: str
    channels: Collection[str] = ()
    is_affected: bool = True
    is_priority: bool = False
    activity: str = ""


def add_group(actor: Actor, dialogue: Dialogue, group: Group) -> Stakeholder:
    """Add a group, last. Raises NotAccepted for what it lacks, or where it is in the list already.

    A group may lack a way to be reached for now: the dialogue is not announced before it has one.
    """
    service.hold(actor, Do.ANALYSE, dialogue, None)
    row = Stakeholder(dialogue_id=dialogue.id)
    _write(row, group)
    db.session().add(row)
    _save(actor, dialogue)
    return row


def change_group(actor: Actor, dialogue: Dialogue, version: int, row: Stakeholder, group: Group) -> None:
    """Change one. Raises Overtaken where somebody else has saved the dialogue since `version`."""
    service.hold(actor, Do.ANALYSE, dialogue, version)
    _write(row, group)
    _save(actor, dialogue)


def remove_group(actor: Actor, dialogue: Dialogue, row: Stakeholder) -> None:
    service.hold(actor, Do.ANALYSE, dialogue, None)
    db.session().delete(row)
    service.changed(actor, dialogue, "people")


def _write(row: Stakeholder, group: Group) -> None:
    _check(row, group)
    row.who, row.interest, row.influence = group.who, group.interest, group.influence
    row.channels = [key for key in CHANNELS if key in group.channels]
    row.is_priority, row.is_affected = group.is_priority, group.is_affected or group.is_priority
    row.activity = group.activity if group.is_priority else ""


def _check(row: Stakeholder, group: Group) -> None:
    if not group.who.strip():
        raise NotAccepted("who", _l("Say which group it is."))
    if not group.interest.strip():
        raise NotAccepted("interest", _l("Say what the question means to them."))
    if group.influence not in set(INFLUENCES):
        raise NotAccepted("influence", _l("Choose how much they can do about it."))
    if group.is_priority and not group.activity.strip():
        raise NotAccepted("activity", _l("Say what is done so that their view is heard."))
    same = (Stakeholder.dialogue_id == row.dialogue_id, Stakeholder.who == group.who, Stakeholder.id != (row.id or 0))
    if db.session().scalar(select(exists().where(*same))):
        raise NotAccepted("who", _l("This group is in the list already."))


def _save(actor: Actor, dialogue: Dialogue) -> None:
    db.flush_or(Overtaken(dialogue.id))
    service.changed(actor, dialogue, "people")
