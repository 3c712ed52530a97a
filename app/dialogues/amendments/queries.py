"""Reads of proposed changes and of what decisions have changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app import db
from app.dialogues.amendments.models import UNDER_WAY, Amendment, ProposedChange, State
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier, belongs

belongs(ProposedChange)
belongs(Amendment)


def under_way(dialogue_id: int) -> ProposedChange | None:
    """The change that is drafted or waits for the body; there is one at most."""
    wanted = select(ProposedChange).filter_by(dialogue_id=dialogue_id)
    return db.session().scalars(wanted.where(ProposedChange.state.in_(UNDER_WAY))).one_or_none()


def under_way_in(dossier: Dossier) -> ProposedChange | None:
    """As under_way(), for whoever has the dossier at hand."""
    return next((one for one in dossier.rows(ProposedChange) if one.state in UNDER_WAY), None)


def put_in(dossier: Dossier) -> ProposedChange | None:
    """The change that waits for the body."""
    return next((one for one in dossier.rows(ProposedChange) if one.state == State.PUT), None)


def amendments_in(dossier: Dossier) -> Sequence[Amendment]:
    """What decisions have changed, the first one first."""
    return dossier.rows(Amendment)


def waiting(ids: Sequence[int]) -> dict[int, ProposedChange]:
    """Of these dialogues, the changes that wait for their bodies, by dialogue."""
    wanted = select(ProposedChange).where(ProposedChange.dialogue_id.in_(ids), ProposedChange.state == State.PUT)
    return {row.dialogue_id: row for row in db.session().scalars(wanted)}


def dialogue_of(row: ProposedChange) -> Dialogue:
    return db.session().get_one(Dialogue, row.dialogue_id)
