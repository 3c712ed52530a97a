"""What is open and what is fixed, in its order."""

from __future__ import annotations

from sqlalchemy.orm.attributes import flag_modified

from app import db
from app.dialogues import queries
from app.dialogues.events import DialogueEdited
from app.dialogues.models import Dialogue, ScopeItem
from app.dialogues.problems import NotAccepted
from app.dialogues.rules import Do
from app.dialogues.service import drafting, moves
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor


def add_item(actor: Actor, dialogue: Dialogue, *, is_open: bool, text: str, why: str) -> ScopeItem:
    """Add a thing that is open or fixed, last. Raises NotAccepted for a fixed one without its reason."""
    drafting.hold(actor, Do.DRAFT, dialogue, None)
    _says_why(is_open, why)
    items = queries.scope_of(dialogue.id)
    position = max((item.position for item in items), default=0) + 1
    made = ScopeItem(dialogue_id=dialogue.id, position=position, is_open=is_open, text=text, why=why)
    db.session().add(made)
    _changed(actor, dialogue)
    return made


def edit_item(
    actor: Actor, dialogue: Dialogue, version: int, item: ScopeItem, *, is_open: bool, text: str, why: str
) -> None:
    """Change one. Raises Overtaken where somebody else has saved the dialogue since `version`."""
    drafting.hold(actor, Do.DRAFT, dialogue, version)
    _says_why(is_open, why)
    item.is_open, item.text, item.why = is_open, text, why
    _changed(actor, dialogue)


def remove_item(actor: Actor, dialogue: Dialogue, item: ScopeItem) -> None:
    drafting.hold(actor, Do.DRAFT, dialogue, None)
    db.session().delete(item)
    _changed(actor, dialogue)


def shift_item(actor: Actor, dialogue: Dialogue, item: ScopeItem, *, up: bool) -> None:
    """Let it change place with the one before (`up`) or after it of its own sort; at the edge nothing happens."""
    drafting.hold(actor, Do.DRAFT, dialogue, None)
    same = [one for one in queries.scope_of(dialogue.id) if one.is_open == item.is_open]
    here = same.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(same):
        other = same[there]
        item.position, other.position = other.position, item.position
        _changed(actor, dialogue)


def _says_why(is_open: bool, why: str) -> None:
    if not is_open and not why.strip():
        raise NotAccepted("why", _l("Say why this is fixed."))


def _changed(actor: Actor, dialogue: Dialogue) -> None:
    flag_modified(dialogue, "title")  # its version grows, so that an editor of an older one is told
    db.session().flush()
    emit(DialogueEdited(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, part="scope"))
