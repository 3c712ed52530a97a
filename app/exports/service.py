"""Ordering an export, what becomes of it, and fetching it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import select

from app import clock, db, jobs, subjects
from app.dialogues.models import Dialogue
from app.events import emit
from app.exports import queries, store, tables
from app.exports.events import ExportFetched, ExportMade
from app.exports.making import Made, Order
from app.exports.models import ExportRun
from app.exports.rules import Do
from app.permissions import Actor, require

LIVES = timedelta(hours=24)
JOB = "exports.make"


def order(actor: Actor, dialogue: Dialogue, wanted: Order) -> ExportRun:
    """Plan an export of a dialogue. Raises Refusal, and NoSuchTable for a table that there is not."""
    may(actor, dialogue, wanted)
    if wanted.table is not None and wanted.table not in {export.key for export in tables.sources()}:
        raise tables.NoSuchTable(wanted.table)
    run = ExportRun(
        key=secrets.token_hex(16),
        dialogue_id=dialogue.id,
        format=wanted.format,
        table=wanted.table,
        language=wanted.language,
        personal_data=wanted.personal_data,
        owner_id=actor.person_id,
        asked_at=clock.now(),
    )
    db.session().add(run)
    db.session().flush()
    jobs.enqueue(JOB, {"run": run.id})
    return run


def may(actor: Actor, dialogue: Dialogue, wanted: Order) -> None:
    """Raises Refusal where this person may not take out what is wanted."""
    require(actor, Do.EXPORT, dialogue)
    if wanted.personal_data:
        require(actor, Do.EXPORT_PERSONAL, dialogue)


def retry(actor: Actor, run: ExportRun) -> None:
    """Try a failed run again; one that has not failed is left alone."""
    require(actor, Do.FETCH, run)
    locked = _locked(run.id)
    if locked is None or locked.failed_at is None:
        return
    locked.failed_at, locked.rows_done, locked.rows_total = None, 0, None
    jobs.enqueue(JOB, {"run": locked.id})


def fetched(actor: Actor, run: ExportRun) -> None:
    """Write down that the owner takes the file."""
    require(actor, Do.FETCH, run)
    emit(
        ExportFetched(
            subject=subjects.key("dialogue", run.dialogue_id),
            actor=actor,
            dialogue_id=run.dialogue_id,
            format=run.format,
            personal_data=run.personal_data,
        )
    )


def made(actor: Actor, wanted: Order, done: Made) -> None:
    """Write down that a file was made: from the command line by the system, else by whoever ordered it."""
    emit(
        ExportMade(
            subject=subjects.key("dialogue", wanted.dialogue_id),
            actor=actor,
            dialogue_id=wanted.dialogue_id,
            format=wanted.format,
            personal_data=wanted.personal_data,
            rows=done.total,
            table=wanted.table or "",
        )
    )


def ready(run_id: int, wanted: Order, done: Made) -> None:
    """The file is in its place. Once: a second worker with the same run changes nothing."""
    run = _locked(run_id)
    if run is None or run.ready_at is not None:
        return
    run.ready_at = clock.now()
    run.expires_at = run.ready_at + LIVES
    run.rows_total = run.rows_done = done.total
    run.suffix, run.size = done.suffix, done.size
    made(Actor(run.owner_id), wanted, done)


def progress(run_id: int, rows_done: int, rows_total: int) -> None:
    """How far it has come, for whoever waits."""
    run = _locked(run_id)
    if run is not None:
        run.rows_done, run.rows_total = rows_done, rows_total


def failed(run_id: int) -> None:
    """It could not be made; its owner may try again."""
    run = _locked(run_id)
    if run is not None and run.ready_at is None:
        run.failed_at = clock.now()


def sweep() -> int:
    """Remove files that have expired, failed, or have no run. Returns how many."""
    return store.remove_all_but(queries.living_keys())


def _locked(run_id: int) -> ExportRun | None:
    mine = select(ExportRun).filter_by(id=run_id).with_for_update().execution_options(populate_existing=True)
    return db.session().scalars(mine).first()
