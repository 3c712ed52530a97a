"""Who does what in the demo municipality: one person for each role, and one who stands in for them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app import db
from app.accounts.models import Person
from app.dialogues.duties.duties import DUTIES
from app.dialogues.duties.models import DutyHolder
from app.dialogues.models import Dialogue
from app.dialogues.stages import UNPLANNED_STAGES
from app.permissions import Role


def write(dialogues: Iterable[Dialogue], staff: Mapping[Role, Person], substitute: Person) -> None:
    """Settle every duty in the dialogues that have been prepared, in the open unit."""
    for dialogue in dialogues:
        if dialogue.stage in UNPLANNED_STAGES:
            continue
        for duty in DUTIES:
            row = DutyHolder(dialogue_id=dialogue.id, duty=duty.key, holder_id=staff[duty.roles[0]].id)
            row.substitute_id = substitute.id
            db.session().add(row)
    db.session().flush()
