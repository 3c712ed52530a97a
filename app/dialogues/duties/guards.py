"""What the life cycle asks about duties."""

from __future__ import annotations

from app.dialogues.duties import queries
from app.dialogues.duties.models import DutyHolder
from app.dialogues.guards import Attempt, Finding
from app.i18n import lazy as _l
from app.ladder import Missing


def duties_shared(attempt: Attempt) -> Finding:
    """Every duty has a holder and a substitute, both of whom may have it today (R3)."""
    vacant = queries.vacant(attempt.dossier.rows(DutyHolder), attempt.dossier.once(queries.able))
    sentence = _l("Say who does what in this dialogue, and who takes over when they are away.")
    address = ("duties.share", {"dialogue_id": attempt.dialogue_id})
    return Finding([duty.key for duty in vacant], (Missing(sentence, address),) if vacant else ())
