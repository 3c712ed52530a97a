"""Settling who does what in a dialogue."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm.attributes import flag_modified

from app import db
from app.dialogues.duties import queries
from app.dialogues.duties.duties import DUTIES
from app.dialogues.duties.events import DutiesShared
from app.dialogues.duties.models import DutyHolder
from app.dialogues.duties.rules import Do
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted
from app.dialogues.service import drafting, moves
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor


def share(actor: Actor, dialogue: Dialogue, version: int, chosen: Mapping[str, tuple[int, int]]) -> None:
    """Settle each duty (key → the ids of its holder and substitute), anew where it was settled before.

    Raises NotAccepted, for the field KEY or KEY_substitute, where somebody may not have a duty or would be their own
    substitute; Overtaken where somebody else has saved the dialogue since `version`.
    """
    drafting.hold(actor, Do.SHARE, dialogue, version)
    may = queries.able(dialogue.id)
    for duty in DUTIES:
        allowed = {person.id for person in may[duty.key]}
        holder, substitute = chosen[duty.key]
        if holder not in allowed:
            raise NotAccepted(duty.key, _l("Choose somebody from the list."))
        if substitute not in allowed:
            raise NotAccepted(f"{duty.key}_substitute", _l("Choose somebody from the list."))
        if holder == substitute:
            raise NotAccepted(f"{duty.key}_substitute", _l("The substitute must be somebody else."))
    for key, (holder, substitute) in chosen.items():
        db.session().merge(
            DutyHolder(dialogue_id=dialogue.id, duty=key, holder_id=holder, substitute_id=substitute)
        )  # fmt: skip
    flag_modified(dialogue, "title")  # its version grows, so that an editor of an older one is told
    db.session().flush()
    holders = {key: list(pair) for key, pair in chosen.items()}
    emit(DutiesShared(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, holders=holders))
