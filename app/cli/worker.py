"""`worker`: runs background jobs and the clock until it is told to stop; the job at hand is finished first."""

from __future__ import annotations

import signal
import time
from types import FrameType

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from app import jobs
from app.cli.clock import Clockwork
from app.logs import log

WAIT_FOR_DATABASE = 2.0  # seconds


class Stop:
    """Becomes true at SIGTERM or SIGINT."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        signal.signal(signal.SIGTERM, self._ask)
        signal.signal(signal.SIGINT, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def __call__(self) -> bool:
        return self.asked


def keep_working(until: Stop) -> None:
    """Work, and wait where the database is away: a worker that dies with it would have to be started by hand."""
    clockwork = Clockwork()
    while not until():
        try:
            jobs.work(until, tick=clockwork.tick)
        except OperationalError:
            log().exception("worker_waits_for_database")
            time.sleep(WAIT_FOR_DATABASE)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Run background jobs and the clock."""
    stop = Stop()
    stop.listen()
    keep_working(stop)
