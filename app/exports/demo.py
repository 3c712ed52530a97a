"""The demo municipality's exports: what is archived has an export that is kept; the worker makes it."""

from __future__ import annotations

import secrets

from app import db, jobs
from app.dialogues.demo import Town
from app.dialogues.stages import Stage
from app.exports.formats import Format
from app.exports.models import ARCHIVE, ExportRun
from app.exports.service import JOB
from app.permissions import Role


def fill(town: Town) -> None:
    """Plan them, in the open unit."""
    for dialogue in town.dialogues.values():
        if dialogue.stage == Stage.ARCHIVED:
            run = ExportRun(
                key=secrets.token_hex(16), dialogue_id=dialogue.id, format=Format.CSV, language="sv",
                personal_data=False, purpose=ARCHIVE, owner_id=town.staff[Role.REGISTRAR].id, asked_at=town.now,
            )  # fmt: skip
            db.session().add(run)
            db.session().flush()
            jobs.enqueue(JOB, {"run": run.id})
