"""Many hear of an event: one job in the transaction, and one mail each however often the worker dies."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import db, events, mail
from app.jobs import Job
from app.moderation.events import ItemShown
from app.notifications import service
from tests.races.teller_to_kill import MANY, PATIENCE, use_this_notice

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def worker(url: str, folder: Path, stop: int) -> Iterator[subprocess.Popen[str]]:
    """A worker at work, killed with -9 at the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.races.teller_to_kill", url, str(folder), str(stop)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        wait_for(process, "ready")
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    while process.stdout.readline().strip() != word:  # the log speaks in between
        assert process.poll() is None


def counted(*conditions) -> int:
    with db.reading() as session:
        return session.scalars(select(func.count()).select_from(Job).where(*conditions)).one()


@pytest.mark.slow
@pytest.mark.race
def test_nobody_is_told_twice_and_everybody_once(own_database, the_app, tmp_path, monkeypatch):
    monkeypatch.setattr(service, "_notices", {})
    use_this_notice()
    with the_app.app_context(), db.unit():
        events.emit(ItemShown(subject="reviewable:1"))
    assert counted() == 1
    for stop in (3, 6):
        with worker(own_database, tmp_path, stop) as process:
            wait_for(process, "halfway")
    assert 0 < counted(Job.kind == "mail.send") < MANY
    with worker(own_database, tmp_path, 0):
        deadline = time.monotonic() + PATIENCE
        while counted(Job.done_at.is_(None)) and time.monotonic() < deadline:
            time.sleep(0.2)
    with db.reading() as session:
        keys = session.scalars(select(Job.dedupe_key).where(Job.kind == "mail.send")).all()
        assert len(keys) == len(set(keys)) == MANY
        assert session.scalars(select(Job).where((Job.tries > 1) & (Job.kind == "mail.send"))).all() == []
        assert all(job.done_at for job in session.scalars(select(Job)))
    assert mail.post_each is not None
