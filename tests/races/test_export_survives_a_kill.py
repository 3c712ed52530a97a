"""A big export whose worker dies in the middle is made by the next one: whole, once, with nothing left half."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import db
from app.audit import AuditEntry
from app.exports import service
from app.exports.formats import Format
from app.exports.making import Order
from app.exports.models import ExportRun
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.exports import plant, planted
from tests.factories.people import make_actor
from tests.races.exporter_to_kill import ROWS

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120  # seconds, only against hanging


@contextmanager
def worker(url: str, folder: Path, wait: float) -> Iterator[subprocess.Popen[str]]:
    """A worker at work, killed with -9 at the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.races.exporter_to_kill", url, str(folder), str(wait)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        while process.stdout.readline().strip() != "ready":  # the log speaks before it
            assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def run_of(number: int) -> ExportRun:
    with db.reading() as session:
        return session.get_one(ExportRun, number)


@pytest.mark.slow
@pytest.mark.race
def test_the_next_worker_makes_it_whole(own_database, the_app, tmp_path, monkeypatch):
    plant(monkeypatch, planted("t", ["number", "text"], []))
    with the_app.app_context(), db.unit():
        dialogue = make_dialogue()
        number = service.order(make_actor(Role.OFFICIAL), dialogue, Order(dialogue.id, Format.CSV, False, "t")).id
    folder = tmp_path / "exports"
    with worker(own_database, tmp_path, wait=PATIENCE) as first:
        while first.stdout.readline().strip() != "halfway":
            assert first.poll() is None
    (half,) = folder.iterdir()
    assert half.name.endswith(".half")
    assert run_of(number).ready_at is None
    with worker(own_database, tmp_path, wait=0):
        deadline = time.monotonic() + PATIENCE
        while run_of(number).ready_at is None and time.monotonic() < deadline:
            time.sleep(0.1)
    run = run_of(number)
    assert (run.failed_at, run.rows_done) == (None, ROWS)
    assert [path.name for path in folder.iterdir()] == [run.key]
    with (folder / run.key).open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["number", "text"]
    assert [row[0] for row in rows] == [str(n) for n in range(ROWS)]
    assert (folder / run.key).stat().st_size == run.size
    with db.reading() as session:
        made = select(func.count()).select_from(AuditEntry).where(AuditEntry.event == "ExportMade")
        assert session.scalars(made).one() == 1
