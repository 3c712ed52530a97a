"""A receipt that was shown is in the box, however the process that took the ballot ended."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import db
from app.ballots.models import Envelope, RollEntry
from tests.factories.dialogues import make_dialogue
from tests.factories.votes import make_open_vote

ROOT = Path(__file__).parents[3]


def killed(url, folder, vote_id, seconds):
    """Let voters vote for so long, kill them with -9, and return the receipts that were shown."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.levels.votes.voter_to_kill", url, str(folder), str(vote_id)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    shown = [process.stdout.readline().strip()]
    time.sleep(seconds)
    process.kill()
    shown += process.stdout.read().split()
    process.wait()
    process.stdout.close()
    return [one for one in shown if len(one) == 64]


def survive(the_app, url, tmp_path, kills):
    chance, shown = random.Random(5), []
    with the_app.test_request_context(), db.unit():
        vote_id = make_open_vote(make_dialogue(level="codecision")).id
    for number in range(kills):
        shown += killed(url, tmp_path / f"run{number}", vote_id, chance.uniform(0, 0.3))
    assert len(shown) >= kills
    with db.reading() as session:
        held = set(session.scalars(select(Envelope.receipt)))
        assert set(shown) <= held
        marked = session.scalars(select(func.count()).select_from(RollEntry).filter_by(channel="web")).one()
        assert marked == len(held)


@pytest.mark.slow
@pytest.mark.race
def test_three_kills_lose_no_receipt(the_app, own_database, tmp_path):
    survive(the_app, own_database, tmp_path, 3)


@pytest.mark.audit
@pytest.mark.slow
@pytest.mark.race
def test_two_hundred_kills_lose_no_receipt(the_app, own_database, tmp_path):
    survive(the_app, own_database, tmp_path, 200)
