"""A change in the demo municipality: proposed by the dialogue lead, decided by the body, in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app import clock, db
from app.accounts.models import Person
from app.dialogues import bodies
from app.dialogues.amendments.models import Amendment, ProposedChange, State
from app.dialogues.models import DecisionRecord, Matter, Ruling
from app.permissions import Role


def changed(entry: Mapping[str, Any], dialogue_id: int, at: datetime, staff: Mapping[Role, Person]) -> None:
    """What the body changed after it had decided that the dialogue is held; `entry` is of demo_dialogues.toml."""
    said, lead = entry["changed"], staff[Role.OFFICIAL].id
    after = {key: entry[key]["sv"] for key in said["before"]}
    proposed = ProposedChange(
        dialogue_id=dialogue_id, state=State.ADOPTED, values=after, why=said["why"], drafted_by=lead,
        drafted_at=at - timedelta(days=20), put_at=at - timedelta(days=19), settled_at=at,
    )  # fmt: skip
    record = DecisionRecord(
        dialogue_id=dialogue_id, matter=Matter.CHANGE, outcome=Ruling.APPROVED, body_key=entry["body"],
        body_name=bodies.name_of(entry["body"]), decided_on=clock.local(at).date() - timedelta(days=1),
        section_no=said["section"], case_number=entry["case"], recorded_by=staff[Role.SECRETARY].id, recorded_at=at,
    )  # fmt: skip
    db.session().add_all([proposed, record])
    db.session().flush()
    made = Amendment(
        dialogue_id=dialogue_id, record_id=record.id, proposal_id=proposed.id, before=dict(said["before"]), after=after,
        why=said["why"], at=at,
    )  # fmt: skip
    db.session().add(made)
