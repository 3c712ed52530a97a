"""Supporting a suggestion, once each. Who does so stands with the support; the log names nobody."""

from __future__ import annotations

from app import subjects
from app.contributions.models import Contribution
from app.dialogues.service import keep_stage
from app.events import emit
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.events import SuggestionSupported, SuggestionSupportTakenBack
from app.levels.consultation.suggestions.rules import Do
from app.permissions import SYSTEM, Actor, require
from app.supports import service as supports


def support(actor: Actor, row: Contribution, form_key: str | None = None) -> bool:
    """Support it; a second time changes nothing and gives False. `form_key`: the browser's own, without an account."""
    if row.dialogue_id is not None:
        keep_stage(row.dialogue_id)
    require(actor, Do.SUPPORT, row)
    is_new = supports.give(actor, row.id, form_key=form_key)
    if is_new:
        key = subjects.key(queries.KIND, row.id)
        emit(SuggestionSupported(subject=key, actor=SYSTEM, dialogue_id=row.dialogue_id))
    return is_new


def take_back(actor: Actor, row: Contribution, form_key: str | None = None) -> bool:
    """Take one's support back; where none was given nothing happens and it gives False."""
    if row.dialogue_id is not None:
        keep_stage(row.dialogue_id)
    require(actor, Do.SUPPORT, row)
    was_there = supports.take_back(actor, row.id, form_key=form_key)
    if was_there:
        key = subjects.key(queries.KIND, row.id)
        emit(SuggestionSupportTakenBack(subject=key, actor=SYSTEM, dialogue_id=row.dialogue_id))
    return was_there
