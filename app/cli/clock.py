"""`clock`: move what time moves, and sweep away what has had its day. The worker does the same in between jobs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from app import clock, db, jobs, limits
from app.accounts import service as accounts
from app.dialogues import service as dialogues
from app.exports import service as exports
from app.files import service as files
from app.logs import log
from app.questions import service as questions

DONE_JOBS_KEPT = timedelta(days=7)
COUNTS_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Duty:
    """One thing that time does, and how many seconds may pass between two times. It opens its own units."""

    name: str
    run: Callable[[], None]
    every: float


def forget_done_jobs() -> None:
    with db.unit():
        jobs.sweep(clock.now() - DONE_JOBS_KEPT)


def forget_counts() -> None:
    with db.reading():
        before = clock.now() - COUNTS_KEPT
    limits.forget_old(before)


def open_and_close() -> None:
    dialogues.tick()


def forget_sign_ins() -> None:
    with db.unit():
        accounts.sweep()


def sweep_files() -> None:
    with db.unit():
        files.sweep()


def sweep_exports() -> None:
    with db.reading():
        exports.sweep()


def forget_drafts() -> None:
    with db.unit():
        questions.forget_old_drafts(clock.now())


DUTIES = (
    Duty("dialogues", open_and_close, 5),
    Duty("jobs", forget_done_jobs, 3600),
    Duty("limits", forget_counts, 3600),
    Duty("sign-ins", forget_sign_ins, 3600),
    Duty("files", sweep_files, 3600),
    Duty("exports", sweep_exports, 600),
    Duty("drafts", forget_drafts, 3600),
)


class Clockwork:
    """Remembers when each duty was last done in this process."""

    def __init__(self, duties: tuple[Duty, ...] = DUTIES) -> None:
        self._duties = duties
        self._done: dict[str, float] = {}

    def tick(self) -> None:
        """Do what is due. One duty that fails stops neither the others nor the worker; the next tick tries again."""
        for duty in self._duties:
            last = self._done.get(duty.name)
            if last is None or time.monotonic() - last >= duty.every:
                self._do(duty)

    def _do(self, duty: Duty) -> None:
        try:
            duty.run()
        except OperationalError:
            raise  # the database is away: the worker waits for it
        except Exception:
            log().exception("duty_failed", duty=duty.name)
        else:
            self._done[duty.name] = time.monotonic()


@click.command("clock")
@with_appcontext
def tick_once() -> None:
    """Move what time moves, once: for those who would rather have a timer than a worker."""
    Clockwork().tick()
