"""Making the file in the background."""

from __future__ import annotations

import time

from app import db, jobs
from app.exports import making, service, store
from app.exports.formats import Format
from app.exports.making import Order
from app.exports.models import ExportRun
from app.i18n import lazy_p
from app.logs import log

PAUSE = 2.0  # seconds between two signs of life


@jobs.job(service.JOB, own_units=True, name=lazy_p("job", "export"))
def make(run: jobs.Run) -> None:
    """Make the file of a run. Again after a crash: half a file is left behind, a whole one is put in place once.

    What goes wrong is for the owner to see and to try again, not for twelve silent tries over a day.
    """
    number: int = run.args["run"]
    with db.reading() as session:
        row = session.get(ExportRun, number)
        if row is None or row.ready_at is not None:
            return
        key = row.key
        wanted = Order(row.dialogue_id, Format(row.format), row.personal_data, row.table, row.language)
    try:
        done = making.make(wanted, store.half(key, run.lease_key), _Beat(run, number))
        run.still_mine()  # else another worker has the file in hand, and puts it in its place
        store.finish(key, run.lease_key)
    except jobs.LeaseLost:
        raise
    except Exception:  # whatever it is, the log has it and the owner a button
        log().exception("export_failed", run=number)
        with db.unit():
            service.failed(number)
        return
    finally:
        store.half(key, run.lease_key).unlink(missing_ok=True)
    with db.unit():
        service.ready(number, wanted, done)


class _Beat:
    """A sign of life every few seconds: the lease is lengthened, and whoever waits sees how far it has come."""

    def __init__(self, run: jobs.Run, number: int) -> None:
        self._run, self._number = run, number
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._last < PAUSE:
            return
        self._run.still_mine()
        with db.unit():
            service.progress(self._number, done, total)
        self._last = time.monotonic()
