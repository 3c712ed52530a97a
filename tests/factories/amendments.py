"""Changes that only a body makes: proposed, and made."""

from __future__ import annotations

from typing import Any

from app import clock, db
from app.dialogues.amendments.models import Amendment, ProposedChange, State
from app.dialogues.models import Dialogue
from tests.factories.dialogues import decide

QUESTION = "Hur ska Drottninggatan och torget se ut?"


def propose(dialogue: Dialogue, state: State = State.PUT, **fields: Any) -> ProposedChange:
    """A change of the question that waits for the body, unless told otherwise."""
    now = clock.now()
    values: dict[str, Any] = {
        "values": {"question": QUESTION},
        "why": "Torget byggs om samtidigt.",
        "drafted_at": now,
        "put_at": None if state is State.DRAFT else now,
    }
    made = ProposedChange(dialogue_id=dialogue.id, state=state, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def amend(dialogue: Dialogue, **after: Any) -> Amendment:
    """A change that the body has made: of the question unless told otherwise. The dialogue says what it says after."""
    after = after or {"question": QUESTION}
    before = {key: getattr(dialogue, key) for key in after}
    for key, value in after.items():
        setattr(dialogue, key, value)
    proposed = propose(dialogue, State.ADOPTED, values=after)
    record = decide(dialogue, "change", section_no="61")
    made = Amendment(
        dialogue_id=dialogue.id, record_id=record.id, proposal_id=proposed.id, before=before, after=after,
        why=proposed.why, at=clock.now(),
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()
    return made
