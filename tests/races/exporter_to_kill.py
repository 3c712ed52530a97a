"""A worker that makes a long export, to be killed midway: `python -m tests.races.exporter_to_kill URL FOLDER WAIT`.

WAIT is for how many seconds it stands still halfway, where the kill is to come.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from app import create_app, db, jobs, ladder
from app.exports import store, tables
from app.i18n import lazy
from app.ladder import Column, Export
from tests.conftest import settings

ROWS = 20_000


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main() -> None:
    url, folder, wait = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    app = create_app(settings(folder / "var"))
    db.connect(url)

    def rows(_dialogue_id: int) -> Iterator[Sequence[Any]]:
        for number in range(ROWS):
            if number == ROWS // 2 and wait:
                say("halfway")
                time.sleep(wait)
            yield (number, "Fler träd på torget, tack.")

    columns = [Column("number"), Column("text")]
    tables.EXPORTS = (Export("t", lazy("Table"), lambda _id: columns, rows, lambda _id: ROWS),)  # type: ignore[attr-defined, assignment]
    ladder.methods = lambda: ()  # type: ignore[assignment]
    store.keep_in(folder / "exports")
    jobs.LEASE = timedelta(seconds=1)
    with app.app_context():
        say("ready")
        jobs.work(lambda: False, tick=lambda: None, pause=0.05)


if __name__ == "__main__":
    main()
