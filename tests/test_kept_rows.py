"""What is only added to stays as it was written, whoever asks: the database refuses, past the models too."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.audit import AuditEntry
from app.ballots.models import ProtocolStep
from app.ballots.service import boxes, protocols
from app.dialogues.amendments.models import Amendment
from app.dialogues.changes.models import ChangeNote, Part
from app.dialogues.changes.service import Change
from app.dialogues.changes.service import note as change
from app.dialogues.evaluation.models import Silence
from app.dialogues.intake.models import AssessmentBasis, ChangeConsideration, TopicAnswer
from app.dialogues.intake.service import topics
from app.dialogues.kinds.models import KindChoice, KnownDecision, Redirection
from app.dialogues.models import AssessedUnder, DecisionRecord, Move
from app.dialogues.stages import Stage
from app.exports.models import ArchiveCopy
from app.moderation.models import Ruling
from app.permissions import Role
from app.policy.models import Guideline
from tests.factories.amendments import amend
from tests.factories.dialogues import decide, make_whole
from tests.factories.evaluation import note_silence
from tests.factories.intake import consider, make_change, make_topic
from tests.factories.kinds import everything_of_the_kinds
from tests.factories.moderation import make_leaflet
from tests.factories.people import make_actor, make_person
from tests.factories.policy import make_guideline

KINDS = (
    Amendment, AssessedUnder, AssessmentBasis, AuditEntry, ChangeConsideration, ChangeNote, DecisionRecord, Guideline,
    Move, ProtocolStep, Ruling, Silence, TopicAnswer, ArchiveCopy, KindChoice, KnownDecision,
    Redirection,
)  # fmt: skip
KEPT = {table.name for table in db.Base.metadata.tables.values() if table.info.get("append_only")}


def test_the_log_decisions_and_moves_are_among_them():
    assert {kind.__tablename__ for kind in KINDS} == KEPT


@pytest.fixture
def filled(app) -> None:
    with db.unit() as session:
        dialogue = make_whole(Stage.OPEN)
        now = clock.now()
        decide(dialogue, "final")
        session.add(AssessedUnder(dialogue_id=dialogue.id, guideline_id=make_guideline().id))
        change(make_actor(), dialogue, Change(part=Part.TEXT), "Telefonnumret var fel.")
        amend(dialogue)
        consider(make_change())
        topics.decline(make_actor(Role.OFFICIAL), make_topic(), 0, body_key="kommunstyrelsen", reason="Därför.")
        everything_of_the_kinds(dialogue)
        ruling = {"reviewable_id": make_leaflet().review.id, "by_id": make_person(Role.MODERATOR).id, "at": now}
        session.execute(insert(Ruling).values(**ruling, outcome="shown", note=""))
        entry = {"at": now, "event": "SignedUp", "subject": "person:1"}
        session.execute(insert(AuditEntry).values(**entry, by_system=False, facts={}))
        moved = {"dialogue_id": dialogue.id, "from_stage": "idea", "to_stage": "assessed", "at": now}
        session.execute(insert(Move).values(**moved, note="", guards={}))
        note_silence(dialogue, "told")
        copy = {"dialogue_id": dialogue.id, "key": "k" * 32, "hash": "0" * 64, "size": 1, "rows": 1}
        session.execute(insert(ArchiveCopy).values(**copy, personal_data=False, made_by=make_person().id, made_at=now))
        protocols.note(boxes.make_box(allow_change=True, min_publish=10), make_actor(), "created")


@pytest.mark.parametrize("name", sorted(KEPT))
@pytest.mark.parametrize("way", ["change", "remove", "by hand"])
def test_no_row_is_changed_or_removed(filled, name, way):
    table = db.Base.metadata.tables[name]
    ways = {
        "change": update(table).values({column: column for column in table.primary_key}),
        "remove": delete(table),
        "by hand": text(f"DELETE FROM {name}"),  # a name of ours
    }
    with db.reading() as session:
        rows = session.scalar(select(func.count()).select_from(table))
    assert rows
    kept = pytest.raises(IntegrityError, match="never changed or removed")
    with kept, db.unit() as session, session.begin_nested():
        session.connection().execute(ways[way])
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(table)) == rows
