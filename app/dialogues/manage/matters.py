"""What a secretary may record: each matter with its word in addresses, and what it says on the button."""

from __future__ import annotations

from app.dialogues.amendments import queries as changes
from app.dialogues.amendments.rules import Do as Amend
from app.dialogues.models import Matter
from app.dialogues.queries import Dossier
from app.dialogues.rules import Do
from app.dialogues.service.records import ACTIONS
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import Actor, can

MATTERS = {
    "halla": Matter.HOLD,
    "andring": Matter.CHANGE,
    "arendet": Matter.FINAL,
    "senare": Matter.LATER,
    "stanga": Matter.CLOSE,
    "avbryta": Matter.CANCEL,
}
WORDS = ", ".join(MATTERS)
HEADINGS: dict[Matter, LazyText] = {
    Matter.HOLD: _l("Record the decision to hold the dialogue"),
    Matter.FINAL: _l("Record the decision in the matter"),
    Matter.CANCEL: _l("Record that the dialogue is called off"),
    Matter.CHANGE: _l("Record the decision about the proposed change"),
    Matter.CLOSE: _l("Record that the dialogue closes early"),
    Matter.LATER: _l("Record a later decision in the matter"),
}


def doors(who: Actor, dossier: Dossier) -> list[tuple[str, LazyText]]:
    """What this person may record about a dialogue now: the word in the address, and what it says on the button."""
    dialogue, proposed = dossier.dialogue, changes.put_in(dossier)
    may = {one: can(who, action, dialogue) for one, action in ACTIONS.items()}
    may |= {
        Matter.CHANGE: proposed is not None and can(who, Amend.DECIDE, proposed),
        Matter.CLOSE: can(who, Do.RECORD_CLOSE, dialogue),
    }
    return [(word, HEADINGS[one]) for word, one in MATTERS.items() if may[one]]
