"""A worker in a process of its own, to be killed: `python -m tests.races.worker_to_kill DATABASE_URL`."""

from __future__ import annotations

import sys
import time
from datetime import timedelta

from sqlalchemy import text

from app import db, jobs


@jobs.job("test.effect")
def effect(run: jobs.Run) -> None:
    """Leaves one row, in the unit that also marks the job done; says so halfway, where the kill is to come."""
    db.session().execute(text("INSERT INTO effect (job_id, number) VALUES (:job, :number)"), {
        "job": run.id, "number": run.args["number"],
    })  # fmt: skip
    sys.stdout.write("halfway\n")
    sys.stdout.flush()
    time.sleep(0.04)


def main() -> None:
    db.connect(sys.argv[1])
    jobs.LEASE = timedelta(seconds=1)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    jobs.work(lambda: False, tick=lambda: None, pause=0.05)


if __name__ == "__main__":
    main()
