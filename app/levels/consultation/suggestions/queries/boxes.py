"""Reads of boxes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app import clock, db, subjects
from app.contributions.models import Contribution
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.dialogues.registering import MOST, Thing, held_in
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.levels.consultation.suggestions.models import SuggestionBox
from app.multilingual.queries import Row
from app.multilingual.sources import Item
from app.permissions import Actor, Role
from app.subjects import Address

BOX = "suggestion_box"
STANDING = 0  # its slot
FIELDS = {"title": (_l("Heading"), 160), "lead": (_l("What you want suggestions about"), 400)}


def box(box_id: int) -> SuggestionBox | None:
    return db.session().get(SuggestionBox, box_id)


def box_in(dialogue_id: int | None) -> SuggestionBox | None:
    """The box of a dialogue, or (None) the standing one; with its container, in one statement."""
    mine = select(SuggestionBox).where(SuggestionBox.slot == (dialogue_id or STANDING))
    return db.session().scalars(mine.options(joinedload(SuggestionBox.container))).first()


def box_in_dialogue(dialogue_id: int) -> tuple[SuggestionBox, Dialogue] | None:
    """The box of a dialogue with the dialogue, in one statement."""
    both = select(SuggestionBox, Dialogue).join(Dialogue, Dialogue.id == SuggestionBox.dialogue_id)
    both = both.where(SuggestionBox.slot == dialogue_id).options(joinedload(SuggestionBox.container))
    found = db.session().execute(both).first()
    return None if found is None else (found[0], found[1])


def open_for_others(actor: Actor) -> list[Thing]:
    """The standing box, then those of open dialogues that this actor may be able to write something down in now.

    One statement; what closes first comes first.
    """
    is_standing, now = SuggestionBox.dialogue_id.is_(None), clock.now()
    runs = and_(Dialogue.stage == Stage.OPEN, Dialogue.opens_at <= now, Dialogue.closes_at > now)
    rows = select(SuggestionBox, Dialogue).outerjoin(Dialogue, Dialogue.id == SuggestionBox.dialogue_id)
    rows = rows.where(or_(is_standing, and_(runs, held_in(actor, Role.CONTACT_CENTRE, Role.OFFICIAL))))
    rows = rows.where(SuggestionBox.shut_at.is_(None))
    rows = rows.order_by(is_standing.desc(), Dialogue.closes_at, SuggestionBox.id).limit(MOST)
    return [_thing(row, dialogue) for row, dialogue in db.session().execute(rows)]


def _thing(row: SuggestionBox, dialogue: Dialogue | None) -> Thing:
    if dialogue is None:
        return Thing(row, row.title, None, None, ("suggestion_desk.site_register", {}))
    where = ("suggestion_desk.register", {"dialogue_id": dialogue.id})
    return Thing(row, row.title, dialogue, dialogue.closes_at, where)


def box_of(row: Contribution) -> SuggestionBox:
    """Where a suggestion lies. Each box is read once for a session."""
    return db.session().get_one(SuggestionBox, row.container_id)


def boxes_visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The standing box, and those of the dialogues that an actor may read."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    return select(SuggestionBox).where(
        or_(SuggestionBox.dialogue_id.is_(None), SuggestionBox.dialogue_id.in_(readable))
    )


def address_of_box(row: SuggestionBox) -> Address:
    """Where it is read; the dialogue is read unless the session holds it already."""
    if row.dialogue_id is None:
        return "suggestions.site_index", {}
    dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    return "suggestions.index", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title)}


def box_row(row: SuggestionBox) -> Row:
    """Its Swedish texts, for those who show them in other languages."""
    return subjects.key(BOX, row.id), {one: (getattr(row, one), None) for one in FIELDS}


def translatable(dialogue_id: int | None) -> list[Item]:
    """Every text of the box of a dialogue, or of the standing one."""
    row = box_in(dialogue_id)
    return [
        Item(subjects.key(BOX, row.id), row.title, field, label, getattr(row, field), longest=longest)
        for field, (label, longest) in FIELDS.items()
    ] if row is not None else []  # fmt: skip
