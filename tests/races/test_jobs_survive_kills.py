"""No job is lost and none has its effect twice, however often the worker is killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app import db, jobs
from tests.races import worker_to_kill  # noqa: F401  # registers the kind

JOBS, KILLS, PATIENCE = 60, 16, 120  # the last: seconds, only against hanging
ROOT = Path(__file__).parent.parent.parent


@contextmanager
def worker(url: str) -> Iterator[subprocess.Popen[str]]:
    """A worker at work, killed with -9 at the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.races.worker_to_kill", url],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert process.stdout.readline().strip() == "ready"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def done() -> int:
    with db.reading() as session:
        return session.scalars(select(func.count()).select_from(jobs.Job).where(jobs.Job.done_at.is_not(None))).one()


@pytest.mark.slow
@pytest.mark.race
def test_sixty_jobs_survive_sixteen_kills(own_database):
    chance = random.Random(16)
    with db.unit() as session:
        session.execute(text("CREATE TABLE effect (job_id INTEGER, number INTEGER)"))
        for number in range(JOBS):
            jobs.enqueue("test.effect", {"number": number})
    for _ in range(KILLS):
        with worker(own_database) as process:
            for _ in range(chance.randint(1, 3)):
                process.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
    assert 0 < done() < JOBS
    with worker(own_database):
        deadline = time.monotonic() + PATIENCE
        while done() < JOBS and time.monotonic() < deadline:
            time.sleep(0.1)
    with db.reading() as session:
        numbers = sorted(session.execute(text("SELECT number FROM effect")).scalars())
    assert numbers == list(range(JOBS))
